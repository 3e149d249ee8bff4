//! Who may open what: the key file, passphrase slots, sealed text.
//!
//! A register is an encrypted database. Its key is 48 random bytes that nobody types; beside the database lies
//! the *key file* `register.keys`, in which that key is sealed once for every user, each behind a passphrase.
//! Owners also find there the secret half of the HR key pair, to which sealed records are sealed: everyone who
//! opens the register may put a record behind the seal, only owners read it again.
//!
//! ```text
//! passphrase ── NFKC, trimmed ── Argon2id ── HKDF ─┬─ X25519 pair ── opens ─┬─ register key   every user
//!                                                  │                        ├─ HR secret      owners
//!                                                  │                        └─ owner key      owners
//!                                                  └─ anchor: "this is the owner key I was given"
//! this PC ── 256 drawn bits, kept by the system ── opens `register.keys.here` ── what the 合言葉 comes to after Argon2id
//! recovery sheet ── 160 drawn bits ── HKDF ── a pair and an anchor of its own, and all that an owner holds
//! ```
//!
//! Everything sealed is HPKE (RFC 9180) in base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
//! ChaCha20-Poly1305. The whole key file is signed (Ed25519) with the *owner key*. It is one key that all owners
//! hold and not one for each, so that a new owner or a changed passphrase changes nobody's trust.
//!
//! # What each of three attackers gets
//!
//! * **(a) Someone with the files and no passphrase** reads from the key file the users' names and roles, the
//!   cost of a guess, the numbers of erased records, and nothing else. A guess costs [`Cost::OFFICE`]: a weak
//!   passphrase still falls to patience. A key file they made or altered is refused by everyone, because the
//!   anchor of each user can only be made with that user's passphrase.
//! * **(b) Staff with a passphrase and all files** hold the register key, hence everything in the database but
//!   sealed text: of a sealed record they learn that it exists, where, and its length to within
//!   512 bytes. They can delete one or put an older one back in the same place, but not read one or move it. A role
//!   forged in the key file is refused by the other users' anchors even if the copy of the owner key in the
//!   database was forged with it. On their own machine they can lie to themselves; no secret follows from that.
//!   "Staff may not erase" and the like are rules of the program, not of this crate.
//! * **(c) A patched program on a staff PC** sees what is typed into it, an owner's passphrase included, and
//!   an old key file together with an old database cannot be told from the present: both are out of scope. An old
//!   key file beside the present database shows in [`KeyFile::revision`].
//!
//! * **A dismissed owner** has held everything. [`KeyFile::rotate`] draws a new register key and a new HR key pair,
//!   so that what is written from then on is closed to them; what they copied before stays readable to them, and
//!   so do old backups. The owner key stays, so they can still sign a key file, one with none of the new keys in
//!   it: see there.
//!
//! * **Whoever uses the account of a user** who had this PC keep a secret ([`HereSlot`]) opens the register as that
//!   user. Neither the file nor the secret alone opens anything, and no backup carries the file.
//!
//! A changed passphrase does not lock out someone who kept an old copy of the key file and the old passphrase.
//!
//! Nothing here reads a clock or the environment. Randomness is handed in as [`Random`]; [`SystemRandom`] is the
//! only place in the program that asks the system for it.

mod content;
mod disk;
mod envelope;
mod fault;
mod here;
mod key_file;
mod keys;
mod own_slot;
mod passphrase;
mod random;
mod recovery;
mod sealed;
#[cfg(test)]
mod tests;

pub use content::{Kind, Role, UserId};
pub use disk::{next_path, previous_path, remove_next, remove_own, remove_previous, take_next};
pub use fault::Fault;
pub use here::HereSlot;
pub use key_file::{KeyFile, Opened, SheetMade, User};
pub use keys::{HrPublic, HrSecret, OwnerKey, RegisterKey};
pub use passphrase::Cost;
pub use random::{Random, SystemRandom};
pub use recovery::RecoveryCode;
pub use sealed::{Place, Sealed};
