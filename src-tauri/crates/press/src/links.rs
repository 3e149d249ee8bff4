//! Addresses of pages and mailboxes within a text: whoever reads the PDF on a screen may click on them.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    Mark, Page, Text,
    page::BASELINE,
    part::{Part, Role},
};

/// Makes every address a part of its own within the part it stands in, wherever lines, columns and pages break it.
pub(crate) fn find(pages: &mut [Page], parts: &mut Vec<Part>) {
    let mut texts: BTreeMap<usize, Vec<&mut Text>> = BTreeMap::new();
    for mark in pages.iter_mut().flat_map(|page| &mut page.marks) {
        if let Mark::Text(text) = mark
            && let Some(part) = text.part
        {
            texts.entry(part).or_default().push(text);
        }
    }
    for (within, mut lines) in texts {
        let is_sign = |text: &Text| text.glyphs.iter().any(|it| it.glyph.text.contains([':', '@']));
        if !lines.iter().any(|line| is_sign(line)) {
            continue;
        }
        // Each byte's glyph, and the text without the hyphens that only the end of a line brought.
        let mut all = String::new();
        let mut places: Vec<(usize, usize)> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            for (nth, placed) in line.glyphs.iter().enumerate().filter(|(_, it)| it.glyph.text != "\u{ad}") {
                all += &placed.glyph.text;
                places.resize(all.len(), (at, nth));
            }
            if line.is_last {
                all.push('\n');
                places.push((at, 0));
            }
        }
        for (bytes, uri) in addresses(&all) {
            let Part { block, lang, .. } = parts[within];
            let part = parts.len();
            parts.push(Part { role: Role::Link(uri), within: Some(within), block, lang });
            let (first, last) = (places[bytes.start], places[bytes.end - 1]);
            for (at, line) in lines.iter_mut().enumerate().take(last.0 + 1).skip(first.0) {
                let from = if at == first.0 { first.1 } else { 0 };
                let to = if at == last.0 { last.1 + 1 } else { line.glyphs.len() };
                line.links.push((from..to, part));
            }
        }
    }
}

/// Where in a text an address stands, and what is called when somebody clicks on it.
fn addresses(text: &str) -> Vec<(Range<usize>, String)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    let is_name = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(sign) = text[from..].find(['@', ':']).map(|at| from + at) {
        let rest = &text[sign..];
        let scheme = ["https", "http"].into_iter().find(|it| text[from..sign].ends_with(it));
        let (start, end) = match (scheme, rest.starts_with("://"), rest.starts_with('@')) {
            (Some(scheme), true, _) => {
                let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                (sign - scheme.len(), sign + ended(&rest[..length]))
            }
            (_, _, true) => {
                let name = text[from..sign].rfind(|c| !is_name(c));
                // What comes before it is a letter of its own, however many bytes it has.
                let start = name.map_or(from, |at| {
                    from + at + text[from + at..].chars().next().map_or(1, char::len_utf8)
                });
                let length = rest[1..].find(|c: char| !(c.is_ascii_alphanumeric() || ".-".contains(c)));
                let host = rest[1..][..length.unwrap_or(rest.len() - 1)].trim_end_matches(['.', '-']);
                (start, sign + 1 + host.len())
            }
            _ => (sign, sign),
        };
        let is_mail = rest.starts_with('@');
        let says = match is_mail {
            true => start < sign && text[sign..end].contains('.'),
            false => end > sign + "://".len(),
        };
        if says {
            let uri = if is_mail { "mailto:" } else { "" };
            found.push((start..end, uri.to_owned() + &text[start..end]));
        }
        from = end.max(sign + 1);
    }
    found
}

/// How far an address goes: a sentence's point or bracket behind it is not its own.
fn ended(address: &str) -> usize {
    let mut address = address;
    loop {
        let opened = |open, close| address.matches(open).count() >= address.matches(close).count();
        let last = address.chars().next_back();
        address = match last {
            Some('.' | ',' | ':' | ';' | '!' | '?' | '\'') => &address[..address.len() - 1],
            Some(')') if !opened('(', ')') => &address[..address.len() - 1],
            Some(']') if !opened('[', ']') => &address[..address.len() - 1],
            _ => return address.len(),
        };
    }
}

impl Text {
    /// The glyphs in runs of one part each, in order.
    pub(crate) fn runs(&self) -> Vec<(Option<usize>, Range<usize>)> {
        let mut runs = Vec::with_capacity(2 * self.links.len() + 1);
        let mut from = 0;
        for (glyphs, part) in &self.links {
            runs.push((self.part, from..glyphs.start));
            runs.push((Some(*part), glyphs.clone()));
            from = glyphs.end;
        }
        runs.push((self.part, from..self.glyphs.len()));
        runs.retain(|(_, glyphs)| !glyphs.is_empty());
        runs
    }

    /// Where some of its glyphs stand, from the paper's upper left corner: left, upper, right and lower edge.
    pub(crate) fn spot(&self, glyphs: &Range<usize>) -> [f64; 4] {
        let ends = |at: usize| {
            let placed = &self.glyphs[at];
            let from = placed.x * self.size;
            (from, from + placed.glyph.advance * placed.scale * self.size)
        };
        let (from, to) = (ends(glyphs.start).0, ends(glyphs.end - 1).1);
        match self.is_upright {
            true => [self.x - self.size / 2.0, self.y + from, self.x + self.size / 2.0, self.y + to],
            false => {
                let top = self.y - BASELINE * self.size;
                [self.x + from, top, self.x + to, top + self.size]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        for (text, found) in [
            (
                "詳しくはhttps://example.invalid/oboog/?page=3をご覧ください。",
                &["https://example.invalid/oboog/?page=3"][..],
            ),
            ("See http://example.invalid/a_(b), or not.", &["http://example.invalid/a_(b)"]),
            ("(https://example.invalid/.)", &["https://example.invalid/"]),
            ("連絡先：kaiho@aoba.example.invalidまで", &["mailto:kaiho@aoba.example.invalid"]),
            ("a@b.invalid、c.d@e.invalid.", &["mailto:a@b.invalid", "mailto:c.d@e.invalid"]),
            (
                "https://example.invalid/@a:80 と 10:30 と @ と a@b と http:// と 様@x.y",
                &["https://example.invalid/@a:80"],
            ),
        ] {
            let uris: Vec<String> = addresses(text).into_iter().map(|(_, uri)| uri).collect();
            assert_eq!(uris, found, "{text}");
        }
    }
}
