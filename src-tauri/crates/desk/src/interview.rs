//! 退職の面談: what was said goes behind the seal; what the person agrees to be found by is copied to open fields.
//! Reasons are counted without anybody reading what one person said.

use crate::{
    Call, Fault, FaultKind,
    national::{National, national},
    sealed,
    table::Nothing,
};
use register::{
    At, Basis, Channel, ColleagueId, Consent, ConsentState, Day, Exit, Noted, Person, PersonId, Purpose,
    SealedNoteId, Writing,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What an interview is called behind the seal.
pub(crate) const FIELD: &str = "interview";
/// Reasons are told only of groups of at least so many people.
const GROUP: usize = 5;

/// Whose words they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// 本人.
    Person,
    /// 会社.
    Company,
}

/// Who may read it, as agreed with the person before it began. A rule that the program keeps for the last of them
/// and prints for the others: the key is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Readers {
    /// 社長まで.
    Owner,
    /// 総務だけ.
    Office,
    /// 集計だけ: nobody; it is counted.
    Tally,
}

/// Why people leave, in the words of the national survey (厚生労働省「雇用動向調査」, 前職を辞めた理由), so that a
/// firm may hold its figures against the country's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum LeavingReason {
    Work,
    Skills,
    People,
    Future,
    Pay,
    Hours,
    Marriage,
    Childcare,
    Care,
    Personal,
    Retirement,
    Company,
    Other,
}

/// An interview, as it lies behind the seal.
#[derive(Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Interview {
    /// When it was.
    pub on_day: Option<Day>,
    /// Whose words.
    pub voice: Voice,
    /// Who may read it.
    pub readers: Readers,
    /// The reason on the 離職票, as its code.
    pub official: String,
    /// The reasons in the words of the survey.
    pub reasons: Vec<LeavingReason>,
    /// What was asked and answered.
    pub answers: Vec<Answer>,
    /// The person agreed that health or harassment may be written down.
    pub delicate: bool,
}

/// An answer.
#[derive(Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The name of the question; the page has its words.
    pub question: String,
    /// What was said.
    pub text: String,
}

impl Interview {
    /// What those may read who may read what is sealed.
    pub(crate) fn for_readers(self) -> Interview {
        match self.readers {
            Readers::Tally => {
                Interview { official: String::new(), reasons: Vec::new(), answers: Vec::new(), ..self }
            }
            Readers::Owner | Readers::Office => self,
        }
    }
}

/// A new interview.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddInterview {
    /// With whom.
    pub person: PersonId,
    /// What was said.
    pub interview: Interview,
    /// What the person agreed to be found by, in open fields.
    pub open: Option<OpenAnswers>,
}

/// What everybody with the register may read, because the person said so.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenAnswers {
    /// Hours a month that the person could help.
    pub hours_a_month: Option<u32>,
    /// In which fields.
    pub help_fields: String,
    /// By what the person may be asked.
    pub channels: Vec<Channel>,
    /// Who of ours is to ask, as the person wished.
    pub in_charge: Option<ColleagueId>,
    /// How it can be shown, for the consents that come of it: the page's words for "said at the interview".
    pub evidence: String,
}

/// Why people left, as far as it can be told without telling it of one.
#[derive(Debug, Serialize, TS)]
pub struct Reasons {
    /// Groups of five or more, the oldest first. Each is closed: later interviews make new groups, so that two
    /// reports cannot be held against each other.
    pub groups: Vec<ReasonGroup>,
    /// Interviews that wait for a group.
    pub waiting: u32,
    /// The whole country's reasons to hold them against, when there is a checked file of them.
    pub national: Option<National>,
}

/// Why the people of one group left.
#[derive(Debug, Serialize, TS)]
pub struct ReasonGroup {
    /// The first year in which one of them left, if known.
    pub from_year: Option<i32>,
    /// … and the last.
    pub until_year: Option<i32>,
    /// How many they are.
    pub people: u32,
    /// How many of them gave a reason, the most frequent first.
    pub reasons: Vec<ReasonCount>,
}

/// How many people gave a reason.
#[derive(Debug, Serialize, TS)]
pub struct ReasonCount {
    /// The reason.
    pub reason: LeavingReason,
    /// How many.
    pub people: u32,
}

pub(crate) fn add_interview(call: &Call<'_>, new: AddInterview) -> Result<SealedNoteId, Fault> {
    let said = !new.interview.reasons.is_empty()
        || !new.interview.official.is_empty()
        || new.interview.answers.iter().any(|answer| !answer.text.trim().is_empty());
    if !said {
        return Err(Fault::field(FaultKind::Invalid, "answers", "note_empty"));
    }
    let text = zeroize::Zeroizing::new(serde_json::to_string(&new.interview)?);
    let open = call.open()?;
    let (hr, at) = (open.opened.hr_public(), At(call.now.timestamp_millis()));
    call.write(|writing| {
        if let Some(answers) = &new.open {
            let mut changes = serde_json::Map::new();
            if let Some(hours) = answers.hours_a_month {
                changes.insert("hours_a_month".into(), hours.into());
            }
            if !answers.help_fields.trim().is_empty() {
                changes.insert("help_fields".into(), answers.help_fields.trim().into());
            }
            if let Some(colleague) = answers.in_charge {
                changes.insert("in_charge".into(), colleague.0.into());
            }
            writing.change::<Person>(new.person, &changes)?;
            let on_day = new.interview.on_day.unwrap_or(call.today().into());
            answers
                .channels
                .iter()
                .try_for_each(|channel| agree(writing, new.person, *channel, on_day, &answers.evidence))?;
        }
        // What was agreed is printed on the sheet of the last day.
        let readers = serde_json::Map::from_iter([("readers".into(), json!(new.interview.readers))]);
        for exit in writing.of_person::<Exit>(new.person)? {
            writing.change::<Exit>(exit.id.into(), &readers)?;
        }
        sealed::seal(writing, new.person, FIELD, &text, hr, &mut **call.random(), at)
    })?
}

/// The person may be asked for help by this channel: a consent of its own, or the one that was there made good.
fn agree(
    writing: &mut Writing<'_>,
    person: PersonId,
    channel: Channel,
    on_day: Day,
    evidence: &str,
) -> Result<(), register::Fault> {
    let consent = Consent {
        person,
        purpose: Purpose::Help,
        channel,
        basis: Basis::Consent,
        state: ConsentState::Yes,
        on_day: Some(on_day),
        evidence: evidence.to_owned(),
        ..Consent::default()
    };
    let all = writing.of_person::<Consent>(person)?;
    match all.iter().find(|kept| kept.fields.purpose == Purpose::Help && kept.fields.channel == channel) {
        None => writing.add(&consent).map(drop),
        Some(kept) => {
            let changes = json!({ "basis": consent.basis, "state": consent.state, "on_day": on_day, "evidence": evidence });
            let Value::Object(changes) = changes else { return Ok(()) };
            writing.change::<Consent>(kept.id.into(), &changes)
        }
    }
}

pub(crate) fn leaving_reasons(call: &Call<'_>, _: Nothing) -> Result<Reasons, Fault> {
    let open = call.open()?;
    let hr = open.opened.hr_secret().ok_or(vault::Fault::NotOwner)?;
    let kept = call.read(|reading| reading.sealed_of(FIELD))?;
    if !kept.is_empty() {
        let noted = Noted { people: kept.len() as u32, person: None, fields: sealed::TABLE.to_owned() };
        open.register.note(call.new_step(&open), &noted)?;
    }
    // One voice a person: the person's own before the company's.
    let mut voices: Vec<(PersonId, Option<i32>, Interview)> = Vec::new();
    for one in kept {
        let Some(interview) = sealed::opened(hr, &one.kept).and_then(|text| parsed(&text)) else { continue };
        if interview.reasons.is_empty() {
            continue;
        }
        match voices.iter_mut().find(|(person, ..)| *person == one.person) {
            None => voices.push((one.person, one.left_on.and_then(|day| day.year()), interview)),
            Some((.., known)) if known.voice == Voice::Company => *known = interview,
            Some(_) => {}
        }
    }
    let whole = voices.len() / GROUP * GROUP;
    Ok(Reasons {
        groups: voices[..whole].chunks(GROUP).map(group).collect(),
        waiting: (voices.len() - whole) as u32,
        national: national(),
    })
}

fn group(voices: &[(PersonId, Option<i32>, Interview)]) -> ReasonGroup {
    let mut counts: BTreeMap<LeavingReason, u32> = BTreeMap::new();
    for (.., interview) in voices {
        let given: std::collections::BTreeSet<_> = interview.reasons.iter().copied().collect();
        given.into_iter().for_each(|reason| *counts.entry(reason).or_default() += 1);
    }
    let mut reasons: Vec<_> =
        counts.into_iter().map(|(reason, people)| ReasonCount { reason, people }).collect();
    reasons.sort_by_key(|count| std::cmp::Reverse(count.people));
    let years = || voices.iter().filter_map(|(_, year, _)| *year);
    ReasonGroup { from_year: years().min(), until_year: years().max(), people: voices.len() as u32, reasons }
}

/// An interview as it was sealed.
pub(crate) fn parsed(text: &str) -> Option<Interview> {
    serde_json::from_str(text).ok()
}
