//! The ledger of what was sent, searched: by title, by a name that many bear, by one that nobody bears.

use std::path::Path;
use std::time::Duration;

use register::{Day, Dispatch, DispatchForm, PersonId, Sending};
use serde_json::{Value, json};

use crate::figures::{below, line, time};
use crate::office::{self, ask};

/// Dispatches, and how many people each goes to: a hundred thousand sendings.
const DISPATCHES: usize = 200;
const EACH: usize = 500;
const ROUNDS: usize = 21;

/// Measures in the folder `home`, of a register with so many people.
pub fn measure(home: &Path, people: usize) {
    office::company(home, people, 1);
    let desk = office::desk(home);
    ask(&desk, "unlock", &json!({ "passphrase": office::PASSPHRASE }));
    let register = desk.register().expect("open");
    let rows =
        |offset: usize| ask(&desk, "people", &json!({ "offset": offset, "limit": 100 }))["rows"].clone();
    let id = |row: &Value| PersonId(row["id"].as_i64().expect("an id"));
    let ids: Vec<PersonId> = (0..people)
        .step_by(100)
        .flat_map(|offset| rows(offset).as_array().expect("rows").iter().map(id).collect::<Vec<_>>())
        .collect();
    let day: Day = serde_json::from_value(json!("2026-04-01")).expect("a day");
    let filled = register.begin(|writing| {
        for nth in 0..DISPATCHES {
            let title = format!("縁だより 第{nth}号");
            let (form, sent_on) = (DispatchForm::Labels, Some(day));
            let dispatch = writing.add(&Dispatch { title, form, sent_on, ..Dispatch::default() })?;
            for place in 0..EACH {
                let person = ids[(nth * 37 + place * 7) % ids.len()];
                writing.add(&Sending { person, dispatch, place: place as u32 + 1, ..Sending::default() })?;
            }
        }
        Ok(())
    });
    filled.expect("a ledger");
    for (what, search) in [
        ("opened", ""),
        ("searched for a title", "第77号"),
        ("searched for a name that many bear", "佐藤"),
        ("searched for a full name", "佐藤 誠"),
        ("searched for what is not there", "鷲尾"),
    ] {
        let ask = || ask(&desk, "dispatches", &json!({ "search": search, "limit": 100 }));
        ask();
        let mut took: Vec<Duration> = (0..ROUNDS).map(|_| time(ask).0).collect();
        let sendings = DISPATCHES * EACH;
        let said = format!("{:.1} ms", below(&mut took, 0.5));
        line(&format!("the ledger of {sendings} sendings, {what}"), &said, "", None, "≤ 10 ms");
    }
}
