//! Postcards and envelopes: the side with the address, one a page.

use crate::{
    Addressed, Addressee, Created, Fault, Fonts,
    face::{Face, Front},
    label::{blank, paper},
    look::Setter,
};

/// Postcards or envelopes to be printed.
#[derive(Debug, Clone)]
pub struct Cards<'a> {
    /// Shown in the viewer's title bar.
    pub title: &'a str,
    /// Who sends, as the PDF says it.
    pub author: &'a str,
    /// When it was made.
    pub created: Created,
    /// What bears the address.
    pub front: Front,
    /// Level lines with the figures as they were typed, rather than upright ones with kanji.
    pub is_level: bool,
    /// Who sends, as it stands on the card; no names for none.
    pub from: &'a Addressee,
    /// The postal code's boxes are drawn, for a try on plain paper.
    pub outlined: bool,
    /// To whom.
    pub to: &'a [Addressee],
}

/// Sets the address sides, one a page.
///
/// # Errors
/// Those of a document.
pub fn cards(cards: &Cards<'_>, fonts: &Fonts) -> Result<Addressed, Fault> {
    let upright = !cards.is_level;
    let document = paper(cards.title, cards.author, cards.created, cards.front.sheet(), upright);
    let mut setter = Setter::new(&document, fonts)?;
    let face = Face::new(cards.front, cards.is_level);
    let mut pages = Vec::with_capacity(cards.to.len());
    let mut tight = Vec::new();
    for (at, to) in cards.to.iter().enumerate() {
        let mut page = blank(&document);
        let (marks, fits) = face.set(&mut setter, to, Some(cards.from));
        page.marks = marks;
        if cards.outlined {
            page.marks.extend(face.frames());
        }
        if !fits {
            tight.push(at);
        }
        pages.push(page);
    }
    Ok(Addressed::or_blank(&document, setter, pages, tight))
}
