//! What can go wrong in a register. Its Display is for the log; the desk turns it into a fault that the page has words for.

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// There is no such record.
    #[error("no such record")]
    NotFound,
    /// A record changed since the step that was to be undone or redone.
    #[error("the record changed since")]
    ChangedSince,
    /// A field does not hold what it should.
    #[error("{field}: {code}")]
    Invalid {
        /// Which field.
        field: String,
        /// Which rule: the name of a sentence in the page's dictionaries.
        code: &'static str,
    },
    /// The caller asked to stop; nothing was changed.
    #[error("stopped")]
    Stopped,
    /// Something else still refers to the record.
    #[error("still in use")]
    InUse,
    /// Another program has this register open.
    #[error("already open elsewhere")]
    OpenElsewhere,
    /// The key does not fit, or the file is damaged: SQLCipher cannot tell the two apart.
    #[error("wrong key or damaged")]
    Damaged,
    /// The register was made by a newer version of the program.
    #[error("made by version {0} of the schema")]
    Newer(u32),
    /// Something else reads the register.
    #[error("something else reads the register")]
    Busy,
    /// The disk is full.
    #[error("disk full")]
    Full,
    /// The register's folder may not be written to.
    #[error("read-only")]
    ReadOnly,
    /// The register has an older schema: [`Register::migrate`] it first.
    #[error("made by version {0} of the schema, which is older")]
    Older(u32),
    /// The file is no backup, or a damaged one.
    #[error("no backup, or a damaged one")]
    NoBackup,
    /// The database.
    #[error(transparent)]
    Sql(rusqlite::Error),
    /// The folder.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// JSON in a column or a patch.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        use rusqlite::ErrorCode::*;
        match error.sqlite_error_code() {
            Some(DiskFull) => Fault::Full,
            Some(NotADatabase | DatabaseCorrupt) => Fault::Damaged,
            Some(ConstraintViolation) => Fault::InUse,
            Some(OperationInterrupted) => Fault::Stopped,
            Some(ReadOnly | PermissionDenied | CannotOpen) => Fault::ReadOnly,
            Some(SystemIoFailure) => Fault::Io(std::io::Error::other(error)),
            _ => Fault::Sql(error),
        }
    }
}
