//! Somebody leaves: from the list of staff into the register, page by page, and what was said stays behind the seal.

use crate::front::{Ask, Within, folder};
use serde_json::{Value, json};

const PASSPHRASE: &str = "さくら咲く頃に会う";

fn desk(place: &std::path::Path) -> Within {
    let mut desk = Within::new(&place.join("home"), place);
    desk.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": PASSPHRASE }));
    desk
}

fn interview(reasons: &[&str], readers: &str, voice: &str) -> Value {
    json!({
        "on_day": "2026-08-21", "voice": voice, "readers": readers, "official": "4D", "reasons": reasons,
        "answers": [{ "question": "trigger", "text": "母の介護が始まった" }], "delicate": true,
    })
}

#[test]
fn one_of_the_staff_leaves_and_one_undo_takes_it_back() {
    let place = folder();
    let mut desk = desk(place.path());
    let colleague = desk.ok(
        "add_colleague",
        json!({ "family": "田中", "given": "実", "family_kana": "タナカ", "department": "営業部", "post": "係長" }),
    );
    let tie = desk.ok("add_person", json!({ "family": "佐藤", "in_charge": colleague }));
    let begin = json!({
        "who": { "colleague": colleague }, "left_on": "2026-09-30",
        "items": [{ "kind": "return", "name": "社員証" }, { "kind": "account", "name": "会社のメール" }],
    });
    let begun = desk.ok("begin_exit", begin);
    assert_eq!(begun["in_charge_of"], 1);
    let card = desk.ok("person", json!({ "id": begun["person"] }));
    assert_eq!(card["fields"]["family_kana"], "タナカ");
    assert_eq!(card["employments"][0]["fields"]["department"], "営業部");
    assert_eq!(desk.ok("colleagues", json!({}))[0]["fields"]["left_on"], "2026-09-30");
    let exit = desk.ok("exit", json!({ "id": begun["person"] }));
    assert_eq!(exit["exit"]["fields"]["page"], "dates");
    let again = json!({ "who": { "person": begun["person"] }, "left_on": null, "items": [] });
    assert_eq!(desk.fault("begin_exit", again), "exit_begun");

    let item = exit["items"][0]["id"].clone();
    desk.ok("change_exit_item", json!({ "id": item, "changes": { "done_on": "2026-09-29" } }));
    let today = desk.ok("today", json!({}));
    assert_eq!(
        today["exits"][0],
        json!({
            "person": begun["person"], "name": "田中 実", "left_on": "2026-09-30", "finished_on": null, "open_items": 1,
        })
    );
    assert_eq!(today["orphaned"]["total"], 1, "the tie of 佐藤 needs another hand");
    desk.ok(
        "change_exit",
        json!({ "id": exit["exit"]["id"], "changes": { "finished_on": "2026-11-20", "page": "paper" } }),
    );
    let form = json!({
        "title": "これからもつながるための一枚", "language": "ja",
        "parts": [{ "heading": "やめるとき", "lines": ["いつでもお知らせください。"] }],
    });
    let form = json!({ "person": begun["person"], "form": form });
    let pdf = desk.ok("print_form", form.clone())["file"].as_str().unwrap().to_owned();
    let text = std::process::Command::new("pdftotext").args([&pdf, "-"]).output().unwrap();
    assert!(String::from_utf8_lossy(&text.stdout).contains("いつでもお知らせください。"));
    desk.ok("change_person", json!({ "id": begun["person"], "changes": { "deceased": true } }));
    assert_eq!(desk.fault("print_form", form), "person_deceased");
    desk.ok("undo", json!({}));
    assert_eq!(desk.ok("today", json!({}))["exits"], json!([]));
    assert_eq!(desk.ok("exits", json!({}))[0]["finished_on"], "2026-11-20");

    for _ in 0..3 {
        desk.ok("undo", json!({}));
    }
    assert_eq!(desk.ok("colleagues", json!({}))[0]["fields"]["left_on"], Value::Null);
    assert_eq!(desk.ok("people", json!({}))["total"], 1);
    assert_eq!(desk.ok("person", json!({ "id": tie }))["fields"]["in_charge"], colleague);
    // A person who is taken off the register takes the exit along.
    let begun = desk.ok("begin_exit", json!({ "who": { "person": tie }, "left_on": "2026-10-31", "items": [{ "kind": "paper", "name": "離職票" }] }));
    desk.ok("remove_person", json!({ "id": begun["person"] }));
    desk.ok("undo", json!({}));
    assert_eq!(desk.ok("exit", json!({ "id": tie }))["items"][0]["fields"]["name"], "離職票");
}

#[test]
fn a_death_is_one_step_and_names_those_who_are_to_be_told() {
    let place = folder();
    let mut desk = desk(place.path());
    let colleague = desk.ok("add_colleague", json!({ "family": "田中", "given": "実" }));
    let mut add = |given: &str, department: &str, from: &str, until: &str| {
        let person =
            desk.ok("add_person", json!({ "family": "佐藤", "given": given, "in_charge": colleague }));
        let employment =
            json!({ "person": person, "department": department, "from_on": from, "until_on": until });
        desk.ok("add_employment", employment);
        person
    };
    let gone = add("一郎", "製造部", "1990-04-01", "2010-03-31");
    let beside = add("二郎", "製造部", "2010-03-31", "2020-03-31");
    let late = add("三郎", "製造部", "2010-04", "2020-03-31");
    let elsewhere = add("四郎", "営業部", "1990-04-01", "2010-03-31");
    let silent = add("五郎", "製造部", "1990-04-01", "2010-03-31");
    desk.ok("change_person", json!({ "id": silent, "changes": { "no_contact": true } }));
    desk.ok("add_phone", json!({ "person": beside, "number": "090-1111-2222", "best": true }));

    let death = json!({
        "person": gone, "deceased_on": "2026-11", "note": "ご長女より電話", "family": "ご長女",
        "phone": "０９０－３３３３－４４４４",
    });
    desk.ok("record_death", death);
    let card = desk.ok("person", json!({ "id": gone }));
    assert_eq!(card["phones"][0]["fields"]["number"], "090-3333-4444");
    assert_eq!(card["contacts"][0]["fields"]["note"], "ご長女より電話");
    let told = desk.ok("to_tell", json!({ "id": gone }));
    assert_eq!(told["in_charge"], "田中 実");
    let names: Vec<_> = told["worked_with"].as_array().unwrap().iter().map(|one| &one["person"]).collect();
    assert_eq!(names, [&beside], "not {late}, who came later, nor {elsewhere} of another department");
    assert_eq!(told["worked_with"][0]["phone"], "090-1111-2222");
    desk.ok("undo", json!({}));
    let card = desk.ok("person", json!({ "id": gone }));
    assert_eq!((&card["fields"]["deceased"], &card["phones"]), (&json!(false), &json!([])));
}

#[test]
fn what_was_signed_is_told_of_before_it_ends() {
    let place = folder();
    let mut desk = desk(place.path());
    let person = desk.ok("add_person", json!({ "family": "佐藤", "given": "誠" }));
    let add = |until: &str, kind: &str| json!({ "person": person, "kind": kind, "until_on": until, "scope": "関東の食品製造" });
    // Today is 2026-11-20.
    for (until, kind) in [("2026-11-19", "secrecy"), ("2027-01-19", "competition"), ("2027-01-20", "secrecy")]
    {
        desk.ok("add_agreement", add(until, kind));
    }
    let ending = desk.ok("today", json!({}))["ending"].clone();
    assert_eq!(
        ending,
        json!([{ "person": person, "name": "佐藤 誠", "kind": "competition", "until_on": "2027-01-19" }])
    );
}

#[test]
fn what_the_person_agrees_to_be_found_by_is_open_and_who_reads_the_rest_stands_on_the_exit() {
    let place = folder();
    let mut desk = desk(place.path());
    let keeper = desk.ok("add_colleague", json!({ "family": "大野" }));
    let leaving = desk.ok("add_colleague", json!({ "family": "髙橋" }));
    let begin = json!({ "who": { "colleague": leaving }, "left_on": "2026-09-30", "items": [] });
    let person = desk.ok("begin_exit", begin)["person"].clone();
    let asked = json!({ "person": person, "purpose": "help", "channel": "mail", "basis": "none", "state": "unknown" });
    desk.ok("add_consent", asked);
    let before = desk.desk.register().unwrap().state().unwrap();
    let open = json!({
        "hours_a_month": 20, "help_fields": "経理", "channels": ["mail", "phone"], "in_charge": keeper,
        "evidence": "退職の面談で",
    });
    let add = json!({ "person": person, "interview": interview(&["care"], "tally", "person"), "open": open });
    desk.ok("add_interview", add);
    let card = desk.ok("person", json!({ "id": person }));
    let fields = &card["fields"];
    assert_eq!(
        (&fields["hours_a_month"], &fields["help_fields"], &fields["in_charge"]),
        (&json!(20), &json!("経理"), &keeper)
    );
    let consents = card["consents"].as_array().unwrap().iter().map(|kept| {
        let fields = &kept["fields"];
        (
            fields["channel"].clone(),
            fields["state"].clone(),
            fields["basis"].clone(),
            fields["on_day"].clone(),
        )
    });
    let yes = |channel: &str| (json!(channel), json!("yes"), json!("consent"), json!("2026-08-21"));
    let consents: Vec<_> = consents.collect();
    assert!(
        consents.len() == 2 && consents.contains(&yes("mail")) && consents.contains(&yes("phone")),
        "{consents:?}"
    );
    assert_eq!(desk.ok("exit", json!({ "id": person }))["exit"]["fields"]["readers"], json!("tally"));
    // One step, one undo.
    desk.ok("undo", json!({}));
    assert_eq!(desk.desk.register().unwrap().state().unwrap(), before);
}

#[test]
fn an_interview_is_read_as_agreed_and_reasons_are_told_of_five_at_least() {
    let place = folder();
    let mut desk = desk(place.path());
    let people: Vec<Value> = (0..6)
        .map(|n| {
            let left_on = format!("202{}-03-31", n % 3);
            desk.ok("add_person", json!({ "family": "佐藤", "given": format!("{n}"), "left_on": left_on }))
        })
        .collect();
    let add =
        |person: &Value, interview: Value| json!({ "person": person, "interview": interview, "open": null });
    let empty = json!({ "on_day": null, "voice": "person", "readers": "owner", "official": "", "reasons": [], "answers": [], "delicate": false });
    assert_eq!(desk.fault("add_interview", add(&people[0], empty)), "note_empty");

    // What the person agreed to be found by is open; the rest is not.
    let mut new = add(&people[0], interview(&["care", "pay"], "office", "person"));
    new["open"] = json!({ "hours_a_month": 20, "help_fields": "経理", "channels": [], "in_charge": null, "evidence": "" });
    desk.ok("add_interview", new);
    assert_eq!(
        desk.ok("people", json!({ "filter": { "hours_at_least": 20, "help_field": "経理" } }))["total"],
        1
    );
    assert_eq!(desk.ok("people", json!({ "search": "介護" }))["total"], 0);
    let read = desk.ok("sealed_notes", json!({ "id": people[0] }));
    assert_eq!(read[0]["interview"]["answers"][0]["text"], "母の介護が始まった");

    // What is only counted is shown to nobody.
    desk.ok("add_interview", add(&people[1], interview(&["care"], "tally", "person")));
    let tally = desk.ok("sealed_notes", json!({ "id": people[1] }));
    assert_eq!(tally[0]["interview"]["readers"], "tally");
    assert!(!tally.to_string().contains("介護") && !tally.to_string().contains("care"), "{tally}");

    // The company's word counts until there is the person's own.
    desk.ok("add_interview", add(&people[2], interview(&["future"], "owner", "company")));
    desk.ok("add_interview", add(&people[2], interview(&["care"], "owner", "person")));
    desk.ok("add_interview", add(&people[3], interview(&["pay"], "owner", "person")));
    let few = desk.ok("leaving_reasons", json!({}));
    assert_eq!(few, json!({ "groups": [], "waiting": 4, "national": null }));
    desk.ok("add_interview", add(&people[4], interview(&["care", "care"], "owner", "person")));
    let five = desk.ok("leaving_reasons", json!({}));
    let group = json!({
        "from_year": 2020, "until_year": 2022, "people": 5,
        "reasons": [{ "reason": "care", "people": 4 }, { "reason": "pay", "people": 2 }],
    });
    assert_eq!(five, json!({ "groups": [group], "waiting": 0, "national": null }));
    // One more changes nothing of what was told, so that nobody can be found by taking one from the other.
    desk.ok("add_interview", add(&people[5], interview(&["work"], "owner", "person")));
    assert_eq!(
        desk.ok("leaving_reasons", json!({})),
        json!({ "groups": five["groups"], "waiting": 1, "national": null })
    );
}

#[test]
fn the_ties_of_a_colleague_go_to_another_in_one_step_and_on_one_sheet() {
    let place = folder();
    let mut desk = desk(place.path());
    let from = desk.ok("add_colleague", json!({ "family": "田中", "given": "実" }));
    let to = desk.ok("add_colleague", json!({ "family": "木村", "given": "恵" }));
    let mut add = |family: &str, standing: Value| {
        let mut person = json!({ "family": family, "in_charge": from, "why_connect": "取引先の紹介" });
        person.as_object_mut().unwrap().extend(standing.as_object().unwrap().clone());
        desk.ok("add_person", person)
    };
    let tie = add("佐藤", json!({}));
    let (silent, dead) =
        (add("鈴木", json!({ "no_contact": true })), add("高橋", json!({ "deceased": true })));
    desk.ok("add_phone", json!({ "person": tie, "number": "090-1111-2222", "best": true }));
    let said = json!({ "person": tie, "kind": "call", "on_day": "2026-09-01", "note": "年末にまた", "next_on": "2026-12-20" });
    desk.ok("add_contact", said);
    desk.ok(
        "add_contact",
        json!({ "person": tie, "kind": "newsletter", "on_day": "2026-10-01", "note": "第3号" }),
    );

    let told = desk.ok("in_charge_of", json!({ "id": from }));
    assert_eq!(told.as_array().unwrap().len(), 1, "not {silent}, who wants no contact, nor {dead}");
    assert_eq!((&told[0]["phone"], &told[0]["note"]), (&json!("090-1111-2222"), &json!("年末にまた")));
    let sheet = json!({
        "from": from, "title": "連絡担当の引き継ぎ表", "lines": ["まず一本お電話で。"], "language": "ja",
        "columns": ["お名前", "つながりと最後の連絡", "次の約束"],
    });
    let pdf = desk.ok("print_hand_over", sheet)["file"].as_str().unwrap().to_owned();
    let text = std::process::Command::new("pdftotext").args([&pdf, "-"]).output().unwrap();
    let text = String::from_utf8_lossy(&text.stdout).replace(' ', "");
    for there in ["佐藤", "090-1111-2222", "取引先の紹介", "令和8年9月1日"] {
        assert!(text.contains(there), "{there} in {text}");
    }
    assert!(!text.contains("鈴木") && !text.contains("高橋"), "{text}");

    assert_eq!(desk.fault("hand_over", json!({ "from": from, "to": from })), "same_person");
    assert_eq!(
        desk.ok("hand_over", json!({ "from": from, "to": to })),
        3,
        "whoever is silent keeps a hand, too"
    );
    assert_eq!(desk.ok("person", json!({ "id": tie }))["fields"]["in_charge"], to);
    assert_eq!(desk.ok("in_charge_of", json!({ "id": from })), json!([]));
    desk.ok("undo", json!({}));
    assert_eq!(desk.ok("person", json!({ "id": silent }))["fields"]["in_charge"], from);
}
