//! Sealing to a public key: HPKE (RFC 9180) in base mode, with the one suite this program uses.

use crate::Fault;
use crate::random::{Lent, Random};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use zeroize::Zeroizing;

/// Bytes an envelope is longer than what is in it: the one-time public key and the tag.
pub(crate) const EXTRA: usize = 32 + 16;

pub(crate) type Public = <X25519HkdfSha256 as Kem>::PublicKey;
/// Wiped when dropped (`x25519-dalek` with its `zeroize` feature).
pub(crate) type Secret = <X25519HkdfSha256 as Kem>::PrivateKey;

/// The pair that belongs to 32 secret bytes (DeriveKeyPair of RFC 9180, 7.1.3).
pub(crate) fn pair(material: &[u8; 32]) -> (Secret, Public) {
    X25519HkdfSha256::derive_keypair(material)
}

/// The 32 bytes of a public key.
pub(crate) fn public_bytes(key: &Public) -> [u8; 32] {
    key.to_bytes().into()
}

/// The 32 bytes of a secret key.
#[cfg(debug_assertions)]
pub(crate) fn secret_bytes(key: &Secret) -> [u8; 32] {
    key.to_bytes().into()
}

/// A public key of 32 bytes. Which bytes make no usable key shows when sealing to it.
pub(crate) fn public(bytes: &[u8; 32]) -> Result<Public, Fault> {
    Public::from_bytes(bytes).map_err(|_| Fault::Damaged("a public key".into()))
}

/// Seals `plain` to a key. `purpose` separates the uses of envelopes in this program; whoever opens must know
/// the same `place`.
pub(crate) fn seal(
    to: &Public,
    purpose: &[u8],
    place: &[u8],
    plain: &[u8],
    random: &mut dyn Random,
) -> Result<Vec<u8>, Fault> {
    closed(OpModeS::Base, to, purpose, place, plain, random)
}

/// Gives one's word to the holder of a key that one knows of `place`: an envelope with nothing in it, that the holder of
/// `from` alone could make (HPKE's authenticated mode). Whoever holds the other key could make it, too.
pub(crate) fn vouch(
    to: &Public,
    from: (Secret, Public),
    purpose: &[u8],
    place: &[u8],
    random: &mut dyn Random,
) -> Result<Vec<u8>, Fault> {
    closed(OpModeS::Auth(from), to, purpose, place, &[], random)
}

fn closed(
    mode: OpModeS<'_, X25519HkdfSha256>,
    to: &Public,
    purpose: &[u8],
    place: &[u8],
    plain: &[u8],
    random: &mut dyn Random,
) -> Result<Vec<u8>, Fault> {
    let mut lent = Lent::new(random);
    let sealed = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &mode, to, purpose, plain, place, &mut lent,
    );
    lent.finish()?;
    // Fails only for a public key of small order, which no pair of ours has.
    let (once, closed) = sealed.map_err(|_| Fault::Damaged("a public key".into()))?;
    Ok([&once.to_bytes()[..], &closed].concat())
}

/// Whether the holder of `from` gave their word for `place`.
pub(crate) fn is_vouched(with: &Secret, from: &Public, purpose: &[u8], place: &[u8], word: &[u8]) -> bool {
    opened(OpModeR::Auth(from.clone()), with, purpose, place, word).is_some()
}

/// Opens an envelope, or tells only that it does not open: altered, for another key, purpose or place.
pub(crate) fn open(
    with: &Secret,
    purpose: &[u8],
    place: &[u8],
    envelope: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    opened(OpModeR::Base, with, purpose, place, envelope)
}

fn opened(
    mode: OpModeR<'_, X25519HkdfSha256>,
    with: &Secret,
    purpose: &[u8],
    place: &[u8],
    envelope: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let (once, closed) = envelope.split_at_checked(32)?;
    let once = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(once).ok()?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &mode, with, &once, purpose, closed, place,
    )
    .ok()
    .map(Zeroizing::new)
}
