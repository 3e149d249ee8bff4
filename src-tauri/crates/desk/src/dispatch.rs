//! 発送: whom something may go to, the papers, and the ledger of what went.
//!
//! Everything that reaches people passes [`gate`]: who is stopped, has died or gave no basis gets no page, whatever the
//! page asks for.

use crate::{
    Call, Fault, FaultKind, company, hold,
    issue::{self, LetterMissing},
    people::Selection,
    records::One,
    table::Nothing,
};
use press::{Addressee, Block, Lang};
use register::*;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use ts_rs::TS;

/// Whom something is to be sent to.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// For what and by what.
    pub way: Way,
    /// Whom.
    pub selection: Selection,
    /// To whom it goes all the same, and why.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<Anyway>>")]
    pub anyway: Vec<Anyway>,
}

/// Somebody decided to send something in spite of a doubt. Nothing that the person or the law closed is opened by it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Anyway {
    /// To whom.
    pub person: PersonId,
    /// Why; it is kept in the ledger.
    pub reason: String,
}

/// 送れる / 直せば送れる / 送らない.
#[derive(Debug, Default, Serialize, TS)]
pub struct Piles {
    /// Who gets it.
    pub send: PileOf,
    /// Who gets it once something is mended, or put aside for a reason.
    pub mend: PileOf,
    /// Who gets nothing.
    pub hold: PileOf,
}

/// A pile.
#[derive(Debug, Default, Serialize, TS)]
pub struct PileOf {
    /// How many people.
    pub total: u32,
    /// What speaks against them, each with how many; the most frequent first.
    pub doubts: Vec<(Doubt, u32)>,
    /// The first of them, at most 200.
    pub rows: Vec<Checked>,
}

/// Somebody on a pile.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Checked {
    /// Who, and what would be written on the paper.
    pub invited: Invited,
    /// Letters that no typeface has.
    pub lacking: Vec<String>,
    /// Why it is sent all the same; empty when nothing was put aside.
    pub reason: String,
}

/// What is to be made.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintDispatch {
    /// For whom.
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
    /// Whose address is too long to be set legibly.
    pub tight: Vec<String>,
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

/// The papers that were made last are to be kept in the ledger.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddDispatch {
    /// The token of the first of them.
    pub file: String,
}

/// A dispatch went out.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordSent {
    /// Which.
    pub id: DispatchId,
    /// When; today when nothing is said.
    pub sent_on: Option<Day>,
}

/// What came of it.
#[derive(Debug, Serialize, TS)]
pub struct SentRecorded {
    /// Who died or asked to be left alone since it was made: their paper is to be taken out, and they are not in the
    /// ledger.
    pub pulled: Vec<String>,
}

/// A sheet of labels.
#[derive(Debug, Serialize, TS)]
pub struct LabelSheet {
    /// Its name.
    pub id: String,
    /// Labels beside each other.
    pub columns: u32,
    /// Labels below each other.
    pub rows: u32,
    /// Width of a label in mm.
    pub width: f64,
    /// Height of a label in mm.
    pub height: f64,
    /// Two sources agree on it; else it is tried on plain paper first.
    pub is_verified: bool,
    /// Which products have this layout.
    pub products: String,
}

/// Whom an issue names, and whether they agreed.
#[derive(Debug, Serialize, TS)]
pub struct IssueChecked {
    /// People of the register who are named, piece by piece.
    pub people: Vec<NamedIn>,
    /// Staff who are named or shown: the register keeps no consents of theirs, so they are asked.
    pub staff: Vec<StaffIn>,
}

/// Somebody named in an article.
#[derive(Debug, Serialize, TS)]
pub struct NamedIn {
    /// The article's heading.
    pub article: String,
    /// Who.
    pub named: Named,
    /// A photograph's caption names them.
    pub shown: bool,
    /// The article speaks of work beside a job: the present employer may read it.
    pub side_job: bool,
}

/// One of the staff named in an article.
#[derive(Debug, Serialize, TS)]
pub struct StaffIn {
    /// The article's heading.
    pub article: String,
    /// The name.
    pub name: String,
    /// A photograph's caption names them.
    pub shown: bool,
}

/// The papers made last.
pub(crate) struct Held {
    dispatch: Dispatch,
    papers: Vec<(Paper, bool)>,
    /// Each piece's people, with what was put aside and why.
    pieces: Vec<Vec<Checked>>,
}

/// Holds one paper, made elsewhere, until it is to be kept in the ledger.
pub(crate) fn hold_papers(call: &Call<'_>, dispatch: Dispatch, paper: Paper, pieces: Vec<Vec<Checked>>) {
    *hold(&call.desk.papers) = Some(Held { dispatch, papers: vec![(paper, true)], pieces });
}

/// Has everybody stand at the gate. This is the one door to paper.
pub(crate) fn gate(call: &Call<'_>, gate: Gate) -> Result<Vec<(Pile, Checked)>, Fault> {
    let Gate { way, selection, anyway } = gate;
    let people = selection.ids(call)?;
    let invited = call.read(|reading| reading.gate(way, &people, call.today()))?;
    let fonts = call.desk.fonts()?;
    let mut reasons: HashMap<PersonId, String> =
        anyway.into_iter().map(|it| (it.person, it.reason.trim().to_owned())).collect();
    let checked = invited.into_iter().map(|mut invited| {
        let text = format!("{}{}{}", invited.family, invited.given, invited.lines.concat());
        let lacking = fonts.lacking(&text);
        if way.channel == Channel::Post && !lacking.is_empty() {
            invited.doubts.push(Doubt::Glyph);
        }
        let has_doubts = !invited.doubts.is_empty();
        let reason = reasons.remove(&invited.person).filter(|_| has_doubts).unwrap_or_default();
        (invited.pile(!reason.is_empty()), Checked { invited, lacking, reason })
    });
    Ok(checked.collect())
}

pub(crate) fn check_dispatch(call: &Call<'_>, wanted: Gate) -> Result<Piles, Fault> {
    /// So many of a pile are shown.
    const SHOWN: usize = 200;
    let mut piles = Piles::default();
    for (pile, checked) in gate(call, wanted)? {
        let pile = match pile {
            Pile::Send => &mut piles.send,
            Pile::Mend => &mut piles.mend,
            Pile::Hold => &mut piles.hold,
        };
        pile.total += 1;
        for &doubt in &checked.invited.doubts {
            match pile.doubts.iter_mut().find(|(known, _)| *known == doubt) {
                Some((_, count)) => *count += 1,
                None => pile.doubts.push((doubt, 1)),
            }
        }
        if pile.rows.len() < SHOWN {
            pile.rows.push(checked);
        }
    }
    for pile in [&mut piles.send, &mut piles.mend, &mut piles.hold] {
        pile.doubts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    Ok(piles)
}

/// Who shares a letter, label or card: each alone, or all of a house.
fn pieces(send: Vec<Checked>, households: bool) -> Vec<Vec<Checked>> {
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
    pieces
}

fn addressee(piece: &[Checked]) -> Addressee {
    let Some(first) = piece.first().map(|one| &one.invited) else { return Addressee::default() };
    Addressee {
        postal: first.postal.clone(),
        lines: first.lines.clone(),
        firm: Vec::new(),
        names: piece.iter().map(|one| (one.invited.family.clone(), one.invited.given.clone())).collect(),
        honorific: "様".to_owned(),
    }
}

pub(crate) fn print_dispatch(call: &Call<'_>, wanted: PrintDispatch) -> Result<DispatchPrinted, Fault> {
    let way = wanted.gate.way;
    if way.channel != Channel::Post {
        return Err(Fault::field(FaultKind::Invalid, "channel", "only_post"));
    }
    let gated = gate(call, wanted.gate)?;
    let send: Vec<Checked> =
        gated.into_iter().filter(|(pile, _)| *pile == Pile::Send).map(|(_, checked)| checked).collect();
    if send.is_empty() {
        return Err(Fault::new(FaultKind::Refused, "nobody_to_send"));
    }
    let people = send.len() as u32;
    let pieces = pieces(send, wanted.households);
    let to: Vec<Addressee> = pieces.iter().map(|piece| addressee(piece)).collect();
    let settings = company::settings(call, Nothing {})?;
    let (fonts, created) = (call.desk.fonts()?, issue::created(call));
    let mut done = DispatchPrinted {
        papers: Vec::new(),
        people,
        pieces: to.len() as u32,
        missing: Vec::new(),
        tight: Vec::new(),
    };
    let mut held = Vec::new();
    let called = issue::file_name(&wanted.title);
    if let Some(id) = wanted.issue {
        let printed = issue::print_issue(call, issue::PrintIssue::office(id))?;
        done.missing = printed.missing;
        held.push((Paper { file: printed.file, name: printed.name, pages: printed.pages }, false));
    }
    let (title, author) = (wanted.title.as_str(), settings.company.as_str());
    let (addressed, name) = match wanted.form {
        DispatchForm::Labels => {
            let sheets = press::label_sheets();
            let sheet = sheets.iter().find(|sheet| sheet.id == wanted.sheet);
            let sheet = sheet.ok_or_else(|| Fault::field(FaultKind::Invalid, "sheet", "no_such_labels"))?;
            let (used, outlined) = (wanted.used as usize, wanted.outlined);
            let labels = press::Labels { title, author, created, sheet, used, outlined, to: &to };
            (press::labels(&labels, fonts)?, format!("{called}-宛名ラベル.pdf"))
        }
        DispatchForm::Cards => {
            let from = &own(&settings);
            let (front, outlined) = (press::Front::Postcard, wanted.outlined);
            let cards =
                press::Cards { title, author, created, front, is_level: false, from, outlined, to: &to };
            (press::cards(&cards, fonts)?, format!("{called}-はがき宛名.pdf"))
        }
        DispatchForm::Drafts => return Err(Fault::field(FaultKind::Invalid, "form", "only_post")),
        DispatchForm::Letters => {
            let (letter, from) = cover(call, &settings, title, &wanted.letter, &wanted.language);
            let letters = press::Letters { letter: &letter, from: &from, to: &to };
            (press::letters(&letters, fonts)?, format!("{called}-送り状.pdf"))
        }
    };
    let of =
        |piece: &usize| pieces[*piece].iter().map(|one| one.invited.name()).collect::<Vec<_>>().join("・");
    done.tight = addressed.tight.iter().map(of).collect();
    let printed = addressed.print(fonts)?;
    done.missing
        .extend(printed.missing.into_iter().map(|it| LetterMissing { letter: it.letter, within: it.within }));
    let file = call.desk.front.tray.put(&name, printed.pdf)?;
    held.push((Paper { file, name, pages: printed.pages as u32 }, true));
    done.papers = held.iter().map(|(paper, _)| paper.clone()).collect();
    let dispatch = Dispatch {
        purpose: way.purpose,
        channel: way.channel,
        form: wanted.form,
        title: wanted.title,
        issue: wanted.issue,
        event: wanted.event,
        made_on: Some(call.today().into()),
        sent_on: None,
    };
    *hold(&call.desk.papers) = (!wanted.outlined).then_some(Held { dispatch, papers: held, pieces });
    Ok(done)
}

/// The company as a sender.
fn own(settings: &crate::Settings) -> Addressee {
    let lines =
        |text: &str| text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    Addressee {
        postal: settings.postal.clone(),
        lines: lines(&settings.address),
        firm: lines(&settings.company),
        names: Vec::new(),
        honorific: String::new(),
    }
}

/// The letter that all get, and the lines of day and sender.
fn cover(
    call: &Call<'_>,
    settings: &crate::Settings,
    title: &str,
    paragraphs: &[String],
    language: &str,
) -> (press::Document, Vec<String>) {
    let lang = if language == "en" { Lang::En } else { Lang::Ja };
    let date = match lang {
        Lang::Ja => issue::japanese(call.today().into()),
        Lang::En => call.today().to_string(),
    };
    let address = settings.address.lines().collect::<Vec<_>>().join(" ");
    let from =
        [date, settings.company.clone(), format!("{} {address}", settings.postal), settings.phone.clone()];
    let from = from.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let document = press::Document {
        title: title.to_owned(),
        author: settings.company.clone(),
        lang,
        created: issue::created(call),
        sheet: press::Sheet::folded_in_three(),
        look: press::Look::default(),
        blocks: paragraphs.iter().cloned().map(Block::Paragraph).collect(),
        page_numbers: false,
        output: press::Output::Office,
        seal: String::new(),
    };
    (document, from)
}

pub(crate) fn add_dispatch(call: &Call<'_>, wanted: AddDispatch) -> Result<DispatchId, Fault> {
    let gone = || Fault::new(FaultKind::NotFound, "papers_gone");
    let held = hold(&call.desk.papers)
        .take()
        .filter(|held| held.papers.first().is_some_and(|(paper, _)| paper.file == wanted.file));
    let held = held.ok_or_else(gone)?;
    let mut papers = Vec::with_capacity(held.papers.len());
    for (paper, personal) in &held.papers {
        papers.push((&paper.name, *personal, call.desk.front.tray.read(&paper.file).map_err(|_| gone())?));
    }
    let kept = call.write(|writing| {
        let dispatch = writing.add(&held.dispatch)?;
        for (name, personal, pdf) in &papers {
            writing.add_dispatch_paper(dispatch, name, *personal, pdf)?;
        }
        for (at, piece) in held.pieces.iter().enumerate() {
            for one in piece {
                writing.add(&Sending {
                    person: one.invited.person,
                    dispatch,
                    place: at as u32 + 1,
                    doubts: Doubt::column(&one.invited.doubts),
                    reason: one.reason.clone(),
                    returned_on: None,
                })?;
            }
        }
        Ok(dispatch)
    });
    if kept.is_err() {
        *hold(&call.desk.papers) = Some(held);
    }
    kept
}

pub(crate) fn record_sent(call: &Call<'_>, wanted: RecordSent) -> Result<SentRecorded, Fault> {
    let on = wanted.sent_on.unwrap_or_else(|| call.today().into());
    let names: HashMap<PersonId, String> = {
        let card = call.read(|reading| reading.dispatch(wanted.id))?;
        card.to.into_iter().map(|to| (to.fields.person, to.name)).collect()
    };
    let pulled: HashSet<PersonId> =
        call.write(|writing| writing.send_dispatch(wanted.id, on))?.into_iter().collect();
    let mut pulled: Vec<String> = pulled.iter().filter_map(|person| names.get(person).cloned()).collect();
    pulled.sort();
    Ok(SentRecorded { pulled })
}

pub(crate) fn record_return(call: &Call<'_>, one: One<SendingId>) -> Result<Nothing, Fault> {
    call.write(|writing| writing.return_sending(one.id, call.today().into()))?;
    Ok(Nothing {})
}

pub(crate) fn remove_dispatch(call: &Call<'_>, one: One<DispatchId>) -> Result<Nothing, Fault> {
    call.write(|writing| writing.remove_dispatch(one.id))?;
    Ok(Nothing {})
}

pub(crate) fn dispatches(call: &Call<'_>, query: LedgerQuery) -> Result<Ledger, Fault> {
    call.read(|reading| reading.ledger(&query))
}

pub(crate) fn dispatch(call: &Call<'_>, one: One<DispatchId>) -> Result<DispatchCard, Fault> {
    call.read(|reading| reading.dispatch(one.id))
}

/// A paper of the ledger, byte for byte as it was made.
pub(crate) fn dispatch_paper(call: &Call<'_>, one: One<DispatchPaperId>) -> Result<Paper, Fault> {
    let (name, pdf) = call.read(|reading| reading.dispatch_paper(one.id))?;
    let file = call.desk.front.tray.put(&name, pdf)?;
    Ok(Paper { file, name, pages: 0 })
}

impl From<press::LabelSheet> for LabelSheet {
    fn from(sheet: press::LabelSheet) -> Self {
        LabelSheet {
            id: sheet.id,
            columns: sheet.columns as u32,
            rows: sheet.rows as u32,
            width: sheet.width,
            height: sheet.height,
            is_verified: sheet.is_verified,
            products: sheet.products,
        }
    }
}

pub(crate) fn label_sheets(_: &Call<'_>, _: Nothing) -> Result<Vec<LabelSheet>, Fault> {
    Ok(press::label_sheets().into_iter().map(LabelSheet::from).collect())
}

/// Words by which an article speaks of work that an employer may not know of.
const SIDE_JOB: [&str; 4] = ["副業", "兼業", "複業", "ダブルワーク"];

pub(crate) fn check_issue(call: &Call<'_>, one: One<IssueId>) -> Result<IssueChecked, Fault> {
    let issue = issue::issue(call, one)?;
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    call.read(|reading| {
        let staff = reading.all::<Colleague>()?;
        let mut checked = IssueChecked { people: Vec::new(), staff: Vec::new() };
        for article in &issue.articles.0 {
            let captions: Vec<&str> = article.photos.iter().map(|photo| photo.caption.as_str()).collect();
            let captions = bare(&captions.join("\n"));
            let text = [&article.heading, &article.body, &article.byline].map(|text| bare(text)).concat()
                + &captions;
            let article = if article.heading.is_empty() { &issue.name } else { &article.heading };
            for named in reading.named_in(&text)? {
                let shown = captions.contains(&bare(&named.name));
                let side_job = SIDE_JOB.iter().any(|word| text.contains(word));
                checked.people.push(NamedIn { article: article.clone(), named, shown, side_job });
            }
            for Kept { fields, .. } in staff.iter().filter(|one| one.fields.left_on.is_none()) {
                let name = format!("{} {}", fields.family, fields.given).trim().to_owned();
                let whole = bare(&name);
                if whole.chars().nth(1).is_some() && !fields.given.is_empty() && text.contains(&whole) {
                    let shown = captions.contains(&whole);
                    checked.staff.push(StaffIn { article: article.clone(), name, shown });
                }
            }
        }
        Ok(checked)
    })
}
