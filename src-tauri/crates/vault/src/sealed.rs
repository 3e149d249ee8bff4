//! Text behind the seal: everyone who opens the register may put it there, only owners read it.

use crate::envelope;
use crate::{Fault, HrPublic, HrSecret, Random};
use zeroize::Zeroizing;

const PURPOSE: &[u8] = b"enishi 1 sealed text";
/// Lengths are told apart no finer than this many bytes.
const STEP: usize = 512;
const GENERATION: usize = 4;

/// Where a sealed text belongs. It opens nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The table's name.
    pub table: &'a str,
    /// The record's id in it.
    pub id: i64,
    /// The field's name.
    pub field: &'a str,
}

impl Place<'_> {
    /// The place and the generation in bytes, names led by their length so that no two places look alike.
    fn bytes(&self, generation: u32) -> Vec<u8> {
        let mut bytes = generation.to_be_bytes().to_vec();
        bytes.extend_from_slice(&(self.table.len() as u64).to_be_bytes());
        bytes.extend_from_slice(self.table.as_bytes());
        bytes.extend_from_slice(&self.id.to_be_bytes());
        bytes.extend_from_slice(&(self.field.len() as u64).to_be_bytes());
        bytes.extend_from_slice(self.field.as_bytes());
        bytes
    }
}

/// A sealed text as it is stored: 4 bytes of generation (big-endian), then the HPKE envelope of the text's
/// length in bytes (4, big-endian), the text in UTF-8, and zeros up to a multiple of 512.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Takes up what [`Sealed::as_bytes`] gave; [`Fault::BrokenSeal`] if it cannot have been that.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, Fault> {
        let padded = bytes.len().checked_sub(GENERATION + envelope::EXTRA).ok_or(Fault::BrokenSeal)?;
        if padded == 0 || padded % STEP != 0 { Err(Fault::BrokenSeal) } else { Ok(Self(bytes)) }
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The generation of the HR key that opens it, as the record claims; opening proves it.
    pub fn generation(&self) -> u32 {
        u32::from_be_bytes([self.0[0], self.0[1], self.0[2], self.0[3]])
    }
}

impl HrPublic {
    /// Puts a text behind the seal, for this place only.
    pub fn seal(&self, place: &Place, text: &str, random: &mut dyn Random) -> Result<Sealed, Fault> {
        let length =
            u32::try_from(text.len()).map_err(|_| std::io::Error::from(std::io::ErrorKind::FileTooLarge))?;
        let whole = (4 + text.len()).next_multiple_of(STEP);
        let mut padded = Zeroizing::new(Vec::with_capacity(whole));
        padded.extend_from_slice(&length.to_be_bytes());
        padded.extend_from_slice(text.as_bytes());
        padded.resize(whole, 0);
        let mut sealed = self.generation.to_be_bytes().to_vec();
        sealed.extend(envelope::seal(&self.key, PURPOSE, &place.bytes(self.generation), &padded, random)?);
        Ok(Sealed(sealed))
    }
}

impl HrSecret {
    /// Which HR key pair of this register it is, counted from 1.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// Reads a sealed text of this place: [`Fault::OtherGeneration`] if it was sealed to another HR key,
    /// [`Fault::BrokenSeal`] if it was altered or moved. Who sealed it is not proven: anyone who opens the register can.
    pub fn open(&self, place: &Place, sealed: &Sealed) -> Result<Zeroizing<String>, Fault> {
        if sealed.generation() != self.generation {
            return Err(Fault::OtherGeneration { sealed: sealed.generation(), held: self.generation });
        }
        let envelope = &sealed.0[GENERATION..];
        let padded = envelope::open(&self.key, PURPOSE, &place.bytes(self.generation), envelope)
            .ok_or(Fault::BrokenSeal)?;
        text_in(&padded).map(|text| Zeroizing::new(text.to_owned())).ok_or(Fault::BrokenSeal)
    }
}

/// The text in its padding.
fn text_in(padded: &[u8]) -> Option<&str> {
    let (length, rest) = padded.split_first_chunk()?;
    let text = rest.get(..usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    std::str::from_utf8(text).ok()
}
