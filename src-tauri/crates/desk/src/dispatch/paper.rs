//! The papers of a dispatch: what the register knows, as the press wants it.

use super::{PrintDispatch, gate::Checked, sheets, words};
use crate::{Call, Fault, FaultKind, company, issue, table::Nothing};
use press::{Addressed, Addressee, Block, Front, Lang, Name};
use register::*;
use std::collections::HashMap;

/// A paper before it is written.
pub(super) struct Made {
    pub(super) addressed: Addressed,
    /// Its proposed file name.
    pub(super) name: String,
    /// It bears people's names, or their codes.
    pub(super) personal: bool,
}

/// Sets the papers of a form, in the order in which they are printed.
pub(super) fn made(
    call: &Call<'_>,
    wanted: &PrintDispatch,
    pieces: &[Vec<Checked>],
    codes: &HashMap<PersonId, String>,
) -> Result<Vec<Made>, Fault> {
    let settings = company::settings(call, Nothing {})?;
    let (fonts, created) = (call.desk.fonts()?, issue::created(call));
    let (title, author, outlined) = (wanted.title.as_str(), settings.company.as_str(), wanted.outlined);
    // A greeting is for both where the spouse's name was given for that.
    let to: Vec<Addressee> = pieces
        .iter()
        .map(|piece| addressee(piece, wanted.gate.occasion != Occasion::None, wanted.maiden))
        .collect();
    let from = &own(&settings);
    let codes: Vec<String> = pieces.iter().map(|piece| code_of(piece, codes)).collect();
    let called = issue::file_name(&wanted.title);
    let made = |addressed: Addressed, what: &str, personal: bool| Made {
        addressed,
        name: format!("{called}-{what}.pdf"),
        personal,
    };
    let fronts = |front, to: &[Addressee], from: &Addressee| {
        let is_level = wanted.level;
        press::cards(&press::Cards { title, author, created, front, is_level, from, outlined, to }, fonts)
    };
    let back = wanted.back.as_ref();
    let messages = back.map(|back| words::messages(back, pieces, &settings)).transpose()?;
    let mut papers = match wanted.form {
        DispatchForm::Labels => {
            let sheet = &sheets::sheet(call, &wanted.sheet)?;
            let used = wanted.used as usize;
            let labels = press::Cells { title, author, created, sheet, used, outlined, of: &to };
            vec![made(press::labels(&labels, fonts)?, "宛名ラベル", true)]
        }
        DispatchForm::Cards => {
            let mut papers = vec![made(fronts(Front::Postcard, &to, from)?, "はがき宛名", true)];
            if let Some((messages, personal)) = &messages {
                let backs = press::Backs { title, author, created, is_level: wanted.level, messages };
                papers.push(made(press::backs(&backs, fonts)?, "はがき文面", *personal));
            }
            papers
        }
        DispatchForm::Doubles => {
            let (messages, personal) = messages.unwrap_or_default();
            let message = |at: usize| messages.get(at).cloned().unwrap_or_default();
            let double = |(at, (to, code)): (usize, (&Addressee, &String))| press::Double {
                to: to.clone(),
                message: message(at),
                code: code.clone(),
            };
            let to: Vec<press::Double> = to.iter().zip(&codes).enumerate().map(double).collect();
            let words = wanted.reply.clone().unwrap_or_default();
            let (reply, back_to) = (&words.reply(), &office(&settings, &words));
            let is_level = wanted.level;
            let doubles =
                press::Doubles { title, author, created, is_level, from, back_to, reply, outlined, to: &to };
            let (out, inside) = press::doubles(&doubles, fonts)?;
            vec![
                made(out, "往復はがき1-往信宛名と返信文面", true),
                made(inside, "往復はがき2-返信宛名と往信文面", personal),
            ]
        }
        DispatchForm::Drafts => return Err(Fault::field(FaultKind::Invalid, "form", "only_post")),
        DispatchForm::Naga3 => vec![made(fronts(Front::Naga3, &to, from)?, "封筒長3", true)],
        DispatchForm::Kaku2 => vec![made(fronts(Front::Kaku2, &to, from)?, "封筒角2", true)],
        DispatchForm::Letters => {
            let (letter, from) = cover(call, &settings, title, &wanted.letter, &wanted.language);
            let letters = press::Letters { letter: &letter, from: &from, to: &to };
            vec![made(press::letters(&letters, fonts)?, "送り状", true)]
        }
    };
    // A card that comes back lies in the envelope.
    let enveloped = matches!(wanted.form, DispatchForm::Letters | DispatchForm::Naga3 | DispatchForm::Kaku2);
    if let Some(words) = wanted.reply.as_ref().filter(|_| enveloped) {
        let reply = &words.reply();
        let offices = vec![office(&settings, words); pieces.len()];
        let nobody = Addressee::default();
        papers.push(made(fronts(Front::Postcard, &offices, &nobody)?, "返信はがき宛名", false));
        let replies = press::Replies { title, author, created, reply, codes: &codes };
        papers.push(made(press::replies(&replies, fonts)?, "返信はがき文面", true));
    }
    Ok(papers)
}

/// `joint`: the spouse's name stands beside. `maiden`: 旧姓 does.
fn addressee(piece: &[Checked], joint: bool, maiden: bool) -> Addressee {
    let Some(first) = piece.first().map(|one| &one.invited) else { return Addressee::default() };
    let name = |one: &Checked| {
        let Invited { family, given, maiden: own, .. } = &one.invited;
        // Whoever goes by the 旧姓 has no other name to tell from it.
        let is_told = maiden && !own.is_empty() && !family.is_empty() && own != family;
        let former = if is_told { format!("（旧姓 {own}）") } else { String::new() };
        Name { family: family.clone(), given: given.clone(), former }
    };
    let mut names: Vec<Name> = piece.iter().map(name).collect();
    if joint && piece.len() == 1 && first.firm.is_empty() && !first.spouse.is_empty() {
        let (family, given) = (first.family.clone(), first.spouse.clone());
        names.push(Name { family, given, former: String::new() });
    }
    Addressee {
        postal: first.postal.clone(),
        lines: first.lines.clone(),
        firm: first.firm.clone(),
        names,
        honorific: first.honorific.to_owned(),
    }
}

/// The code on the card of a piece: that of the first who has one.
fn code_of(piece: &[Checked], codes: &HashMap<PersonId, String>) -> String {
    piece.iter().find_map(|one| codes.get(&one.invited.person)).cloned().unwrap_or_default()
}

/// The office as answers reach it.
fn office(settings: &crate::Settings, words: &words::ReplyWords) -> Addressee {
    let own = own(settings);
    let name = own.firm.into_iter().chain([words.office.trim().to_owned()]).filter(|line| !line.is_empty());
    let names = vec![Name { given: name.collect::<Vec<_>>().join(" "), ..Name::default() }];
    Addressee { firm: Vec::new(), names, honorific: words.honorific.clone(), ..own }
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
        emblem: None,
    };
    (document, from)
}
