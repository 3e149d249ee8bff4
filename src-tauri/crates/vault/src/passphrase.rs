//! From what a person types to the keys that open their slot.

use crate::content::{Kdf, UserId};
use crate::envelope::{self, Public, Secret};
use crate::{Fault, OwnerKey, recovery};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

/// What one guess at a passphrase costs (Argon2id, RFC 9106).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes; computed one after the other here.
    pub lanes: u32,
}

impl Cost {
    /// For an office PC: 64 MiB, 3 passes, 1 lane; the memory and passes of RFC 9106's second recommended
    /// option, in one lane because this program computes lanes one after the other.
    pub const OFFICE: Cost = Cost { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// No less than [`Cost::OFFICE`] in memory and passes.
    pub fn is_office_strength(self) -> bool {
        self.memory_kib >= Self::OFFICE.memory_kib && self.passes >= Self::OFFICE.passes
    }

    /// Refuses a company's slot that is too cheap to guess at, except in debug builds, whose tests could not
    /// wait; and one that would take the machine's memory or an hour, which only a forger would write.
    pub(crate) fn check(self) -> Result<(), Fault> {
        if !self.is_office_strength() && !cfg!(debug_assertions) {
            return Err(Fault::TooWeak);
        }
        if self.memory_kib > 1024 * 1024 || self.passes > 64 || self.lanes > 16 {
            return Err(Fault::Damaged("a passphrase cost beyond reason".into()));
        }
        self.params().map(drop)
    }

    fn params(self) -> Result<Params, Fault> {
        Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(|_| Fault::Damaged("a passphrase cost that Argon2 does not know".into()))
    }
}

/// A passphrase as it counts: NFKC, without blanks at either end. Inner blanks and capitals count.
///
/// NFKC makes full-width and half-width typing one, so that the state of the input method locks nobody out.
/// It leaves some characters apart that are one key on a Japanese keyboard, typed full-width or half-width, or
/// one character in Windows' and the others' reading of Shift_JIS; these are folded here. The rule belongs to
/// version 1 of the key file: a change of it locks people out.
fn folded(typed: &str) -> Zeroizing<String> {
    // NFKC makes UTF-8 at most 11 times longer (UAX #15); a string that grows leaves copies behind.
    let mut folded = Zeroizing::new(String::with_capacity(11 * typed.len()));
    for char in typed.nfkc() {
        folded.push(match char {
            '〜' => '~',
            '−' => '-',
            '¥' => '\\',
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            other => other,
        });
    }
    folded
}

/// What a passphrase, or a sample's published constant, is worth for one file: from here all is derived.
pub(crate) struct Unlocked {
    start: Zeroizing<[u8; 32]>,
}

/// Published on purpose: a sample register holds invented people and opens for everybody.
const SAMPLE: &[u8] = b"enishi: the sample company is open to everyone";

/// Set before a recovery sheet's code, so that it leads where no passphrase and no sample does.
const SHEET: &[u8] = b"enishi 1 recovery sheet: ";

impl Unlocked {
    /// From a passphrase at a slot's cost and salt.
    pub(crate) fn by_passphrase(
        typed: &str,
        cost: Cost,
        salt: &[u8; 16],
        file: &[u8; 16],
    ) -> Result<Self, Fault> {
        let passphrase = folded(typed);
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost.params()?);
        // The memory is our own because argon2 does not wipe it, and because one that cannot be had is a fault
        // to tell, not to die of.
        let count = argon2.params().block_count();
        let mut memory = Vec::new();
        memory.try_reserve_exact(count).map_err(|_| std::io::Error::from(std::io::ErrorKind::OutOfMemory))?;
        memory.resize(count, Block::default());
        let mut key = Zeroizing::new([0; 32]);
        let done =
            argon2.hash_password_into_with_memory(passphrase.trim().as_bytes(), salt, &mut *key, &mut memory);
        memory.zeroize();
        done.map_err(|_| Fault::Damaged("a passphrase cost that Argon2 does not know".into()))?;
        Ok(Self::from(file, &*key))
    }

    /// The slot of a sample: no passphrase, and a start that no passphrase leads to.
    pub(crate) fn sample(file: &[u8; 16]) -> Self {
        Self::from(file, SAMPLE)
    }

    /// From the code of a recovery sheet: drawn, not thought up, so that a guess need not be made dear.
    pub(crate) fn by_code(code: &[u8], file: &[u8; 16]) -> Self {
        let mut start = Zeroizing::new(Vec::with_capacity(SHEET.len() + code.len()));
        start.extend_from_slice(SHEET);
        start.extend_from_slice(code);
        Self::from(file, &start)
    }

    /// From what [`Unlocked::start`] said.
    pub(crate) fn again(start: Zeroizing<[u8; 32]>) -> Self {
        Self { start }
    }

    /// From which everything follows, for this one file and slot: to be sealed, never to be written.
    pub(crate) fn start(&self) -> &[u8; 32] {
        &self.start
    }

    fn from(file: &[u8; 16], key: &[u8]) -> Self {
        let mut start = Zeroizing::new([0; 32]);
        start.copy_from_slice(&Hkdf::<Sha256>::extract(Some(file), key).0);
        Self { start }
    }

    pub(crate) fn by_kdf(kdf: &Kdf, typed: &str, file: &[u8; 16]) -> Result<Self, Fault> {
        match kdf {
            Kdf::Argon2id { memory_kib, passes, lanes, salt } => {
                let cost = Cost { memory_kib: *memory_kib, passes: *passes, lanes: *lanes };
                Self::by_passphrase(typed, cost, &salt.0, file)
            }
            Kdf::Sample {} => Ok(Self::sample(file)),
        }
    }

    /// The pair that the user's copies of the keys are sealed to.
    pub(crate) fn pair(&self, user: UserId) -> (Secret, Public) {
        envelope::pair(&self.expand(&[b"enishi 1 slot pair", &user.0.to_be_bytes()]))
    }

    /// The user's own word for who owns the register. Without it anyone could list themselves as owner and
    /// sign that: a file cannot vouch for its own signer.
    pub(crate) fn anchor(&self, user: UserId, owner: OwnerKey) -> [u8; 32] {
        *self.expand(&[b"enishi 1 anchor", &user.0.to_be_bytes(), &owner.0])
    }

    /// What is typed back from a recovery sheet, to prove that it is in somebody's hand.
    pub(crate) fn letters(&self) -> String {
        recovery::four_letters(&self.expand(&[b"enishi 1 sheet letters"]))
    }

    fn expand(&self, info: &[&[u8]]) -> Zeroizing<[u8; 32]> {
        let mut bytes = Zeroizing::new([0; 32]);
        let hkdf = Hkdf::<Sha256>::from_prk(&*self.start).expect("a start is as long as SHA-256's sum");
        hkdf.expand_multi_info(info, &mut *bytes).expect("HKDF-SHA256 gives up to 8160 bytes");
        bytes
    }
}

/// Refuses a new passphrase that is nothing but blanks.
pub(crate) fn check_new(typed: &str) -> Result<(), Fault> {
    if folded(typed).trim().is_empty() { Err(Fault::EmptyPassphrase) } else { Ok(()) }
}
