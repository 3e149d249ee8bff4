//! Who did what, when: shown, checked and handed out.

use crate::{Call, Fault, export::Exported, table::Nothing};
use register::{At, AuditChecked, AuditRow};
use serde::Deserialize;
use ts_rs::TS;

/// A page of what was done.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct AuditQuery {
    /// The first wanted, from the newest.
    pub offset: u32,
    /// How many, at most 100; 0 for as many as that.
    pub limit: u32,
}

pub(crate) fn audit(call: &Call<'_>, query: AuditQuery) -> Result<Vec<AuditRow>, Fault> {
    let limit = if query.limit == 0 { 100 } else { query.limit.min(100) };
    call.read(|reading| reading.audit(query.offset, limit))
}

pub(crate) fn check_audit(call: &Call<'_>, _: Nothing) -> Result<AuditChecked, Fault> {
    call.read(|reading| reading.check_audit())
}

/// Everything as CSV, oldest first, in UTF-8 with the mark that Excel wants.
pub(crate) fn export_audit(call: &Call<'_>, _: Nothing) -> Result<Exported, Fault> {
    let mut rows = call.read(|reading| reading.audit(0, u32::MAX))?;
    rows.reverse();
    let mut text = String::from("\u{feff}id,at,user,command,of,people,person,fields,link\r\n");
    for row in &rows {
        let AuditRow { id, at, user, command, of, people, person, fields, link } = row;
        let at = instant(call, *at);
        let person = person.map(|id| id.0.to_string()).unwrap_or_default();
        let user = quoted(user);
        text += &format!("{id},{at},{user},{command},{of},{people},{person},{},{link}\r\n", quoted(fields));
    }
    let name = format!("audit-{}.csv", call.today());
    let file = call.desk.front.tray.put(&name, text.into_bytes())?;
    Ok(Exported { file, name, rows: rows.len() as u32, lost: Vec::new() })
}

/// A moment on the office's wall clock, to the second.
fn instant(call: &Call<'_>, at: At) -> String {
    let utc = chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    utc.with_timezone(call.now.offset()).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}

/// A cell that no table program takes for a formula or for two cells.
fn quoted(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}
