//! What stands in a key file of version 1, how it is written, and what must hold before it is believed.

use crate::keys::HEX;
use crate::passphrase::Cost;
use crate::{Fault, OwnerKey, envelope};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The version this program writes, and the newest it reads.
const VERSION: u32 = 1;
/// Set before what is signed, so that the owner key's signature means nothing elsewhere.
const SIGNED: &[u8] = b"enishi register.keys 1\n";

/// A user's number in the key file, from 1, never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserId(pub u32);

/// What a user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everything: reads sealed records, adds users, signs the key file.
    Owner,
    /// Everything but that.
    Staff,
}

/// What sort of register a key file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A company's own: every slot behind a passphrase.
    Company,
    /// Invented people to try the program with: opens without a passphrase, for everybody.
    Sample,
}

/// The key file. The order of the fields is the order they are written and signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Content {
    pub version: u32,
    pub kind: Kind,
    /// Stands in the database too, so that a mismatched pair is noticed.
    pub file_id: Hex<16>,
    /// One more with every signed change.
    pub revision: u64,
    pub owner_key: Hex<32>,
    pub hr: Hr,
    pub users: Vec<Entry>,
    /// Ids of erased people, ascending: a restored backup erases them again.
    pub erased: Vec<i64>,
    /// By what erased people are known again, ascending. They say nothing without a key that only owners have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Hex<16>>,
    /// Which number the next user gets: that of a dismissed one is never given again.
    pub next_user: u32,
    /// How many recovery sheets were made.
    pub sheets_made: u32,
    /// The sheets that open this file: the one that was confirmed, and at most one made after it.
    pub sheets: Vec<Sheet>,
    /// Nothing but null: a slot of one PC lies beside the file ([`crate::HereSlot`]), where no backup carries it.
    pub device: (),
    /// Who signed, for people to read. All owners sign with the same key.
    pub signed_by: UserId,
    /// Over all the rest; see [`Content::message`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<Hex<64>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hr {
    pub generation: u32,
    pub public_key: Hex<32>,
}

/// A user and their slot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub id: UserId,
    pub name: String,
    pub role: Role,
    pub kdf: Kdf,
    pub public_key: Hex<32>,
    pub anchor: Hex<32>,
    pub register_key: Hex<{ 48 + envelope::EXTRA }>,
    /// Owners only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hr_key: Option<Hex<{ 32 + envelope::EXTRA }>>,
    /// Owners only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_key: Option<Hex<{ 32 + envelope::EXTRA }>>,
}

/// A recovery sheet's slot. It is an owner's; its place in envelopes and derivations is user 0, who is nobody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sheet {
    /// As it is printed on the sheet, from 1.
    pub number: u32,
    /// What is typed back after printing; derived from the code, no part of it.
    pub letters: String,
    /// The letters were typed back.
    pub confirmed: bool,
    pub public_key: Hex<32>,
    pub anchor: Hex<32>,
    pub register_key: Hex<{ 48 + envelope::EXTRA }>,
    pub hr_key: Hex<{ 32 + envelope::EXTRA }>,
    pub owner_key: Hex<{ 32 + envelope::EXTRA }>,
}

/// How a slot's key is come by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum Kdf {
    Argon2id { memory_kib: u32, passes: u32, lanes: u32, salt: Hex<16> },
    // Braces, because serde lets unknown fields pass in a tagged variant without any.
    Sample {},
}

impl Content {
    /// Reads a key file and refuses whatever is not as this program would have signed it. Whether the signer is
    /// the register's owner is a later question: see [`crate::KeyFile::open`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        #[derive(Deserialize)]
        struct Header {
            version: u64,
        }
        let damaged = |error: serde_json::Error| Fault::Damaged(error.to_string());
        // The version first: the rest of a newer file need not look like anything known here.
        let header: Header = serde_json::from_slice(bytes).map_err(damaged)?;
        if header.version > u64::from(VERSION) {
            return Err(Fault::NewerVersion { found: header.version });
        }
        let content: Self = serde_json::from_slice(bytes).map_err(damaged)?;
        content.check()?;
        content.check_signature()?;
        Ok(content)
    }

    /// The file's text.
    pub fn text(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("strings and numbers always make JSON");
        text.push(b'\n');
        text
    }

    /// Signs anew, as `by`.
    pub fn sign(&mut self, by: UserId, key: &SigningKey) {
        self.signed_by = by;
        self.signature = Some(Hex(key.sign(&self.message()).to_bytes()));
    }

    pub fn owner(&self) -> OwnerKey {
        OwnerKey(self.owner_key.0)
    }

    pub fn entry(&self, user: UserId) -> Option<&Entry> {
        self.users.iter().find(|entry| entry.id == user)
    }

    /// What is signed: the content without its signature as JSON without blanks. Made from what was understood,
    /// not from the bytes of the file, so that an editor's line ends do no harm and nothing is left unsigned.
    fn message(&self) -> Vec<u8> {
        let mut message = SIGNED.to_vec();
        let unsigned = Self { signature: None, ..self.clone() };
        serde_json::to_writer(&mut message, &unsigned).expect("strings and numbers always make JSON");
        message
    }

    fn check_signature(&self) -> Result<(), Fault> {
        let signature = self.signature.as_ref().ok_or(Fault::BadSignature)?;
        let key = VerifyingKey::from_bytes(&self.owner_key.0).map_err(|_| Fault::BadSignature)?;
        key.verify_strict(&self.message(), &Signature::from_bytes(&signature.0))
            .map_err(|_| Fault::BadSignature)
    }

    fn check(&self) -> Result<(), Fault> {
        let holds = |sound: bool, what: &str| if sound { Ok(()) } else { Err(Fault::Damaged(what.into())) };
        holds(self.version == VERSION, "there never was such a version")?;
        holds(self.users.first().is_some_and(|first| first.id.0 > 0), "users are numbered from 1")?;
        holds(self.users.is_sorted_by(|a, b| a.id < b.id), "users are in the order of their numbers")?;
        holds(self.users.last().is_some_and(|last| last.id.0 < self.next_user), "no number comes twice")?;
        holds(self.erased.is_sorted_by(|a, b| a < b), "erased ids ascend")?;
        holds(self.marks.is_sorted_by(|a, b| a.0 < b.0), "marks ascend")?;
        let sheets = &self.sheets;
        holds(self.kind == Kind::Company || sheets.is_empty(), "a sample needs no sheet")?;
        holds(
            sheets.iter().all(|sheet| (1..=self.sheets_made).contains(&sheet.number)),
            "sheets are counted",
        )?;
        holds(
            match &sheets[..] {
                [] | [_] => true,
                [first, second] => first.confirmed && !second.confirmed && first.number < second.number,
                _ => false,
            },
            "one sheet is confirmed, and one may wait to be",
        )?;
        let signer = self.entry(self.signed_by);
        holds(signer.is_some_and(|entry| entry.role == Role::Owner), "an owner signs")?;
        holds(self.kind == Kind::Company || self.users.len() == 1, "a sample has one user")?;
        for entry in &self.users {
            let owner = entry.role == Role::Owner;
            holds(entry.hr_key.is_some() == owner, "owners, and nobody else, hold the HR key")?;
            holds(entry.owner_key.is_some() == owner, "owners, and nobody else, hold the owner key")?;
            match (&entry.kdf, self.kind) {
                (&Kdf::Argon2id { memory_kib, passes, lanes, .. }, Kind::Company) => {
                    Cost { memory_kib, passes, lanes }.check()?;
                }
                (Kdf::Sample {}, Kind::Sample) => {}
                _ => return Err(Fault::NotThisKind),
            }
        }
        Ok(())
    }
}

/// Bytes written as lower-case hex digits, in exactly one way.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hex<const N: usize>(pub [u8; N]);

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let text: String = digits.map(|digit| char::from(HEX[usize::from(digit)])).collect();
        serializer.serialize_str(&text)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digit = |char: u8| HEX.iter().position(|&known| known == char).map(|value| value as u8);
        let byte = |pair: &[u8]| Some(digit(pair[0])? << 4 | digit(pair[1])?);
        let bytes: Option<Vec<u8>> =
            text.as_bytes().chunks(2).map(|pair| (pair.len() == 2).then(|| byte(pair))?).collect();
        let exact = bytes.and_then(|bytes| bytes.try_into().ok());
        exact.map(Hex).ok_or_else(|| de::Error::custom(format!("not {N} bytes in hex digits")))
    }
}
