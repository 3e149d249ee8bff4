//! The command table as the page sees it.

/// Written anew by this test when it is stale, so that the second run passes; CI has only the first.
#[test]
fn the_types_of_the_page_are_those_of_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/gen/desk.ts");
    let now = desk::typescript();
    let kept = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    if kept != now {
        std::fs::write(path, &now).unwrap();
    }
    assert!(kept == now, "ui/src/gen/desk.ts was stale; it has been written anew, commit it");
}

#[test]
fn every_command_has_one_name() {
    let mut names: Vec<_> = desk::TABLE.iter().map(|row| row.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), desk::TABLE.len());
}

#[test]
fn the_headless_desk_lists_every_command() {
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_desk")).arg("commands").output().unwrap();
    let listed = String::from_utf8(out.stdout).unwrap();
    let names: Vec<_> = listed.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(names, desk::TABLE.iter().map(|row| row.name).collect::<Vec<_>>());
}
