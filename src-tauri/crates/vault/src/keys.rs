//! The keys themselves. Secret ones are wiped when dropped and can be neither printed, copied nor written out.

use crate::envelope::{self, Public, Secret};
use crate::{Fault, Random};
use ed25519_dalek::SigningKey;
use zeroize::Zeroizing;

/// What opens the database: 32 bytes of key and 16 of salt, drawn once for each register.
pub struct RegisterKey(pub(crate) Zeroizing<[u8; 48]>);

impl RegisterKey {
    /// The key as SQLCipher takes it raw, without a derivation of its own: `x'…'` around 96 hex digits.
    pub fn sqlcipher_literal(&self) -> Zeroizing<String> {
        // The room is taken at once: a string that grows leaves copies behind.
        let mut literal = Zeroizing::new(String::with_capacity(3 + 2 * self.0.len()));
        literal.push_str("x'");
        for byte in self.0.iter() {
            literal.push(char::from(HEX[usize::from(byte >> 4)]));
            literal.push(char::from(HEX[usize::from(byte & 15)]));
        }
        literal.push('\'');
        literal
    }
}

pub(crate) const HEX: &[u8; 16] = b"0123456789abcdef";

/// The public half of the owner key, with which the key file is signed. The register keeps a copy and compares
/// it after opening ([`crate::KeyFile::check_owner`]). It changes with neither users nor passphrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnerKey(pub [u8; 32]);

/// The public half of the HR key pair: with it a record can be put behind the seal, not read again.
#[derive(Clone, Debug)]
pub struct HrPublic {
    pub(crate) generation: u32,
    pub(crate) key: Public,
}

impl HrPublic {
    /// Which HR key pair of this register it is, counted from 1; a sealed record names its own.
    pub fn generation(&self) -> u32 {
        self.generation
    }
}

/// The secret half of the HR key pair, in the hands of owners.
pub struct HrSecret {
    pub(crate) generation: u32,
    pub(crate) key: Secret,
    /// From which the pair is derived; what is sealed to another owner.
    pub(crate) material: Zeroizing<[u8; 32]>,
}

/// What owners hold beyond the register key.
pub(crate) struct OwnerSecrets {
    pub(crate) hr: HrSecret,
    pub(crate) signing: SigningKey,
}

impl OwnerSecrets {
    /// From the material of both, and the public halves that belong to it.
    pub(crate) fn new(generation: u32, hr: Zeroizing<[u8; 32]>, seed: &[u8; 32]) -> (Self, HrPublic) {
        let (secret, public) = envelope::pair(&hr);
        (
            Self {
                hr: HrSecret { generation, key: secret, material: hr },
                signing: SigningKey::from_bytes(seed),
            },
            HrPublic { generation, key: public },
        )
    }
}

/// Freshly drawn secret bytes.
pub(crate) fn drawn<const N: usize>(random: &mut dyn Random) -> Result<Zeroizing<[u8; N]>, Fault> {
    let mut bytes = Zeroizing::new([0; N]);
    random.fill(&mut *bytes)?;
    Ok(bytes)
}

/// A fixed number of secret bytes out of an opened envelope.
pub(crate) fn exactly<const N: usize>(bytes: &[u8]) -> Option<Zeroizing<[u8; N]>> {
    let mut exact = Zeroizing::new([0; N]);
    (bytes.len() == N).then(|| exact.copy_from_slice(bytes))?;
    Some(exact)
}
