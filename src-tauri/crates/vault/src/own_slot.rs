//! A 合言葉 that staff changed by themselves. Owners sign the key file, so it waits beside it until an owner opens the
//! register and takes it up; until then it opens what the one before opened, and the one before is refused.

use crate::content::{Content, Entry, Hex, Kdf, Role, UserId};
use crate::envelope::{self, Public, Secret};
use crate::keys::exactly;
use crate::passphrase::{Cost, Unlocked};
use crate::{Fault, Random};
use serde::{Deserialize, Serialize};

const PURPOSE: &[u8] = b"enishi 1 own slot";

/// What lies in `register.keys.own-2`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnSlot {
    new: New,
    /// What the 合言葉 before comes to, sealed to the new slot.
    start: Hex<{ 32 + envelope::EXTRA }>,
    /// The word of whoever has the slot that the key file lists, to the owners: that `new` is theirs.
    word: Hex<{ envelope::EXTRA }>,
}

/// What takes the place of the same fields in the user's entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    user: UserId,
    /// The slot that it follows; it counts while the key file lists that one.
    follows: Hex<32>,
    kdf: Kdf,
    public_key: Hex<32>,
    anchor: Hex<32>,
}

impl OwnSlot {
    /// `before` is what the entry's 合言葉 comes to, `new` what the new one does.
    pub fn make(
        content: &Content,
        entry: &Entry,
        before: &Unlocked,
        (kdf, new): (Kdf, &Unlocked),
        hr: &Public,
        random: &mut dyn Random,
    ) -> Result<Self, Fault> {
        let user = entry.id;
        let (_, public) = new.pair(user);
        let new = New {
            user,
            follows: entry.public_key.clone(),
            kdf,
            public_key: Hex(envelope::public_bytes(&public)),
            anchor: Hex(new.anchor(user, content.owner())),
        };
        let place = new.place(content);
        let start = envelope::seal(&public, PURPOSE, &place, before.start(), random)?;
        let word = envelope::vouch(hr, before.pair(user), PURPOSE, &place, random)?;
        let long = "an envelope is as long as its content and EXTRA";
        Ok(Self { new, start: Hex(start.try_into().expect(long)), word: Hex(word.try_into().expect(long)) })
    }

    /// Whether it follows what the key file lists for its user, at a cost that can be borne. Owners sign their own: what
    /// stands in their way here somebody else put there.
    pub fn follows(&self, entry: &Entry) -> bool {
        let sound = match self.new.kdf {
            Kdf::Argon2id { memory_kib, passes, lanes, .. } => {
                Cost { memory_kib, passes, lanes }.check().is_ok()
            }
            Kdf::Sample {} => false,
        };
        sound
            && entry.role == Role::Staff
            && self.new.user == entry.id
            && self.new.follows == entry.public_key
    }

    /// What the entry's own 合言葉 comes to, by way of the new one.
    pub fn unlocked(&self, content: &Content, typed: &str) -> Result<Unlocked, Fault> {
        let new = Unlocked::by_kdf(&self.new.kdf, typed, &content.file_id.0)?;
        let (secret, _) = new.pair(self.new.user);
        let start = envelope::open(&secret, PURPOSE, &self.new.place(content), &self.start.0);
        let start = start.and_then(|bytes| exactly(&bytes)).ok_or(Fault::WrongPassphrase)?;
        Ok(Unlocked::again(start))
    }

    /// The entry with the new slot in it, if its user gave their word; the keys in it are to be sealed anew.
    pub fn taken_up(&self, content: &Content, entry: &Entry, hr: &Secret) -> Option<(Entry, Public)> {
        let from = envelope::public(&entry.public_key.0).ok()?;
        let given = envelope::is_vouched(hr, &from, PURPOSE, &self.new.place(content), &self.word.0);
        let public = envelope::public(&self.new.public_key.0).ok()?;
        let New { kdf, public_key, anchor, .. } = self.new.clone();
        (given && self.follows(entry)).then(|| (Entry { kdf, public_key, anchor, ..entry.clone() }, public))
    }
}

impl New {
    /// All of it, in this file: for nothing else do envelope and word hold.
    fn place(&self, content: &Content) -> Vec<u8> {
        let mut place = content.file_id.0.to_vec();
        serde_json::to_writer(&mut place, self).expect("strings and numbers always make JSON");
        place
    }
}
