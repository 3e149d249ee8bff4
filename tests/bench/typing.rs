//! The driven window: from Enter to the first rows, from a key to the painted answer, and the memory of it all.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tests::driver::{self, ELEMENT, Session};
use tests::processes::{children, end_with_children, is_alive, until};

use crate::figures::{below, line, median_and};
use crate::office::PASSPHRASE;
use crate::programs::{Program, Screen, built, memory, surround};

/// What is typed into the search, letter by letter, and taken out again.
const TYPED: [(&str, &[&str]); 3] = [
    ("kana", &["さいとう まこと", "たかはし", "ﾜﾀﾅﾍﾞ"]),
    ("kanji", &["佐藤健一", "渡辺 製造部", "千葉美咲"]),
    ("romaji", &["saitou", "takahashi makoto", "ohno jun'ichi"]),
];
/// How often a program is opened with its 合言葉.
const OPENINGS: usize = 5;
/// What takes longer is looked at.
const SLOW: Duration = Duration::from_millis(50);
/// WebDriver's Enter and Backspace (W3C WebDriver, §17.4.2).
const ENTER: &str = "\u{E007}";
const BACKSPACE: &str = "\u{E003}";

/// Notes when a key goes down and when the last change that followed was painted, of all and of all but the notes
/// below the list: after a change comes a frame, and a task after the frame runs when it is painted. What was asked of
/// the desk meanwhile is noted as well.
const WATCH: &str = "
    let pressed = null, changed = null, painted = null, people = null, asked = [];
    const press = () => { pressed ??= performance.now() };
    addEventListener('keydown', press, true);
    addEventListener('beforeinput', press, true);
    const ofNotes = ({ target, addedNodes, removedNodes }) =>
        (target instanceof Element ? target : target.parentElement)?.closest('.notes') ||
        [...addedNodes, ...removedNodes].every((node) => !(node instanceof Element) || node.matches('.notes'));
    new MutationObserver((changes) => {
        changed = performance.now();
        const whole = !changes.every(ofNotes);
        requestAnimationFrame(() => {
            const after = new MessageChannel();
            after.port1.onmessage = () => {
                painted = performance.now();
                if (whole) people = painted;
            };
            after.port2.postMessage(null);
        });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    const { fetch } = window;
    window.fetch = (...call) => {
        const begun = performance.now();
        const name = String(call[1]?.body).slice(9, 30);
        return fetch(...call).finally(() => {
            asked.push([name, Math.round(begun - pressed), Math.round(performance.now() - pressed)]);
        });
    };
    window.answered = async (there, quiet) => {
        const patience = performance.now() + 20000;
        for (;;) {
            await new Promise((done) => setTimeout(done, 10));
            const now = performance.now();
            const rest = changed !== null && painted >= changed && now - painted > quiet;
            if (rest && (!there || document.querySelector(there))) break;
            if (changed === null && pressed !== null && now - pressed > 1000) break;
            if (now > patience) throw new Error('nothing was painted');
        }
        // A frame of the key before may come late: what it says is not of this one.
        const after = (time) => (time === null || time < pressed ? null : time - pressed);
        const took = changed === null ? null : { all: after(painted), people: after(people), asked };
        pressed = changed = painted = people = null;
        asked = [];
        return took;
    };";

/// Backups one after the other, as the program makes them by itself, until they are enough.
const BACK_UP: &str = "
    window.enough = false;
    window.made = 0;
    (async () => {
        while (!window.enough) {
            await window.__TAURI_INTERNALS__.invoke('run', { name: 'back_up', input: '{}' });
            window.made += 1;
        }
    })();";

/// From the last key to the page beside the pen, set and painted anew.
const PAGE: &str = "
    const seen = () => document.querySelector('aside img');
    const before = seen().src;
    const field = document.activeElement;
    const begun = performance.now();
    field.setRangeText('縁', field.value.length, field.value.length, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const is_new = () => seen() && seen().src !== before && seen().complete && seen().naturalWidth > 0 && !seen().matches('.old');
    while (!is_new()) await new Promise((done) => requestAnimationFrame(done));
    const frame = new MessageChannel();
    await new Promise((done) => {
        frame.port1.onmessage = done;
        requestAnimationFrame(() => frame.port2.postMessage(null));
    });
    return performance.now() - begun;";
/// How long the pen must rest before the page is set (`draft.svelte.ts`).
const PAUSE_MS: f64 = 400.0;

/// Measures the page beside the pen on the sample's newsletter, for the company's folder below `home`.
pub fn measure_page(home: &Path) {
    let [enishi, _] = built(&["--sample"]);
    let window = Driven::start(&enishi, home);
    for button in ["会報", "第12号"] {
        window.find("button", button).post("click", json!({}));
    }
    window.wait_for("aside img:not(.old)");
    window.find("field", "本文 1").post("click", json!({}));
    let mut times: Vec<Duration> = (0..30)
        .map(|_| {
            let took = window.script(PAGE, json!([])).as_f64().expect("a span of time");
            Duration::from_secs_f64((took - PAUSE_MS).max(0.0) / 1e3)
        })
        .collect();
    line(
        "window: from the end of a pause in typing to the painted page of the newsletter",
        &format!("{} of {}", median_and(&mut times, 0.95), times.len()),
        "",
        None,
        "≤ 300 ms",
    );
}

/// Measures the memory on a register in `home` that holds so many people and no notes.
pub fn measure_memory(home: &Path, people: usize) {
    let [enishi, bare] = built(&[]);
    let bare = memory_of_bare(&bare, home);
    let window = Driven::start(&enishi, home);
    window.unlock();
    line_of_memory(&format!("{people} people without notes, opened"), window.memory_at_rest(), bare);
}

fn memory_of_bare(bare: &Program, home: &Path) -> (f64, f64) {
    let window = Driven::start(bare, home);
    window.wait_for("h1");
    window.memory_at_rest()
}

fn line_of_memory(when: &str, ours: (f64, f64), bare: (f64, f64)) {
    line(
        &format!("memory (PSS) of all processes, {when}"),
        &format!("{:.0} MB (program {:.0} MB)", ours.0, ours.1),
        &format!("the bare window: {:.0} MB (program {:.0} MB)", bare.0, bare.1),
        Some(ours.0 / bare.0),
        "≤ 1.3",
    );
}

/// Measures on the company's register in `home`, of so many people with ten notes each.
pub fn measure(home: &Path, people: usize) {
    let [enishi, bare] = built(&[]);
    let bare_memory = memory_of_bare(&bare, home);
    let mut openings: Vec<Duration> = (1..OPENINGS).map(|_| Driven::start(&enishi, home).unlock()).collect();
    let window = Driven::start(&enishi, home);
    openings.push(window.unlock());
    line(
        &format!("合言葉, from Enter to the painted rows of 今日, {people} people"),
        &median_and(&mut openings, 1.0),
        "",
        None,
        "≤ 1000 ms",
    );
    let loaded = window.memory_at_rest();

    window.find("button", "退職者").post("click", json!({}));
    window.wait_for("#people [role=option] .name");
    let search = window.find("field", "探す");
    let mut all = Vec::new();
    for (script, words) in TYPED {
        let answers: Vec<Answered> = words.iter().flat_map(|word| search.type_and_clear(word)).collect();
        let mut rows: Vec<Duration> = answers.iter().filter_map(|answer| answer.people).collect();
        let mut notes: Vec<Duration> = answers.iter().map(|answer| answer.all).collect();
        all.extend(notes.iter().copied());
        for (what, times) in [("people", &mut rows), ("people and their notes", &mut notes)] {
            line(
                &format!("key to painted {what}, {people} people, {script}"),
                &format!("{} of {}", median_and(times, 0.95), times.len()),
                "",
                None,
                "p95 ≤ 50 ms",
            );
        }
    }
    for at in 0..100 {
        let scroll = "document.querySelector('#people').scrollTop = arguments[0]; \
                      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";
        window.script(scroll, json!([at * people / 2]));
    }
    let used = window.memory_at_rest();
    for (when, memory) in [("opened", loaded), ("after typing and scrolling", used)] {
        line_of_memory(&format!("{people} people and their notes, {when}"), memory, bare_memory);
    }

    window.script(BACK_UP, json!([]));
    let words = || TYPED.iter().flat_map(|(_, words)| *words);
    let mut beside: Vec<Duration> =
        words().flat_map(|word| search.type_and_clear(word)).map(|answer| answer.all).collect();
    let made = window.script("window.enough = true; return window.made", json!([]));
    let idle = below(&mut all, 0.95);
    line(
        &format!("… all of them while backups are made one after the other ({made} meanwhile)"),
        &format!("{} of {}", median_and(&mut beside, 0.95), beside.len()),
        &format!("the same without: p95 {idle:.0} ms"),
        Some(below(&mut beside, 0.95) / idle),
        "p95 ≤ 1.5 and ≤ 60 ms",
    );
}

/// A program under the driver. Dropping it ends everything.
struct Driven {
    session: Session,
    driver: Child,
    // Ended last.
    _screen: Screen,
}

/// How long it took from a key until what follows was painted.
struct Answered {
    all: Duration,
    /// … all but the notes.
    people: Option<Duration>,
    /// What was asked of the desk: name, begin and end in milliseconds after the key.
    asked: String,
}

/// Something on the screen.
struct Found<'a> {
    window: &'a Driven,
    path: String,
}

impl Driven {
    fn start(program: &Program, home: &Path) -> Driven {
        let screen = Screen::new(home);
        let port = driver::free_port();
        let mut command = Command::new("WebKitWebDriver");
        surround(command.arg(format!("--port={port}")), home, &screen.display);
        let mut driver = command
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stderr(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver runs (Debian package webkit2gtk-driver)");
        let file = program.file.to_str().expect("a plain path");
        let session = until(|| driver::is_ready(port).then_some(()))
            .ok_or_else(|| "the driver does not answer".to_owned())
            .and_then(|()| Session::open(port, file, program.arguments));
        match session {
            Ok(session) => Driven { session, driver, _screen: screen },
            Err(error) => {
                end_with_children(&mut driver);
                panic!("the program did not start: {error}");
            }
        }
    }

    /// Types the 合言葉 and answers how long it takes from Enter until rows are painted and nothing follows them.
    fn unlock(&self) -> Duration {
        let field = self.find("field", "合言葉");
        field.type_in(PASSPHRASE);
        self.script(WATCH, json!([]));
        field.type_in(ENTER);
        let answered = self.answered("main .columns li").expect("rows");
        eprintln!("opened in {:.0} ms; asked {}", answered.all.as_secs_f64() * 1e3, answered.asked);
        answered.all
    }

    fn answered(&self, there: &str) -> Option<Answered> {
        let took = self.script("return window.answered(...arguments)", json!([there, 150]));
        let span = |what: &str| took[what].as_f64().map(|took| Duration::from_secs_f64(took / 1e3));
        Some(Answered { all: span("all")?, people: span("people"), asked: took["asked"].to_string() })
    }

    /// The memory of all processes and of the program alone, in MB, once what happens after opening is done.
    fn memory_at_rest(&self) -> (f64, f64) {
        let processes = children(self.driver.id());
        let all = || processes.iter().map(|&process| memory(process)).sum::<f64>();
        let mut before = all();
        loop {
            thread::sleep(Duration::from_secs(3));
            let now = all();
            if (now - before).abs() < 1.0 {
                return (now, memory(processes[0]));
            }
            before = now;
        }
    }

    fn script(&self, body: &str, arguments: Value) -> Value {
        let body = format!("return (async function () {{ {body}\n }}).apply(null, arguments)");
        let input = json!({ "script": body, "args": arguments });
        self.session.post("execute/sync", input).expect("a script that runs")
    }

    fn wait_for(&self, selector: &str) {
        let there = || self.script("return document.querySelector(arguments[0]) !== null", json!([selector]));
        until(|| (there() == true).then_some(())).unwrap_or_else(|| panic!("{selector} did not come"));
    }

    fn find(&self, role: &str, name: &str) -> Found<'_> {
        let look = || self.script(include_str!("../window/find.js"), json!([role, name]));
        let found = until(|| look()[0][ELEMENT].as_str().map(str::to_owned));
        let found = found.unwrap_or_else(|| {
            let seen = self.script(include_str!("../window/find.js"), json!([null, null]));
            panic!("the {role} \"{name}\" did not come; on the screen: {seen:#}")
        });
        Found { window: self, path: format!("element/{found}") }
    }
}

impl Drop for Driven {
    fn drop(&mut self) {
        let children = children(self.driver.id());
        let _ = self.session.close();
        // Asked to close, the program folds its log in before it goes.
        let _ = until(|| children.iter().all(|&child| !is_alive(child)).then_some(()));
        end_with_children(&mut self.driver);
    }
}

impl Found<'_> {
    fn post(&self, what: &str, input: Value) {
        self.window.session.post(&format!("{}/{what}", self.path), input).expect("a hand on the window");
    }

    fn type_in(&self, text: &str) {
        self.post("value", json!({ "text": text }));
    }

    /// Types a text letter by letter and takes it out again: the time of each key that changed what is shown.
    fn type_and_clear(&self, text: &str) -> Vec<Answered> {
        let letters = text.chars().map(String::from);
        let keys = letters.chain(text.chars().map(|_| BACKSPACE.to_owned()));
        keys.filter_map(|key| {
            self.type_in(&key);
            let answered = self.window.answered("")?;
            if answered.all > SLOW {
                eprintln!(
                    "{text} {key:?}: {:.0} ms; asked {}",
                    answered.all.as_secs_f64() * 1e3,
                    answered.asked
                );
            }
            Some(answered)
        })
        .collect()
    }
}
