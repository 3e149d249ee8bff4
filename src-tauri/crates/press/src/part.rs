//! What the marks on the pages are to the document: headings, paragraphs, photographs.
//!
//! The order of parts is the reading order, wherever they stand on the paper.

use crate::Lang;

/// A part of the document; its marks name it by its place in [`Laid::parts`](crate::Laid).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// The part it stands within; always an earlier one.
    pub within: Option<usize>,
    /// The block of the document that it comes from, by its place among them.
    pub block: usize,
    /// Its language, where that is not the document's.
    pub lang: Option<Lang>,
}

/// What a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The document's name.
    Title,
    /// The title of an article.
    Heading,
    /// A piece of text.
    Paragraph,
    /// Words taken from the text and shown large.
    Quote,
    /// What stands in a frame beside the articles.
    Aside,
    /// People, or other entries one a line.
    List,
    /// An entry of a list.
    Entry,
    /// What an entry begins with.
    Label,
    /// What is said of it.
    Body,
    /// A photograph or a QR code, and what it shows for those who cannot see it.
    Figure(String),
    /// An address within a text, and what is called when somebody clicks on it.
    Link(String),
    /// The line below a photograph.
    Caption,
    /// Rows and columns.
    Table,
    /// A row of a table.
    Row,
    /// A cell that names its column.
    Head,
    /// A cell.
    Cell,
}
