//! The bill of materials: every part that is in the program, with its version and licence. The program shows it; it is
//! written from what cargo and npm say, and committed, so that a new part is seen when it comes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::{Value, json};

use crate::{SYSTEMS, cargo, json, metadata, root};

/// Where the page reads it.
const BILL: &str = "ui/src/gen/bill.json";

/// What lies inside another package and so is in no list: its name, the package, and its licence as its authors state it
/// (openssl.org, zetetic.net, sqlite.org; for the loader the licence of Microsoft's SDK).
const WITHIN: [(&str, &str, &str); 4] = [
    ("OpenSSL", "openssl-src", "Apache-2.0"),
    ("SQLCipher", "sqlcipher-src", "BSD-3-Clause"),
    ("SQLite", "sqlcipher-src", "blessing"),
    ("WebView2Loader.dll", "webview2-com-sys", "BSD-3-Clause"),
];

#[test]
fn every_part_of_the_program_stands_in_its_bill() {
    let bill = bill();
    for (kind, at_least) in [("rust", 300), ("page", 2), ("font", 4), ("data", 1)] {
        let parts = bill[kind].as_array().unwrap();
        assert!(parts.len() >= at_least, "{kind}: {}", parts.len());
        for part in parts {
            assert!(part.as_array().unwrap().iter().all(|word| word != ""), "{part} says all of itself");
        }
    }
    // One part a line: a change is read in the difference.
    let lines = bill.as_object().unwrap().iter().map(|(kind, parts)| {
        let parts: Vec<String> = parts.as_array().unwrap().iter().map(Value::to_string).collect();
        format!("\"{kind}\": [\n{}\n]", parts.join(",\n"))
    });
    let text = format!("{{\n{}\n}}\n", lines.collect::<Vec<_>>().join(",\n"));
    let path = root().join(BILL);
    if fs::read_to_string(&path).unwrap_or_default() != text {
        fs::write(&path, text).unwrap();
        panic!("{BILL} was not true any more and has been written anew: look at what changed, and commit it");
    }
}

/// Every part by its kind: name, version, licence.
fn bill() -> Value {
    json!({ "rust": rust(), "page": page(), "font": fonts(), "data": postal() })
}

fn rust() -> Vec<[String; 3]> {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let word = |package: &Value, field: &str| package[field].as_str().unwrap_or_default().to_owned();
    let licences: BTreeMap<[String; 2], String> = packages
        .iter()
        .map(|it| ([word(it, "name"), word(it, "version")], word(it, "license").replace('/', " OR ")))
        .collect();
    let mut shipped = BTreeSet::new();
    for (system, package) in SYSTEMS.into_iter().flat_map(|system| [(system, "enishi"), (system, "desk")]) {
        let arguments = [
            "tree", "-e", "normal", "--prefix", "none", "--format", "{p}", "--target", system, "-p", package,
        ];
        for line in cargo(&arguments).lines() {
            // `name v1.2.3 (…)`
            let mut words = line.split(' ');
            let (Some(name), Some(version)) = (words.next(), words.next()) else { continue };
            shipped.insert([name.to_owned(), version.trim_start_matches('v').to_owned()]);
        }
    }
    let mut parts: Vec<[String; 3]> = shipped
        .into_iter()
        .map(|id| {
            let licence = licences[&id].clone();
            let [name, version] = id;
            [name, version, licence]
        })
        .collect();
    for (name, within, licence) in WITHIN {
        let mut versions = licences.keys().filter(|[package, _]| package == within);
        let [_, version] = versions.next().unwrap_or_else(|| panic!("{within} is not there any more"));
        parts.push([name.into(), format!("{within} {version}"), licence.into()]);
    }
    // The language's own library is in every program, and in no list.
    parts.push(["Rust".into(), env!("CARGO_PKG_RUST_VERSION").into(), "MIT OR Apache-2.0".into()]);
    parts.sort_by_key(|part| part[0].to_lowercase());
    parts
}

/// Svelte, Tauri's half in the page, and what they are made of.
fn page() -> Vec<[String; 3]> {
    let lock = json("ui/package-lock.json");
    let package = json("ui/package.json");
    let mut wanted: Vec<String> = package["dependencies"].as_object().unwrap().keys().cloned().collect();
    wanted.push("svelte".into());
    let mut parts = BTreeSet::new();
    while let Some(name) = wanted.pop() {
        let found = &lock["packages"][format!("node_modules/{name}")];
        if parts.insert([name, text(found, "version"), text(found, "license")]) {
            let needs = found["dependencies"].as_object().into_iter().flatten();
            wanted.extend(needs.map(|(name, _)| name.clone()));
        }
    }
    parts.into_iter().collect()
}

/// The packages of the typefaces that are laid beside the program.
fn fonts() -> Vec<[String; 3]> {
    let (lock, config) = (json("ui/package-lock.json"), json("src-tauri/tauri.conf.json"));
    let from = config["bundle"]["resources"].as_object().unwrap().keys();
    let names: BTreeSet<String> = from
        .filter_map(|path| path.split_once("node_modules/"))
        .map(|(_, path)| path.splitn(3, '/').take(2).collect::<Vec<_>>().join("/"))
        .collect();
    let part = |name: String| {
        let found = &lock["packages"][format!("node_modules/{name}")];
        [name, text(found, "version"), text(found, "license")]
    };
    names.into_iter().map(part).collect()
}

/// The dictionary of postal codes, as its package is pinned.
fn postal() -> Vec<[String; 3]> {
    let pinned = fs::read_to_string(root().join(".ci/postal.txt")).unwrap();
    let line = pinned.lines().find_map(|line| line.split_once("==")).unwrap();
    let version = line.1.split(' ').next().unwrap();
    vec![[line.0.into(), version.into(), "MIT".into()]]
}

fn text(from: &Value, field: &str) -> String {
    from[field].as_str().unwrap_or_default().to_owned()
}
