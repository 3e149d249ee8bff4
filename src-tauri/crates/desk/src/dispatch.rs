//! 発送: whom something may go to, the papers, and the ledger of what went.
//!
//! Everything that reaches people passes [`gate::gate`]: who is stopped, has died or gave no basis gets no page, whatever
//! the page asks for.

mod gate;
mod ledger;
mod moved;
mod named;
mod paper;
mod postage;
mod printer;
mod sheets;
mod words;

pub use gate::{Anyway, Checked, Gate, PileOf, Piles};
pub(crate) use gate::{SHOWN, apart, check_dispatch, doubts, gate};
pub(crate) use ledger::*;
pub use moved::PrintMoved;
pub(crate) use moved::print_moved;
pub use named::{AgreeInIssue, IssueChecked};
pub(crate) use named::{agree_in_issue, check_issue};
pub(crate) use postage::postage;
pub use postage::{Postage, PostageOf};
pub use printer::{PaperRun, PrintPaper, PrintTest, Printer};
pub(crate) use printer::{change_printer, print_paper, print_test, printers};
pub use sheets::LabelSheet;
pub(crate) use sheets::label_sheets;
pub(crate) use words::greetings;
pub use words::{BackWords, Greetings, ReplyWords};

use crate::{
    Call, Fault, FaultKind, event, hold,
    issue::{self, LetterMissing},
};
use intake::draft::Attached;
use paper::Made;
use register::*;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use ts_rs::TS;

/// What is to be made. The ledger keeps it without those for whom it is.
#[derive(Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintDispatch {
    /// For whom.
    #[serde(skip_serializing)]
    pub gate: Gate,
    /// What it is called in the ledger.
    pub title: String,
    /// On which paper.
    pub form: DispatchForm,
    /// The newsletter that goes with it.
    pub issue: Option<IssueId>,
    /// The event to which it invites, or for which it thanks.
    #[serde(default)]
    #[ts(optional)]
    pub event: Option<EventId>,
    /// Who lives together gets one, with all names on it.
    pub households: bool,
    /// The label sheet, by its name.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub sheet: String,
    /// How many labels of the first sheet are used up.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub used: u32,
    /// The edges are drawn as well: a try on plain paper, which the ledger does not take.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub outlined: bool,
    /// The paragraphs of the letter.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub letter: Vec<String>,
    /// The message side of postcards, and of 往復はがき.
    #[serde(default)]
    #[ts(optional, as = "Option<BackWords>")]
    pub back: Option<BackWords>,
    /// The card that comes back: one half of 往復はがき, or a card in the envelope.
    #[serde(default)]
    #[ts(optional, as = "Option<ReplyWords>")]
    pub reply: Option<ReplyWords>,
    /// Addresses of cards and envelopes, and messages, in level lines.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub level: bool,
    /// 旧姓 stands behind the family name of whoever has one. Everybody through whose hands a card goes reads it.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub maiden: bool,
    /// In the order of postal codes, as the post sorts them, rather than of kana.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub by_postal: bool,
    /// In which language they are, `ja` or `en`.
    pub language: String,
}

/// What was made.
#[derive(Debug, Serialize, TS)]
pub struct DispatchPrinted {
    /// The papers: the newsletter first, when there is one.
    pub papers: Vec<Paper>,
    /// To how many people it goes.
    pub people: u32,
    /// How many letters, labels or cards, and copies of the newsletter.
    pub pieces: u32,
    /// Letters that no typeface has.
    pub missing: Vec<LetterMissing>,
    /// Whose address is too long to be set legibly. They stand on the second pile until it is shorter, or put aside.
    pub tight: Vec<String>,
    /// A message or a form is too long to be set legibly.
    pub is_crowded: bool,
    /// The three piles, as this paper makes them.
    pub piles: Piles,
}

/// A paper.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Paper {
    /// The PDF's token.
    pub file: String,
    /// Its proposed file name.
    pub name: String,
    /// Pages; 0 when it comes from the ledger.
    pub pages: u32,
}

/// The papers made last.
pub(crate) struct Held {
    dispatch: Dispatch,
    papers: Vec<(Paper, bool)>,
    /// Each piece's people, with what was put aside and why.
    pieces: Vec<Vec<Checked>>,
    /// What they take the place of in the ledger.
    instead_of: Vec<SendingId>,
}

/// Holds one paper, made elsewhere, until it is to be kept in the ledger.
pub(crate) fn hold_papers(call: &Call<'_>, dispatch: Dispatch, paper: Paper, pieces: Vec<Vec<Checked>>) {
    let papers = vec![(paper, true)];
    *hold(&call.desk.papers) = Some(Held { dispatch, papers, pieces, instead_of: Vec::new() });
}

/// The newsletter as it was printed last: it is the same for every choice of labels and envelopes.
pub(crate) struct IssuePaper {
    of: (IssueId, StepId, u32, chrono::NaiveDate),
    name: String,
    pages: u32,
    missing: Vec<LetterMissing>,
    pdf: Vec<u8>,
}

/// Who shares a letter, label or card: each alone, or all of a house; in kana order, or as the post sorts.
fn pieces(send: Vec<Checked>, households: bool, by_postal: bool) -> Vec<Vec<Checked>> {
    let mut pieces: Vec<Vec<Checked>> = Vec::with_capacity(send.len());
    let mut house_of: HashMap<PersonId, usize> = HashMap::new();
    for one in send {
        match house_of.get(&one.invited.person).copied() {
            Some(at) => pieces[at].push(one),
            None => {
                if households {
                    house_of.extend(one.invited.beside.iter().map(|beside| (*beside, pieces.len())));
                }
                pieces.push(vec![one]);
            }
        }
    }
    if by_postal {
        // Without a code there is no pile at the post: those come last.
        let figures = |piece: &Vec<Checked>| {
            let postal = piece.first().map_or("", |one| &one.invited.postal);
            let figures: Vec<u8> = postal.chars().filter_map(fold::figure).collect();
            (figures.is_empty(), figures)
        };
        pieces.sort_by_cached_key(figures);
    }
    pieces
}

pub(crate) fn print_dispatch(call: &Call<'_>, wanted: PrintDispatch) -> Result<DispatchPrinted, Fault> {
    let PrintDispatch { gate: asked, title, form, issue, .. } = &wanted;
    let (way, occasion, form, issue) = (asked.way, asked.occasion, *form, *issue);
    if way.channel != Channel::Post {
        return Err(Fault::field(FaultKind::Invalid, "channel", "only_post"));
    }
    let [send, mut mend, closed] = apart(gate(call, asked)?);
    if send.is_empty() {
        return Err(Fault::new(FaultKind::Refused, "nobody_to_send"));
    }
    // Whoever answers by card does so with the code that stands on it.
    let codes: HashMap<PersonId, String> = match wanted.event {
        None => HashMap::new(),
        Some(event) => call.read(|reading| {
            reading.get::<Event>(event)?;
            reading.codes(event)
        })?,
    };
    let (pieces, made) = fitting(call, &wanted, send, &mut mend, &codes)?;
    let send = PileOf::of(pieces.iter().flatten());
    let tight = mend.iter().filter(|one| one.invited.doubts.contains(&Doubt::Tight));
    let mut done = DispatchPrinted {
        papers: Vec::new(),
        people: send.total,
        pieces: pieces.len() as u32,
        missing: Vec::new(),
        tight: tight.map(|one| one.invited.name()).collect(),
        is_crowded: made.iter().any(|made| made.addressed.is_crowded),
        piles: Piles { send, mend: PileOf::of(&mend), hold: PileOf::of(&closed) },
    };
    let mut held = Vec::new();
    if let Some(id) = issue.filter(|_| !pieces.is_empty()) {
        let (paper, missing) = newsletter(call, id)?;
        done.missing = missing;
        held.push((paper, false));
    }
    let fonts = call.desk.fonts()?;
    for Made { addressed, name, personal } in made {
        let printed = addressed.print(fonts)?;
        let missing = |it: press::Missing| LetterMissing { letter: it.letter, within: it.within };
        done.missing.extend(printed.missing.into_iter().map(missing));
        let file = call.desk.front.tray.put(&name, printed.pdf)?;
        held.push((Paper { file, name, pages: printed.pages as u32 }, personal));
    }
    done.papers = held.iter().map(|(paper, _)| paper.clone()).collect();
    let dispatch = Dispatch {
        purpose: way.purpose,
        channel: way.channel,
        form,
        occasion,
        title: title.clone(),
        issue,
        event: wanted.event,
        made_on: Some(call.today().into()),
        sent_on: None,
        asked: serde_json::to_string(&wanted)?,
    };
    let held = Held { dispatch, papers: held, pieces, instead_of: Vec::new() };
    *hold(&call.desk.papers) = (!wanted.outlined && !done.papers.is_empty()).then_some(held);
    Ok(done)
}

/// Sets the paper for those to whom it can be sent. Whose address finds no room on it goes to those who want mending,
/// unless that was put aside for a reason; what is left is set anew.
fn fitting(
    call: &Call<'_>,
    wanted: &PrintDispatch,
    mut send: Vec<Checked>,
    mend: &mut Vec<Checked>,
    codes: &HashMap<PersonId, String>,
) -> Result<(Vec<Vec<Checked>>, Vec<Made>), Fault> {
    let put_aside: HashMap<PersonId, &str> =
        wanted.gate.anyway.iter().map(|it| (it.person, it.reason.trim())).collect();
    loop {
        if send.is_empty() {
            return Ok((Vec::new(), Vec::new()));
        }
        let mut pieces = pieces(send, wanted.households, wanted.by_postal);
        let made = paper::made(call, wanted, &pieces, codes)?;
        let tight = made.iter().flat_map(|made| &made.addressed.tight).flat_map(|&at| &pieces[at]);
        let tight: HashSet<PersonId> = tight.map(|one| one.invited.person).collect();
        for one in pieces.iter_mut().flatten().filter(|one| tight.contains(&one.invited.person)) {
            if !one.invited.doubts.contains(&Doubt::Tight) {
                one.invited.doubts.push(Doubt::Tight);
            }
            one.reason = put_aside.get(&one.invited.person).map(|it| (*it).to_owned()).unwrap_or_default();
        }
        let may_go = |one: &Checked| one.invited.pile(!one.reason.is_empty()) == Pile::Send;
        if pieces.iter().flatten().all(may_go) {
            return Ok((pieces, made));
        }
        let out;
        (send, out) = pieces.into_iter().flatten().partition(may_go);
        mend.extend::<Vec<_>>(out);
    }
}

/// A newsletter by mail: a draft for each who agreed to it.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftIssue {
    /// To whom, by mail.
    pub gate: Gate,
    /// What it is called.
    pub title: String,
    /// The newsletter: all get the same file.
    pub issue: IssueId,
    /// The subject.
    pub subject: String,
    /// The text, in which `{name}` is the name.
    pub text: String,
    /// What the law asks to stand below it, as for [`crate::event::DraftMails`].
    pub footer: String,
}

pub(crate) fn draft_issue(call: &Call<'_>, wanted: DraftIssue) -> Result<DispatchPrinted, Fault> {
    let way = wanted.gate.way;
    if way.channel != Channel::Mail {
        return Err(Fault::field(FaultKind::Invalid, "channel", "only_mail"));
    }
    let sender = event::sender(call)?;
    let [send, mend, closed] = apart(gate(call, &wanted.gate)?);
    if send.is_empty() {
        return Err(Fault::new(FaultKind::Refused, "nobody_to_send"));
    }
    let piles = Piles { send: PileOf::of(&send), mend: PileOf::of(&mend), hold: PileOf::of(&closed) };
    let (paper, missing) = newsletter(call, wanted.issue)?;
    let bytes = call.desk.front.tray.read(&paper.file)?;
    let attached = [Attached { name: paper.name.clone(), kind: "application/pdf", bytes }];
    let words = (wanted.subject.as_str(), wanted.text.as_str(), wanted.footer.as_str());
    let called = issue::file_name(&wanted.title);
    let (archive, pieces) = event::drafts(call, &sender, &called, send, words, &attached)?;
    let people = pieces.len() as u32;
    let papers = [(paper, false), (archive, true)];
    let dispatch = Dispatch {
        purpose: way.purpose,
        channel: way.channel,
        form: DispatchForm::Drafts,
        occasion: Occasion::None,
        title: wanted.title,
        issue: Some(wanted.issue),
        event: None,
        made_on: Some(call.today().into()),
        sent_on: None,
        asked: String::new(),
    };
    let done = DispatchPrinted {
        papers: papers.iter().map(|(paper, _)| paper.clone()).collect(),
        people,
        pieces: people,
        missing,
        tight: Vec::new(),
        is_crowded: false,
        piles,
    };
    let papers = papers.into();
    *hold(&call.desk.papers) = Some(Held { dispatch, papers, pieces, instead_of: Vec::new() });
    Ok(done)
}

/// The newsletter's paper: printed anew only when the register changed since it was printed last.
fn newsletter(call: &Call<'_>, id: IssueId) -> Result<(Paper, Vec<LetterMissing>), Fault> {
    let stand = call.open()?.register.stand()?;
    let of = (id, stand.step, stand.undone, call.today());
    let mut last = hold(&call.desk.issue_paper);
    if let Some(last) = last.as_ref().filter(|last| last.of == of) {
        let file = call.desk.front.tray.put(&last.name, last.pdf.clone())?;
        return Ok((Paper { file, name: last.name.clone(), pages: last.pages }, last.missing.clone()));
    }
    let issue::IssuePrinted { file, name, pages, missing, .. } =
        issue::print_issue(call, issue::PrintIssue::office(id))?;
    let pdf = call.desk.front.tray.read(&file)?;
    *last = Some(IssuePaper { of, name: name.clone(), pages, missing: missing.clone(), pdf });
    Ok((Paper { file, name, pages }, missing))
}
