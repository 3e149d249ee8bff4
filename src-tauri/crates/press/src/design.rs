//! The designs of a newsletter, as data.

use crate::Family;

/// How a newsletter's name and headings look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Design {
    /// The word by which it is chosen.
    pub name: &'static str,
    pub(crate) masthead: MastheadMark,
    pub(crate) heading: HeadingMark,
    pub(crate) headings: Family,
}

/// What stands about the newsletter's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MastheadMark {
    /// A thick and a thin rule below.
    Rules,
    /// A field of the company's colour behind it.
    Field,
    /// The name in the middle, its date and publisher between two rules below.
    Middle,
    /// A thick rule above, thin ones about the date below, as a newspaper has it.
    Newspaper,
}

/// What stands about the heading of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadingMark {
    /// A thin rule above that begins thick.
    Hairline,
    /// A band of the company's colour behind it.
    Band,
    /// A square before it and a rule below.
    Square,
    /// A thick stroke beside it.
    Side,
}

/// All designs; the first is what a new newsletter has.
pub const DESIGNS: [Design; 4] = [
    Design {
        name: "plain",
        masthead: MastheadMark::Rules,
        heading: HeadingMark::Hairline,
        headings: Family::Gothic,
    },
    Design {
        name: "band",
        masthead: MastheadMark::Field,
        heading: HeadingMark::Band,
        headings: Family::Gothic,
    },
    Design {
        name: "soft",
        masthead: MastheadMark::Middle,
        heading: HeadingMark::Square,
        headings: Family::Gothic,
    },
    Design {
        name: "newspaper",
        masthead: MastheadMark::Newspaper,
        heading: HeadingMark::Side,
        headings: Family::Mincho,
    },
];
