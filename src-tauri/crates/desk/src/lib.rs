//! Every command of the program in one table, and one door to it: [`Desk::run`]. The only place where a register's
//! facts become pages. The desk knows no window; its front (the shell, or the headless binary `desk`) hands it the
//! clock, the random source, the fonts and a tray for bytes.

mod attachments;
mod audit;
mod backup;
mod bases;
mod company;
mod death;
mod dispatch;
mod duplicates;
mod event;
mod exit;
mod export;
mod faces;
mod fault;
mod form;
mod hand_over;
mod here;
mod interview;
mod issue;
mod list;
mod moving;
mod national;
mod people;
mod photo;
mod place;
mod postal;
mod records;
mod restore;
mod rights;
mod rites;
mod sample;
mod sealed;
mod secret;
mod table;
mod today;
mod tray;
mod turns;
mod typed;
mod users;
mod weekday;

pub use company::{Settings, State};
pub use faces::faces;
pub use fault::{Fault, FaultKind};
pub use here::Keystore;
pub use list::{Imported, ListChecked, ListRead, MappedList};
pub use place::{Disk, Place, disk, place};
pub use table::{Kind, Role, Row, TABLE};
pub use tray::{FolderTray, MemoryTray, Tray};

use chrono::{DateTime, FixedOffset, NaiveDate};
use register::{At, NewStep, Reading, Register, StepId, UserId, Writing};
use serde::{Deserialize, Serialize};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, RwLock,
        atomic::{AtomicBool, AtomicU32, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread::JoinHandle,
    time::Duration,
};
use ts_rs::TS;

/// What the front gives the desk.
pub struct Front {
    /// The folder in which the registers live, unless they were moved from there.
    pub home: PathBuf,
    /// The clock, with the office's offset from UTC.
    pub clock: Box<dyn Fn() -> DateTime<FixedOffset> + Send + Sync>,
    /// The random source.
    pub random: Box<dyn vault::Random + Send + Sync>,
    /// Reads the font faces, once, when the first page is set.
    pub faces: Box<dyn Fn() -> std::io::Result<Vec<press::Face>> + Send + Sync>,
    /// Reads the file of the dictionary of postal codes, once, when the first code is asked.
    pub postal: Box<dyn Fn() -> std::io::Result<Vec<u8>> + Send + Sync>,
    /// The tray.
    pub tray: Arc<dyn Tray>,
    /// What is known of the disk under a folder; [`disk`] asks the system.
    pub disk: Box<dyn Fn(&Path) -> Disk + Send + Sync>,
    /// Where the system keeps secrets; `None` for a front that asks for the 合言葉 always.
    pub keystore: Option<Box<dyn Keystore>>,
    /// What one guess at a new passphrase costs.
    pub cost: vault::Cost,
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Progress {
    /// Done so far.
    pub done: u32,
    /// Of so many.
    pub total: u32,
}

/// How a command tells its progress and hears that it should stop.
pub struct Job<'a> {
    /// Called as work goes on.
    pub progress: &'a (dyn Fn(Progress) + Sync),
    /// Set by the front when the user stops the job.
    pub cancelled: &'a AtomicBool,
}

impl Job<'_> {
    /// Fails when the user stopped the job.
    fn goes_on(&self) -> Result<(), Fault> {
        match self.cancelled.load(Ordering::Relaxed) {
            true => Err(Fault::new(FaultKind::Cancelled, "stopped")),
            false => Ok(()),
        }
    }

    /// Tells progress; fails when the user stopped the job.
    fn at(&self, done: usize, total: usize) -> Result<(), Fault> {
        self.goes_on()?;
        (self.progress)(Progress { done: done as u32, total: total as u32 });
        Ok(())
    }
}

/// Room in reserve is taken only while more than so many bytes are free.
const AMPLE: u64 = 64 << 20;

/// The application without its window.
pub struct Desk {
    front: Front,
    /// The folder in which the registers live: the front's, or where they were moved.
    home: RwLock<PathBuf>,
    random: Mutex<Box<dyn vault::Random + Send + Sync>>,
    fonts: OnceLock<press::Fonts>,
    /// The dictionary of postal codes, once somebody asked for it.
    postal: Mutex<Option<postal::Read>>,
    open: RwLock<Option<Arc<Open>>>,
    /// Doors open and close alone; everything else runs side by side.
    door: RwLock<()>,
    /// How often in a row somebody's 合言葉 was wrong.
    failed: AtomicU32,
    /// It was locked since the program started: this PC's own key opens it no more.
    locked: AtomicBool,
    /// Who goes first: whoever waits for an answer, then a backup.
    turns: turns::Turns,
    /// The list read last, so that checking it does not read it again.
    list: Mutex<Option<list::Held>>,
    /// The papers made last, until they are kept in the ledger.
    papers: Mutex<Option<dispatch::Held>>,
    /// The newsletter that was printed last for a dispatch.
    issue_paper: Mutex<Option<dispatch::IssuePaper>>,
}

/// An open register.
struct Open {
    register: Arc<Register>,
    keys: vault::KeyFile,
    opened: Arc<vault::Opened>,
    /// The thread that reads all texts into the search after opening.
    texts: Mutex<Option<JoinHandle<Result<(), register::Fault>>>>,
    /// What it waits for: whoever opens the register wants to see something first.
    begin: Mutex<Option<Sender<Begin>>>,
    keeping: Arc<backup::Keeping>,
    /// Photographs as they were printed last; they go when the register is locked.
    darkroom: press::Darkroom,
}

impl Open {
    /// Right after opening the texts are still being read; whoever needs the notes, or needs the register for
    /// themselves, waits for that once.
    fn wait_for_texts(&self) -> Result<(), Fault> {
        self.begin_texts(Begin::Now);
        match self.texts.lock().unwrap_or_else(|e| e.into_inner()).take() {
            Some(reading) => Ok(reading
                .join()
                .map_err(|_| Fault::new(FaultKind::Bug, "bug").with("detail", "texts"))??),
            None => Ok(()),
        }
    }
}

/// When the texts are to be read.
enum Begin {
    /// When what was answered is painted: on two cores, reading a million notes would keep the first rows from it.
    Soon,
    /// Somebody waits for them.
    Now,
}

/// So long after an answer it is painted.
const PAINTED: Duration = Duration::from_millis(500);

impl Begin {
    /// Returns when the texts are to be read: whether they still are.
    fn wait(told: &Receiver<Begin>) -> bool {
        match told.recv() {
            Ok(Begin::Now) => true,
            Ok(Begin::Soon) => loop {
                match told.recv_timeout(PAINTED) {
                    Ok(Begin::Soon) => {}
                    Ok(Begin::Now) | Err(RecvTimeoutError::Timeout) => return true,
                    Err(RecvTimeoutError::Disconnected) => return false,
                }
            },
            // Closed before anything was asked.
            Err(_) => false,
        }
    }
}

impl Open {
    /// Lets the texts be read.
    fn begin_texts(&self, begin: Begin) {
        if let Some(reading) = &*hold(&self.begin) {
            // A thread that ended has read them.
            let _ = reading.send(begin);
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // What fails here costs disk space, not data: the next opening does it again.
        let _ = self.register.rest();
    }
}

/// One call of one command.
struct Call<'a> {
    desk: &'a Desk,
    name: &'static str,
    job: &'a Job<'a>,
    now: DateTime<FixedOffset>,
}

impl Desk {
    /// A desk with nothing open.
    pub fn new(mut front: Front) -> Desk {
        let home = moving::home(&front);
        restore::settle(&home);
        let random = std::mem::replace(&mut front.random, Box::new(vault::SystemRandom));
        Desk {
            front,
            home: RwLock::new(home),
            random: Mutex::new(random),
            fonts: OnceLock::new(),
            postal: Mutex::default(),
            open: RwLock::default(),
            door: RwLock::default(),
            failed: AtomicU32::default(),
            locked: AtomicBool::default(),
            turns: turns::Turns::default(),
            list: Mutex::default(),
            papers: Mutex::default(),
            issue_paper: Mutex::default(),
        }
    }

    /// Runs a command: JSON in, JSON out. Never panics; a command that fails has changed nothing.
    ///
    /// # Errors
    /// The command's fault. `no_such_command` for a name that is not in the table.
    pub fn run(&self, name: &str, input: &str, job: &Job<'_>) -> Result<String, Fault> {
        let row = TABLE
            .iter()
            .find(|row| row.name == name)
            .ok_or_else(|| Fault::new(FaultKind::Bug, "no_such_command").with("name", name))?;
        let alone = matches!(row.kind, Kind::Door | Kind::Erase)
            .then(|| self.door.write().unwrap_or_else(|e| e.into_inner()));
        let _aside = alone.is_none().then(|| self.door.read().unwrap_or_else(|e| e.into_inner()));
        let _first = matches!(row.kind, Kind::Read | Kind::Write | Kind::Step | Kind::Reach)
            .then(|| self.turns.somebody_waits());
        let call = Call { desk: self, name: row.name, job, now: (self.front.clock)() };
        let run = || {
            catch_unwind(AssertUnwindSafe(|| {
                call.may(row.role)?;
                if row.writes() && call.open()?.register.is_read_only() {
                    return Err(register::Fault::ReadOnly.into());
                }
                let answer = (row.run)(&call, input)?;
                if row.kind == Kind::Reach {
                    call.note_reach()?;
                }
                Ok(answer)
            }))
            .unwrap_or_else(|_| Err(Fault::new(FaultKind::Bug, "bug").with("detail", name)))
        };
        let mut answer = run();
        if let Some(open) = self.opened() {
            // What failed has changed nothing, so it can be tried again with the room that was kept in reserve.
            let full = matches!(&answer, Err(fault) if fault.code == "disk_full");
            if full && open.register.release_reserve() {
                answer = run();
            }
            if answer.is_ok() && matches!(row.kind, Kind::Write | Kind::WriteJob | Kind::Step | Kind::Erase) {
                open.keeping.changed(call.now);
            }
            if row.role != Role::Nobody {
                open.begin_texts(Begin::Soon);
            }
        }
        if row.kind == Kind::Door || row.role == Role::Owner {
            wipe_stack();
        }
        answer
    }

    /// Work for a quiet moment; the front calls it when nothing happened for two seconds.
    pub fn rest(&self) {
        if let Some(open) = self.opened() {
            // What fails here is tried again at the next quiet moment.
            let _ = open.register.rest();
            if !open.register.is_read_only()
                && (self.front.disk)(&self.home()).free.is_none_or(|free| free > AMPLE)
            {
                let _ = open.register.reserve();
            }
        }
    }

    /// The tray.
    pub fn tray(&self) -> &Arc<dyn Tray> {
        &self.front.tray
    }

    /// The open register; for tests that look behind the door.
    pub fn register(&self) -> Option<Arc<Register>> {
        self.opened().map(|open| Arc::clone(&open.register))
    }

    fn home(&self) -> PathBuf {
        self.home.read().unwrap_or_else(|e| e.into_inner()).clone()
    }

    fn go_to(&self, home: PathBuf) {
        *self.home.write().unwrap_or_else(|e| e.into_inner()) = home;
    }

    fn opened(&self) -> Option<Arc<Open>> {
        self.open.read().unwrap_or_else(|e| e.into_inner()).clone()
    }

    fn fonts(&self) -> Result<&press::Fonts, Fault> {
        if let Some(fonts) = self.fonts.get() {
            return Ok(fonts);
        }
        let fonts = press::Fonts::new((self.front.faces)()?)?;
        Ok(self.fonts.get_or_init(|| fonts))
    }

    /// Puts a register in place of the one that is open, and begins to read its texts.
    fn put(&self, open: Option<Open>) -> Result<(), Fault> {
        if let Some(open) = &open {
            let (register, key) =
                (Arc::clone(&open.register), open.opened.register_key().sqlcipher_literal());
            let (begin, told) = mpsc::channel();
            let thread =
                std::thread::Builder::new().name("texts".into()).spawn(move || match Begin::wait(&told) {
                    true => register.read_texts(&key),
                    false => Ok(()),
                })?;
            *hold(&open.texts) = Some(thread);
            *hold(&open.begin) = Some(begin);
        }
        let closed =
            std::mem::replace(&mut *self.open.write().unwrap_or_else(|e| e.into_inner()), open.map(Arc::new));
        // Its files are let go when nobody holds them any more, the thread that reads its texts included.
        if let Some(closed) = closed {
            hold(&closed.begin).take();
            if let Some(thread) = hold(&closed.texts).take() {
                let _ = thread.join();
            }
        }
        self.let_list_go();
        Ok(())
    }

    /// Lets go of the list that was read last, and of the papers that were made last.
    fn let_list_go(&self) {
        *hold(&self.list) = None;
        *hold(&self.papers) = None;
        *hold(&self.issue_paper) = None;
    }
}

impl Desk {
    /// Puts other keys in place of those of the open register, which stays open.
    fn renew(&self, keys: vault::KeyFile, opened: Arc<vault::Opened>) {
        let mut slot = self.open.write().unwrap_or_else(|e| e.into_inner());
        if let Some(open) = slot.take() {
            let texts = Mutex::new(hold(&open.texts).take());
            let begin = Mutex::new(hold(&open.begin).take());
            let keeping = Arc::clone(&open.keeping);
            // The next backup carries the new key file.
            keeping.changed((self.front.clock)());
            *slot = Some(Arc::new(Open {
                register: Arc::clone(&open.register),
                keys,
                opened,
                texts,
                begin,
                keeping,
                darkroom: press::Darkroom::default(),
            }));
        }
    }
}

/// Writes over the stack that the command used: keys pass through it by value, and what is left there would outlast
/// the lock.
#[inline(never)]
fn wipe_stack() {
    let mut below = [0_u8; 256 << 10];
    std::hint::black_box(&mut below);
}

impl Drop for Desk {
    fn drop(&mut self) {
        // Closes the register and waits for its threads; a failure leaves only the log for the next opening.
        let _ = self.put(None);
    }
}

impl Call<'_> {
    fn may(&self, role: Role) -> Result<(), Fault> {
        let holds = match role {
            Role::Nobody => return Ok(()),
            Role::Staff => None,
            Role::Owner => Some(vault::Role::Owner),
        };
        let open = self.open()?;
        match holds.is_none_or(|role| open.opened.role() == role) {
            true => Ok(()),
            false => Err(Fault::new(FaultKind::Refused, "owner_only")),
        }
    }

    /// Tells progress from within a write; stopping it rolls the write back.
    fn told(&self, done: usize, total: usize) -> Result<(), register::Fault> {
        self.job.at(done, total).map_err(|_| register::Fault::Stopped)
    }

    fn open(&self) -> Result<Arc<Open>, Fault> {
        self.desk.opened().ok_or_else(|| Fault::new(FaultKind::Locked, "locked"))
    }

    fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    fn read<T>(&self, question: impl FnOnce(&Reading<'_>) -> Result<T, register::Fault>) -> Result<T, Fault> {
        Ok(self.open()?.register.read(question)?)
    }

    fn random(&self) -> MutexGuard<'_, Box<dyn vault::Random + Send + Sync>> {
        self.desk.random.lock().unwrap_or_else(|e| e.into_inner())
    }

    fn write<T>(
        &self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, register::Fault>,
    ) -> Result<T, Fault> {
        Ok(self.write_step(work)?.0)
    }

    /// One step of the journal, called by the command's name; none when nothing changed.
    fn write_step<T>(
        &self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, register::Fault>,
    ) -> Result<(T, Option<StepId>), Fault> {
        let open = self.open()?;
        Ok(open.register.write(self.new_step(&open), work)?)
    }

    /// As [`Call::write`], for what saves by itself while somebody types: a minute of it is one step.
    fn write_typing<T>(
        &self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, register::Fault>,
    ) -> Result<T, Fault> {
        let open = self.open()?;
        let new = NewStep { typing: open.keeping.may_join(), ..self.new_step(&open) };
        Ok(open.register.write(new, work)?.0)
    }

    /// This command, by whoever opened the register, now.
    fn new_step(&self, open: &Open) -> NewStep<'static> {
        self.new_step_by(&open.opened)
    }

    fn new_step_by(&self, opened: &vault::Opened) -> NewStep<'static> {
        NewStep {
            label: self.name,
            user: UserId(opened.user().0.into()),
            at: At(self.now.timestamp_millis()),
            typing: false,
        }
    }

    /// Writes down that something was made that reaches people: once in ten minutes, because a page that is being
    /// written is made anew with every pause of the pen.
    fn note_reach(&self) -> Result<(), Fault> {
        let open = self.open()?;
        let new = self.new_step(&open);
        let since = At(new.at.0 - 600_000);
        if !open.register.read(|reading| reading.noted_since(new.user, new.label, since))? {
            self.note_out(&register::Noted::default())?;
        }
        Ok(())
    }

    /// Writes down that something goes out. Where nothing can be written it goes out all the same: a register that can
    /// only be looked at can still be printed.
    fn note_out(&self, noted: &register::Noted) -> Result<(), Fault> {
        let open = self.open()?;
        match open.register.is_read_only() {
            true => Ok(()),
            false => Ok(open.register.note(self.new_step(&open), noted)?),
        }
    }
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic leaves what these locks guard whole.
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
