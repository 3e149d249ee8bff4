//! Two fronts to one desk, asked alike.

use desk::{Desk, FolderTray, Front, Job};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Lines, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

/// The moment at which every test's clock stands.
pub const NOW: &str = "2026-11-20T10:42:00+09:00";

/// Where the fonts lie after `make setup`.
pub fn fonts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/node_modules/@expo-google-fonts")
}

/// Where the dictionary of postal codes lies after `make setup`.
pub fn postal() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target/postal/postal.zip")
}

/// A JPEG by its form: 40 × 30 dots, nothing of a picture, and what a camera wrote into it.
pub const JPEG: &[u8] = b"\xff\xd8\xff\xe1\0\x06Exif\xff\xc0\0\x11\x08\0\x1e\0\x28\x03\x01\x11\0\x02\x11\0\x03\x11\0\xff\xda\0\x02dots\xff\xd9";

/// A way to ask the desk.
pub trait Ask {
    /// The answer, or the fault.
    fn ask(&mut self, name: &str, input: Value) -> Result<Value, Value>;

    /// The answer; a fault fails the test.
    fn ok(&mut self, name: &str, input: Value) -> Value {
        self.ask(name, input.clone()).unwrap_or_else(|fault| panic!("{name} {input}: {fault}"))
    }

    /// The code of the fault; an answer fails the test.
    fn fault(&mut self, name: &str, input: Value) -> String {
        let answer = self.ask(name, input.clone());
        answer.expect_err(&format!("{name} {input} should be refused"))["code"].as_str().unwrap().to_owned()
    }
}

/// xorshift64*, for tests that must be able to repeat themselves.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % sides
    }
}

struct Seeded(Dice);

impl vault::Random for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), vault::Fault> {
        bytes.iter_mut().for_each(|byte| *byte = self.0.roll(256) as u8);
        Ok(())
    }
}

/// The desk within this process.
pub struct Within {
    pub desk: Desk,
    seconds: Arc<AtomicI64>,
    pub asked: BTreeSet<String>,
}

impl Within {
    pub fn new(home: &Path, out: &Path) -> Within {
        Within::with_tray(home, Arc::new(FolderTray { out: out.to_owned() }))
    }

    pub fn with_tray(home: &Path, tray: Arc<dyn desk::Tray>) -> Within {
        Within::on(home, tray, None)
    }

    /// On a PC whose system keeps secrets.
    pub fn on(home: &Path, tray: Arc<dyn desk::Tray>, keystore: Option<Box<dyn desk::Keystore>>) -> Within {
        let now: chrono::DateTime<chrono::FixedOffset> = NOW.parse().unwrap();
        let seconds = Arc::new(AtomicI64::new(0));
        let passed = Arc::clone(&seconds);
        let desk = Desk::new(Front {
            home: home.to_owned(),
            clock: Box::new(move || now + chrono::TimeDelta::seconds(passed.load(Ordering::Relaxed))),
            random: Box::new(Seeded(Dice(7))),
            faces: Box::new(|| desk::faces(&fonts())),
            postal: Box::new(|| std::fs::read(postal())),
            tray,
            disk: Box::new(|_| desk::Disk::default()),
            keystore,
            cost: vault::Cost { memory_kib: 64, passes: 1, lanes: 1 },
        });
        Within { desk, seconds, asked: BTreeSet::new() }
    }

    /// Puts the clock so many seconds after [`NOW`].
    pub fn later(&self, seconds: i64) {
        self.seconds.store(seconds, Ordering::Relaxed);
    }
}

impl Ask for Within {
    fn ask(&mut self, name: &str, input: Value) -> Result<Value, Value> {
        self.asked.insert(name.to_owned());
        let go = AtomicBool::new(false);
        let job = Job { progress: &|_| {}, cancelled: &go };
        match self.desk.run(name, &input.to_string(), &job) {
            Ok(answer) => Ok(serde_json::from_str(&answer).unwrap()),
            Err(fault) => Err(serde_json::to_value(fault).unwrap()),
        }
    }
}

/// The headless desk, a process of its own.
pub struct Headless {
    process: Child,
    requests: Option<ChildStdin>,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Headless {
    pub fn new(home: &Path, out: &Path, more: &[&str]) -> Headless {
        Headless::under(Command::new(env!("CARGO_BIN_EXE_desk")), home, out, more)
    }

    /// Started by another program, that watches or confines it.
    pub fn under(mut command: Command, home: &Path, out: &Path, more: &[&str]) -> Headless {
        let mut process = command
            .args(["--now", NOW, "--seed", "7", "--register"])
            .arg(home)
            .arg("--out")
            .arg(out)
            .arg("--fonts")
            .arg(fonts())
            .arg("--postal")
            .arg(postal())
            .args(more)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let requests = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().unwrap()).lines();
        Headless { process, requests, answers }
    }

    /// Sends a request without waiting for its answer.
    pub fn send(&mut self, name: &str, input: Value) {
        let line = format!("{}\n", json!({ "name": name, "input": input }));
        self.requests.as_mut().unwrap().write_all(line.as_bytes()).unwrap();
    }

    /// The next answer; none when the process has ended.
    pub fn answer(&mut self) -> Option<Value> {
        let line = self.answers.next()?.ok()?;
        // A process that was killed may have written half a line.
        serde_json::from_str(&line).ok()
    }

    /// The number of its process.
    #[allow(dead_code, reason = "asked for in tests/faults and where Linux tells of a process's memory")]
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    #[allow(dead_code, reason = "what kills it stands in tests/faults")]
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
    }
}

impl Drop for Headless {
    fn drop(&mut self) {
        self.requests = None;
        self.process.wait().unwrap();
    }
}

impl Ask for Headless {
    fn ask(&mut self, name: &str, input: Value) -> Result<Value, Value> {
        self.send(name, input);
        let answer = self.answer().expect("the headless desk answers");
        match answer.get("fault") {
            Some(fault) => Err(fault.clone()),
            None => Ok(answer["ok"].clone()),
        }
    }
}

/// An empty folder that goes away with the test.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}
