//! Whom one may write to: a basis for a whole list in one step, and what stands against it.

use crate::front::{Ask, Within};
use serde_json::{Value, json};

fn count(desk: &mut dyn Ask, filter: Value) -> Value {
    desk.ok("people", json!({ "filter": filter }))["total"].clone()
}

#[test]
fn a_whole_list_is_given_a_basis_and_what_was_decided_before_stands() {
    let folder = crate::front::folder();
    let desk = &mut Within::new(folder.path(), folder.path());
    let start = json!({ "company": "青葉食品", "owner": "青葉", "passphrase": "さくら咲く頃に会う" });
    desk.ok("start_company", start);
    let people: Vec<Value> =
        (0..8).map(|n| desk.ok("add_person", json!({ "family": "佐藤", "given": format!("{n}") }))).collect();
    let by_post = json!({ "purpose": "newsletter", "channel": "post" });
    let consent = |person: &Value, state: &str, basis: &str| json!({ "person": person, "purpose": "newsletter", "channel": "post", "state": state, "basis": basis });
    desk.ok("change_person", json!({ "id": people[0], "changes": { "deceased": true } }));
    desk.ok("change_person", json!({ "id": people[1], "changes": { "no_contact": true } }));
    desk.ok("add_consent", consent(&people[2], "withdrawn", "consent"));
    desk.ok("add_consent", consent(&people[3], "no", "none"));
    desk.ok("add_consent", consent(&people[4], "yes", "requested"));
    desk.ok("add_consent", consent(&people[5], "unknown", "none"));
    // Whoever died may have agreed before; whoever said no once said yes in another line.
    desk.ok("add_consent", consent(&people[0], "yes", "consent"));
    desk.ok("add_consent", consent(&people[3], "yes", "consent"));
    assert_eq!(count(desk, json!({ "may": by_post })), 1);
    assert_eq!(count(desk, json!({ "unasked": by_post })), 3);

    let give = |channel: &str, basis: &str, evidence: &str| {
        json!({
            "selection": { "query": {} }, "purposes": ["newsletter"], "channel": channel, "basis": basis,
            "on_day": "2016-04-01", "evidence": evidence,
        })
    };
    let none = json!({ "selection": {}, "purposes": [], "channel": "post", "basis": "consent", "on_day": null, "evidence": "葉書" });
    assert_eq!(desk.fault("give_basis", none), "purpose_missing");
    assert_eq!(desk.fault("give_basis", give("post", "none", "葉書")), "basis_missing");
    assert_eq!(desk.fault("give_basis", give("post", "notified", "　")), "evidence_missing");
    assert_eq!(desk.fault("give_basis", give("mail", "notified", "毎年の年賀状")), "mail_needs_consent");
    assert_eq!(count(desk, json!({ "may": by_post })), 1);

    let given = desk.ok("give_basis", give("post", "notified", "平成28年から郵送"));
    assert_eq!(given, json!({ "given": 3, "standing": 3, "closed": 2 }));
    assert_eq!(count(desk, json!({ "may": by_post })), 4);
    assert_eq!(count(desk, json!({ "unasked": by_post })), 0);
    // Twice changes nothing, and there is nothing to undo of it.
    assert_eq!(desk.ok("give_basis", give("post", "consent", "電話"))["given"], 0);
    let card = desk.ok("person", json!({ "id": people[5] }));
    assert_eq!(card["consents"].as_array().unwrap().len(), 1);
    assert_eq!(card["consents"][0]["fields"]["evidence"], "平成28年から郵送");
    // A letter may go, a mail may not, even to whom a letter may.
    let by_mail = json!({ "purpose": "newsletter", "channel": "mail" });
    desk.ok("add_consent", json!({ "person": people[6], "purpose": "newsletter", "channel": "mail", "state": "yes", "basis": "notified" }));
    assert_eq!(count(desk, json!({ "may": by_mail })), 0);
    desk.ok("give_basis", give("mail", "consent", "返信葉書"));
    assert_eq!(count(desk, json!({ "may": by_mail })), 5);

    for _ in 0..3 {
        desk.ok("undo", json!({}));
    }
    assert_eq!(count(desk, json!({ "may": by_post })), 1);
    assert_eq!(count(desk, json!({ "unasked": by_post })), 3);
}
