//! One running Enishi: its screen, its driver, its folder, and hands and eyes for tests.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

use crate::frame;
use serde_json::{Value, json};
use tests::driver::{self, ELEMENT, Session};
use tests::processes::{children, end_with_children, is_alive, screen, until};

/// A program under test. Dropping it ends everything it started and removes its folder.
pub struct Enishi {
    running: Running,
    folder: PathBuf,
    arguments: Vec<String>,
    desktop: Desktop,
    /// The folder is another program's, which removes it.
    lent: bool,
}

/// What stands around the program.
#[derive(Clone, Copy, Default)]
struct Desktop {
    /// Its colours are dark.
    dark: bool,
    /// Letters go through a Japanese input method, uim with anthy; else they come as they are typed.
    input_method: bool,
    /// It has a message bus with a keystore, and whoever is logged in has opened it.
    keystore: bool,
    /// The folder for registers is one that is copied to the internet.
    synced: bool,
    /// Nothing can be written in the folder for registers.
    read_only: bool,
}

/// The processes of a program: its screen, its driver, and below that the program itself.
struct Running {
    session: Session,
    driver: Child,
    screen: Child,
    display: String,
    bus: Option<Bus>,
}

/// A message bus of the test's own, for the session and the system, and the keystore on it.
struct Bus {
    daemon: Child,
    keystore: Child,
    address: String,
}

/// Something found on the screen.
pub struct Element<'a> {
    enishi: &'a Enishi,
    reference: Value,
    /// Its role and name.
    sought: [String; 2],
}

/// Paints a dot anew until it is told to end.
const BREATHE: &str = "
    const dot = document.createElement('i');
    dot.ariaHidden = 'true';
    Object.assign(dot.style, { position: 'fixed', left: 0, top: 0, width: '1px', height: '1px', opacity: 0.01 });
    document.body.append(dot);
    const beat = setInterval(() => { dot.style.background = dot.style.background === 'white' ? 'black' : 'white' }, 40);
    window.breath = { end() { clearInterval(beat); dot.remove() } };";

impl Enishi {
    /// Starts the program with an empty register folder.
    pub fn start(arguments: &[&str]) -> Enishi {
        Enishi::start_on(arguments, false)
    }

    /// … on a desktop whose colours are dark, or light.
    pub fn start_on(arguments: &[&str], dark: bool) -> Enishi {
        Enishi::begin(arguments, Desktop { dark, ..Desktop::default() })
    }

    /// … on a desktop where Japanese is typed through an input method; see `stroke`.
    pub fn start_with_input_method(arguments: &[&str]) -> Enishi {
        Enishi::begin(arguments, Desktop { input_method: true, ..Desktop::default() })
    }

    /// … on a desktop with a message bus, and a keystore that is open.
    pub fn start_with_keystore(arguments: &[&str]) -> Enishi {
        Enishi::begin(arguments, Desktop { keystore: true, ..Desktop::default() })
    }

    /// … where the folder for registers is copied to the internet.
    pub fn start_synced(arguments: &[&str]) -> Enishi {
        Enishi::begin(arguments, Desktop { synced: true, ..Desktop::default() })
    }

    /// The address of the desktop's message bus.
    pub fn bus(&self) -> &str {
        &self.running.bus.as_ref().expect("a desktop with a bus").address
    }

    fn begin(arguments: &[&str], desktop: Desktop) -> Enishi {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("enishi-window-{}-{count}", process::id()));
        fs::create_dir_all(folder.join("home")).expect("a folder for the test");
        let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        let running = Running::start(&folder, &arguments, desktop);
        Enishi { running, folder, arguments, desktop, lent: false }
    }

    /// A second program on the folder of this one, as when somebody opens it twice.
    pub fn start_beside(&self) -> Enishi {
        let running = Running::start(&self.folder, &self.arguments, self.desktop);
        let (folder, arguments) = (self.folder.clone(), self.arguments.clone());
        Enishi { running, folder, arguments, desktop: self.desktop, lent: true }
    }

    /// Ends the program and starts it anew on the same folder.
    pub fn restart(&mut self) {
        self.restart_after(|| ());
    }

    /// … by opening a file, as the desktop does with one that belongs to the program.
    pub fn restart_with(&mut self, file: &Path) {
        self.arguments = vec![file.to_str().expect("a path of letters").to_owned()];
        self.restart();
    }

    /// Closes the window as its frame would, and waits until the program has ended.
    pub fn close_window(&self) {
        let running: Vec<u32> = children(self.running.driver.id());
        let window = self.xdotool(&["search", "--onlyvisible", "--name", "^Enishi$"]);
        let window = window.trim().parse().expect("one window");
        frame::ask_to_close(&self.running.display, window).expect("a screen that listens");
        let ended = until(|| running.iter().all(|&child| !is_alive(child)).then_some(()));
        ended.expect("the program ends when its window is closed");
    }

    /// … in a place where nothing can be written any more.
    pub fn restart_read_only(&mut self) {
        self.desktop.read_only = true;
        let home = self.folder.join("home");
        self.restart_after(|| allow(&home, "a-w"));
    }

    /// … where the folder for registers came to be copied to the internet meanwhile.
    pub fn restart_synced(&mut self) {
        self.desktop.synced = true;
        let (home, synced) = (self.folder.join("home"), self.folder.join("Dropbox"));
        self.restart_after(|| fs::rename(home, synced).expect("the folder for registers"));
    }

    /// Cuts the program off as a power cut does, has something done, and starts it anew on the same folder.
    pub fn restart_cut_off(&mut self, work: impl FnOnce()) {
        end_with_children(&mut self.running.driver);
        self.restart_after(work);
    }

    /// Ends the program, has something done while it does not run, and starts it anew on the same folder.
    pub fn restart_after(&mut self, work: impl FnOnce()) {
        self.running.end();
        work();
        self.running = Running::start(&self.folder, &self.arguments, self.desktop);
    }

    /// A folder of the test's own, for files that go in and come out.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the next file dialogs answer; `None` is "cancelled".
    pub fn dialogs_answer(&self, answers: &[Option<&Path>]) {
        let line = |answer: &Option<&Path>| answer.map(|path| path.display().to_string()).unwrap_or_default();
        let lines: String = answers.iter().map(|answer| line(answer) + "\n").collect();
        fs::write(self.folder.join("dialog"), lines).expect("the script of the dialogs");
    }

    /// Goes from the first screen to the form of a new company, みちのく食品 of 青木 洋子, and fills it in.
    pub fn fill_in_company(&self, passphrase: &str) {
        self.button("自分の会社で始める").click();
        self.field("会社名").type_in("みちのく食品");
        self.field("あなたの名前").type_in("青木 洋子");
        self.field("合言葉").type_in(passphrase);
        self.field("合言葉（もう一度）").type_in(passphrase);
    }

    /// Waits for the first screen, whatever it is called.
    pub fn ready(&self) {
        self.wait_for("a heading", || (!self.all("heading", "").is_empty()).then_some(()));
    }

    pub fn heading(&self, name: &str) -> Element<'_> {
        self.find("heading", name)
    }

    pub fn button(&self, name: &str) -> Element<'_> {
        self.find("button", name)
    }

    pub fn link(&self, name: &str) -> Element<'_> {
        self.find("link", name)
    }

    pub fn field(&self, name: &str) -> Element<'_> {
        self.find("field", name)
    }

    pub fn checkbox(&self, name: &str) -> Element<'_> {
        self.find("checkbox", name)
    }

    /// Waits until exactly one visible thing has this role and name (or, when none is called so, has `name` in
    /// its name); panics with all that is on the screen when that does not come. Roles: see `find.js`.
    pub fn find(&self, role: &str, name: &str) -> Element<'_> {
        let found =
            self.wait_for(&format!("one {role} \"{name}\""), || match self.all(role, name).as_slice() {
                [one] => Some(one.clone()),
                _ => None,
            });
        Element { enishi: self, reference: found, sought: [role, name].map(str::to_owned) }
    }

    /// The option of a choice whose words begin so.
    pub fn option(&self, choice: &str, words: &str) -> Element<'_> {
        let choice = self.find("choice", choice).reference;
        let found = self.wait_for(&format!("the option \"{words}\""), || {
            let fits = "return [...arguments[0].options].find((option) => option.textContent.trim().startsWith(arguments[1])) ?? null";
            Some(self.script(fits, &[choice.clone(), words.into()])).filter(Value::is_object)
        });
        Element { enishi: self, reference: found, sought: ["option", words].map(str::to_owned) }
    }

    /// Waits until nothing visible has this role and name.
    pub fn gone(&self, role: &str, name: &str) {
        self.wait_for(&format!("no {role} \"{name}\""), || self.all(role, name).is_empty().then_some(()));
    }

    /// Waits until the screen shows a text.
    pub fn text(&self, text: &str) {
        self.wait_for(&format!("the text \"{text}\""), || self.shown().contains(text).then_some(()));
    }

    /// All the text on the screen.
    pub fn shown(&self) -> String {
        self.script("return document.body.innerText", &[]).as_str().unwrap_or_default().to_owned()
    }

    /// Looks again and again until `look` sees what it wants; panics when that takes longer than a person waits.
    pub fn wait_for<T>(&self, what: &str, look: impl FnMut() -> Option<T>) -> T {
        until(look).unwrap_or_else(|| {
            self.picture("failed");
            let seen = self.script(include_str!("find.js"), &[Value::Null, Value::Null]);
            panic!("{what} did not come. On the screen: {seen:#}\n{}", self.shown());
        })
    }

    /// Presses a key where the keyboard is: a letter, or a name such as `Escape`, `Enter`, `Tab`, `ArrowDown`; with
    /// others held, as in `Ctrl+k`.
    pub fn press(&self, keys: &str) {
        // Code points of WebDriver's keys (W3C WebDriver, §17.4.2).
        let code = |key| match key {
            "Tab" => "\u{E004}",
            "Enter" => "\u{E007}",
            "Shift" => "\u{E008}",
            "Ctrl" => "\u{E009}",
            "Escape" => "\u{E00C}",
            "Home" => "\u{E011}",
            "F9" => "\u{E039}",
            "ArrowUp" => "\u{E013}",
            "ArrowRight" => "\u{E014}",
            "ArrowDown" => "\u{E015}",
            letter => letter,
        };
        let keys: Vec<&str> = keys.split('+').map(code).collect();
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
        self.act(json!({ "type": "key", "id": "keyboard", "actions": down.chain(up).collect::<Vec<_>>() }));
    }

    /// Types letters where the keyboard is.
    pub fn type_letters(&self, text: &str) {
        let stroke = |kind: &str, letter: char| json!({ "type": kind, "value": letter.to_string() });
        let strokes = text.chars().flat_map(|letter| [stroke("keyDown", letter), stroke("keyUp", letter)]);
        self.act(json!({ "type": "key", "id": "keyboard", "actions": strokes.collect::<Vec<_>>() }));
    }

    /// Moves the mouse to a point of the window, in dots, and clicks there.
    pub fn click_at(&self, x: i64, y: i64) {
        let moves = json!([
            { "type": "pointerMove", "x": x, "y": y },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerUp", "button": 0 },
        ]);
        self.act(json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": moves }));
    }

    /// What one device does (W3C WebDriver, §15.4).
    fn act(&self, device: Value) {
        self.running.session.post("actions", json!({ "actions": [device] })).expect("an action");
    }

    /// Where the keyboard is: role and name, and whether that is seen, as `find.js` tells.
    pub fn focus(&self) -> Value {
        self.script(include_str!("find.js"), &["keyboard".into(), Value::Null])
    }

    /// Strikes keys on the keyboard itself, so that an input method takes them: letters, or names that `xdotool` knows,
    /// such as `space`, `Return`, `BackSpace`.
    pub fn stroke(&self, keys: &[&str]) {
        // Without a desktop nobody gives the window the keyboard.
        if self.script("return document.hasFocus()", &[]) != true {
            self.xdotool(&["search", "--onlyvisible", "--name", "^Enishi$", "windowfocus"]);
            self.wait_for("the keyboard in the window", || {
                (self.script("return document.hasFocus()", &[]) == true).then_some(())
            });
        }
        self.xdotool(&[&["key"], keys].concat());
    }

    fn xdotool(&self, words: &[&str]) -> String {
        let done = Command::new("xdotool").env("DISPLAY", &self.running.display).args(words).output();
        let done = done.expect("xdotool runs (Debian package xdotool)");
        assert!(done.status.success(), "xdotool {words:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    /// Runs JavaScript in the page as the body of an async function; answers what it returns.
    pub fn script(&self, body: &str, arguments: &[Value]) -> Value {
        self.ask(body, arguments).expect("a script that runs")
    }

    fn ask(&self, body: &str, arguments: &[Value]) -> Result<Value, String> {
        // A script whose promise is awaited must hand its own `arguments` on.
        let body = format!("return (async function () {{ {body}\n }}).apply(null, arguments)");
        // At a lock the page is loaded anew; what falls into that moment is asked of the new one.
        let asked =
            || self.running.session.post("execute/sync", json!({ "script": body, "args": arguments }));
        let answer = until(|| match asked() {
            Err(error) if error.contains("before the unload event") => None,
            // What was found went while the driver took hold of it.
            Err(error) if error.contains("create the node handle") => None,
            answer => Some(answer),
        });
        answer.expect("a page")
    }

    /// Calls a command of the shell past the page; what it refuses comes as `{"refused": why}`.
    pub fn call(&self, command: &str, input: Value) -> Value {
        let body = "return window.__TAURI_INTERNALS__.invoke(...arguments).catch((why) => ({ refused: String(why) }))";
        self.script(body, &[command.into(), input])
    }

    /// Runs a command of the desk through the shell's door: `{"ok":…}` or `{"fault":…}`.
    pub fn answer(&self, name: &str, input: Value) -> Value {
        let answer = self.call("run", json!({ "name": name, "input": input.to_string() }));
        match answer.as_str() {
            Some(answer) => serde_json::from_str(answer).expect("the door answers in JSON"),
            None => panic!("{name}: {answer}"),
        }
    }

    /// Runs a command of the desk that must not fail.
    pub fn run(&self, name: &str, input: Value) -> Value {
        let mut answer = self.answer(name, input);
        assert!(answer.get("ok").is_some(), "{name}: {answer}");
        answer["ok"].take()
    }

    /// Gives the window another size, in dots, and waits until the page has it.
    pub fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height });
        self.running.session.post("window/rect", size).expect("a window of this size");
        self.wait_for("the page in its new size", || {
            (self.script("return [innerWidth, innerHeight]", &[]) == json!([width, height])).then_some(())
        });
    }

    /// Saves a picture of the window as `target/pictures/<name>.png`.
    pub fn picture(&self, name: &str) -> PathBuf {
        // What was just changed is painted by the second frame from now.
        self.script("await new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))", &[]);
        // WebKit's driver waits for the page to be painted once more, and a page painted by the processor is only when
        // something on it changes: one dot that nobody sees.
        self.script(BREATHE, &[]);
        let shot = self.running.session.get("screenshot").expect("a picture");
        self.script("window.breath.end()", &[]);
        let folder =
            Path::new(env!("CARGO_BIN_EXE_enishi")).ancestors().nth(2).expect("target/").join("pictures");
        fs::create_dir_all(&folder).expect("a folder for pictures");
        let path = folder.join(format!("{name}.png"));
        fs::write(&path, driver::from_base64(shot.as_str().expect("base64"))).expect("a written picture");
        path
    }

    /// Waits until a paper is saved; what can be read on it, without blanks.
    pub fn paper(&self, pdf: &Path) -> String {
        self.wait_for("a saved paper", || {
            fs::read(pdf).is_ok_and(|pdf| pdf.starts_with(b"%PDF")).then_some(())
        });
        let read = Command::new("pdftotext").arg(pdf).arg("-").output().expect("pdftotext runs");
        String::from_utf8_lossy(&read.stdout).split_whitespace().collect()
    }

    /// Waits until the paper beside the choices is drawn, and shows what was asked for.
    pub fn drawn(&self) {
        self.wait_for("the paper", || {
            let seen = self.script(
                "const image = document.querySelector('aside img'); return !!image && image.complete && image.naturalWidth > 0 && !image.classList.contains('old')",
                &[],
            );
            (seen == true).then_some(())
        });
    }

    fn all(&self, role: &str, name: &str) -> Vec<Value> {
        let found = self.script(include_str!("find.js"), &[role.into(), name.into()]);
        found.as_array().cloned().unwrap_or_default()
    }
}

impl Element<'_> {
    /// Clicks, as soon as it can be clicked and stands still: what is read above it may yet push it down.
    pub fn click(&self) {
        // Of one that has gone the click tells.
        let _ = self.enishi.ask(
            "const [element] = arguments;
             const place = () => JSON.stringify(element.getBoundingClientRect());
             for (let frame = 0, still = 0, before = ''; still < 3 && frame < 60; frame += 1) {
                 await new Promise(requestAnimationFrame);
                 const now = place();
                 still = now === before ? still + 1 : 0;
                 before = now;
             }",
            std::slice::from_ref(&self.reference),
        );
        let path = format!("{}/click", self.path());
        let mut refused = String::new();
        let clicked = until(|| match self.enishi.running.session.post(&path, json!({})) {
            Ok(_) => Some(()),
            // WebKit's driver takes what peeps out at an edge for seen, and does not scroll to its middle. What stays
            // covered is told in the end.
            Err(error) if error.contains("not interactable") || error.contains("intercepted") => {
                self.middle();
                refused = error;
                None
            }
            // The page put its like in its place.
            Err(error) if error.contains("stale element") => {
                let [role, name] = &self.sought;
                self.enishi.find(role, name).click();
                Some(())
            }
            Err(error) => panic!("{error}"),
        });
        clicked.unwrap_or_else(|| {
            self.enishi.picture("failed");
            panic!("{refused}")
        });
    }

    /// Types at the end of what is there.
    pub fn type_in(&self, text: &str) {
        self.post("value", json!({ "text": text }));
    }

    pub fn clear(&self) {
        self.post("clear", json!({}));
    }

    /// Brings the element into view, as the wheel would, and says where its middle is; `None` while something else
    /// lies over it.
    pub fn middle(&self) -> Option<(i64, i64)> {
        let seen = self.enishi.script(
            "const element = arguments[0];
             element.scrollIntoView({ block: 'nearest' });
             const box = element.getBoundingClientRect();
             const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
             const there = document.elementFromPoint(x, y);
             return there && (element.contains(there) || there.closest('label')?.control === element) ? [x, y] : null;",
            std::slice::from_ref(&self.reference),
        );
        Some((seen[0].as_i64()?, seen[1].as_i64()?))
    }

    /// What stands in a field.
    pub fn value(&self) -> String {
        self.property("value").as_str().unwrap_or_default().to_owned()
    }

    /// A property of the element as the page sees it, such as `checked` or `disabled`.
    pub fn property(&self, name: &str) -> Value {
        self.enishi.running.session.get(&format!("{}/property/{name}", self.path())).expect("a property")
    }

    fn post(&self, what: &str, body: Value) {
        let path = format!("{}/{what}", self.path());
        if let Err(error) = self.enishi.running.session.post(&path, body) {
            panic!("{error}");
        }
    }

    fn path(&self) -> String {
        format!("element/{}", self.reference[ELEMENT].as_str().expect("an element"))
    }
}

impl Drop for Enishi {
    fn drop(&mut self) {
        self.running.end();
        if self.desktop.read_only {
            allow(&self.folder, "u+w");
        }
        if !self.lent {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

impl Running {
    fn start(folder: &Path, arguments: &[String], desktop: Desktop) -> Running {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (screen, display) = screen(&[]);
        let bus = desktop.keystore.then(|| Bus::start(folder));
        // Nobody's desktop around the test is asked for anything.
        let address = bus.as_ref().map_or("unix:path=/nowhere", |bus| &bus.address);
        let port = driver::free_port();
        let driver =
            if desktop.read_only { bound("WebKitWebDriver") } else { Command::new("WebKitWebDriver") }
                .arg(format!("--port={port}"))
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .env("ENISHI_HOME", folder.join(if desktop.synced { "Dropbox" } else { "home" }))
                .env("ENISHI_DIALOG", folder.join("dialog"))
                // What the driven window keeps (it is not incognito then) stays in the test's folder.
                .env("XDG_DATA_HOME", folder.join("webkit"))
                .env("XDG_CACHE_HOME", folder.join("webkit"))
                .env("DISPLAY", &display)
                .env("GDK_BACKEND", "x11")
                .env("GTK_THEME", if desktop.dark { "Adwaita:dark" } else { "Adwaita" })
                .env("NO_AT_BRIDGE", "1")
                .env("DBUS_SESSION_BUS_ADDRESS", address)
                .env("DBUS_SYSTEM_BUS_ADDRESS", address)
                .env("GTK_IM_MODULE", if desktop.input_method { "uim" } else { "gtk-im-context-simple" })
                // Whoever uses this machine may have set and taught the input method otherwise.
                .env("LIBUIM_USER_SCM_FILE", concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/window/uim.scm"))
                .env("HOME", folder)
                .env("LANG", "C.UTF-8")
                .env_remove("WAYLAND_DISPLAY")
                .stdin(Stdio::null())
                .spawn()
                .expect("WebKitWebDriver runs (Debian package webkit2gtk-driver)");
        let session = match until(|| driver::is_ready(port).then_some(())) {
            Some(()) => Session::open(port, env!("CARGO_BIN_EXE_enishi"), &arguments),
            None => Err("the driver does not answer".to_owned()),
        };
        match session {
            Ok(session) => Running { session, driver, screen, display, bus },
            Err(error) => {
                drop(bus);
                end_with_children(&mut { driver });
                end_with_children(&mut { screen });
                panic!("the program did not start: {error}");
            }
        }
    }

    /// Asked to close, the program folds its log in before it goes; only then is the driver ended.
    fn end(&mut self) {
        let children = children(self.driver.id());
        let _ = self.session.close();
        let _ = until(|| children.iter().all(|&child| !is_alive(child)).then_some(()));
        end_with_children(&mut self.driver);
        end_with_children(&mut self.screen);
        self.bus = None;
    }
}

/// Says what may be done with a folder and all in it.
fn allow(folder: &Path, mode: &str) {
    let said = Command::new("chmod").args(["-R", mode]).arg(folder).status();
    assert!(said.is_ok_and(|said| said.success()), "chmod {mode}");
}

/// A command that is bound by what may be done with files: root is not, unless it goes without two of its powers.
fn bound(program: &str) -> Command {
    let root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let mut command = Command::new(if root { "setpriv" } else { program });
    if root {
        command.args(["--bounding-set=-dac_override,-dac_read_search", program]);
    }
    command
}

impl Bus {
    /// What the keystore keeps lies in the test's folder, as it would in a home.
    fn start(folder: &Path) -> Bus {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--print-address=1", "--nofork", "--nopidfile"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon runs (Debian package dbus)");
        let mut address = String::new();
        let output = daemon.stdout.take().expect("the bus's output");
        BufReader::new(output).read_line(&mut address).expect("the bus's address");
        let address = address.trim().to_owned();
        let run = folder.join("run");
        fs::create_dir_all(&run).expect("a folder for the keystore's socket");
        let mut keystore = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .env("DBUS_SESSION_BUS_ADDRESS", &address)
            .env("HOME", folder)
            .env("XDG_DATA_HOME", folder.join("keystore"))
            .env("XDG_RUNTIME_DIR", run)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon runs (Debian package gnome-keyring)");
        // The password of whoever is logged in.
        keystore.stdin.take().expect("its input").write_all(b"login").expect("a password that is read");
        Bus { daemon, keystore, address }
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        end_with_children(&mut self.keystore);
        end_with_children(&mut self.daemon);
    }
}
