//! The system's file dialogs, and in debug builds the script that stands in for them.

use std::path::PathBuf;

use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

/// How the name of a backup ends; the packages tell the system so that it opens them with this program.
pub const BACKUP: &str = "enishi";

/// What is to be chosen: it decides which files the dialog shows first.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A list of people: a spreadsheet, a text table, cards.
    List,
    /// A picture for the newsletter.
    Picture,
    /// A backup to restore.
    Backup,
    /// A reply sheet or another page that came back.
    Reply,
    /// Japan Post's file of postal codes.
    Postal,
    /// A register that was written out whole.
    Whole,
    /// Any file.
    Any,
    /// A folder, such as the one on a USB stick that backups go to.
    Folder,
}

impl Kind {
    /// The endings shown first; none means all.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::List => &["csv", "tsv", "txt", "xlsx", "xls", "ods", "vcf"],
            // Only JPEG is taken; the others are shown so that the page can say what to do with them.
            Kind::Picture => &["jpg", "jpeg", "heic", "png"],
            Kind::Backup => &[BACKUP],
            Kind::Reply => &["json", "csv", "txt"],
            Kind::Postal => &["csv", "zip"],
            Kind::Whole => &["json"],
            Kind::Any | Kind::Folder => &[],
        }
    }
}

/// Asks for a file or folder that exists. Blocks until it is chosen; `None` when the person thought better of it.
pub fn choose(app: &AppHandle, kind: Kind, title: &str) -> Option<PathBuf> {
    #[cfg(debug_assertions)]
    if let Some(scripted) = script::next() {
        return scripted;
    }
    let mut dialog = titled(app, title);
    let endings = kind.endings();
    if !endings.is_empty() {
        // The names of the filters are endings, not words: the same in every language.
        dialog = dialog.add_filter(listed(endings), endings).add_filter("*", &["*"]);
    }
    let chosen = match kind {
        Kind::Folder => dialog.blocking_pick_folder(),
        _ => dialog.blocking_pick_file(),
    };
    path(chosen)
}

/// Asks where to save. Blocks; `None` when the person thought better of it.
pub fn save(app: &AppHandle, name: &str, title: &str) -> Option<PathBuf> {
    #[cfg(debug_assertions)]
    if let Some(scripted) = script::next() {
        return scripted;
    }
    let mut dialog = titled(app, title).set_file_name(name);
    if let Some((_, ending)) = name.rsplit_once('.') {
        dialog = dialog.add_filter(listed(&[ending]), &[ending]);
    }
    path(dialog.blocking_save_file())
}

fn titled(app: &AppHandle, title: &str) -> FileDialogBuilder<tauri::Wry> {
    let dialog = app.dialog().file().set_title(title);
    match app.get_webview_window("main") {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

fn listed(endings: &[&str]) -> String {
    endings.iter().map(|ending| format!("*.{ending}")).collect::<Vec<_>>().join(" ")
}

fn path(chosen: Option<FilePath>) -> Option<PathBuf> {
    chosen.and_then(|path| path.into_path().ok())
}

/// Tests cannot click in the system's dialogs. In debug builds `ENISHI_DIALOG` names a file whose lines are the
/// answers of the next dialogs, first line first: a path, or an empty line for "cancelled".
#[cfg(debug_assertions)]
mod script {
    use std::path::{Path, PathBuf};
    use std::{env, fs};

    /// The next answer; `None` when there is no script and the real dialog is to be shown.
    pub fn next() -> Option<Option<PathBuf>> {
        Some(take(Path::new(&env::var_os("ENISHI_DIALOG")?)))
    }

    fn take(script: &Path) -> Option<PathBuf> {
        let lines = fs::read_to_string(script).ok()?;
        let (first, rest) = lines.split_once('\n').unwrap_or((&lines, ""));
        fs::write(script, rest).ok()?;
        let first = first.trim_end_matches('\r');
        (!first.is_empty()).then(|| first.into())
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_script_answers_line_by_line_and_then_cancels() {
            let script = env::temp_dir().join(format!("enishi-script-{}", std::process::id()));
            fs::write(&script, "one.csv\n\nthree.pdf\n").unwrap();
            assert_eq!(take(&script), Some("one.csv".into()));
            assert_eq!(take(&script), None);
            assert_eq!(take(&script), Some("three.pdf".into()));
            assert_eq!(take(&script), None);
            fs::remove_file(&script).unwrap();
        }
    }
}
