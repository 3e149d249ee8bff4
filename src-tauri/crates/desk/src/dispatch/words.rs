//! What stands on a postcard: words that the office writes, with places for names that cannot be misspelt, and the
//! greetings that a season asks for, from a dated file.

use super::gate::Checked;
use crate::{Call, Fault, FaultKind, Settings, table::Nothing};
use chrono::Datelike;
use press::Message;
use register::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Greetings by month and style, and the texts of cards that want no answer.
const GREETINGS: &str = include_str!("../greetings-2026-11.tsv");

/// The message side of postcards.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BackWords {
    /// 謹賀新年, or what it is about; may be empty.
    pub heading: String,
    /// The message, a paragraph a line, with places for names: 「{お名前}様」.
    pub text: String,
    /// The day and who sends, a line each.
    pub closing: Vec<String>,
}

/// The card that comes back, in the page's words.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReplyWords {
    /// What is answered.
    pub heading: String,
    /// When and where it is, until when the answer is wished.
    pub lines: Vec<String>,
    /// What is circled.
    pub answers: Vec<String>,
    /// How.
    pub how: String,
    /// What is written by hand.
    pub fields: Vec<ReplyFieldWords>,
    /// What is said of the frame for a privacy seal; no frame when it is empty.
    pub seal: String,
    /// What the code is called.
    pub code: String,
    /// To whom in the office it comes back: 総務部 同窓会係; may be empty.
    pub office: String,
    /// What follows the office's name: 行.
    pub honorific: String,
}

/// A field to be written on by hand.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReplyFieldWords {
    /// Its name.
    pub name: String,
    /// How many lines it has.
    pub rows: u8,
    /// What is ticked.
    pub ticks: Vec<String>,
}

impl ReplyWords {
    pub(super) fn reply(&self) -> press::Reply {
        let field = |field: &ReplyFieldWords| press::ReplyField {
            name: field.name.clone(),
            rows: field.rows.min(9),
            ticks: field.ticks.clone(),
        };
        press::Reply {
            heading: self.heading.clone(),
            lines: self.lines.clone(),
            answers: self.answers.clone(),
            how: self.how.clone(),
            fields: self.fields.iter().map(field).collect(),
            seal: self.seal.clone(),
            code: self.code.clone(),
        }
    }
}

/// The places for names, by what they are called in each language.
const FIELDS: [(&[&str], MergeField); 4] = [
    (&["お名前", "name"], MergeField::Name),
    (&["姓", "family name"], MergeField::Family),
    (&["名", "given name"], MergeField::Given),
    (&["会社名", "company"], MergeField::Company),
];

/// What is put in such a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MergeField {
    Name,
    Family,
    Given,
    Company,
}

/// A text with its places found, so that none is misspelt on the hundredth card.
#[derive(Debug)]
struct Template(Vec<(String, Option<MergeField>)>);

impl Template {
    /// # Errors
    /// `unknown_merge_field` with what stands between the brackets.
    fn new(text: &str) -> Result<Self, Fault> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find(['{', '｛']) {
            let (before, from) = rest.split_at(open);
            let inner = from.trim_start_matches(['{', '｛']);
            let close = inner.find(['}', '｝']);
            let word = close.map_or(inner.lines().next().unwrap_or_default(), |close| &inner[..close]);
            let known = FIELDS.iter().find(|(names, _)| names.contains(&word.trim()));
            let (Some((_, field)), Some(close)) = (known, close) else {
                return Err(
                    Fault::field(FaultKind::Invalid, "back", "unknown_merge_field").with("word", word)
                );
            };
            pieces.push((before.to_owned(), Some(*field)));
            rest = inner[close..].trim_start_matches(['}', '｝']);
        }
        pieces.push((rest.to_owned(), None));
        Ok(Self(pieces))
    }

    fn filled(&self, piece: &[Checked], settings: &Settings) -> String {
        let all = |of: fn(&Invited) -> String| {
            let mut words: Vec<String> = piece.iter().map(|one| of(&one.invited)).collect();
            words.dedup();
            words.join("・")
        };
        let said = |field: MergeField| match field {
            MergeField::Name => all(Invited::name),
            MergeField::Family => {
                all(|one| if one.family.is_empty() { one.given.clone() } else { one.family.clone() })
            }
            MergeField::Given => all(|one| one.given.clone()),
            MergeField::Company => settings.company.clone(),
        };
        // What stands behind a name is 様 for people, and 御中 for a company.
        let firm = piece.first().filter(|one| one.invited.is_firm()).map(|one| one.invited.honorific);
        let mut filled = String::new();
        let mut before = None;
        for (text, field) in &self.0 {
            match (before, firm, text.strip_prefix('様')) {
                (Some(MergeField::Name), Some(honorific), Some(rest)) => filled.extend([honorific, rest]),
                _ => filled.push_str(text),
            }
            filled.push_str(&field.map(said).unwrap_or_default());
            before = *field;
        }
        filled
    }

    fn is_personal(&self) -> bool {
        self.0.iter().any(|(_, field)| field.is_some_and(|field| field != MergeField::Company))
    }
}

/// What each piece says, and whether it names anybody.
pub(super) fn messages(
    back: &BackWords,
    pieces: &[Vec<Checked>],
    settings: &Settings,
) -> Result<(Vec<Message>, bool), Fault> {
    let (heading, text) = (Template::new(&back.heading)?, Template::new(&back.text)?);
    let message = |piece: &Vec<Checked>| Message {
        heading: heading.filled(piece, settings),
        paragraphs: text.filled(piece, settings).lines().map(str::to_owned).collect(),
        closing: back.closing.iter().filter(|line| !line.trim().is_empty()).cloned().collect(),
    };
    Ok((pieces.iter().map(message).collect(), heading.is_personal() || text.is_personal()))
}

/// How a greeting speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GreetingStyle {
    /// 丁寧.
    Polite,
    /// 親しい.
    Friendly,
}

/// What there is to choose from when a card is written.
#[derive(Debug, Serialize, TS)]
pub struct Greetings {
    /// The present month.
    pub month: u32,
    /// 時候の挨拶, month by month.
    pub seasons: Vec<SeasonGreeting>,
    /// The texts of cards that want no answer.
    pub cards: Vec<CardText>,
    /// The places for names, as they are written between { and }: in Japanese, in English.
    pub fields: Vec<(String, String)>,
}

/// 時候の挨拶 of a month.
#[derive(Debug, Serialize, TS)]
pub struct SeasonGreeting {
    /// 1–12.
    pub month: u32,
    /// How it speaks.
    pub style: GreetingStyle,
    /// What it says.
    pub text: String,
}

/// The text of a card.
#[derive(Debug, Serialize, TS)]
pub struct CardText {
    /// Which greeting.
    pub occasion: Occasion,
    /// How it speaks.
    pub style: GreetingStyle,
    /// Its heading.
    pub heading: String,
    /// Its paragraphs, one a line.
    pub text: String,
    /// The line before the sender: 令和9年 元旦.
    pub day: String,
}

pub(crate) fn greetings(call: &Call<'_>, _: Nothing) -> Result<Greetings, Fault> {
    let today = call.today();
    let style = |word: &str| if word == "friendly" { GreetingStyle::Friendly } else { GreetingStyle::Polite };
    let (mut seasons, mut cards) = (Vec::new(), Vec::new());
    for line in GREETINGS.lines() {
        match line.split('\t').collect::<Vec<_>>()[..] {
            ["season", month, how, text] => seasons.push(SeasonGreeting {
                month: month.parse().unwrap_or_default(),
                style: style(how),
                text: text.to_owned(),
            }),
            ["card", occasion, how, heading, text, day] => {
                let occasion = serde_json::from_value(occasion.into())?;
                cards.push(CardText {
                    occasion,
                    style: style(how),
                    heading: heading.to_owned(),
                    text: text.replace('|', "\n"),
                    // 令和1年 is 2019.
                    day: day.replace("{年}", &card_year(occasion, today).saturating_sub(2018).to_string()),
                });
            }
            _ => {}
        }
    }
    let name = |names: &[&str], at: usize| names.get(at).copied().unwrap_or_default().to_owned();
    let fields = FIELDS.iter().map(|(names, _)| (name(names, 0), name(names, 1))).collect();
    Ok(Greetings { month: today.month(), seasons, cards, fields })
}
