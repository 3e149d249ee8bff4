//! Whom a newsletter names, before it goes to the printer.

use crate::{Call, Fault, issue, records::One, table::Nothing};
use register::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
    /// Its place in the issue, from 0.
    pub at: u32,
    /// They, or the family, were asked about this article and agreed.
    pub agreed: bool,
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
    /// Its place in the issue, from 0.
    pub at: u32,
    /// They were asked about this article and agreed.
    pub agreed: bool,
    /// The name.
    pub name: String,
    /// A photograph's caption names them.
    pub shown: bool,
}

/// Somebody was asked about an article and agreed, or does so no more.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AgreeInIssue {
    /// The issue.
    pub issue: IssueId,
    /// The article, the first is 0.
    pub article: u32,
    /// The name, as [`check_issue`] tells it.
    pub name: String,
    /// Whether they agreed.
    pub agreed: bool,
}

pub(crate) fn agree_in_issue(call: &Call<'_>, said: AgreeInIssue) -> Result<Nothing, Fault> {
    let mut articles = issue::issue(call, One { id: said.issue })?.articles;
    let article = articles.0.get_mut(said.article as usize).ok_or(register::Fault::NotFound)?;
    article.agreed.retain(|name| *name != said.name);
    if said.agreed {
        article.agreed.push(said.name);
    }
    let changes = serde_json::json!({ "articles": articles });
    let changes = changes.as_object().cloned().unwrap_or_default();
    call.write(|writing| writing.change::<Issue>(said.issue, &changes))?;
    Ok(Nothing {})
}

/// Words by which an article speaks of work that an employer may not know of.
const SIDE_JOB: [&str; 4] = ["副業", "兼業", "複業", "ダブルワーク"];

pub(crate) fn check_issue(call: &Call<'_>, one: One<IssueId>) -> Result<IssueChecked, Fault> {
    let issue = issue::issue(call, one)?;
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    call.read(|reading| {
        let staff = reading.all::<Colleague>()?;
        let mut checked = IssueChecked { people: Vec::new(), staff: Vec::new() };
        for (at, article) in (0..).zip(&issue.articles.0) {
            let has_agreed = |name: &str| article.agreed.iter().any(|it| it == name);
            let captions: Vec<&str> = article.photos.iter().map(|photo| photo.caption.as_str()).collect();
            let captions = bare(&captions.join("\n"));
            let texts = [&article.heading, &article.body, &article.byline];
            let texts = texts.into_iter().chain([&article.english_heading, &article.english]);
            let text = texts.map(|text| bare(text)).collect::<String>() + &captions;
            let heading = if article.heading.is_empty() { &issue.name } else { &article.heading };
            for named in reading.named_in(&text)? {
                let shown = captions.contains(&bare(&named.name));
                let side_job = SIDE_JOB.iter().any(|word| text.contains(word));
                let (article, agreed) = (heading.clone(), has_agreed(&named.name));
                checked.people.push(NamedIn { article, at, agreed, named, shown, side_job });
            }
            for Kept { fields, .. } in staff.iter().filter(|one| one.fields.left_on.is_none()) {
                let name = format!("{} {}", fields.family, fields.given).trim().to_owned();
                let whole = bare(&name);
                if whole.chars().nth(1).is_some() && !fields.given.is_empty() && text.contains(&whole) {
                    let shown = captions.contains(&whole);
                    let (article, agreed) = (heading.clone(), has_agreed(&name));
                    checked.staff.push(StaffIn { article, at, agreed, name, shown });
                }
            }
        }
        Ok(checked)
    })
}
