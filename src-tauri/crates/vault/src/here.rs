//! A slot of this PC: instead of their 合言葉 a user has the system keep a secret, which it gives to whoever is logged in.

use crate::content::{Hex, UserId};
use crate::envelope;
use crate::keys::{drawn, exactly};
use crate::passphrase::Unlocked;
use crate::{Fault, Random};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

const VERSION: u32 = 1;
const PURPOSE: &[u8] = b"enishi 1 slot of this machine";

/// What lies beside the key file. It holds what the user's 合言葉 comes to, sealed to a secret that lies elsewhere:
/// neither opens anything without the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HereSlot {
    version: u32,
    user: UserId,
    start: Hex<{ 32 + envelope::EXTRA }>,
}

impl HereSlot {
    /// Whose register opens here without a 合言葉.
    pub fn user(&self) -> UserId {
        self.user
    }

    pub(crate) fn make(
        file_id: &Hex<16>,
        user: UserId,
        unlocked: &Unlocked,
        random: &mut dyn Random,
    ) -> Result<(Self, Zeroizing<[u8; 32]>), Fault> {
        let secret = drawn(random)?;
        let (_, public) = envelope::pair(&secret);
        let sealed = envelope::seal(&public, PURPOSE, &place(file_id, user), unlocked.start(), random)?;
        let start = Hex(sealed.try_into().expect("an envelope is as long as its content and EXTRA"));
        Ok((Self { version: VERSION, user, start }, secret))
    }

    /// `None` for another file, another secret, or bytes that were altered.
    pub(crate) fn unlocked(&self, file_id: &Hex<16>, secret: &[u8]) -> Option<Unlocked> {
        let (secret, _) = envelope::pair(&*exactly::<32>(secret)?);
        let start = envelope::open(&secret, PURPOSE, &place(file_id, self.user), &self.start.0)?;
        exactly(&start).map(Unlocked::again)
    }

    pub(crate) fn is_known(&self) -> bool {
        self.version == VERSION
    }
}

fn place(file_id: &Hex<16>, user: UserId) -> Vec<u8> {
    [&file_id.0[..], &user.0.to_be_bytes()].concat()
}
