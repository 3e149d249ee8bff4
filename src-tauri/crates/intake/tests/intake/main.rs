//! Foreign files as the program receives them, from the first byte to the people in them.

mod answers;
mod cards;
mod cells;
mod dates;
mod files;
mod headings;
mod hostile;
mod old_books;
mod out;
mod postal;
mod workbooks;

use std::collections::HashMap;

use intake::{Doubt, Mends, Reason, Sheet, Understood, read, understand};

/// A file read and understood by its own guesses.
pub fn understood(text: &str) -> Understood {
    by_guesses(&sheet(text), &Mends::new())
}

/// A file read with everything guessed.
pub fn sheet(text: &str) -> Sheet {
    read(text.as_bytes(), None).expect("a table")
}

/// The people of a sheet whose columns are what they seem.
pub fn by_guesses(sheet: &Sheet, mends: &Mends) -> Understood {
    understand(sheet, &sheet.guesses(), &mends.clone().into(), &mut |_| true)
        .expect("nothing refused is mapped")
}

/// One cell put right.
pub fn mend(line: u32, column: u32, text: &str) -> Mends {
    HashMap::from([((line, column), text.to_owned())])
}

/// Line, column, reason, text and proposal.
pub type Told<'d> = (u32, Option<u32>, Reason, &'d str, Option<&'d str>);

/// What there is to say of each doubt.
pub fn told(doubts: &[Doubt]) -> Vec<Told<'_>> {
    doubts.iter().map(tell).collect()
}

fn tell(doubt: &Doubt) -> Told<'_> {
    (doubt.line, doubt.column, doubt.reason, &doubt.text, doubt.proposal.as_deref())
}
