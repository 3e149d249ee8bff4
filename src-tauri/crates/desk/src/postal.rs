//! Postal codes: which place has which, by the dictionary that the program brings, or by a newer one from Japan Post that
//! somebody put in its place. That one is this PC's affair and lies beside the registers, as it was brought.

use crate::{Call, Desk, Fault, hold};
use intake::{Dictionary, Place};
use register::{Day, disk};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

/// The file of somebody's own dictionary.
const OWN: &str = "postal-codes";

/// What was understood of a postal code.
#[derive(Debug, Serialize, TS)]
pub struct PostalRead {
    /// As it will be kept, when there is no doubt.
    pub text: Option<String>,
    /// Why it was not understood.
    pub doubt: Option<intake::Reason>,
    /// What may have been meant.
    pub proposal: Option<String>,
    /// The places that have it.
    pub places: Vec<Place>,
}

/// An address without its code.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddressText {
    /// Prefecture, city and street in one.
    pub address: String,
}

/// The dictionary in use.
#[derive(Debug, Serialize, TS)]
pub struct PostalDictionary {
    /// How many places it has; none when there is no dictionary.
    pub places: u32,
    /// The day of its data, where its file says so.
    pub dated: Option<Day>,
    /// Somebody put it in the place of the program's own.
    pub own: bool,
}

/// Another dictionary.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangePostalDictionary {
    /// The token of Japan Post's file; none for the dictionary that the program brings.
    pub file: Option<String>,
}

/// The dictionary as it was read, and whether it is somebody's own.
pub(crate) type Read = Option<(Arc<Dictionary>, bool)>;

impl Desk {
    /// The dictionary, read once. A program without one works on: it only has nothing to offer.
    fn dictionary(&self) -> Read {
        let mut read = hold(&self.postal);
        read.get_or_insert_with(|| {
            let of = |bytes: Vec<u8>| Some(Arc::new(Dictionary::read(&bytes).ok()?));
            let own = std::fs::read(self.front.home.join(OWN)).ok().and_then(of);
            match own {
                Some(own) => Some((own, true)),
                None => Some((of((self.front.postal)().ok()?)?, false)),
            }
        })
        .clone()
    }

    /// The dictionary, if there is one.
    pub(crate) fn postal(&self) -> Option<Arc<Dictionary>> {
        self.dictionary().map(|(dictionary, _)| dictionary)
    }
}

pub(crate) fn read_postal(call: &Call<'_>, typed: crate::typed::Typed) -> Result<PostalRead, Fault> {
    let at = |text: &str| call.desk.postal().map(|dictionary| dictionary.at(text)).unwrap_or_default();
    Ok(match intake::contact::read_postal(&typed.text) {
        Ok(text) => PostalRead { places: at(&text), text: Some(text), doubt: None, proposal: None },
        Err(unsure) => PostalRead {
            text: None,
            doubt: Some(unsure.reason),
            proposal: unsure.proposal,
            places: Vec::new(),
        },
    })
}

pub(crate) fn postal_codes(call: &Call<'_>, of: AddressText) -> Result<Vec<Place>, Fault> {
    Ok(call.desk.postal().map(|dictionary| dictionary.of_address(&of.address)).unwrap_or_default())
}

pub(crate) fn postal_dictionary(
    call: &Call<'_>,
    _: crate::table::Nothing,
) -> Result<PostalDictionary, Fault> {
    use chrono::Datelike;
    let Some((dictionary, own)) = call.desk.dictionary() else {
        return Ok(PostalDictionary { places: 0, dated: None, own: false });
    };
    let day = |day: chrono::NaiveDate| Day::new(Some(day.year()), Some(day.month()), Some(day.day()));
    Ok(PostalDictionary { places: dictionary.places() as u32, dated: dictionary.dated().and_then(day), own })
}

/// Puts a dictionary in the place of the one in use, once it was read whole; a file that is none changes nothing.
pub(crate) fn change_postal_dictionary(
    call: &Call<'_>,
    change: ChangePostalDictionary,
) -> Result<PostalDictionary, Fault> {
    let own = call.desk.front.home.join(OWN);
    match change.file {
        Some(file) => {
            let bytes = call.desk.front.tray.read(&file)?;
            Dictionary::read(&bytes)?;
            std::fs::create_dir_all(&call.desk.front.home)?;
            disk::replace(&own, &bytes)?;
        }
        None => disk::remove(&own)?,
    }
    *hold(&call.desk.postal) = None;
    // What a list was sorted into depends on it.
    *hold(&call.desk.list) = None;
    postal_dictionary(call, crate::table::Nothing {})
}
