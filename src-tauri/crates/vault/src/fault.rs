//! What can go wrong, as far as a caller acts on it.

/// Why something was not opened, changed or written. The text is for the log, never for the screen.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// No slot opens with this passphrase.
    #[error("the passphrase opens no slot")]
    WrongPassphrase,
    /// A new passphrase with nothing in it but blanks.
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    /// A recovery code with letters missing or too many.
    #[error("a recovery code has 40 letters, not {letters}")]
    CodeLength {
        /// How many were typed.
        letters: usize,
    },
    /// A group of the recovery code was mistyped.
    #[error("group {group} of the recovery code does not check")]
    CodeGroup {
        /// Which, from 1.
        group: u32,
    },
    /// The recovery code is of no sheet that counts.
    #[error("the recovery code opens nothing")]
    WrongCode,
    /// The four letters are not those of the sheet printed last.
    #[error("not the letters of the sheet")]
    WrongLetters,
    /// Nobody dismisses themselves or gives up their own role: so an owner always remains.
    #[error("not to oneself")]
    Oneself,
    /// The slot of this PC opens no slot of the key file: the 合言葉 or the user is another by now, or the system keeps
    /// another secret.
    #[error("the slot of this machine opens nothing")]
    NotHere,
    /// No user of the key file has this number.
    #[error("the key file has no such user")]
    NoSuchUser,
    /// A sample was treated as a company's register, or the other way round.
    #[error("the key file is of the other kind, company or sample")]
    NotThisKind,
    /// A later version of the program wrote this key file.
    #[error("the key file has version {found}, this program knows 1")]
    NewerVersion {
        /// The version the file names.
        found: u64,
    },
    /// The key file is no key file any more; `.prev` or a backup may help.
    #[error("the key file is damaged: {0}")]
    Damaged(String),
    /// The content was changed after an owner signed it, by accident or by hand.
    #[error("the key file's signature does not fit its content")]
    BadSignature,
    /// The file is signed, but not with the owner key that this user or this register was given.
    #[error("the key file was signed by someone who is not this register's owner")]
    ForgedRole,
    /// A guess would cost less than [`crate::Cost::OFFICE`].
    #[error("the passphrase cost is too low for a company's key file")]
    TooWeak,
    /// The change needs an owner of this very register.
    #[error("only an owner of this register may change its key file")]
    NotOwner,
    /// The record was sealed to another generation of the HR key.
    #[error("sealed to generation {sealed} of the HR key, opened with {held}")]
    OtherGeneration {
        /// The generation the record names.
        sealed: u32,
        /// The generation of the key at hand.
        held: u32,
    },
    /// The sealed record was altered, cut short, or moved here from another place.
    #[error("the seal is broken")]
    BrokenSeal,
    /// The disk, the system's random source or the memory failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}
