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
