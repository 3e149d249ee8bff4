//! 行事: from an invitation through the one gate to the day and what is left of it.

use crate::front::{Ask, Within, folder};
use serde_json::{Value, json};
use std::{path::Path, process::Command};

/// A company that can be written back to.
fn company(place: &Path) -> Within {
    let mut desk = Within::new(&place.join("home"), place);
    desk.ok(
        "start_company",
        json!({ "company": "青葉食品株式会社", "owner": "青葉", "passphrase": "さくら咲く頃に会う" }),
    );
    let own = json!({ "postal": "984-0002", "address": "仙台市若林区卸町東1-2-3", "phone": "022-000-0000", "mail": "soumu@example.jp" });
    desk.ok("change_settings", own);
    desk
}

/// Somebody of a family name with an address, a mail address, and what they said to each channel.
fn leaver(desk: &mut dyn Ask, family: &str, kana: &str, ways: &[(&str, &str)]) -> Value {
    let person = desk.ok(
        "add_person",
        json!({ "family": family, "given": "某", "family_kana": kana, "left_on": "2020-03-31", "joined_on": "1990-04-01" }),
    );
    let street = format!("{family}町1");
    desk.ok("add_address", json!({ "person": person, "postal": "980-0811", "city": "仙台市", "street": street, "best": true, "confirmed_on": "2019-01-01" }));
    desk.ok("add_mail", json!({ "person": person, "address": format!("{kana}@example.jp"), "best": true }));
    for (channel, state) in ways {
        desk.ok("add_consent", json!({ "person": person, "purpose": "event", "channel": channel, "basis": "consent", "state": state }));
    }
    person
}

/// Five leavers, of whom three may be invited.
fn town(desk: &mut dyn Ask) -> Vec<Value> {
    [
        ("佐藤", "サトウ", &[("post", "yes")][..]),
        ("阿部", "アベ", &[("post", "yes"), ("mail", "yes")]),
        ("鈴木", "スズキ", &[("mail", "yes")]),
        ("田中", "タナカ", &[]),
        ("渡邉", "ワタナベ", &[("post", "no")]),
    ]
    .into_iter()
    .map(|(family, kana, ways)| leaver(desk, family, kana, ways))
    .collect()
}

fn reunion() -> Value {
    json!({ "kind": "reunion", "title": "第10回 同窓会", "on_day": "2026-11-28", "from_time": "正午", "until_time": "14時半",
        "place": "仙台工場の食堂", "fee": 3000, "companions": 2, "reply_until": "2026-11-25", "seats": 4,
        "wording": "11月28日（金）に開きます。" })
}

fn text(pdf: &Value) -> String {
    let read = Command::new("pdftotext").arg("-layout").arg(pdf.as_str().unwrap()).arg("-").output().unwrap();
    String::from_utf8_lossy(&read.stdout).split_whitespace().collect()
}

fn invitees(desk: &mut dyn Ask, event: &Value) -> Vec<Value> {
    desk.ok("event", json!({ "id": event }))["card"]["invitees"].as_array().unwrap().clone()
}

fn all(event: &Value) -> Value {
    json!({ "event": event, "selection": { "query": {} } })
}

fn reply(id: &Value, more: Value) -> Value {
    let mut reply =
        json!({ "id": id, "reply": "yes", "companions": 0, "news": "", "news_print": "no", "address": null });
    reply.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    reply
}

#[test]
fn an_event_is_refused_by_the_field_that_is_wrong_and_a_weekday_is_checked() {
    let place = folder();
    let mut desk = company(place.path());
    for (field, value, code) in [
        ("title", json!(" "), "title_missing"),
        ("from_time", json!("夕方"), "not_a_time"),
        ("until_time", json!("9:00"), "ends_before"),
        ("on_day", json!("2026-11"), "day_not_whole"),
        ("reply_until", json!("2026-11-29"), "deadline_late"),
        ("companions", json!(10), "companions_too_many"),
    ] {
        let mut event = reunion();
        event[field] = value;
        let fault = desk.ask("add_event", event).unwrap_err();
        assert_eq!((&fault["code"], &fault["field"]), (&json!(code), &json!(field)));
    }
    let event = desk.ok("add_event", reunion());
    let read = desk.ok("event", json!({ "id": event }));
    let fields = &read["card"]["row"]["fields"];
    assert_eq!((&fields["from_time"], &fields["until_time"]), (&json!("12:00"), &json!("14:30")));
    assert_eq!(read["weekdays_wrong"], json!([{ "written": "11月28日（金）", "right": "土" }]));
    // From last time's: what stays is the same, the days are not known yet.
    let next = desk.ok("copy_event", json!({ "id": event }));
    let next = desk.ok("event", json!({ "id": next }))["card"]["row"].clone();
    assert_eq!(
        (&next["fields"]["place"], &next["fields"]["on_day"]),
        (&json!("仙台工場の食堂"), &Value::Null)
    );
    assert_eq!((&next["fields"]["costs"], &next["invited"]), (&json!([]), &json!(0)));
    assert_eq!(desk.ok("events", json!({})).as_array().unwrap().len(), 2);
}

#[test]
fn everybody_passes_the_gate_by_post_and_else_by_mail() {
    let place = folder();
    let mut desk = company(place.path());
    let people = town(&mut desk);
    let event = desk.ok("add_event", reunion());
    let checked = desk.ok("check_invitation", all(&event));
    assert_eq!((&checked["send"]["total"], &checked["send"]["by_post"]), (&json!(3), &json!(2)));
    let held: Vec<_> = checked["hold"]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["checked"]["invited"]["family"].clone(), row["checked"]["invited"]["doubts"].clone()))
        .collect();
    assert_eq!(held, [(json!("田中"), json!(["no_basis"])), (json!("渡邉"), json!(["refused"]))]);
    let mut by_mail = all(&event);
    by_mail["mail_first"] = json!(true);
    assert_eq!(desk.ok("check_invitation", by_mail)["send"]["by_post"], json!(1));

    assert_eq!(desk.ok("invite", all(&event)), json!({ "by_post": 2, "by_mail": 1 }));
    let rows = invitees(&mut desk, &event);
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row["family"].as_str().unwrap(), row["fields"]["channel"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [("阿部", "post"), ("佐藤", "post"), ("鈴木", "mail")], "in kana order");
    let codes: std::collections::HashSet<_> =
        rows.iter().map(|row| row["fields"]["code"].as_str().unwrap()).collect();
    assert_eq!(codes.len(), 3);
    // Once is enough, and what is invited is one step.
    assert_eq!(desk.ok("check_invitation", all(&event))["known"], json!(3));
    assert_eq!(desk.ok("invite", all(&event)), json!({ "by_post": 0, "by_mail": 0 }));
    desk.ok("undo", json!({}));
    assert_eq!(invitees(&mut desk, &event).len(), 0);
    desk.ok("redo", json!({}));
    // The list of people, and so every dispatch, knows them.
    for (attendance, count) in [("invited", 3), ("by_post", 2), ("awaited", 3), ("coming", 0), ("came", 0)] {
        let filter = json!({ "filter": { "event": { "event": event, "attendance": attendance } } });
        assert_eq!(desk.ok("people", filter)["total"], json!(count), "{attendance}");
    }
    // Whoever dies or says stop is awaited no more, and gets no paper.
    desk.ok("stop_person", json!({ "id": people[0] }));
    assert_eq!(desk.ok("events", json!({}))[0]["awaited"], json!(2));
    let gate = json!({ "way": { "purpose": "event", "channel": "post" },
        "selection": { "query": { "filter": { "event": { "event": event, "attendance": "by_post" } } } } });
    let printed = desk.ok(
        "print_dispatch",
        json!({ "gate": gate, "title": "第10回 同窓会", "form": "cards", "issue": null,
        "event": event, "households": false, "language": "ja" }),
    );
    let read = text(&printed["papers"][0]["file"]);
    assert!(read.contains("阿部") && !read.contains("佐藤"), "{read}");
    desk.ok("add_dispatch", json!({ "file": printed["papers"][0]["file"] }));
    let dispatches = desk.ok("event", json!({ "id": event }))["card"]["dispatches"].clone();
    assert_eq!(dispatches[0]["title"], json!("第10回 同窓会"));
    desk.ok("remove_event", json!({ "id": event }));
    assert_eq!(desk.ok("dispatches", json!({}))["total"], json!(1), "what was made stays in the ledger");
    desk.ok("undo", json!({}));
    assert_eq!(invitees(&mut desk, &event).len(), 3);
}

#[test]
fn a_reply_is_entered_by_its_code_and_makes_a_contact_and_a_fresh_address() {
    let place = folder();
    let mut desk = company(place.path());
    let people = town(&mut desk);
    let event = desk.ok("add_event", reunion());
    let other = desk.ok("copy_event", json!({ "id": event }));
    desk.ok("invite", all(&event));
    let rows = invitees(&mut desk, &event);
    let code = rows[1]["fields"]["code"].as_str().unwrap();
    let typed = |event: &Value, text: &str| json!({ "event": event, "text": text });
    assert_eq!(
        desk.ok("read_code", typed(&event, &format!(" {}-{}", &code[..3], &code[3..])))["invitee"],
        rows[1]["id"]
    );
    // Mail that came back is of whichever event it was.
    let read = desk.ok("read_code", json!({ "event": null, "text": code }));
    assert_eq!((&read["invitee"], &read["person"]), (&rows[1]["id"], &rows[1]["fields"]["person"]));
    let wrong = format!("{}{}", &code[..5], (code.as_bytes()[5] - b'0' + 1) % 10);
    assert_eq!(desk.fault("read_code", typed(&event, &wrong)), "code_mistyped");
    assert_eq!(desk.fault("read_code", typed(&other, code)), "code_of_another");
    // One of the codes that the table allows and nobody has.
    let unknown = (0..10).map(|last| format!("99999{last}")).find(|text| {
        desk.ask("read_code", typed(&event, text)).is_err_and(|fault| fault["code"] == "code_unknown")
    });
    assert!(unknown.is_some());

    desk.ok("change_person", json!({ "id": people[0], "changes": { "returned": true } }));
    let news = json!({ "companions": 1, "news": "孫が生まれました", "news_print": "named" });
    desk.ok("record_reply", reply(&rows[1]["id"], news));
    let card = desk.ok("person", json!({ "id": people[0] }));
    assert_eq!(card["fields"]["returned"], json!(false));
    assert_eq!(card["addresses"][0]["fields"]["confirmed_on"], json!("2026-11-20"));
    let invited = &card["invitations"][0];
    assert_eq!((&invited["title"], &invited["reply"]), (&json!("第10回 同窓会"), &json!("yes")));
    let contact = &card["contacts"][0]["fields"];
    assert_eq!(
        (&contact["kind"], &contact["note"]),
        (&json!("inbound"), &json!("第10回 同窓会\n孫が生まれました"))
    );
    let row = desk
        .ok("events", json!({}))
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["id"] == event)
        .unwrap()
        .clone();
    assert_eq!((&row["coming"], &row["companions"], &row["awaited"]), (&json!(1), &json!(1), &json!(2)));

    // A second time the first stands there, and what is mended is no second contact.
    desk.later(86_400);
    let again = invitees(&mut desk, &event)[1]["fields"].clone();
    assert_eq!((&again["replied_on"], &again["reply"]), (&json!("2026-11-20"), &json!("yes")));
    desk.ok(
        "record_reply",
        reply(&rows[1]["id"], json!({ "reply": "no", "companions": 1, "news": "孫が二人" })),
    );
    let card = desk.ok("person", json!({ "id": people[0] }));
    assert_eq!(card["contacts"].as_array().unwrap().len(), 1);
    assert_eq!(card["contacts"][0]["fields"]["note"], json!("第10回 同窓会\n孫が二人"));
    let now = invitees(&mut desk, &event)[1]["fields"].clone();
    assert_eq!((&now["replied_on"], &now["companions"]), (&json!("2026-11-20"), &json!(0)));
    desk.ok("undo", json!({}));
    assert_eq!(invitees(&mut desk, &event)[1]["fields"]["reply"], json!("yes"));

    // A new address is the best from now on; what cannot be an address is refused with nothing half done.
    let moved = |postal: &str| {
        reply(&rows[0]["id"], json!({ "address": { "postal": postal, "city": "名取市", "street": "増田2" } }))
    };
    assert_eq!(desk.fault("record_reply", moved("98")), "not_a_postal_code");
    assert_eq!(invitees(&mut desk, &event)[0]["fields"]["reply"], json!("none"));
    desk.ok("record_reply", moved("９８１１２２４"));
    let card = desk.ok("person", json!({ "id": people[1] }));
    let best = &card["addresses"][0]["fields"];
    assert_eq!(
        (&best["city"], &best["postal"], &best["best"]),
        (&json!("名取市"), &json!("981-1224"), &json!(true))
    );
    assert_eq!(card["addresses"][1]["fields"]["best"], json!(false));
    let many = reply(&rows[2]["id"], json!({ "companions": 3 }));
    assert_eq!(desk.fault("record_reply", many), "companions_too_many");
}

#[test]
fn the_day_goes_from_the_reception_to_everybodys_history() {
    let place = folder();
    let mut desk = company(place.path());
    let people = town(&mut desk);
    let event = desk.ok("add_event", reunion());
    desk.ok("invite", all(&event));
    for (at, row) in invitees(&mut desk, &event).iter().enumerate() {
        let news = ["毎朝歩いています", "店を始めました", "載せないで"][at];
        let print = ["anonymous", "named", "no"][at];
        desk.ok(
            "record_reply",
            reply(&row["id"], json!({ "companions": at, "news": news, "news_print": print })),
        );
    }
    assert_eq!(desk.ok("seat_event", json!({ "id": event })), json!({ "tables": 2, "people": 6 }));
    let rows = invitees(&mut desk, &event);
    let change = |row: &Value, changes: Value| json!({ "id": row["id"], "changes": changes });
    desk.ok("change_invitee", change(&rows[0], json!({ "table_number": 2, "table_fixed": true })));
    desk.ok("seat_event", json!({ "id": event }));
    assert_eq!(invitees(&mut desk, &event)[0]["fields"]["table_number"], json!(2));
    assert_eq!(desk.fault("change_invitee", change(&rows[0], json!({ "code": "1" }))), "unknown_field");

    // Two come, one of them unasked.
    desk.ok("change_invitee", change(&rows[0], json!({ "came": true, "paid": 3000 })));
    desk.ok("add_walk_in", json!({ "event": event, "person": people[3] }));
    desk.ok("add_walk_in", json!({ "event": event, "person": null, "family": "飛入", "given": "参" }));
    let row = desk.ok("events", json!({}))[0].clone();
    assert_eq!((&row["came"], &row["invited"], &row["paid"]), (&json!(3), &json!(3), &json!(3000)));

    // Who agreed to be named stands on what is handed out; the reception has all who are expected.
    desk.ok("add_consent", json!({ "person": people[0], "purpose": "name_in_print", "channel": "print", "basis": "consent", "state": "yes" }));
    let print = |paper: &str| {
        json!({ "event": event, "name": paper, "language": "ja", "papers": [{ "paper": paper, "words": {
        "title": paper, "columns": ["受付", "ふりがな", "名前", "同伴", "卓", "会費"], "table": "{n}番卓", "with": "ほか{n}名",
        "maiden": "（旧姓 {name}）", "unnamed": "ほか{n}名様", "anonymous": "匿名", "yen": "{n}円",
        "receipt": ["領収書 {number}", "{name} 様", "金 {yen} 也"], "total": "合計 {due} 受取 {paid}" } }] })
    };
    let read = |desk: &mut Within, paper: &str| {
        let mut wanted = print(paper);
        if paper == "fees" {
            wanted["papers"][0]["words"]["columns"] = json!(["番号", "名前", "同伴", "会費", "受取"]);
        }
        text(&desk.ok("print_event", wanted)["file"])
    };
    let reception = read(&mut desk, "reception");
    let order: Vec<_> =
        ["アベ", "サトウ", "スズキ", "タナカ"].iter().map(|kana| reception.find(kana).unwrap()).collect();
    assert!(order.is_sorted(), "{reception}");
    let seating = read(&mut desk, "seating");
    assert!(
        seating.contains("佐藤某") && !seating.contains("阿部") && !seating.contains("鈴木"),
        "{seating}"
    );
    let news = read(&mut desk, "news");
    assert!(
        news.contains("店を始めました") && news.contains("佐藤某") && news.contains("毎朝歩いています"),
        "{news}"
    );
    assert!(!news.contains("阿部") && !news.contains("載せないで"), "{news}");
    let fees = read(&mut desk, "fees");
    assert!(fees.contains("合計24,000円受取3,000円"), "{fees}");
    let receipts = read(&mut desk, "receipts");
    assert!(receipts.contains("阿部某様") && receipts.contains("金3,000円也"), "{receipts}");
    let tags = json!({ "event": event, "kind": "tags", "sheet": "", "used": 0, "words": { "name": "名札",
        "years": "在籍 {from}–{until}", "maiden": "旧姓 {name}", "companion": "お連れさま", "companion_of": "{name} 様", "table": "{n}番卓" } });
    desk.ok("change_person", json!({ "id": people[1], "changes": { "maiden": "旧田" } }));
    let mut standing = tags.clone();
    (standing["kind"], standing["sheet"]) = (json!("tables"), json!("tent-6"));
    let tags = text(&desk.ok("print_badges", tags)["file"]);
    for held in ["阿部某", "在籍1990–2020", "旧姓旧田", "2番卓", "お連れさま", "佐藤某様", "飛入参"]
    {
        assert!(tags.contains(held), "{held} in {tags}");
    }
    // A card that stands bears the name on both sides, and nothing that is nobody's business across a table.
    let standing = text(&desk.ok("print_badges", standing)["file"]);
    assert_eq!((standing.matches("阿部某").count(), standing.contains("旧田")), (2, false), "{standing}");
    let offered = desk.ok("printable_news", json!({}));
    assert_eq!(
        offered[0]["news"],
        json!([{ "name": "佐藤 某", "text": "店を始めました" }, { "name": null, "text": "毎朝歩いています" }])
    );

    // Afterwards: in everybody's history, once; thanks go to whoever came.
    assert_eq!(desk.ok("finish_event", json!({ "id": event })), json!(3));
    assert_eq!(desk.fault("finish_event", json!({ "id": event })), "event_finished");
    let card = desk.ok("person", json!({ "id": people[3] }));
    let contact = &card["contacts"][0]["fields"];
    assert_eq!(
        (&contact["kind"], &contact["on_day"], &contact["note"]),
        (&json!("event"), &json!("2026-11-28"), &json!("第10回 同窓会"))
    );
    let came = json!({ "filter": { "event": { "event": event, "attendance": "came" } } });
    assert_eq!(desk.ok("people", came)["total"], json!(3));
    desk.ok("undo", json!({}));
    assert_eq!(desk.ok("person", json!({ "id": people[3] }))["contacts"], json!([]));
}

#[test]
fn two_entries_that_become_one_are_invited_once_with_the_answer_of_either() {
    let place = folder();
    let mut desk = company(place.path());
    let people = town(&mut desk);
    let event = desk.ok("add_event", reunion());
    desk.ok("invite", all(&event));
    let rows = invitees(&mut desk, &event);
    desk.ok("record_reply", reply(&rows[1]["id"], json!({ "news": "元気です" })));
    desk.ok("merge_people", json!({ "kept": people[1], "other": people[0] }));
    let rows = invitees(&mut desk, &event);
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (&rows[0]["fields"]["reply"], &rows[0]["fields"]["news"]),
        (&json!("yes"), &json!("元気です"))
    );
    desk.ok("undo", json!({}));
    assert_eq!(invitees(&mut desk, &event).len(), 3);
}

/// Reads a mail by Python's `email`, and the calendar in it by `icalendar`.
const READER: &str = r#"
import datetime, email, email.policy, icalendar, json, sys, zipfile
def entry(raw):
    assert raw.endswith(b'\r\n') and b'\n' not in raw.replace(b'\r\n', b''), raw
    assert all(len(line) <= 75 for line in raw.split(b'\r\n')), raw
    calendar = icalendar.Calendar.from_ical(raw)
    assert str(calendar['VERSION']) == '2.0' and str(calendar['PRODID']), calendar
    event, = calendar.walk('VEVENT')
    assert not calendar.errors and not event.errors, event.errors
    assert str(event['UID']) and event['DTSTAMP'].dt.tzinfo is not None, event
    said = {name: str(event[name]) for name in ('SUMMARY', 'LOCATION', 'DESCRIPTION', 'ORGANIZER') if name in event}
    day = lambda it: it.astimezone(datetime.timezone.utc).isoformat() if isinstance(it, datetime.datetime) else it.isoformat()
    return said | {name: day(event[name].dt) for name in ('DTSTART', 'DTEND')}
def mail(name, raw):
    mail = email.message_from_bytes(raw, policy=email.policy.strict)
    parts = {part.get_filename(): part for part in mail.iter_attachments()}
    part = lambda ending: next(part for name, part in parts.items() if name.endswith(ending)).get_payload(decode=True)
    return {
        'file': name, 'to': str(mail['to']), 'from': str(mail['from']), 'subject': str(mail['subject']),
        'unsent': mail['x-unsent'], 'stop': mail['list-unsubscribe'], 'defects': [str(it) for it in mail.defects],
        'text': mail.get_body().get_content().replace('\r\n', '\n'), 'names': sorted(parts),
        'pdf': part('.pdf')[:5].decode(), 'entry': entry(part('.ics')),
    }
if sys.argv[1].endswith('.ics'): out = entry(open(sys.argv[1], 'rb').read())
else:
    archive = zipfile.ZipFile(sys.argv[1])
    out = [mail(name, archive.read(name)) for name in archive.namelist()]
print(json.dumps(out))
"#;

/// What other programs read in a file. Debian's packages are known to Debian's own Python only.
fn read_elsewhere(file: &Value) -> Value {
    let knows = |python: &&str| {
        let asked = Command::new(python).args(["-c", "import icalendar"]).output();
        asked.is_ok_and(|asked| asked.status.success())
    };
    let python = ["python3", "/usr/bin/python3"].into_iter().find(knows);
    let python = python.expect("a Python that has icalendar: .ci/setup installs it");
    let read = Command::new(python).args(["-c", READER, file.as_str().unwrap()]).output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    serde_json::from_slice(&read.stdout).unwrap()
}

#[test]
fn every_number_of_an_event_is_that_of_the_list_behind_it() {
    let place = folder();
    let mut desk = company(place.path());
    let people = town(&mut desk);
    let event = desk.ok("add_event", reunion());
    desk.ok("invite", all(&event));
    let long = leaver(&mut desk, "大野", "オオノ", &[("post", "yes")]);
    desk.ok("invite", all(&event));
    let rows = invitees(&mut desk, &event);
    let of =
        |person: &Value| rows.iter().find(|row| row["fields"]["person"] == *person).unwrap()["id"].clone();
    desk.ok("record_reply", reply(&of(&people[0]), json!({})));
    desk.ok("record_reply", reply(&of(&people[1]), json!({ "reply": "no" })));
    desk.ok("change_invitee", json!({ "id": of(&people[0]), "changes": { "came": true } }));
    desk.ok("change_person", json!({ "id": long, "changes": { "deceased": true } }));
    let row = desk.ok("event", json!({ "id": event }))["card"]["row"].clone();
    assert_eq!(row["awaited"], json!(1), "nobody waits for the dead");
    // Whoever asks what is held about them reads to what they were invited.
    let held = desk.ok("disclosure", json!({ "person": people[0], "sealed": false }))["held"].clone();
    let invited = held.as_array().unwrap().iter().find(|it| it["table"] == "invitee").unwrap();
    assert_eq!(invited["fields"]["event"], json!("第10回 同窓会"));
    for (attendance, number) in [
        ("invited", "invited"),
        ("awaited", "awaited"),
        ("coming", "coming"),
        ("declined", "declined"),
        ("came", "came"),
    ] {
        let filter = json!({ "event": { "event": event, "attendance": attendance } });
        let listed = desk.ok("people", json!({ "filter": filter }))["total"].clone();
        assert_eq!((&listed, listed == json!(0)), (&row[number], false), "{attendance}");
    }
}

#[test]
fn drafts_are_made_for_whoever_agreed_to_mail_and_other_programs_read_them() {
    let place = folder();
    let mut desk = company(place.path());
    let people = town(&mut desk);
    let long = leaver(
        &mut desk,
        "勅使河原寿限無寿限無五劫のすりきれ海砂利水魚の水行末",
        "テシガワラ",
        &[("mail", "yes")],
    );
    let mut wanted = reunion();
    wanted["wording"] = json!("お久しぶりです。\n昼食は、カレー; サラダ, 珈琲\\紅茶。");
    let event = desk.ok("add_event", wanted);
    let mut by_mail = all(&event);
    by_mail["mail_first"] = json!(true);
    desk.ok("invite", by_mail);
    let form =
        json!({ "title": "ご案内", "parts": [{ "heading": "", "lines": ["本文"] }], "language": "ja" });
    let drafts = json!({ "event": event, "subject": "第10回 同窓会のご案内", "text": "{name} 様\n\nお元気ですか。",
        "footer": "{company} {address} {phone} 配信を止めるには {mail}", "form": form });
    // After being invited somebody says stop.
    desk.ok("stop_person", json!({ "id": long }));
    let made = desk.ok("draft_mails", drafts.clone());
    assert_eq!((&made["people"], &made["left_out"]), (&json!(2), &json!(1)));
    let mails = read_elsewhere(&made["paper"]["file"]);
    let [abe, suzuki] = [&mails[0], &mails[1]];
    assert_eq!((&abe["file"], &suzuki["file"]), (&json!("阿部 某.eml"), &json!("鈴木 某.eml")));
    assert_eq!(abe["to"], json!("阿部 某 <アベ@example.jp>"));
    assert_eq!(abe["from"], json!("青葉食品株式会社 <soumu@example.jp>"));
    assert_eq!(
        (&abe["subject"], &abe["unsent"], &abe["defects"]),
        (&json!("第10回 同窓会のご案内"), &json!("1"), &json!([]))
    );
    assert_eq!(abe["stop"], json!("<mailto:soumu@example.jp>"));
    let text = abe["text"].as_str().unwrap();
    assert!(text.starts_with("阿部 某 様\n") && text.contains("配信を止めるには soumu@example.jp"), "{text}");
    assert!(text.contains("仙台市若林区卸町東1-2-3"), "{text}");
    assert_eq!(
        (&abe["names"], &abe["pdf"]),
        (&json!(["第10回 同窓会.ics", "第10回 同窓会.pdf"]), &json!("%PDF-"))
    );
    let entry = &abe["entry"];
    assert_eq!(
        (&entry["DTSTART"], &entry["DTEND"]),
        (&json!("2026-11-28T03:00:00+00:00"), &json!("2026-11-28T05:30:00+00:00")),
        "noon in Japan"
    );
    assert_eq!((&entry["SUMMARY"], &entry["LOCATION"]), (&json!("第10回 同窓会"), &json!("仙台工場の食堂")));
    assert_eq!(entry["ORGANIZER"], json!("mailto:soumu@example.jp"));
    assert_eq!(entry["DESCRIPTION"], json!("お久しぶりです。\n昼食は、カレー; サラダ, 珈琲\\紅茶。"));

    // The office's own calendar gets the same; a day without hours is a whole day, which ends where the next begins.
    let own = desk.ok("event_calendar", json!({ "id": event }));
    assert_eq!(&read_elsewhere(&own["file"]), entry);
    desk.ok("change_event", json!({ "id": event, "changes": { "from_time": "", "until_time": "" } }));
    let own = desk.ok("event_calendar", json!({ "id": event }));
    let whole = read_elsewhere(&own["file"]);
    assert_eq!((&whole["DTSTART"], &whole["DTEND"]), (&json!("2026-11-28"), &json!("2026-11-29")));
    desk.ok("undo", json!({}));

    // Into the ledger like any other, with the very bytes.
    let dispatch = desk.ok("add_dispatch", json!({ "file": made["paper"]["file"] }));
    let card = desk.ok("dispatch", json!({ "id": dispatch }));
    assert_eq!((&card["row"]["form"], &card["row"]["people"]), (&json!("drafts"), &json!(2)));
    // Who withdraws now is left out when the drafts are saved once more.
    let consents = desk.ok("person", json!({ "id": people[1] }))["consents"].clone();
    let by_mail = consents.as_array().unwrap().iter().find(|one| one["fields"]["channel"] == "mail").unwrap();
    let saved = json!({ "id": card["papers"][0]["id"], "printer": "", "from": 1, "until": null });
    let names = |run: &Value| {
        let list = "import sys, zipfile; print(*zipfile.ZipFile(sys.argv[1]).namelist())";
        let read = Command::new("python3")
            .args(["-c", list, run["paper"]["file"].as_str().unwrap()])
            .output()
            .unwrap();
        String::from_utf8(read.stdout).unwrap().trim().to_owned()
    };
    assert_eq!(names(&desk.ok("print_paper", saved.clone())), "阿部 某.eml 鈴木 某.eml");
    desk.ok("change_consent", json!({ "id": by_mail["id"], "changes": { "state": "withdrawn" } }));
    let run = desk.ok("print_paper", saved);
    assert_eq!((names(&run).as_str(), &run["left_out"]), ("鈴木 某.eml", &json!([1])));
    desk.ok("undo", json!({}));
    // Whoever answered gets no second mail; and without a sender that can be stopped there is none at all.
    let answered =
        invitees(&mut desk, &event).into_iter().find(|row| row["fields"]["person"] == people[2]).unwrap();
    desk.ok("record_reply", reply(&answered["id"], json!({})));
    assert_eq!(desk.ok("draft_mails", drafts.clone())["people"], json!(1));
    let before =
        desk.ok("person", json!({ "id": people[2] }))["addresses"][0]["fields"]["confirmed_on"].clone();
    assert_eq!(before, json!("2019-01-01"), "a mail says nothing of where somebody lives");
    desk.ok("change_settings", json!({ "mail": "" }));
    assert_eq!(desk.fault("draft_mails", drafts), "sender_incomplete");
    desk.ok("change_event", json!({ "id": event, "changes": { "reply_until": null, "on_day": null } }));
    assert_eq!(desk.fault("event_calendar", json!({ "id": event })), "event_without_day");
}
