//! The one door: a name and an input go in, an answer or a fault comes out; progress is told on the way.

use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use desk::{Desk, Job, Progress};
use serde::Serialize;
use serde_json::json;
use tauri::ipc::{Channel, JavaScriptChannelId};
use tauri::{AppHandle, Manager, State, Webview};
use zeroize::Zeroizing;

use crate::files::{Chosen, Files};

/// The page draws no faster than this, so progress is told no oftener.
const BETWEEN_PROGRESS: Duration = Duration::from_millis(50);

/// When nothing was asked for so long, the desk may tidy up.
const QUIET: Duration = Duration::from_secs(2);

/// So often the desk looks whether a backup is due, busy or not.
const WATCH: Duration = Duration::from_secs(60);

/// The desk, and the jobs that are under way, by the number the page gave them.
pub struct Door {
    desk: Arc<Desk>,
    jobs: Mutex<HashMap<u32, Arc<AtomicBool>>>,
    answered: Sender<()>,
    opening: Mutex<Option<JoinHandle<()>>>,
}

impl Door {
    /// A door to a desk, and a thread that lets the desk rest in quiet moments.
    pub fn new(desk: Desk) -> io::Result<Door> {
        let desk = Arc::new(desk);
        let (answered, answers) = mpsc::channel();
        let resting = desk.clone();
        thread::Builder::new().name("rest".into()).spawn(move || {
            while answers.recv().is_ok() {
                while answers.recv_timeout(QUIET).is_ok() {}
                resting.rest();
            }
        })?;
        let keeping = desk.clone();
        thread::Builder::new().name("keep".into()).spawn(move || {
            loop {
                thread::sleep(WATCH);
                keeping.keep();
            }
        })?;
        Ok(Door { desk, jobs: Mutex::default(), answered, opening: Mutex::default() })
    }

    /// Opens the sample company's register on a thread of its own, while the window comes up.
    pub fn open_sample(&self) -> io::Result<()> {
        let desk = self.desk.clone();
        let opening = thread::Builder::new().name("sample".into()).spawn(move || {
            let job = Job { progress: &|_| (), cancelled: &AtomicBool::new(false) };
            // The page asks once more when it is not open, and tells why.
            let _ = desk.run("start_sample", "{}", &job);
        })?;
        *self.opening.lock().unwrap_or_else(PoisonError::into_inner) = Some(opening);
        Ok(())
    }

    /// Called when the window is gone: jobs stop, and the register is locked so that its log is folded in.
    pub fn close(&self) {
        for cancelled in self.jobs().values() {
            cancelled.store(true, Ordering::Relaxed);
        }
        self.lock();
    }

    /// Locks the register, whatever the page does.
    pub fn lock(&self) {
        let job = Job { progress: &|_| (), cancelled: &AtomicBool::new(false) };
        // What fails is a backup; the register is closed all the same.
        let _ = self.desk.run("lock", "{}", &job);
    }

    /// Whether a company's register is open; the sample has nothing to lock.
    pub fn holds_a_company(&self) -> bool {
        let job = Job { progress: &|_| (), cancelled: &AtomicBool::new(false) };
        let state = self.desk.run("state", "{}", &job).ok();
        let state = state.and_then(|state| serde_json::from_str::<desk::State>(&state).ok());
        state.is_some_and(|state| state.open && !state.sample)
    }

    fn answer(
        &self,
        name: &str,
        input: &str,
        job: Option<u32>,
        channel: Option<Channel<Progress>>,
    ) -> String {
        let cancelled = Arc::new(AtomicBool::new(false));
        if let Some(job) = job {
            self.jobs().insert(job, cancelled.clone());
        }
        let told = Mutex::new(None::<Instant>);
        let progress = |progress: Progress| {
            let Some(channel) = &channel else { return };
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            let last = progress.done >= progress.total;
            if last || told.is_none_or(|at| at.elapsed() >= BETWEEN_PROGRESS) {
                *told = Some(Instant::now());
                // A page that has gone away needs no progress.
                let _ = channel.send(progress);
            }
        };
        let answer = self.desk.run(name, input, &Job { progress: &progress, cancelled: &cancelled });
        // Without its thread the desk does not rest, which costs disk space only.
        let _ = self.answered.send(());
        if let Some(job) = job {
            self.jobs().remove(&job);
        }
        match answer {
            // The desk's answer is JSON already; it is not read and written again on its way.
            Ok(answer) => format!(r#"{{"ok":{answer}}}"#),
            Err(fault) => json!({ "fault": fault }).to_string(),
        }
    }

    fn jobs(&self) -> MutexGuard<'_, HashMap<u32, Arc<AtomicBool>>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How the program was started.
#[derive(Serialize)]
pub struct Launch {
    /// Started with `--sample`: the page opens the sample company at once.
    sample: bool,
    /// Started by opening a backup: the page offers to restore it, once.
    backup: Option<Chosen>,
}

/// Whether the program was started with `--sample`.
pub fn is_sample() -> bool {
    std::env::args().skip(1).any(|argument| argument == "--sample")
}

/// Tells the page how the program was started, once the sample company's register is open if that was asked for.
#[tauri::command]
pub async fn launch(app: AppHandle) -> Result<Launch, String> {
    aside(move || {
        let opening = app.state::<Door>().opening.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(opening) = opening {
            // What became of it the page sees by asking.
            let _ = opening.join();
        }
        Launch { sample: is_sample(), backup: app.state::<Files>().take_opened() }
    })
    .await
}

/// Runs a command of the desk on a thread of its own: `{"ok":…}` or `{"fault":…}`, as JSON text.
#[tauri::command]
pub async fn run(
    app: AppHandle,
    webview: Webview,
    name: String,
    input: String,
    job: Option<u32>,
    progress: Option<JavaScriptChannelId>,
) -> Result<String, String> {
    let channel = progress.map(|id| id.channel_on(webview));
    // A 合言葉 may stand in it. The copies that the webview and its channel made before are theirs.
    let input = Zeroizing::new(input);
    aside(move || app.state::<Door>().answer(&name, &input, job, channel)).await
}

/// Asks a job to stop. It answers by itself, with what it kept; a job that has ended is not missed.
#[tauri::command]
pub fn cancel(door: State<'_, Door>, job: u32) {
    if let Some(cancelled) = door.jobs().get(&job) {
        cancelled.store(true, Ordering::Relaxed);
    }
}

/// Does slow work off the window's thread.
pub async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    tauri::async_runtime::spawn_blocking(work).await.map_err(|error| error.to_string())
}
