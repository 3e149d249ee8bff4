//! Whom a newsletter names, before it goes to the printer.

use crate::{Call, Fault, issue, records::One};
use register::*;
use serde::Serialize;
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
