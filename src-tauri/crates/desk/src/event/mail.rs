//! An invitation by mail, without sending: a draft for each who agreed to mail, and the event for calendars.

use crate::{
    Call, Fault, FaultKind, Settings, company,
    dispatch::{self, Anyway, Checked, Gate, Paper, apart, gate},
    form::{self, Form, FormPrinted},
    issue,
    people::Selection,
    records::One,
    table::Nothing,
};
use chrono::{NaiveTime, Utc};
use intake::{
    calendar::{self, Entry},
    draft::{self, Attached, Draft},
};
use register::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Drafts for all who are invited by mail and have not answered.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftMails {
    /// To what.
    pub event: EventId,
    /// The subject.
    pub subject: String,
    /// The text, in which `{name}` is the name.
    pub text: String,
    /// What the law asks to stand below it: who sends and how to stop. `{company}`, `{address}`, `{phone}` and `{mail}` are
    /// the company's.
    pub footer: String,
    /// The invitation that is attached.
    pub form: Form,
}

/// Drafts, in the tray as one archive.
#[derive(Debug, Serialize, TS)]
pub struct DraftsMade {
    /// The archive.
    pub paper: Paper,
    /// To how many people.
    pub people: u32,
    /// How many who are invited by mail get none: they answered, or may not be written to any more.
    pub left_out: u32,
}

fn entry(call: &Call<'_>, id: EventId, event: &Event) -> Result<Vec<u8>, Fault> {
    let Some(on) = event.on_day.and_then(|day| day.first()) else {
        return Err(Fault::field(FaultKind::Invalid, "on_day", "event_without_day"));
    };
    let settings = company::settings(call, Nothing {})?;
    let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
    let place = [event.place.as_str(), event.place_address.as_str()];
    Ok(calendar::calendar(&Entry {
        uid: format!("event-{}@enishi.invalid", id.0),
        made_at: call.now.with_timezone(&Utc),
        on,
        times: time(&event.from_time).map(|from| (from, time(&event.until_time))),
        offset: call.now.offset().local_minus_utc(),
        title: event.title.clone(),
        place: place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
        text: event.wording.clone(),
        organizer: (!settings.mail.is_empty()).then_some((settings.company, settings.mail)),
    }))
}

/// The event for the office's own calendar: it names nobody.
pub(crate) fn event_calendar(call: &Call<'_>, one: One<EventId>) -> Result<FormPrinted, Fault> {
    let event: Event = call.read(|reading| reading.get(one.id))?;
    let name = format!("{}.ics", issue::file_name(&event.title));
    let file = call.desk.front.tray.put(&name, entry(call, one.id, &event)?)?;
    Ok(FormPrinted { file, name })
}

/// A draft for each of those who has a mail address, with the same attached to all, as one archive; and who that is, in
/// the same order.
pub(crate) fn drafts(
    call: &Call<'_>,
    sender: &Settings,
    title: &str,
    to: Vec<Checked>,
    (subject, text, footer): (&str, &str, &str),
    attached: &[Attached],
) -> Result<(Paper, Vec<Vec<Checked>>), Fault> {
    let footer = footer
        .replace("{company}", &sender.company)
        .replace("{address}", &format!("〒{} {}", sender.postal, sender.address.replace('\n', " ")))
        .replace("{phone}", &sender.phone)
        .replace("{mail}", &sender.mail);
    let (mut files, mut pieces) = (Vec::with_capacity(to.len()), Vec::with_capacity(to.len()));
    let all = to.len();
    for (done, checked) in to.into_iter().enumerate() {
        call.job.at(done, all)?;
        let name = checked.invited.name();
        let best: Vec<Kept<Mail>> = call.read(|reading| reading.best_of(checked.invited.person))?;
        let Some(mail) = best.into_iter().find(|mail| !mail.fields.address.is_empty()) else { continue };
        let draft = Draft {
            from: (sender.company.clone(), sender.mail.clone()),
            to: (name.clone(), mail.fields.address),
            subject: subject.replace("{name}", &name),
            at: call.now,
            text: format!("{}\n\n{footer}\n", text.replace("{name}", &name)),
            stop: sender.mail.clone(),
            attached: attached.to_vec(),
        };
        files.push((format!("{}.eml", issue::file_name(&name)), draft::mail(&draft)));
        pieces.push(vec![checked]);
    }
    let name = format!("{title}-mail.zip");
    let file = call.desk.front.tray.put(&name, draft::folder(&files)?)?;
    Ok((Paper { file, name, pages: 0 }, pieces))
}

/// The settings, when they say what the law asks of whoever sends mail: who sends, where to say stop, and where they are
/// (特定電子メール法 4条).
pub(crate) fn sender(call: &Call<'_>) -> Result<Settings, Fault> {
    let settings = company::settings(call, Nothing {})?;
    for (field, value) in
        [("mail", &settings.mail), ("address", &settings.address), ("company", &settings.company)]
    {
        if value.trim().is_empty() {
            return Err(Fault::field(FaultKind::Refused, field, "sender_incomplete"));
        }
    }
    Ok(settings)
}

pub(crate) fn draft_mails(call: &Call<'_>, wanted: DraftMails) -> Result<DraftsMade, Fault> {
    let sender = sender(call)?;
    let card = call.read(|reading| reading.event(wanted.event))?;
    let event = &card.row.fields;
    let by_mail: Vec<&InviteeRow> = card
        .invitees
        .iter()
        .filter(|row| row.fields.channel == Channel::Mail && !row.fields.walk_in)
        .collect();
    let awaited = by_mail.iter().filter(|row| row.fields.reply == EventReply::None);
    let people: Vec<PersonId> = awaited.map(|row| row.fields.person).collect();
    let reason = |row: &&InviteeRow| Anyway { person: row.fields.person, reason: row.fields.reason.clone() };
    let anyway = by_mail.iter().filter(|row| !row.fields.reason.is_empty()).map(reason).collect();
    let way = Way { purpose: Purpose::Event, channel: Channel::Mail };
    let selection = Selection { people, ..Selection::default() };
    let [send, ..] = apart(gate(call, &Gate { way, selection, occasion: Occasion::None, anyway })?);
    if send.is_empty() {
        return Err(Fault::new(FaultKind::Refused, "nobody_to_send"));
    }
    let title = issue::file_name(&event.title);
    let attached = [
        Attached {
            name: format!("{title}.pdf"),
            kind: "application/pdf",
            bytes: form::pdf(call, &wanted.form)?,
        },
        Attached {
            name: format!("{title}.ics"),
            kind: "text/calendar; charset=utf-8; method=PUBLISH",
            bytes: entry(call, wanted.event, event)?,
        },
    ];
    let words = (wanted.subject.as_str(), wanted.text.as_str(), wanted.footer.as_str());
    let (paper, pieces) = drafts(call, &sender, &title, send, words, &attached)?;
    let people = pieces.len() as u32;
    let kept = Dispatch {
        purpose: way.purpose,
        channel: way.channel,
        form: DispatchForm::Drafts,
        occasion: Occasion::None,
        title: event.title.clone(),
        issue: None,
        event: Some(wanted.event),
        made_on: Some(call.today().into()),
        sent_on: None,
        asked: String::new(),
    };
    dispatch::hold_papers(call, kept, paper.clone(), pieces);
    Ok(DraftsMade { paper, people, left_out: by_mail.len() as u32 - people })
}
