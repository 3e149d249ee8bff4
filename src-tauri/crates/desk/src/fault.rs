//! What the page hears when a command fails: what it branches on, and the name of the sentence it shows.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a command did nothing. Nothing is ever half done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Fault {
    /// What the page branches on.
    pub kind: FaultKind,
    /// The field of the input that is to blame, when one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub field: Option<String>,
    /// The name of the sentence in the page's dictionaries.
    pub code: String,
    /// What the sentence needs: numbers and the user's own words.
    #[ts(type = "Record<string, string | number>")]
    pub data: serde_json::Map<String, serde_json::Value>,
}

/// The kinds of fault that the page treats differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// Something typed does not fit; `field` says what.
    Invalid,
    /// It is not there (any more): read again.
    NotFound,
    /// Somebody or something changed it since.
    Conflict,
    /// This user may not.
    Refused,
    /// The register is locked.
    Locked,
    /// The user stopped it.
    Cancelled,
    /// A file, disk or register is in the way.
    Trouble,
    /// Our mistake.
    Bug,
}

impl Fault {
    /// A fault of a kind, with its sentence.
    pub fn new(kind: FaultKind, code: &str) -> Fault {
        Fault { kind, field: None, code: code.to_owned(), data: serde_json::Map::new() }
    }

    /// … about a field of the input.
    pub fn field(kind: FaultKind, field: &str, code: &str) -> Fault {
        Fault { field: Some(field.to_owned()), ..Fault::new(kind, code) }
    }

    /// … with something the sentence needs.
    pub fn with(mut self, name: &str, value: impl Into<serde_json::Value>) -> Fault {
        self.data.insert(name.to_owned(), value.into());
        self
    }
}

impl From<register::Fault> for Fault {
    fn from(fault: register::Fault) -> Fault {
        use register::Fault as F;
        match fault {
            F::NotFound => Fault::new(FaultKind::NotFound, "not_found"),
            F::Stopped => Fault::new(FaultKind::Cancelled, "stopped"),
            F::ChangedSince => Fault::new(FaultKind::Conflict, "changed_since"),
            F::Invalid { field, code } => Fault::field(FaultKind::Invalid, &field, code),
            F::InUse => Fault::new(FaultKind::Conflict, "in_use"),
            F::OpenElsewhere => Fault::new(FaultKind::Trouble, "open_elsewhere"),
            F::Damaged => Fault::new(FaultKind::Trouble, "register_damaged"),
            F::Newer(_) => Fault::new(FaultKind::Trouble, "register_newer"),
            F::Busy => Fault::new(FaultKind::Trouble, "register_busy"),
            F::Full => Fault::new(FaultKind::Trouble, "disk_full"),
            F::ReadOnly => Fault::new(FaultKind::Trouble, "register_read_only"),
            F::NoBackup => Fault::new(FaultKind::Trouble, "backup_damaged"),
            F::Older(_) => Fault::new(FaultKind::Bug, "bug").with("detail", fault.to_string()),
            F::Io(error) => error.into(),
            F::Sql(_) | F::Json(_) => Fault::new(FaultKind::Bug, "bug").with("detail", fault.to_string()),
        }
    }
}

impl From<vault::Fault> for Fault {
    fn from(fault: vault::Fault) -> Fault {
        use vault::Fault as F;
        match fault {
            F::WrongPassphrase => Fault::field(FaultKind::Invalid, "passphrase", "wrong_passphrase"),
            F::EmptyPassphrase => Fault::field(FaultKind::Invalid, "passphrase", "passphrase_empty"),
            F::CodeLength { letters } => {
                Fault::field(FaultKind::Invalid, "code", "code_length").with("letters", letters)
            }
            F::CodeGroup { group } => {
                Fault::field(FaultKind::Invalid, "code", "code_group").with("group", group)
            }
            F::WrongCode => Fault::field(FaultKind::Invalid, "code", "wrong_code"),
            F::WrongLetters => Fault::field(FaultKind::Invalid, "letters", "wrong_letters"),
            F::NotHere => Fault::new(FaultKind::Refused, "key_here_gone"),
            F::Oneself => Fault::new(FaultKind::Refused, "oneself"),
            F::NoSuchUser => Fault::new(FaultKind::NotFound, "no_such_user"),
            F::NotThisKind => Fault::new(FaultKind::Refused, "not_in_sample"),
            F::ForgedRole => Fault::new(FaultKind::Trouble, "keys_of_another_register"),
            F::NewerVersion { .. } => Fault::new(FaultKind::Trouble, "register_newer"),
            F::NotOwner => Fault::new(FaultKind::Refused, "owner_only"),
            F::Io(error) => error.into(),
            other => Fault::new(FaultKind::Trouble, "keys_damaged").with("detail", other.to_string()),
        }
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Fault {
        use std::io::ErrorKind::*;
        let code = match error.kind() {
            NotFound => "file_gone",
            PermissionDenied | ReadOnlyFilesystem => "file_not_allowed",
            StorageFull | QuotaExceeded => "disk_full",
            FileTooLarge => "file_too_large",
            _ => "file_trouble",
        };
        Fault::new(FaultKind::Trouble, code).with("detail", error.to_string())
    }
}

impl From<intake::Fault> for Fault {
    fn from(fault: intake::Fault) -> Fault {
        let kind = if fault.code() == "stopped" { FaultKind::Cancelled } else { FaultKind::Invalid };
        Fault::field(kind, "file", fault.code())
    }
}

impl From<press::Fault> for Fault {
    fn from(fault: press::Fault) -> Fault {
        Fault::new(FaultKind::Bug, "print_failed").with("detail", fault.to_string())
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Fault {
        Fault::new(FaultKind::Bug, "bug").with("detail", error.to_string())
    }
}
