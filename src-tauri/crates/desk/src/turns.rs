//! Whoever waits for an answer goes first; what nobody waits for, a backup, goes on between two keys. On a PC with two
//! cores a search, the window that paints it and a backup would be one too many.

use std::{
    sync::atomic::{AtomicU32, Ordering::SeqCst},
    thread,
    time::Duration,
};

/// So long after an answer the window still paints it.
const PAINTING: Duration = Duration::from_millis(100);
/// So often a backup lets others go first, a minute in all: whatever happens, it comes to its end.
const PATIENCE: u32 = 600;

/// Who waits for an answer.
#[derive(Default)]
pub(crate) struct Turns {
    /// So many wait now.
    waiting: AtomicU32,
    /// So many came so far.
    came: AtomicU32,
}

/// Somebody waits for an answer, until this is dropped.
pub(crate) struct Waiting<'a>(&'a Turns);

/// Comes after them.
pub(crate) struct After<'a> {
    turns: &'a Turns,
    /// So many had come when it was last looked.
    seen: AtomicU32,
    /// What is left of its patience.
    left: AtomicU32,
}

impl Turns {
    pub(crate) fn somebody_waits(&self) -> Waiting<'_> {
        self.waiting.fetch_add(1, SeqCst);
        self.came.fetch_add(1, SeqCst);
        Waiting(self)
    }

    pub(crate) fn after(&self) -> After<'_> {
        After { turns: self, seen: AtomicU32::new(self.came.load(SeqCst)), left: AtomicU32::new(PATIENCE) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, SeqCst);
    }
}

impl After<'_> {
    /// Returns when nobody waits and it was quiet for a moment: at once, when nobody came since the last look.
    pub(crate) fn wait(&self) {
        loop {
            let came = self.turns.came.load(SeqCst);
            let quiet = self.seen.swap(came, SeqCst) == came && self.turns.waiting.load(SeqCst) == 0;
            let patient = || self.left.try_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_ok();
            if quiet || !patient() {
                return;
            }
            thread::sleep(PAINTING);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_waits_while_somebody_does_and_not_for_ever() {
        let turns = Turns::default();
        let after = turns.after();
        after.wait();
        assert_eq!(after.left.load(SeqCst), PATIENCE, "nobody came");
        drop(turns.somebody_waits());
        after.wait();
        assert_eq!(after.left.load(SeqCst), PATIENCE - 1, "what was asked is still being painted");
        after.wait();
        assert_eq!(after.left.load(SeqCst), PATIENCE - 1);
        // Somebody who never gets an answer.
        let _waiting = turns.somebody_waits();
        after.left.store(2, SeqCst);
        after.wait();
        assert_eq!(after.left.load(SeqCst), 0);
        after.wait();
    }
}
