//! 本人の請求: what we hold about you, stop, erase; and that nobody who said no comes out anywhere.

use crate::front::{Ask, Headless, Within, folder};
use serde_json::{Value, json};
use std::path::Path;

const PASSPHRASE: &str = "さくら咲く頃に会う";

fn desk(place: &Path) -> Within {
    let mut desk = Within::new(&place.join("home"), place);
    desk.ok(
        "start_company",
        json!({ "company": "青葉食品", "owner": "青葉 恵子", "passphrase": PASSPHRASE }),
    );
    desk
}

fn form(title: &str) -> Value {
    let rows = json!([["項目", "内容"], ["氏名", "佐藤 誠"]]);
    json!({ "title": title, "parts": [{ "heading": "基本", "lines": ["一"], "rows": rows }], "language": "ja" })
}

fn text_of(pdf: &Value) -> String {
    let read = std::process::Command::new("pdftotext").arg(pdf.as_str().unwrap()).arg("-").output().unwrap();
    String::from_utf8_lossy(&read.stdout).split_whitespace().collect()
}

#[test]
fn what_is_held_is_told_without_the_names_of_others() {
    let place = folder();
    let mut desk = desk(place.path());
    let id = desk.ok("add_person", json!({ "family": "佐藤", "given": "誠", "notes": "大野 進さんの後任" }));
    desk.ok("add_person", json!({ "family": "大野", "given": "進" }));
    let note = "田中さんと昼食。佐藤さんは元気";
    desk.ok("add_contact", json!({ "person": id, "kind": "visit", "on_day": "2026-08-21", "note": note }));
    desk.ok("add_colleague", json!({ "family": "田中", "given": "恵" }));
    desk.ok("add_sealed_note", json!({ "person": id, "text": "田中課長との不和" }));
    let open = desk.ok("disclosure", json!({ "person": id, "sealed": false }));
    assert_eq!((&open["masked"], &open["sealed"]), (&json!(2), &json!([])));
    let all = open["held"].to_string();
    assert!(all.contains("●●さんの後任") && all.contains("●●さんと昼食。佐藤さんは元気"), "{all}");
    assert!(!all.contains("大野") && !all.contains("田中"), "{all}");
    let sealed = desk.ok("disclosure", json!({ "person": id, "sealed": true }));
    assert_eq!(sealed["sealed"][0]["text"], json!("●●課長との不和"));
    let noted = &desk.ok("audit", json!({ "limit": 1 }))[0];
    assert_eq!((&noted["command"], &noted["fields"]), (&json!("disclosure"), &json!("sealed_note")));

    let printed = desk.ok("print_disclosure", json!({ "person": id, "form": form("保有する情報") }));
    assert_eq!(printed["pdf"]["name"], json!("保有する情報-佐藤誠.pdf"));
    assert!(text_of(&printed["pdf"]["file"]).contains("佐藤誠"));
    let csv = std::fs::read_to_string(printed["csv"]["file"].as_str().unwrap()).unwrap();
    assert_eq!(csv.trim_start_matches('\u{feff}'), ",項目,内容\r\n基本,氏名,佐藤 誠\r\n");

    // Those who may not open the seal are told what is open.
    desk.ok("add_user", json!({ "name": "田中", "owner": false, "passphrase": "いんさつをするひと" }));
    desk.ok("unlock", json!({ "passphrase": "いんさつをするひと" }));
    assert_eq!(desk.fault("disclosure", json!({ "person": id, "sealed": true })), "owner_only");
    assert_eq!(desk.ok("disclosure", json!({ "person": id, "sealed": false }))["masked"], json!(2));
    assert_eq!(desk.fault("erasure", json!({ "id": id })), "owner_only");
}

#[test]
fn stop_is_one_step_and_holds_for_every_way() {
    let place = folder();
    let mut desk = desk(place.path());
    let id = desk.ok("add_person", json!({ "family": "佐藤" }));
    for channel in ["post", "mail"] {
        let consent = json!({ "person": id, "purpose": "newsletter", "channel": channel, "basis": "consent", "state": "yes" });
        desk.ok("add_consent", consent);
    }
    desk.ok("stop_person", json!({ "id": id }));
    let card = desk.ok("person", json!({ "id": id }));
    assert_eq!(card["fields"]["no_contact"], json!(true));
    let states = card["consents"].as_array().unwrap().iter().map(|kept| kept["fields"]["state"].clone());
    assert_eq!(states.collect::<Vec<_>>(), ["withdrawn", "withdrawn"]);
    for channel in ["post", "mail"] {
        let may = json!({ "filter": { "may": { "purpose": "newsletter", "channel": channel } } });
        assert_eq!(desk.ok("people", may)["total"], json!(0));
    }
    desk.ok("undo", json!({}));
    assert_eq!(desk.ok("person", json!({ "id": id }))["fields"]["no_contact"], json!(false));
}

#[test]
fn whoever_is_erased_is_gone_with_a_certificate_and_no_backup_brings_them_back() {
    let place = folder();
    let mut desk = desk(place.path());
    let id = desk.ok(
        "add_person",
        json!({ "family": "佐藤", "given": "誠", "left_on": "2025-03-31", "employee_number": "0012" }),
    );
    let other =
        desk.ok("add_person", json!({ "family": "大野", "given": "進", "notes": "佐藤誠さんの紹介" }));
    desk.ok(
        "add_contact",
        json!({ "person": id, "kind": "call", "on_day": "2026-08-21", "note": "工場の話" }),
    );
    desk.ok("back_up", json!({}));
    desk.later(3600);
    let meant = desk.ok("erasure", json!({ "id": id }));
    assert_eq!(
        meant["records"],
        json!([{ "table": "person", "records": 1 }, { "table": "contact", "records": 1 }])
    );
    assert_eq!((&meant["roster_until"], &meant["mentions"]), (&json!("2028-03-31"), &json!(1)));
    assert_eq!(meant["elsewhere"]["backups"].as_array().unwrap().len(), 1);

    let erase = |roster: bool| json!({ "person": id, "roster": roster, "recognise": true, "certificate": form("消去の証明書") });
    let printed = desk.ok("erase_person", erase(true));
    assert_eq!(printed["name"], json!("消去の証明書-佐藤誠.pdf"));
    assert!(text_of(&printed["file"]).contains("消去の証明書"));
    assert_eq!(desk.fault("person", json!({ "id": id })), "not_found");
    assert_eq!(desk.fault("erase_person", erase(true)), "not_found");
    assert_eq!(desk.ok("notes", json!({ "search": "工場" }))["total"], json!(0));
    let removable = desk.ok("removable", json!({}));
    assert_eq!(removable["rosters"][0]["until_on"], json!("2028-03-31"));
    assert_eq!(
        (&removable["erased"][0]["person"], &removable["erased"][0]["user"]),
        (&id, &json!("青葉 恵子"))
    );
    let text = desk.ok("steps", json!({})).to_string() + &desk.ok("audit", json!({})).to_string();
    assert!(!text.contains("佐藤"), "{text}");

    // The one who was mentioned by them stays, and every step of others can be undone.
    assert_eq!(desk.ok("undo", json!({}))["label"], json!("add_person"));
    desk.ok("redo", json!({}));
    desk.ok("person", json!({ "id": other }));

    // The backup from before: the person is in it, and is erased again.
    let saved = desk.ok("backups", json!({}))["saved"].clone();
    let old = saved.as_array().unwrap().last().unwrap()["which"].clone();
    let restored = desk.ok("restore", json!({ "which": old, "passphrase": PASSPHRASE }));
    assert_eq!((&restored["erased_again"], &restored["state"]["people"]), (&json!(1), &json!(1)));
    assert_eq!(desk.fault("person", json!({ "id": id })), "not_found");
    let rosters = desk.ok("removable", json!({}))["rosters"].clone();
    assert_eq!(rosters[0]["id"], id, "what the law asks for is kept again");

    // Its day has not come, but it is kept elsewhere: it goes, and stays away.
    desk.ok("remove_roster", json!({ "person": id, "certificate": form("消去の証明書") }));
    assert_eq!(desk.ok("removable", json!({}))["rosters"], json!([]));
    let restored = desk.ok("restore", json!({ "which": old, "passphrase": PASSPHRASE }));
    assert_eq!(restored["erased_again"], json!(1));
    assert_eq!(desk.ok("removable", json!({}))["rosters"], json!([]));
    desk.desk.register().unwrap().verify().unwrap();
}

#[test]
fn who_was_to_be_known_again_is_known_by_an_older_backup_too() {
    let place = folder();
    let mut desk = desk(place.path());
    let one =
        json!({ "family": "𠮷田", "given": "花子", "employee_number": "0017", "born_on": "1961-04-09" });
    let id = desk.ok("add_person", one);
    desk.ok("back_up", json!({}));
    desk.later(3600);
    let erase =
        json!({ "person": id, "roster": false, "recognise": true, "certificate": form("消去の証明書") });
    desk.ok("erase_person", erase);
    let file = place.path().join("list.csv");
    std::fs::write(&file, "社員番号,姓,名,生年月日\n0017,𠮷田,花子,1961/4/9\n0018,邊見,進,1970/1/1\n")
        .unwrap();
    let list = json!({ "file": file, "mapping": ["employee_number", "family", "given", "born_on"] });
    let refused = |desk: &mut Within| {
        desk.ok("read_list", json!({ "file": file }));
        let checked = desk.ok("check_list", list.clone());
        (checked["new"].clone(), checked["refused"].clone())
    };
    assert_eq!(refused(&mut desk), (json!(1), json!(1)));

    // The backup is from before there was a mark, and the owner's key is the only thing that makes them.
    let saved = desk.ok("backups", json!({}))["saved"].clone();
    let old = saved.as_array().unwrap().last().unwrap()["which"].clone();
    desk.ok("restore", json!({ "which": old, "passphrase": PASSPHRASE }));
    assert_eq!(refused(&mut desk), (json!(1), json!(1)));
    // Nothing of them stands in the key file, nor does any field look like it.
    let keys = std::fs::read_to_string(place.path().join("home/company/register.keys")).unwrap();
    assert!(keys.contains("\"marks\"") && !keys.contains("𠮷田") && !keys.contains("0017"), "{keys}");

    // Staff read lists as well, after a lock.
    desk.ok("add_user", json!({ "name": "田中", "owner": false, "passphrase": "いんさつをするひと" }));
    desk.ok("unlock", json!({ "passphrase": "いんさつをするひと" }));
    assert_eq!(refused(&mut desk), (json!(1), json!(1)));
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn after_an_erasure_neither_tray_nor_temporary_folder_holds_the_person() {
    const MARK: &str = "しるし7f3a";
    let place = folder();
    let tray = std::sync::Arc::new(desk::MemoryTray::default());
    let mut desk = Within::with_tray(&place.path().join("home"), tray.clone());
    desk.ok(
        "start_company",
        json!({ "company": "青葉食品", "owner": "青葉 恵子", "passphrase": PASSPHRASE }),
    );
    let id = desk.ok("add_person", json!({ "family": MARK, "given": "誠" }));
    let contact = desk.ok("add_contact", json!({ "person": id, "kind": "letter", "note": MARK }));
    let scan = place.path().join("scan.pdf");
    std::fs::write(&scan, format!("%PDF {MARK}")).unwrap();
    let scanned = tray.offer(scan.clone());
    let add = json!({ "to": { "contact": contact }, "file": scanned, "name": format!("{MARK}.pdf") });
    let file = desk.ok("add_attachment", add);
    let printed = desk.ok("print_disclosure", json!({ "person": id, "form": form(MARK) }));
    let out = desk.ok("attachment", json!({ "id": file }));
    let all = desk.ok("export_all", json!({}));
    let lie = [&printed["pdf"]["file"], &printed["csv"]["file"], &out["file"], &all["file"]];
    let there = |tray: &desk::MemoryTray| {
        lie.iter().filter(|token| desk::Tray::read(tray, token.as_str().unwrap()).is_ok()).count()
    };
    assert_eq!(there(&tray), 4);
    let erase =
        json!({ "person": id, "roster": false, "recognise": true, "certificate": form("消去の証明書") });
    desk.ok("erase_person", erase);
    assert_eq!(there(&tray), 0);
    assert!(format!("{:?}", desk.ok("state", json!({}))).find(MARK).is_none());

    // What this process wrote anywhere: its register, and the folder of the system for what is passing.
    std::fs::remove_file(&scan).unwrap();
    let mut looked_at = 0;
    for path in files(place.path()) {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.to_string_lossy().into_owned();
        assert!(!name.contains(MARK) && memchr::memmem::find(&bytes, MARK.as_bytes()).is_none(), "{name}");
        looked_at += 1;
    }
    assert!(looked_at > 2, "database, keys and reserve");
}

#[test]
fn the_headless_desk_leaves_nothing_of_anybody_in_the_temporary_folder() {
    let place = folder();
    let passing = place.path().join("passing");
    std::fs::create_dir_all(&passing).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_desk"));
    for name in ["TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"] {
        command.env(name, &passing);
    }
    let mut desk = Headless::under(command, &place.path().join("home"), &place.path().join("out"), &[]);
    desk.ok(
        "start_company",
        json!({ "company": "青葉食品", "owner": "青葉 恵子", "passphrase": PASSPHRASE }),
    );
    let id = desk.ok("add_person", json!({ "family": "佐藤", "given": "誠" }));
    desk.ok("add_contact", json!({ "person": id, "kind": "letter", "note": "長い話。".repeat(30_000) }));
    desk.ok("print_disclosure", json!({ "person": id, "form": form("保有する情報") }));
    desk.ok("back_up", json!({}));
    let erase =
        json!({ "person": id, "roster": false, "recognise": false, "certificate": form("消去の証明書") });
    desk.ok("erase_person", erase);
    desk.ok("lock", json!({}));
    assert_eq!(files(&passing), Vec::<std::path::PathBuf>::new());
}

#[test]
fn a_note_goes_behind_the_seal_and_nobody_without_the_key_finds_it_again() {
    let place = folder();
    let mut desk = desk(place.path());
    let id = desk.ok("add_person", json!({ "family": "邊見", "given": "進", "notes": "借金の相談" }));
    let contact = desk.ok("add_contact", json!({ "person": id, "kind": "call", "note": "入院とのこと" }));
    desk.ok("change_contact", json!({ "id": contact, "changes": { "note": "入院、来月手術とのこと" } }));
    desk.ok("back_up", json!({}));
    desk.ok("add_user", json!({ "name": "田中", "owner": false, "passphrase": "いんさつをするひと" }));
    desk.ok("unlock", json!({ "passphrase": "いんさつをするひと" }));
    let text = json!({ "text": { "contact": contact } });
    assert_eq!(desk.ok("text_elsewhere", text.clone())["backups"].as_array().unwrap().len(), 1);
    desk.ok("seal_text", text.clone());
    assert_eq!(desk.fault("seal_text", text), "note_empty");
    desk.ok("seal_text", json!({ "text": { "notes": id } }));
    let card = desk.ok("person", json!({ "id": id }));
    assert_eq!((&card["contacts"][0]["fields"]["note"], &card["fields"]["notes"]), (&json!(""), &json!("")));
    assert_eq!(card["sealed_notes"], json!(2));
    assert_eq!(desk.ok("notes", json!({ "search": "入院" }))["total"], json!(0));
    assert_eq!(desk.fault("sealed_notes", json!({ "id": id })), "owner_only");
    // The step before is still one step back, with nothing of it.
    desk.ok("undo", json!({}));
    assert_eq!(desk.ok("person", json!({ "id": id }))["contacts"][0]["fields"]["note"], json!(""));

    desk.ok("unlock", json!({ "passphrase": PASSPHRASE }));
    let notes = desk.ok("sealed_notes", json!({ "id": id }));
    assert_eq!(
        (&notes[0]["text"], &notes[1]["text"]),
        (&json!("入院、来月手術とのこと"), &json!("借金の相談"))
    );
    let rows = desk.ok("audit", json!({ "limit": 20 })).to_string();
    assert!(rows.contains("seal_text") && !rows.contains("入院"), "{rows}");
}

#[test]
fn an_erasure_that_was_cut_off_is_finished_at_the_next_opening() {
    let place = folder();
    let mut desk = desk(place.path());
    let id = desk.ok("add_person", json!({ "family": "佐藤", "given": "誠" }));
    desk.ok("lock", json!({}));
    // Signed, and no more.
    let path = place.path().join("home/company/register.keys");
    let mut keys = vault::KeyFile::read(&path).unwrap();
    let opened = keys.open(None, PASSPHRASE).unwrap();
    keys.record_erased(&opened, &[id.as_i64().unwrap()], &[]).unwrap();
    keys.write(&path).unwrap();
    assert_eq!(desk.ok("unlock", json!({ "passphrase": PASSPHRASE }))["people"], json!(0));
    assert_eq!(desk.fault("undo", json!({})), "nothing_to_undo");
}

#[test]
fn what_has_had_its_time_is_listed_by_its_period() {
    let place = folder();
    let mut desk = desk(place.path());
    let mut add = |family: &str, fields: Value| {
        let mut person = fields;
        person["family"] = json!(family);
        desk.ok("add_person", person)
    };
    let silent = add("佐藤", json!({ "left_on": "2015-03-31" }));
    let heard = add("大野", json!({ "left_on": "2015-03-31" }));
    let agreed = add("髙橋", json!({ "left_on": "2015-03-31" }));
    add("山﨑", json!({ "left_on": "2025-03-31" }));
    let died = add("渡邉", json!({ "left_on": "2010-03-31", "deceased": true, "deceased_on": "2020-01-01" }));
    desk.ok("add_contact", json!({ "person": heard, "kind": "call", "on_day": "2026-01-10" }));
    desk.ok("add_contact", json!({ "person": silent, "kind": "newsletter", "on_day": "2026-01-10" }));
    desk.ok("add_consent", json!({ "person": agreed, "purpose": "event", "channel": "post", "basis": "consent", "state": "yes" }));
    desk.ok("add_agreement", json!({ "person": agreed, "kind": "secrecy", "until_on": "2018-03-31" }));
    let due = desk.ok("removable", json!({}))["due"].clone();
    let due: Vec<_> =
        due.as_array().unwrap().iter().map(|due| (due["class"].as_str().unwrap(), &due["person"])).collect();
    assert_eq!(due, [("contacts", &silent), ("deceased", &died), ("agreement", &agreed)]);
}

/// Everybody whom nothing may reach, by the family name; 届子 is the only one who may be reached.
fn town(desk: &mut Within) -> Value {
    let mut add = |family: &str, state: &str, changes: Value| {
        let person =
            desk.ok("add_person", json!({ "family": family, "given": "某", "left_on": "2026-03-31" }));
        desk.ok(
            "add_address",
            json!({ "person": person, "postal": "980-0811", "city": "仙台市", "street": family }),
        );
        if state != "none" {
            for (purpose, channel) in [("newsletter", "post"), ("name_in_print", "print"), ("event", "post")]
            {
                desk.ok("add_consent", json!({ "person": person, "purpose": purpose, "channel": channel, "basis": "consent", "state": state }));
            }
        }
        desk.ok("change_person", json!({ "id": person, "changes": changes }));
        person
    };
    json!([
        add("届子", "yes", json!({})),
        add("根無", "none", json!({})),
        add("止男", "yes", json!({ "no_contact": true })),
        add("逝子", "yes", json!({ "deceased": true })),
        add("撤男", "withdrawn", json!({})),
        add("断子", "no", json!({})),
    ])
}

/// An event to which all were invited by mail while all could be, that all answered, and all came to. Nobody else than the
/// first can be reached any more, or could without a reply.
fn everybody_at_an_event(desk: &mut Within, all: &[&Value]) -> Value {
    let event = json!({ "kind": "reunion", "title": "会", "on_day": "2026-11-28", "fee": 100, "seats": 3 });
    let event = desk.ok("add_event", event);
    let standing = ["no_contact", "deceased"];
    for person in all {
        let free: Value = standing
            .iter()
            .map(|field| ((*field).to_owned(), json!(false)))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let before = desk.ok("person", json!({ "id": person }))["fields"].clone();
        desk.ok("change_person", json!({ "id": person, "changes": free }));
        desk.ok(
            "add_mail",
            json!({ "person": person, "address": format!("{person}@example.jp"), "best": true }),
        );
        // As if it had been so at the time.
        let consent = json!({ "person": person, "purpose": "event", "channel": "mail", "basis": "consent", "state": "yes" });
        let consent = desk.ok("add_consent", consent);
        let invitation = json!({ "event": event, "selection": { "people": [person] }, "mail_first": true });
        desk.ok("invite", invitation);
        if *person != all[0] {
            desk.ok("remove_consent", json!({ "id": consent }));
        }
        let changes = json!({ "no_contact": before["no_contact"], "deceased": before["deceased"] });
        desk.ok("change_person", json!({ "id": person, "changes": changes }));
    }
    let card = desk.ok("event", json!({ "id": event }))["card"].clone();
    for row in card["invitees"].as_array().unwrap() {
        if row["closed"] == json!(true) {
            let news = json!({ "came": true, "news": format!("{}の近況", row["family"].as_str().unwrap()), "news_print": "named" });
            desk.ok("change_invitee", json!({ "id": row["id"], "changes": news }));
        } else if row["fields"]["person"] == *all[0] {
            let news = json!({ "came": true, "news": "届子の近況", "news_print": "named" });
            desk.ok("change_invitee", json!({ "id": row["id"], "changes": news }));
        }
    }
    event
}

#[test]
fn nobody_without_a_basis_stopped_or_dead_comes_out_of_a_command_that_reaches_people() {
    let place = folder();
    let mut desk = desk(place.path());
    let people = town(&mut desk);
    let all: Vec<&Value> = people.as_array().unwrap().iter().collect();
    for row in desk::TABLE.iter().filter(|row| row.kind == desk::Kind::Reach) {
        let came: String = match row.name {
            "print_issue" => {
                let issue = desk.ok("add_issue", json!({ "name": "縁だより", "number": 1, "dated_on": "2026-11-20", "columns": 1,
                    "articles": [{ "heading": "新しい門出", "body": "本文" }], "leavers_from": "2026-03-01", "leavers_until": "2026-04-30" }));
                ["standard", "large", "mail"]
                    .map(|edition| {
                        let printed = desk.ok("print_issue", json!({ "id": issue, "edition": edition }));
                        match edition {
                            "mail" => std::fs::read_to_string(printed["file"].as_str().unwrap()).unwrap(),
                            _ => text_of(&printed["file"]),
                        }
                    })
                    .concat()
            }
            // Asked are those alone of whom nothing is known; who may be written to needs no asking.
            "print_asking" => {
                for (person, name) in all.iter().zip(["届子", "根無", "止男", "逝子", "撤男", "断子"])
                {
                    desk.ok(
                        "add_address",
                        json!({ "person": person, "street": format!("{name}町"), "best": true }),
                    );
                }
                let parts = json!([{ "heading": "", "lines": ["{name}様へ"] }]);
                let form = json!({ "title": "お尋ね", "parts": parts, "language": "ja" });
                let asking = json!({ "selection": { "query": {} }, "purpose": "newsletter", "form": form });
                let printed = desk.ok("print_asking", asking);
                assert_eq!((&printed["people"], &printed["left_out"]), (&json!([all[1]]), &json!(5)));
                let text = text_of(&printed["file"]);
                assert!(text.contains("根無某様へ") && text.contains("根無町"), "{text}");
                text.replace("根無", "届子")
            }
            // A sheet for one who stands there: nobody is sent anything, and the dead get none.
            "print_form" => {
                let print = |person: &Value| json!({ "person": person, "form": form("渡す紙") });
                assert_eq!(desk.fault("print_form", print(all[3])), "person_deceased");
                "届子".into()
            }
            // Numbers of people, no names.
            "export_audit" => {
                let exported = desk.ok("export_audit", json!({}));
                std::fs::read_to_string(exported["file"].as_str().unwrap()).unwrap() + "届子"
            }
            // A reason given for each of them opens nothing that they or the law closed.
            "print_dispatch" => {
                let anyway: Value =
                    all.iter().map(|person| json!({ "person": person, "reason": "社長の指示" })).collect();
                let way = json!({ "purpose": "newsletter", "channel": "post" });
                let gate = json!({ "way": way, "selection": { "query": {} }, "anyway": anyway });
                ["letters", "labels", "cards", "doubles", "naga3", "kaku2"]
                    .map(|form| {
                        let wanted = json!({ "gate": gate, "title": form, "form": form, "issue": null,
                            "households": true, "sheet": "a4-12", "letter": ["本文"], "language": "ja",
                            "back": { "heading": "", "text": "{お名前}様", "closing": [] } });
                        let printed = desk.ok("print_dispatch", wanted);
                        assert_eq!(printed["people"], json!(1), "{form}");
                        let papers = printed["papers"].as_array().unwrap().iter();
                        papers.map(|paper| text_of(&paper["file"])).collect::<String>()
                    })
                    .concat()
            }
            // All are invited past the gate, answer, come, and have something to say; then only the first may still be reached.
            "print_event" | "print_badges" | "printable_news" | "draft_mails" | "event_calendar" => {
                let event = everybody_at_an_event(&mut desk, &all);
                match row.name {
                    "print_event" => {
                        let paper = |paper: &str| json!({ "paper": paper, "words": { "title": paper, "columns": ["一", "二", "三", "四", "五", "六"], "receipt": ["{name}"], "table": "{n}", "unnamed": "{n}" } });
                        let papers = ["reception", "receipts", "seating", "news"].map(paper);
                        let mut fees = paper("fees");
                        fees["words"]["columns"] = json!(["一", "二", "三", "四", "五"]);
                        [json!(papers), json!([fees])]
                            .map(|papers| {
                                let wanted = json!({ "event": event, "name": "紙", "papers": papers, "language": "ja" });
                                text_of(&desk.ok("print_event", wanted)["file"])
                            })
                            .concat()
                    }
                    "print_badges" => {
                        let tags =
                            json!({ "event": event, "kind": "tags", "sheet": "", "used": 0, "words": {} });
                        text_of(&desk.ok("print_badges", tags)["file"])
                    }
                    "printable_news" => desk.ok("printable_news", json!({})).to_string(),
                    "event_calendar" => {
                        let made = desk.ok("event_calendar", json!({ "id": event }));
                        std::fs::read_to_string(made["file"].as_str().unwrap()).unwrap() + "届子"
                    }
                    _ => {
                        let own = json!({ "address": "仙台市", "mail": "soumu@example.jp" });
                        desk.ok("change_settings", own);
                        let drafts = json!({ "event": event, "subject": "会", "text": "{name}", "footer": "", "form": form("会") });
                        let made = desk.ok("draft_mails", drafts);
                        let unzip = std::process::Command::new("python3")
                            .args([
                                "-c",
                                "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).namelist())",
                            ])
                            .arg(made["paper"]["file"].as_str().unwrap())
                            .output();
                        assert_eq!(made["people"], json!(1));
                        String::from_utf8(unzip.unwrap().stdout).unwrap()
                    }
                }
            }
            // By mail: only who agreed to the newsletter by mail.
            "draft_issue" => {
                for person in &all {
                    desk.ok("add_mail", json!({ "person": person, "address": "a@example.jp", "best": true }));
                }
                desk.ok("add_consent", json!({ "person": all[0], "purpose": "newsletter", "channel": "mail", "state": "yes", "basis": "consent" }));
                let own = json!({ "company": "青葉", "address": "仙台市", "mail": "soumu@example.jp" });
                desk.ok("change_settings", own);
                let issue = desk.ok("add_issue", json!({ "name": "縁だより", "number": 2, "columns": 1, "articles": [{ "body": "本文" }] }));
                let gate = json!({ "way": { "purpose": "newsletter", "channel": "mail" }, "selection": { "people": people } });
                let wanted = json!({ "gate": gate, "title": "縁だより", "issue": issue, "subject": "会報", "text": "{name}", "footer": "" });
                let made = desk.ok("draft_issue", wanted);
                let unzip = std::process::Command::new("python3")
                    .args(["-c", "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).namelist())"])
                    .arg(made["papers"][1]["file"].as_str().unwrap())
                    .output();
                assert_eq!(made["people"], json!(1));
                String::from_utf8(unzip.unwrap().stdout).unwrap()
            }
            // All moved since, and two may not be written to any more.
            "print_moved" => {
                let close = |desk: &mut Within, closed: bool| {
                    let stands = [(all[2], "no_contact"), (all[3], "deceased")];
                    for (person, field) in stands {
                        desk.ok("change_person", json!({ "id": person, "changes": { field: closed } }));
                    }
                };
                let anyway: Value =
                    all.iter().map(|person| json!({ "person": person, "reason": "社長の指示" })).collect();
                let way = json!({ "purpose": "newsletter", "channel": "post" });
                let gate = json!({ "way": way, "selection": { "query": {} }, "anyway": anyway });
                close(&mut desk, false);
                let wanted = json!({ "gate": gate, "title": "便り", "form": "cards", "issue": null, "households": false, "language": "ja" });
                let printed = desk.ok("print_dispatch", wanted);
                assert_eq!(printed["people"], json!(3));
                let id = desk.ok("add_dispatch", json!({ "file": printed["papers"][0]["file"] }));
                close(&mut desk, true);
                for person in &all {
                    desk.ok("add_address", json!({ "person": person, "postal": "530-0001", "city": "大阪市", "street": "梅田9", "best": true }));
                }
                let printed = desk.ok("print_moved", json!({ "id": id, "title": "便り" }));
                assert_eq!(printed["people"], json!(1));
                text_of(&printed["papers"][0]["file"])
            }
            // Papers that were made while two of them could still be written to.
            "print_paper" => {
                let close = |desk: &mut Within, person: &Value, field: &str, closed: bool| {
                    desk.ok("change_person", json!({ "id": person, "changes": { field: closed } }));
                };
                let anyway: Value =
                    all.iter().map(|person| json!({ "person": person, "reason": "社長の指示" })).collect();
                close(&mut desk, all[2], "no_contact", false);
                close(&mut desk, all[3], "deceased", false);
                let way = json!({ "purpose": "newsletter", "channel": "post" });
                let papers: Vec<Value> = ["letters", "labels", "cards", "doubles", "naga3", "kaku2"]
                    .into_iter()
                    .flat_map(|form| {
                        let gate = json!({ "way": way, "selection": { "query": {} }, "anyway": anyway });
                        let wanted = json!({ "gate": gate, "title": form,
                            "form": form, "issue": null, "households": false, "sheet": "a4-12", "letter": ["本文"],
                            "back": { "heading": "", "text": "{お名前}様", "closing": [] }, "language": "ja" });
                        let printed = desk.ok("print_dispatch", wanted);
                        assert_eq!(printed["people"], json!(3), "{form}");
                        let id = desk.ok("add_dispatch", json!({ "file": printed["papers"][0]["file"] }));
                        desk.ok("dispatch", json!({ "id": id }))["papers"].as_array().unwrap().clone()
                    })
                    .collect();
                close(&mut desk, all[2], "no_contact", true);
                close(&mut desk, all[3], "deceased", true);
                let mut came = String::new();
                for paper in papers {
                    let run = json!({ "id": paper["id"], "printer": "", "from": 1, "until": null });
                    came += &text_of(&desk.ok("print_paper", run)["paper"]["file"]);
                }
                assert_eq!(came.matches("届子某様").count(), 8, "{came}");
                came
            }
            other => panic!("{other} reaches people: let it run here, and say who may come out"),
        };
        assert!(came.contains("届子"), "{}: {came}", row.name);
        for name in ["根無", "止男", "逝子", "撤男", "断子"] {
            assert!(!came.contains(name), "{}: {name} in {came}", row.name);
        }
    }
}
