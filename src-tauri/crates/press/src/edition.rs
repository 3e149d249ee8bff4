//! The editions of one document: the same words for other eyes and other machines.

use crate::{Block, Document, Family, notation::marked};

/// For whom, or for what machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Edition {
    /// As the document says.
    #[default]
    Standard,
    /// Letters more than a third larger, in one column.
    Large,
    /// Lines from top to bottom, in three tiers of Mincho.
    Upright,
    /// Black and greys.
    Grey,
}

/// How much larger the letters of the large edition are: 14 points of running text.
const LARGE: f64 = 1.34;
/// Blank at both sides of the large edition's only column, in mm.
const SIDE: f64 = 22.0;

impl Document {
    /// The same document in an edition.
    pub fn edition(mut self, edition: Edition) -> Self {
        match edition {
            Edition::Standard => {}
            Edition::Large => {
                (self.look.scale, self.sheet.columns) = (LARGE, 1);
                (self.sheet.left, self.sheet.right) = (SIDE, SIDE);
            }
            Edition::Upright => {
                (self.look.is_upright, self.look.family) = (true, Family::Mincho);
                self.sheet.columns = 3;
            }
            Edition::Grey => self.look.is_grey = true,
        }
        self
    }

    /// The words alone, for mail: signs instead of sizes, readings in brackets. Photographs are named by their
    /// captions.
    pub fn plain(&self) -> String {
        let mut text = String::new();
        for block in &self.blocks {
            let said = match block.bare() {
                Block::Masthead { name, line, number_and_date } => {
                    format!("{name}　{number_and_date}\n{line}\n")
                }
                Block::Heading(heading) => format!("\n■ {}\n", read(heading)),
                Block::Byline(byline) => format!("（{byline}）\n"),
                Block::Paragraph(paragraph) => format!("\n{}\n", read(paragraph)),
                Block::Names(names) => {
                    let line = |name: &crate::NameLine| format!("・{}　{}", name.name, name.note);
                    let lines: Vec<String> =
                        names.iter().map(|name| line(name).trim_end().to_owned()).collect();
                    format!("\n{}\n", lines.join("\n"))
                }
                Block::Colophon(lines) => format!("\n――――――――\n{}\n", lines.join("\n")),
                Block::Photo { caption, .. } if caption.is_empty() => String::new(),
                Block::Photo { caption, .. } => format!("\n［{}］\n", read(caption)),
                Block::Code { groups, .. } => format!("\n{}\n", groups.join(" ")),
                Block::Qr { text, .. } => format!("\n{}\n", read(text)),
                Block::Quote(quote) => format!("\n「{}」\n", read(quote)),
                Block::Aside { heading, text } => format!("\n【{}】\n{}\n", read(heading), read(text)),
                Block::Table { head, rows } => {
                    let rows: Vec<String> =
                        [head].into_iter().chain(rows).map(|cells| cells.join("　")).collect();
                    format!("\n{}\n", rows.join("\n"))
                }
                Block::Rule => "\n――――\n".to_owned(),
                Block::Across(_) | Block::In(..) => String::new(),
            };
            text += &said;
        }
        text
    }
}

/// A text without its signs; the reading of a word follows it in brackets.
fn read(text: &str) -> String {
    let marked = marked(text);
    let mut read = marked.text;
    for (word, reading) in marked.ruby.iter().rev() {
        read.insert_str(word.end, &format!("（{reading}）"));
    }
    read
}
