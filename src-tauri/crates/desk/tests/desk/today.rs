//! 今日: whom we spoke to in the month before, whose tie is fading, and what is not asked twice.

use crate::front::{Ask, Within, folder};
use serde_json::{Value, json};

#[test]
fn whom_we_spoke_to_last_month_is_counted_alike_before_and_after_a_lock_and_each_number_has_its_list() {
    let place = folder();
    let mut desk = Within::new(&place.path().join("home"), place.path());
    let passphrase = "さくら咲く頃に会う";
    desk.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": passphrase }));
    let person = desk.ok("add_person", json!({ "family": "佐藤" }));
    let other = desk.ok("add_person", json!({ "family": "鈴木" }));
    desk.ok("add_contact", json!({ "person": other, "kind": "call", "on_day": "2026-10-20" }));
    for (kind, day) in [
        ("visit", "2026-10-01"),
        ("call", "2026-10-31"),
        ("letter", "2026-10"),
        ("call", "2026-10-02"),
        ("newsletter", "2026-10-15"),
        ("sent", "2026-10-16"),
        ("call", "2026-09-30"),
        ("call", "2026-11-01"),
    ] {
        desk.ok("add_contact", json!({ "person": person, "kind": kind, "on_day": day }));
    }
    // Two calls with one person are one person.
    let counted = json!([[null, 2], ["call", 2], ["visit", 1], ["letter", 1]]);
    let told = |desk: &mut Within| {
        let today = desk.ok("today", json!({}));
        assert_eq!(today["last_month"], "2026-10");
        let spoken = today["last_month_spoken"].as_array().unwrap().clone();
        for number in &spoken {
            let list = desk.ok("people", json!({ "filter": number["filter"] }));
            assert_eq!(list["total"], number["people"], "{number}");
        }
        json!(spoken.iter().map(|number| [&number["kind"], &number["people"]]).collect::<Vec<_>>())
    };
    assert_eq!(told(&mut desk), counted);
    desk.ok("lock", json!({}));
    desk.ok("unlock", json!({ "passphrase": passphrase }));
    assert_eq!(told(&mut desk), counted, "read while the register was opened");
    desk.ok("add_contact", json!({ "person": person, "kind": "mail", "on_day": "2026-10-03" }));
    assert_eq!(told(&mut desk).as_array().unwrap().len(), 5, "what was counted is not told after a change");
}

/// A company, and one whom nobody has spoken to for two years.
fn with_a_fading_tie(place: &std::path::Path) -> (Within, Value) {
    let mut desk = Within::new(&place.join("home"), place);
    let company = json!({ "company": "青葉食品", "owner": "青葉", "passphrase": "さくら咲く頃に会う" });
    desk.ok("start_company", company);
    let person = desk.ok("add_person", json!({ "family": "佐藤" }));
    desk.ok("add_contact", json!({ "person": person, "kind": "call", "on_day": "2024-11-01" }));
    (desk, person)
}

/// How many are named on 今日: to be called, promised something, without 連絡担当, with an old address.
fn named(desk: &mut Within) -> [u64; 4] {
    let today = desk.ok("today", json!({}));
    ["waiting", "promised", "orphaned", "unconfirmed"].map(|list| today[list]["total"].as_u64().unwrap())
}

#[test]
fn a_telegram_and_a_newsletter_that_went_out_leave_a_fading_tie_as_it_is() {
    let place = folder();
    let (mut desk, person) = with_a_fading_tie(place.path());
    let row = |desk: &mut Within| desk.ok("people", json!({}))["rows"][0].clone();
    let before = (desk.ok("today", json!({}))["waiting"].clone(), row(&mut desk));
    assert_eq!((&before.0["total"], &before.1["tie"]), (&json!(1), &json!("soon")));
    for (kind, topic) in [("sent", "wedding"), ("newsletter", "none")] {
        let went_out =
            json!({ "person": person, "kind": kind, "topic": topic, "on_day": "2026-10-10", "gift": "祝電" });
        desk.ok("add_contact", went_out);
        assert_eq!((desk.ok("today", json!({}))["waiting"].clone(), row(&mut desk)), before, "{kind}");
    }
    assert_eq!(desk.ok("today", json!({}))["last_month_spoken"], json!([]));
    // 慶弔の記録 has it all the same; and an answer is a contact.
    assert_eq!(desk.ok("rites", json!({}))["total"], 1);
    desk.ok("add_contact", json!({ "person": person, "kind": "inbound", "on_day": "2026-10-12" }));
    assert_eq!((named(&mut desk)[0], row(&mut desk)["tie"].clone()), (0, json!("good")));
}

#[test]
fn what_was_answered_or_put_off_on_today_does_not_come_again() {
    const DAY: i64 = 24 * 60 * 60;
    let place = folder();
    let (mut desk, person) = with_a_fading_tie(place.path());
    assert_eq!(named(&mut desk), [1, 0, 0, 0]);
    // Put off by three weeks: silence until that week, then once, as a promise and not as a fading tie as well.
    desk.ok(
        "add_contact",
        json!({ "person": person, "kind": "call", "on_day": "2026-11-20", "next_on": "2026-12-11" }),
    );
    for (days, expected) in [(0, [0; 4]), (7, [0; 4]), (16, [0; 4]), (17, [0, 1, 0, 0]), (30, [0, 1, 0, 0])] {
        desk.later(days * DAY);
        assert_eq!(named(&mut desk), expected, "after {days} days");
    }
    // Kept: nothing for a year, also after a lock; then it is time again.
    desk.ok("add_contact", json!({ "person": person, "kind": "visit", "on_day": "2026-12-20" }));
    desk.ok("lock", json!({}));
    desk.ok("unlock", json!({ "passphrase": "さくら咲く頃に会う" }));
    for (days, expected) in [(30, [0; 4]), (300, [0; 4]), (394, [0; 4]), (395, [1, 0, 0, 0])] {
        desk.later(days * DAY);
        assert_eq!(named(&mut desk), expected, "after {days} days");
    }

    // An address that was confirmed and a tie that has a new keeper are asked about no more.
    desk.later(0);
    let by = desk.ok("add_colleague", json!({ "family": "大橋", "left_on": "2026-10-31" }));
    let heir = desk.ok("add_colleague", json!({ "family": "今村" }));
    desk.ok("change_person", json!({ "id": person, "changes": { "in_charge": by } }));
    let address = desk.ok("add_address", json!({ "person": person, "postal": "9800001", "best": true }));
    assert_eq!(named(&mut desk), [0, 0, 1, 1]);
    desk.ok("change_address", json!({ "id": address, "changes": { "confirmed_on": "2026-11-20" } }));
    desk.ok("hand_over", json!({ "from": by, "to": heir }));
    assert_eq!(named(&mut desk), [0; 4]);
}

#[test]
fn birthdays_of_the_next_two_weeks_are_told_of_those_who_agreed_to_something() {
    let place = folder();
    let (mut desk, _) = with_a_fading_tie(place.path());
    let mut born = |family: &str, day: &str, basis: &str| {
        let person = desk.ok("add_person", json!({ "family": family, "born_on": day }));
        if !basis.is_empty() {
            let consent = json!({ "person": person, "purpose": "newsletter", "channel": "post", "basis": basis, "state": "yes" });
            desk.ok("add_consent", consent);
        }
        person
    };
    born("今日", "1970-11-20", "consent");
    born("年を知らない", "--12-03", "requested");
    born("昨日", "1970-11-19", "consent");
    born("二週間後", "1970-12-04", "consent");
    born("同意がない", "1970-11-21", "notified");
    born("給与だけが知る", "1970-11-21", "");
    born("月まで", "1912-01", "consent");
    born("閏日", "1972-02-29", "consent");
    born("元日", "1980-01-01", "consent");
    born("三月", "1980-03-01", "consent");
    let stopped = born("連絡しない", "1970-11-21", "consent");
    desk.ok("change_person", json!({ "id": stopped, "changes": { "no_contact": true } }));
    let mut told = |days_later: i64| -> Vec<String> {
        desk.later(days_later * 86_400);
        let birthdays = desk.ok("today", json!({}))["birthdays"].clone();
        let told = |one: &Value| format!("{} {} {}", one["name"], one["on_day"], one["age"]).replace('"', "");
        birthdays.as_array().unwrap().iter().map(told).collect()
    };
    assert_eq!(told(0), ["今日 2026-11-20 56", "年を知らない 2026-12-03 null"]);
    // Across the end of the year.
    assert_eq!(told(30), ["元日 2027-01-01 47"]);
    // 2027 has no 29 February, 2028 has.
    assert_eq!(told(90), ["閏日 2027-02-28 55", "三月 2027-03-01 47"]);
    assert_eq!(told(90 + 365), ["閏日 2028-02-29 56", "三月 2028-03-01 48"]);
}
