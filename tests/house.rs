//! What the house promises about itself, read from the sources and from cargo: licences, no network, and who may
//! know what.

mod bill;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The systems that offices run.
const SYSTEMS: [&str; 2] = ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-gnu"];

/// Permissive, or (MPL) binding only for their own files. `blessing` is SQLite's, a public-domain notice.
const ALLOWED: [&str; 19] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "Unicode-3.0",
    "Unlicense",
    "WTFPL",
    "Zlib",
    "blessing",
];

/// Clients, servers and the sockets under them. `http` is not among them: it is types only, Tauri's page
/// addresses are written in it. `tokio` is not either: without `mio` it has timers and threads, no sockets. Nor are
/// `dbus` and `gio`: they reach the desktop's own message bus, a socket in the file system whose address the desktop
/// gives, for the keystore and the word of a sleep. (A bus over TCP is one that the owner of the account set up.)
const NETWORK: [&str; 29] = [
    "actix-web",
    "async-io",
    "async-std",
    "attohttpc",
    "axum",
    "curl",
    "h2",
    "h3",
    "hickory-proto",
    "hickory-resolver",
    "hyper",
    "hyper-util",
    "isahc",
    "lettre",
    "minreq",
    "mio",
    "native-tls",
    "openssl",
    "quinn",
    "reqwest",
    "rustls",
    "socket2",
    "surf",
    "tiny_http",
    "tokio-tungstenite",
    "trust-dns-proto",
    "trust-dns-resolver",
    "tungstenite",
    "ureq",
];

#[test]
fn every_rust_package_has_a_licence_we_may_use() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(is_allowed))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert!(packages.len() > 100, "cargo lists the packages");
    assert_eq!(refused, [""; 0]);
}

#[test]
fn every_npm_package_has_a_licence_we_may_use_and_runs_nothing_when_installed() {
    let lock = json("ui/package-lock.json");
    let packages = lock["packages"].as_object().unwrap();
    assert!(packages.len() > 10, "the lock lists the packages");
    for (name, package) in packages {
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(is_allowed(licence), "{name}: {licence}");
        assert!(package["hasInstallScript"] != true, "{name} wants to run a script when installed");
        assert!(package.get("resolved").is_none(), "{name}: the lock says where it was fetched from");
    }
}

#[test]
fn a_licence_expression_is_read_as_it_is_meant() {
    for allowed in [
        "MIT",
        "MIT/Apache-2.0",
        "Apache-2.0 / MIT",
        "MIT OR GPL-3.0",
        "MIT AND OFL-1.1",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "GPL-2.0 AND MIT OR Zlib",
    ] {
        assert!(is_allowed(allowed), "{allowed}");
    }
    for refused in
        ["", "GPL-3.0", "MIT AND GPL-3.0", "(GPL-3.0 OR AGPL-3.0) AND MIT", "SEE LICENSE IN x", "none"]
    {
        assert!(!is_allowed(refused), "{refused}");
    }
}

#[test]
fn no_network_client_or_server_is_in_the_program() {
    for system in SYSTEMS {
        let shipped = shipped(&["-p", "enishi", "--target", system]);
        assert!(shipped.contains("tauri") && shipped.contains("register"), "cargo lists the packages");
        let found: Vec<&str> = NETWORK.into_iter().filter(|name| shipped.contains(*name)).collect();
        assert_eq!(found, [""; 0], "on {system}");
    }
    for (file, text) in sources(&["src-tauri"], &["rs"]) {
        for socket in ["TcpStream", "TcpListener", "UdpSocket", "UnixStream"] {
            assert!(!text.contains(socket), "{} opens a socket", file.display());
        }
    }
}

/// The top level is the customer's, with what Cargo, make and git want to find there, and what they make.
#[test]
fn nothing_else_lies_at_the_top() {
    let fixed = ["Cargo.toml", "src-tauri", "ui", "icons", "tests", "README.md"];
    let tools = ["Cargo.lock", "LICENSE", "Makefile", "rustfmt.toml", "target"];
    let found = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let strange: Vec<String> = found
        .filter(|name| !name.starts_with('.') && ![&fixed[..], &tools].concat().contains(&name.as_str()))
        .collect();
    assert_eq!(strange, [""; 0]);
}

#[test]
fn only_the_shell_knows_tauri() {
    for package in ["desk", "register", "vault", "intake", "press"] {
        let found: Vec<String> = shipped(&["-p", package])
            .into_iter()
            .filter(|name| name.contains("tauri") || name == "wry")
            .collect();
        assert_eq!(found, [""; 0], "in {package}");
    }
}

#[test]
fn register_and_press_do_not_know_each_other() {
    assert!(!shipped(&["-p", "register"]).contains("press"));
    assert!(!shipped(&["-p", "press"]).contains("register"));
}

#[test]
fn only_the_register_speaks_sql() {
    let metadata = metadata();
    for package in
        metadata["packages"].as_array().unwrap().iter().filter(|package| package["source"].is_null())
    {
        let dependencies = package["dependencies"].as_array().unwrap();
        let speaks = dependencies.iter().any(|it| it["name"] == "rusqlite" && it["kind"] != "dev");
        assert_eq!(speaks, package["name"] == "register", "{}", package["name"]);
    }
    for (file, text) in sources(&["src-tauri", "ui/src"], &["rs", "ts", "svelte"]) {
        if file.starts_with(root().join("src-tauri/crates/register")) {
            continue;
        }
        for sql in ["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "PRAGMA "] {
            assert!(!text.contains(sql), "{} holds SQL: {sql}", file.display());
        }
    }
}

#[test]
fn nobody_below_the_front_reads_the_clock_or_the_environment() {
    let rooms = ["desk", "register", "vault", "intake", "press"];
    for (file, text) in sources(&rooms.map(|room| format!("src-tauri/crates/{room}/src")), &["rs"]) {
        // The headless front is one too, though it lives in the desk's package.
        if file.ends_with("src/main.rs") || file.components().any(|part| part.as_os_str() == "bin") {
            continue;
        }
        for reading in ["SystemTime::now", "Utc::now", "Local::now", "env::var", "env::args"] {
            assert!(!text.contains(reading), "{}: {reading}", file.display());
        }
    }
}

#[test]
fn the_page_mentions_tauri_in_one_file() {
    let mut files = sources(&["ui/src"], &["ts", "svelte", "js"]);
    assert!(!files.is_empty());
    files.retain(|(_, text)| text.contains("@tauri-apps"));
    let files: Vec<PathBuf> = files.into_iter().map(|(file, _)| file).collect();
    assert!(files.len() <= 1, "{files:?}");
}

#[test]
fn the_page_may_load_and_reach_only_what_is_its_own() {
    let config = json("src-tauri/tauri.conf.json");
    let security = &config["app"]["security"];
    let policy = security["csp"].as_str().unwrap();
    assert!(policy.starts_with("default-src 'none';"));
    let allowed = ["'none'", "'self'", "page:", "http://page.localhost", "ipc:", "http://ipc.localhost"];
    for source in policy.split(';').flat_map(|directive| directive.split_whitespace().skip(1)) {
        assert!(allowed.contains(&source), "{source}");
    }
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(config["app"]["withGlobalTauri"], false);
    for unset in ["devCsp", "assetProtocol", "dangerousDisableAssetCspModification", "headers"] {
        assert!(security[unset].is_null(), "{unset}");
    }
    assert!(config["build"]["devUrl"].is_null() && config["plugins"].is_null());
    // No other file lays anything over it, on any system.
    let beside = fs::read_dir(root().join("src-tauri")).unwrap();
    let beside = beside.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let beside: Vec<String> = beside.filter(|name| name.to_lowercase().starts_with("tauri.")).collect();
    assert_eq!(beside, ["tauri.conf.json"]);
}

#[test]
fn what_is_shipped_keeps_nothing_of_the_page_and_lets_no_driver_in() {
    let window = fs::read_to_string(root().join("src-tauri/src/window.rs")).unwrap();
    assert!(window.contains(".incognito(!is_driven())"));
    let driven = window.split("fn is_driven() -> bool {").nth(1).and_then(|rest| rest.split('}').next());
    let door = r#"cfg!(any(debug_assertions, feature = "driven")) && "#;
    assert!(driven.unwrap().trim_start().starts_with(door), "{driven:?}");
    assert!(window.contains(".devtools(cfg!(debug_assertions))"));
    // The feature is nobody's default: only who asks for it by name has it, and that is the measurements.
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let enishi = packages.iter().find(|package| package["name"] == "enishi").unwrap();
    assert_eq!(enishi["features"], serde_json::json!({ "driven": [] }));
    assert!(json("src-tauri/tauri.conf.json")["build"]["features"].is_null());
    let make = fs::read_to_string(root().join("Makefile")).unwrap();
    let asking: Vec<&str> = make.lines().filter(|line| line.contains("driven")).collect();
    assert!(matches!(asking[..], [line] if line.contains("--bin bench")), "{asking:?}");
}

#[test]
fn the_page_may_call_our_own_commands_and_hear_events_and_no_more() {
    let capability = json("src-tauri/capabilities/main.json");
    for permission in capability["permissions"].as_array().unwrap() {
        let name = permission.as_str().unwrap();
        let own = name.starts_with("allow-") && !name.contains(':');
        let hears = ["core:event:allow-listen", "core:event:allow-unlisten"].contains(&name);
        assert!(own || hears, "{name}");
    }
    assert!(capability["remote"].is_null());
    let all = fs::read_dir(root().join("src-tauri/capabilities")).unwrap();
    let all: Vec<_> = all.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(all, ["main.json"]);
}

/// Whether some choice that the expression leaves us is on the list. `/` is the old way to write `OR`.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = &words[..];
    any(&mut rest) && rest.is_empty()
}

fn any(rest: &mut &[&str]) -> bool {
    let mut allowed = all(rest);
    while let ["OR", after @ ..] = *rest {
        *rest = after;
        allowed |= all(rest);
    }
    allowed
}

fn all(rest: &mut &[&str]) -> bool {
    let mut allowed = one(rest);
    while let ["AND", after @ ..] = *rest {
        *rest = after;
        allowed &= one(rest);
    }
    allowed
}

fn one(rest: &mut &[&str]) -> bool {
    match *rest {
        ["(", after @ ..] => {
            *rest = after;
            let allowed = any(rest);
            let [")", after @ ..] = *rest else { return false };
            *rest = after;
            allowed
        }
        [licence, "WITH", exception, after @ ..] => {
            *rest = after;
            ALLOWED.contains(&format!("{licence} WITH {exception}").as_str())
        }
        [licence, after @ ..] => {
            *rest = after;
            ALLOWED.contains(licence)
        }
        [] => false,
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn json(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(root().join(path)).unwrap()).unwrap()
}

/// Every package that is built on the systems offices run, with what building and testing needs.
fn metadata() -> Value {
    let mut arguments = vec!["metadata", "--format-version", "1"];
    arguments.extend(SYSTEMS.iter().flat_map(|system| ["--filter-platform", system]));
    serde_json::from_str(&cargo(&arguments)).unwrap()
}

/// The names of the packages that end up in the program: no build scripts, no tests.
fn shipped(of: &[&str]) -> BTreeSet<String> {
    let tree = cargo(&[&["tree", "-e", "normal", "--prefix", "none", "--format", "{p}"], of].concat());
    tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The text of our own files with these endings, below these folders.
fn sources(folders: &[impl AsRef<Path>], endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|it| ending == *it)) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found
}
