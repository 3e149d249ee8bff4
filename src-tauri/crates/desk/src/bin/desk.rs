//! The desk without a window: one JSON request a line in, one answer a line out. Tests, measurements and office
//! scripts use it.

use chrono::{DateTime, FixedOffset, Local};
use std::{
    io::{Read, Write},
    path::PathBuf,
    sync::{Arc, atomic::AtomicBool},
};
use zeroize::Zeroizing;

const USAGE: &str = "\
desk commands                     every command, one a line, with its types
desk [options]                    one request a line, {\"name\":…,\"input\":…}; one answer a line

  --register DIR                  the folder in which the registers live (default: .)
  --passphrase-file F             opens the company's register with the first line of F
  --sample                        opens the sample company's register
  --fonts DIR                     the folder with the font files
  --postal FILE                   the dictionary of postal codes
  --out DIR                       where PDFs and other files are written (default: .)
  --now T                         stops the clock at T (2026-11-20T10:42:00+09:00)
  --seed N                        for tests: numbers drawn from N instead of at random, and quick passphrases
";

/// xorshift64*: for tests only, where the same seed must give the same register.
struct Seeded(u64);

impl vault::Random for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), vault::Fault> {
        for byte in bytes {
            self.0 ^= self.0 >> 12;
            self.0 ^= self.0 << 25;
            self.0 ^= self.0 >> 27;
            *byte = (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 56) as u8;
        }
        Ok(())
    }
}

fn main() -> std::process::ExitCode {
    match run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("desk: {why}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (mut home, mut out, mut fonts) = (PathBuf::from("."), PathBuf::from("."), PathBuf::from("."));
    let mut postal = PathBuf::new();
    let (mut passphrase, mut sample, mut now, mut seed) = (None, false, None, None);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} needs a value\n\n{USAGE}"));
        match arg.as_str() {
            "commands" => {
                for row in desk::TABLE {
                    let (name, input, output) = (row.name, row.input, row.output);
                    writeln!(
                        std::io::stdout(),
                        "{name} {input} -> {output} ({:?}, {:?})",
                        row.role,
                        row.kind
                    )?;
                }
                return Ok(());
            }
            "--register" => home = value()?.into(),
            "--out" => out = value()?.into(),
            "--postal" => postal = value()?.into(),
            "--fonts" => fonts = value()?.into(),
            "--passphrase-file" => {
                let text = Zeroizing::new(std::fs::read_to_string(value()?)?);
                passphrase = text.lines().next().map(|line| Zeroizing::new(line.to_owned()));
            }
            "--sample" => sample = true,
            "--now" => now = Some(DateTime::parse_from_rfc3339(&value()?)?),
            "--seed" => seed = Some(value()?.parse::<u64>()?),
            _ => return Err(format!("{arg} is not an option\n\n{USAGE}").into()),
        }
    }
    let clock: Box<dyn Fn() -> DateTime<FixedOffset> + Send + Sync> = match now {
        Some(now) => Box::new(move || now),
        None => Box::new(|| Local::now().fixed_offset()),
    };
    let random: Box<dyn vault::Random + Send + Sync> = match seed {
        Some(seed) => Box::new(Seeded(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)),
        None => Box::new(vault::SystemRandom),
    };
    // Release builds refuse the quick cost for a company, so a real register is never made with it.
    let quick = vault::Cost { memory_kib: 64, passes: 1, lanes: 1 };
    let front = desk::Front {
        home,
        clock,
        random,
        faces: Box::new(move || desk::faces(&fonts)),
        postal: Box::new(move || std::fs::read(&postal)),
        tray: Arc::new(desk::FolderTray { out }),
        disk: Box::new(|folder| desk::disk(folder, &[])),
        keystore: None,
        cost: if seed.is_some() && cfg!(debug_assertions) { quick } else { vault::Cost::OFFICE },
    };
    let desk = desk::Desk::new(front);
    let go = AtomicBool::new(false);
    let job = desk::Job { progress: &|_| {}, cancelled: &go };
    let door = match &passphrase {
        Some(passphrase) => {
            let typed = Zeroizing::new(serde_json::to_string(passphrase.as_str())?);
            Some(("unlock", Zeroizing::new(["{\"passphrase\":", &typed, "}"].concat())))
        }
        None if sample => Some(("start_sample", Zeroizing::new("{}".to_owned()))),
        None => None,
    };
    if let Some((name, input)) = door {
        desk.run(name, &input, &job).map_err(|fault| fault.code)?;
    }
    let mut answers = std::io::stdout().lock();
    let mut lines = Lines { read: Zeroizing::new(Vec::new()) };
    while let Some(line) = lines.next(&mut std::io::stdin().lock())? {
        if line.trim().is_empty() {
            continue;
        }
        let answer = serde_json::from_str::<Request<'_>>(&line)
            .map_err(|error| {
                desk::Fault::new(desk::FaultKind::Invalid, "wrong_form").with("detail", error.to_string())
            })
            .and_then(|request| desk.run(request.name, request.input.get(), &job));
        match answer.map(Zeroizing::new) {
            Ok(ok) => writeln!(answers, "{{\"ok\":{}}}", *ok)?,
            Err(fault) => writeln!(answers, "{{\"fault\":{}}}", serde_json::to_string(&fault)?)?,
        }
        answers.flush()?;
    }
    Ok(())
}

#[derive(serde::Deserialize)]
struct Request<'a> {
    name: &'a str,
    #[serde(borrow)]
    input: &'a serde_json::value::RawValue,
}

/// Lines that are wiped when they were read: a 合言葉 may stand in one.
struct Lines {
    read: Zeroizing<Vec<u8>>,
}

impl Lines {
    /// The next line; none at the end.
    fn next(&mut self, from: &mut impl Read) -> std::io::Result<Option<Zeroizing<String>>> {
        loop {
            if let Some(end) = self.read.iter().position(|&byte| byte == b'\n') {
                let line = String::from_utf8(self.read[..end].to_vec()).map_err(std::io::Error::other)?;
                self.read = Zeroizing::new(self.read[end + 1..].to_vec());
                return Ok(Some(Zeroizing::new(line)));
            }
            // So large a piece goes past the buffer of standard input, which nobody wipes.
            let mut piece = Zeroizing::new(vec![0; 64 << 10]);
            let length = from.read(&mut piece)?;
            if length == 0 && self.read.is_empty() {
                return Ok(None);
            }
            // A vector that grows would leave a copy behind.
            let end: &[u8] = if length == 0 { b"\n" } else { &piece[..length] };
            self.read = Zeroizing::new([&self.read[..], end].concat());
        }
    }
}
