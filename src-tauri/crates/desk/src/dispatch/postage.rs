//! 切手: what a piece costs, from a dated file.

use crate::{Call, Fault};
use register::{Day, DispatchForm};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

const POSTAGE: &str = include_str!("../postage-2026-11.tsv");

/// What a piece of one form costs is asked.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PostageOf {
    /// Which paper.
    pub form: DispatchForm,
    /// The day on which it is posted; today when nothing is said.
    pub on: Option<Day>,
}

/// What a piece costs within Japan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Postage {
    /// In yen.
    pub yen: u32,
    /// The price is for so many grams at most; 0 for a card, which is not weighed.
    pub grams: u32,
    /// Two sources agree on it.
    pub is_verified: bool,
}

/// Nothing for labels, which are stuck on whatever is sent, and for mail.
pub(crate) fn postage(call: &Call<'_>, asked: PostageOf) -> Result<Option<Postage>, Fault> {
    let on = asked.on.unwrap_or_else(|| call.today().into()).to_string();
    let mut found = None;
    for line in POSTAGE.lines().filter(|line| !line.starts_with('#')) {
        let [from, form, yen, grams, state, _] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        let form: DispatchForm = serde_json::from_value(form.into())?;
        // The file's lines stand in the order of their days.
        if form == asked.form && from <= on.as_str() {
            let price = |text: &str| text.parse().unwrap_or_default();
            found = Some(Postage { yen: price(yen), grams: price(grams), is_verified: state == "ok" });
        }
    }
    Ok(found)
}
