//! Ids: 21 random bits drawn per copy of a register, then a 32-bit counter. They are exact as JavaScript
//! numbers, local in the B-tree, and two copies of one register never draw the same one.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What every id newtype can do: go in and out of the database.
pub trait Id: Copy + ToSql + FromSql + From<i64> + Into<i64> {}

macro_rules! id {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "number")]
        pub struct $name(pub i64);
        impl From<i64> for $name { fn from(id: i64) -> Self { $name(id) } }
        impl From<$name> for i64 { fn from(id: $name) -> i64 { id.0 } }
        impl ToSql for $name { fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> { self.0.to_sql() } }
        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> { i64::column_result(value).map($name) }
        }
        impl Id for $name {}
    )* };
}

id! {
    /// A person who has left.
    PersonId,
    /// An address of a person.
    AddressId,
    /// A phone number of a person.
    PhoneId,
    /// A mail address of a person.
    MailId,
    /// A period of employment.
    EmploymentId,
    /// One contact with a person.
    ContactId,
    /// One consent, or its refusal.
    ConsentId,
    /// Somebody who serves in the company today.
    ColleagueId,
    /// A tag on one person.
    TagId,
    /// A field that the office made for itself.
    OwnFieldId,
    /// The value of such a field for one person.
    OwnValueId,
    /// A photo of a person.
    PhotoId,
    /// A note behind the seal.
    SealedNoteId,
    /// 退職の手続き of somebody.
    ExitId,
    /// A line of its checklist.
    ExitItemId,
    /// What somebody signed.
    AgreementId,
    /// A file kept with a contact, a consent or an agreement.
    AttachmentId,
    /// A file that is kept with several records at once.
    ScanId,
    /// A filter kept under a name.
    SavedFilterId,
    /// An issue of the newsletter.
    IssueId,
    /// A photograph in an issue.
    PictureId,
    /// What was made to be sent together.
    DispatchId,
    /// A paper of it.
    DispatchPaperId,
    /// That it goes to one person.
    SendingId,
    /// A reunion, a seminar, another event.
    EventId,
    /// Somebody invited to it.
    InviteeId,
    /// A card that came from somebody.
    ReceivedId,
    /// A sheet of labels that the office measured itself.
    OwnSheetId,
    /// A setting of the register.
    SettingId,
    /// One undoable step.
    StepId,
    /// A user of the program, numbered as in the key file.
    UserId,
}

/// An instant of the program: milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "number")]
pub struct At(pub i64);

impl ToSql for At {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}
impl FromSql for At {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(At)
    }
}
