//! What a page draws: operators (ISO 32000-1, annex A) as bytes.

use std::io::Write;

use crate::pdf;

/// Operators behind their operands, in order.
#[derive(Default)]
pub(crate) struct Content(Vec<u8>);

impl Content {
    /// An operator behind numbers.
    pub(crate) fn with(&mut self, numbers: &[f64], operator: &str) {
        for &number in numbers {
            self.number(number);
            self.0.push(b' ');
        }
        self.operator(operator);
    }

    /// An operator behind a name, and a number where there is one.
    pub(crate) fn named(&mut self, name: &str, number: Option<f64>, operator: &str) {
        pdf::name(&mut self.0, name.as_bytes());
        self.0.push(b' ');
        match number {
            Some(number) => self.with(&[number], operator),
            None => self.operator(operator),
        }
    }

    /// Begins a marked sequence (14.6) with what is said of it.
    pub(crate) fn begin(&mut self, tag: &str, said: &[(&str, f64)]) {
        pdf::name(&mut self.0, tag.as_bytes());
        if said.is_empty() {
            self.0.push(b' ');
            return self.operator("BMC");
        }
        self.0.extend(b"<<");
        for &(name, number) in said {
            pdf::name(&mut self.0, name.as_bytes());
            self.0.push(b' ');
            self.number(number);
        }
        self.0.extend(b">>");
        self.operator("BDC");
    }

    /// Shows glyphs by their numbers, each with how far the pen goes back behind it, in whole thousandths of an em (9.4.3).
    pub(crate) fn show(&mut self, glyphs: &[(u16, f64)]) {
        self.0.extend(b"[(");
        for (at, &(number, back)) in glyphs.iter().enumerate() {
            number.to_be_bytes().into_iter().for_each(|byte| pdf::letter(&mut self.0, byte));
            if back != 0.0 && at + 1 < glyphs.len() {
                self.0.push(b')');
                self.number(back);
                self.0.push(b'(');
            }
        }
        self.0.extend(b")]");
        self.operator("TJ");
    }

    /// The bytes.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    fn operator(&mut self, operator: &str) {
        self.0.extend(operator.bytes());
        self.0.push(b'\n');
    }

    /// A number, to the thousandth.
    fn number(&mut self, number: f64) {
        let thousandths = (number * 1000.0).round() as i64;
        if thousandths < 0 {
            self.0.push(b'-');
        }
        let (whole, rest) = (thousandths.unsigned_abs() / 1000, thousandths.unsigned_abs() % 1000);
        // A vector takes all that is written to it.
        let _ = match rest {
            0 => write!(self.0, "{whole}"),
            _ => write!(self.0, "{whole}.{rest:03}"),
        };
        if rest > 0 {
            while self.0.last() == Some(&b'0') {
                self.0.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::content;

    #[test]
    fn what_was_written_is_read_back_whatever_the_bytes_are() {
        let mut content = Content::default();
        content.begin("P", &[("MCID", 3.0)]);
        content.named("P0", Some(10.5), "Tf");
        content.with(&[1.0, -0.004, 0.0, 841.89, 0.753, -12.25], "Tm");
        let glyphs: Vec<(u16, f64)> = (0..=0xffff).map(|number| (number, 0.0)).collect();
        content.show(&glyphs);
        content.show(&[(0x280d, -120.0), (0x5c29, 0.0), (7, 33.0)]);
        content.begin("Artifact", &[]);
        content.with(&[], "EMC");
        let read = content::Content::decode(&content.into_bytes()).unwrap().operations;
        let operators: Vec<&str> = read.iter().map(|it| it.operator.as_str()).collect();
        assert_eq!(operators, ["BDC", "Tf", "Tm", "TJ", "TJ", "BMC", "EMC"]);
        let numbers: Vec<f32> = read[2].operands.iter().map(|it| it.as_float().unwrap()).collect();
        assert_eq!(numbers, [1.0, -0.004, 0.0, 841.89, 0.753, -12.25]);
        let all: Vec<u8> = (0..=0xffff_u16).flat_map(u16::to_be_bytes).collect();
        let parts = |at: usize| read[at].operands[0].as_array().unwrap();
        assert_eq!(parts(3)[0].as_str().unwrap(), all);
        let parts = parts(4);
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[0].as_str().unwrap(), [0x28, 0x0d]);
        assert_eq!((parts[1].as_i64().unwrap(), parts[2].as_str().unwrap()), (-120, &[0x5c, 0x29, 0, 7][..]));
    }
}
