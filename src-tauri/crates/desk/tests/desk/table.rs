//! The command table as the page sees it.

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
