//! 行事: what it is, when and where, and what becomes of it afterwards.

mod badge;
pub(crate) mod code;
mod invite;
mod mail;
mod paper;
mod reception;
mod reply;
mod seating;

pub use badge::PrintBadges;
pub(crate) use badge::{badge_sheets, print_badges};
pub use invite::{Invitation, InvitationChecked, InvitedNow};
pub(crate) use invite::{check_invitation, invite, remove_invitee};
pub use mail::{DraftMails, DraftsMade};
pub(crate) use mail::{draft_mails, drafts, event_calendar, sender};
pub use paper::{EventNews, PrintEvent};
pub(crate) use paper::{print_event, printable_news};
pub use reception::{Seated, WalkIn};
pub(crate) use reception::{add_walk_in, change_invitee, seat_event};
pub use reply::{CodeRead, CodeTyped};
pub(crate) use reply::{read_code, record_reply};

use crate::{
    Call, Fault,
    records::{Change, Given, One},
    table::Nothing,
    weekday::{WeekdayWrong, wrong_weekdays},
};
use register::{Event, EventCard, EventId, EventRow, fold::figure};
use serde::Serialize;
use serde_json::{Map, Value};
use ts_rs::TS;

/// An event with all who are invited.
#[derive(Debug, Serialize, TS)]
pub struct EventRead {
    /// All of it.
    pub card: EventCard,
    /// Dates in the wording whose weekday is another day's.
    pub weekdays_wrong: Vec<WeekdayWrong>,
}

pub(crate) fn events(call: &Call<'_>, _: Nothing) -> Result<Vec<EventRow>, Fault> {
    call.read(|reading| reading.events())
}

pub(crate) fn event(call: &Call<'_>, one: One<EventId>) -> Result<EventRead, Fault> {
    let card = call.read(|reading| reading.event(one.id))?;
    let near = card.row.fields.on_day.and_then(|day| day.first()).unwrap_or_else(|| call.today());
    Ok(EventRead { weekdays_wrong: wrong_weekdays(&card.row.fields.wording, near), card })
}

pub(crate) fn add_event(call: &Call<'_>, event: Given<Event>) -> Result<EventId, Fault> {
    let mut event = event.0;
    for time in [&mut event.from_time, &mut event.until_time] {
        *time = read_time(time).unwrap_or_else(|| time.trim().to_owned());
    }
    call.write(|writing| writing.add(&event))
}

pub(crate) fn change_event(call: &Call<'_>, mut change: Change<Event>) -> Result<Nothing, Fault> {
    tidy(&mut change.changes.0);
    call.write(|writing| writing.change::<Event>(change.id.into(), &change.changes.0))?;
    Ok(Nothing {})
}

fn tidy(changes: &mut Map<String, Value>) {
    for field in ["from_time", "until_time"] {
        if let Some(Value::String(text)) = changes.get_mut(field)
            && let Some(time) = read_time(text)
        {
            *text = time;
        }
    }
}

pub(crate) fn copy_event(call: &Call<'_>, one: One<EventId>) -> Result<EventId, Fault> {
    let events = call.read(|reading| reading.events())?;
    let titles: Vec<&str> = events.iter().map(|row| row.fields.title.as_str()).collect();
    let last = events.iter().find(|row| row.id == one.id).map(|row| row.fields.title.as_str());
    let title = next_title(last.unwrap_or_default(), &titles);
    call.write(|writing| writing.copy_event(one.id, title))
}

pub(crate) fn remove_event(call: &Call<'_>, one: One<EventId>) -> Result<Nothing, Fault> {
    call.write(|writing| writing.remove_event(one.id))?;
    Ok(Nothing {})
}

pub(crate) fn finish_event(call: &Call<'_>, one: One<EventId>) -> Result<u32, Fault> {
    call.write(|writing| writing.finish_event(one.id, call.today().into()))
}

/// 第11回 after 第10回, also where the ninth is taken once more; a title without a number stays as it is.
fn next_title(title: &str, all: &[&str]) -> String {
    /// What stands before the first number, the number, and what stands behind it.
    fn parts(title: &str) -> Option<(&str, u32, &str)> {
        let from = title.find(|letter: char| letter.is_ascii_digit())?;
        let rest = &title[from..];
        let until = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        Some((&title[..from], rest[..until].parse().ok()?, &rest[until..]))
    }
    let Some((before, number, behind)) = parts(title) else { return title.to_owned() };
    let alike = all.iter().filter_map(|other| parts(other)).filter(|(b, _, e)| (*b, *e) == (before, behind));
    let last = alike.map(|(_, number, _)| number).max().unwrap_or(number);
    format!("{before}{}{behind}", last.saturating_add(1))
}

/// A time of day as people write it: `12:30`, 「１２時半」, 「午後1時」, 「正午」. As `12:30`.
fn read_time(text: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| match figure(letter) {
            Some(figure) => char::from(b'0' + figure),
            None if letter == '：' => ':',
            None => letter,
        })
        .collect();
    if plain == "正午" {
        return Some("12:00".into());
    }
    let (plain, later) = match (plain.strip_prefix("午後"), plain.strip_prefix("午前")) {
        (Some(rest), _) => (rest, 12),
        (_, Some(rest)) => (rest, 0),
        _ => (plain.as_str(), 0),
    };
    let (hours, minutes) = plain.split_once([':', '時'])?;
    let hours: u32 = hours.parse().ok()?;
    let minutes = match minutes.trim_end_matches('分') {
        "" => 0,
        "半" => 30,
        minutes => minutes.parse().ok()?,
    };
    let hours = if hours < 12 { hours + later } else { hours };
    (hours < 24 && minutes < 60).then(|| format!("{hours:02}:{minutes:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_of_a_row_has_the_next_number() {
        let all = ["第9回 同窓会", "第10回 同窓会", "第3回 見学会", "偲ぶ会"];
        assert_eq!(next_title("第9回 同窓会", &all), "第11回 同窓会");
        assert_eq!(next_title("第3回 見学会", &all), "第4回 見学会");
        assert_eq!(next_title("偲ぶ会", &all), "偲ぶ会");
    }

    #[test]
    fn a_time_is_read_as_people_write_it() {
        for (text, time) in [
            ("12:30", "12:30"),
            ("９：００", "09:00"),
            ("正午", "12:00"),
            ("12時", "12:00"),
            ("午後１時半", "13:30"),
            ("午前10時15分", "10:15"),
            (" 18時05分 ", "18:05"),
        ] {
            assert_eq!(read_time(text).as_deref(), Some(time), "{text}");
        }
        for text in ["", "夕方", "25時", "12:60", "12"] {
            assert_eq!(read_time(text), None, "{text}");
        }
    }
}
