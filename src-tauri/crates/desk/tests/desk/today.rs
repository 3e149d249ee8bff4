//! 今日: what is told of the month before.

use crate::front::{Ask, Within, folder};
use serde_json::json;

#[test]
fn last_months_contacts_are_counted_alike_before_and_after_a_lock() {
    let place = folder();
    let mut desk = Within::new(&place.path().join("home"), place.path());
    let passphrase = "さくら咲く頃に会う";
    desk.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": passphrase }));
    let person = desk.ok("add_person", json!({ "family": "佐藤" }));
    for (kind, day) in [
        ("visit", "2026-10-01"),
        ("call", "2026-10-31"),
        ("letter", "2026-10"),
        ("call", "2026-10-02"),
        ("newsletter", "2026-10-15"),
        ("call", "2026-09-30"),
        ("call", "2026-11-01"),
    ] {
        desk.ok("add_contact", json!({ "person": person, "kind": kind, "on_day": day }));
    }
    let counted = json!([
        { "kind": "call", "contacts": 2 }, { "kind": "visit", "contacts": 1 }, { "kind": "letter", "contacts": 1 }
    ]);
    let told = |desk: &mut Within| {
        let today = desk.ok("today", json!({}));
        assert_eq!(today["last_month"], "2026-10");
        today["last_month_contacts"].clone()
    };
    assert_eq!(told(&mut desk), counted);
    desk.ok("lock", json!({}));
    desk.ok("unlock", json!({ "passphrase": passphrase }));
    assert_eq!(told(&mut desk), counted, "read while the register was opened");
    desk.ok("add_contact", json!({ "person": person, "kind": "mail", "on_day": "2026-10-03" }));
    assert_eq!(told(&mut desk).as_array().unwrap().len(), 4, "what was counted is not told after a change");
}
