//! One event as a calendar file that every calendar program takes in (RFC 5545).

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};

/// What stands in the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// By what a calendar knows it again when it comes once more.
    pub uid: String,
    /// When the file was made.
    pub made_at: DateTime<Utc>,
    /// The day.
    pub on: NaiveDate,
    /// From when until when; the whole day without. Without an end it lasts two hours.
    pub times: Option<(NaiveTime, Option<NaiveTime>)>,
    /// The office's distance from UTC in seconds.
    pub offset: i32,
    /// What it is called.
    pub title: String,
    /// Where.
    pub place: String,
    /// What else there is to say.
    pub text: String,
    /// Who invites: name and mail address.
    pub organizer: Option<(String, String)>,
}

/// The calendar file.
#[must_use]
pub fn calendar(entry: &Entry) -> Vec<u8> {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Enishi//Enishi//JA".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", text(&entry.uid)),
        format!("DTSTAMP:{}", entry.made_at.format("%Y%m%dT%H%M%SZ")),
    ];
    match entry.times {
        Some((from, until)) => {
            let at = |time: NaiveTime| {
                Utc.from_utc_datetime(&(entry.on.and_time(time) - TimeDelta::seconds(entry.offset.into())))
            };
            let (from, until) = (at(from), until.map(at));
            let until = until.unwrap_or(from + TimeDelta::hours(2));
            lines.push(format!("DTSTART:{}", from.format("%Y%m%dT%H%M%SZ")));
            lines.push(format!("DTEND:{}", until.format("%Y%m%dT%H%M%SZ")));
        }
        None => {
            lines.push(format!("DTSTART;VALUE=DATE:{}", entry.on.format("%Y%m%d")));
            let next = entry.on.succ_opt().unwrap_or(entry.on);
            lines.push(format!("DTEND;VALUE=DATE:{}", next.format("%Y%m%d")));
        }
    }
    lines.push(format!("SUMMARY:{}", text(&entry.title)));
    for (name, value) in [("LOCATION", &entry.place), ("DESCRIPTION", &entry.text)] {
        if !value.is_empty() {
            lines.push(format!("{name}:{}", text(value)));
        }
    }
    if let Some((name, address)) = &entry.organizer {
        // A quotation mark cannot stand in a parameter at all.
        let name = name.replace(['"', '\r', '\n'], "");
        lines.push(format!("ORGANIZER;CN=\"{name}\":mailto:{address}"));
    }
    lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
    lines.iter().flat_map(|line| folded(line)).collect()
}

/// A text as a value: marks that mean something, and line breaks, are written otherwise (§3.3.11).
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A line, broken before its 75th byte and never within a letter (§3.1).
fn folded(line: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(line.len() + 8);
    let mut room = 75;
    for letter in line.chars() {
        if letter.len_utf8() > room {
            out.extend(b"\r\n ");
            room = 74;
        }
        room -= letter.len_utf8();
        out.extend(letter.encode_utf8(&mut [0; 4]).bytes());
    }
    out.extend(b"\r\n");
    out
}
