//! What somebody types into a field is read as a list that comes in is read, by the same functions of the intake:
//! full-width digits, 和暦, a postal code with or without its hyphen, a reading in whichever kana.

use crate::{Call, Fault, FaultKind};
use intake::Unsure;
use register::{Day, Record};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// A text as somebody typed it.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    /// The text.
    pub text: String,
}

/// What was understood of a date.
#[derive(Debug, Serialize, TS)]
pub struct DayRead {
    /// The day, when there is no doubt.
    pub day: Option<Day>,
    /// The day in the Japanese calendar, to show what was understood.
    pub japanese: String,
    /// Why it was not understood.
    pub doubt: Option<intake::Reason>,
    /// What may have been meant.
    pub proposal: Option<String>,
}

/// What was understood of a telephone number.
#[derive(Debug, Serialize, TS)]
pub struct TextRead {
    /// As it will be kept, when there is no doubt.
    pub text: Option<String>,
    /// Why it was not understood.
    pub doubt: Option<intake::Reason>,
    /// What may have been meant.
    pub proposal: Option<String>,
}

pub(crate) fn read_day(_: &Call<'_>, typed: Typed) -> Result<DayRead, Fault> {
    Ok(match intake::read_date(&typed.text) {
        Ok(date) => DayRead {
            day: Day::new(date.year, date.month, date.day),
            japanese: intake::japanese(date),
            doubt: None,
            proposal: None,
        },
        Err(unsure) => DayRead {
            day: None,
            japanese: String::new(),
            doubt: Some(unsure.reason),
            proposal: unsure.proposal,
        },
    })
}

pub(crate) fn read_phone(_: &Call<'_>, typed: Typed) -> Result<TextRead, Fault> {
    Ok(match phone(&typed.text) {
        Ok(text) => TextRead { text: Some(text), doubt: None, proposal: None },
        Err(unsure) => TextRead { text: None, doubt: Some(unsure.reason), proposal: unsure.proposal },
    })
}

fn postal(text: &str) -> Result<String, Unsure> {
    intake::contact::read_postal(text)
}

fn phone(text: &str) -> Result<String, Unsure> {
    intake::contact::read_phone(text).map(Into::into)
}

fn kana(text: &str) -> Result<String, Unsure> {
    intake::names::read_kana(text).map(Into::into)
}

/// Brings what was typed into the form in which the register keeps it; all other fields stay as they are.
///
/// # Errors
/// `Invalid` on the field; its code is that of the doubt, and `proposal` says what may have been meant.
pub(crate) fn tidy<R: Record>(fields: &mut Map<String, Value>) -> Result<(), Fault> {
    for (field, value) in fields {
        let read = match (R::TABLE, field.as_str()) {
            ("address", "postal") => postal,
            ("phone", "number") => phone,
            (_, "family_kana" | "given_kana" | "maiden_kana") => kana,
            _ => continue,
        };
        let Value::String(text) = value else { continue };
        if text.trim().is_empty() {
            continue;
        }
        match read(text.trim()) {
            Ok(tidy) => *text = tidy,
            Err(unsure) => {
                let reason = serde_json::to_value(unsure.reason)?;
                let fault = Fault::field(FaultKind::Invalid, field, reason.as_str().unwrap_or_default());
                return Err(fault.with("proposal", unsure.proposal));
            }
        }
    }
    Ok(())
}

/// … of a whole record.
///
/// # Errors
/// As [`tidy`].
pub(crate) fn tidied<R: Record>(record: &R) -> Result<R, Fault> {
    let mut record = serde_json::to_value(record)?;
    if let Value::Object(fields) = &mut record {
        tidy::<R>(fields)?;
    }
    Ok(serde_json::from_value(record)?)
}
