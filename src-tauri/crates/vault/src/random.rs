//! Where random bytes come from.

use crate::Fault;
use std::convert::Infallible;

/// A source of random bytes, handed in by the front. All secrecy rests on it: outside tests it is
/// [`SystemRandom`].
pub trait Random {
    /// Fills `bytes`. Fails with [`Fault::Io`] if the source does.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Fault>;
}

/// The operating system's random source.
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Fault> {
        getrandom::fill(bytes).map_err(|error| Fault::Io(error.into()))
    }
}

/// [`Random`] in the shape HPKE asks for, which knows no failure: a failure is kept, and whoever lent the
/// source must [`finish`](Lent::finish) before using what was made with it.
pub(crate) struct Lent<'a> {
    random: &'a mut dyn Random,
    failed: Option<Fault>,
}

impl<'a> Lent<'a> {
    pub(crate) fn new(random: &'a mut dyn Random) -> Self {
        Self { random, failed: None }
    }

    pub(crate) fn finish(self) -> Result<(), Fault> {
        self.failed.map_or(Ok(()), Err)
    }
}

impl hpke::rand_core::TryRng for Lent<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        if let Err(fault) = self.random.fill(bytes) {
            self.failed.get_or_insert(fault);
        }
        Ok(())
    }
}

impl hpke::rand_core::TryCryptoRng for Lent<'_> {}
