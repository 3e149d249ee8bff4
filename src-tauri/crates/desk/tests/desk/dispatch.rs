//! 発送: the gate before paper, the papers, and the ledger of what went.

use crate::front::{Ask, Within, folder};
use serde_json::{Value, json};
use std::{path::Path, process::Command};

/// A company without anybody.
pub fn company(folder: &Path) -> Within {
    let mut desk = Within::new(folder, &folder.join("out"));
    desk.ok(
        "start_company",
        json!({ "company": "青葉食品株式会社", "owner": "青葉", "passphrase": "さくら咲く頃に会う" }),
    );
    let own = json!({ "postal": "984-0002", "address": "仙台市若林区卸町東1-2-3", "phone": "022-000-0000" });
    desk.ok("change_settings", own);
    desk
}

/// Somebody with an address who may be written to.
pub fn reader(desk: &mut dyn Ask, family: &str, given: &str, street: &str) -> Value {
    let person = desk.ok("add_person", json!({ "family": family, "given": given }));
    let address = json!({
        "person": person, "postal": "980-0811", "prefecture": "宮城県", "city": "仙台市青葉区", "street": street,
        "best": true,
    });
    desk.ok("add_address", address);
    let consent = json!({
        "person": person, "purpose": "newsletter", "channel": "post", "basis": "consent", "state": "yes",
    });
    desk.ok("add_consent", consent);
    person
}

pub fn gate() -> Value {
    json!({ "way": { "purpose": "newsletter", "channel": "post" }, "selection": { "query": {} } })
}

fn labels(gate: Value) -> Value {
    json!({
        "gate": gate, "title": "縁だより 第12号", "form": "labels", "issue": null, "households": false,
        "sheet": "a4-12", "used": 6, "language": "ja",
    })
}

/// The people of a pile with their doubts.
fn pile<'a>(piles: &'a Value, name: &str) -> Vec<(&'a str, Vec<&'a str>)> {
    let rows = piles[name]["rows"].as_array().unwrap().iter();
    let doubts =
        |row: &'a Value| row["invited"]["doubts"].as_array().unwrap().iter().map(|it| it.as_str().unwrap());
    rows.map(|row| (row["invited"]["given"].as_str().unwrap(), doubts(row).collect())).collect()
}

/// What can be read on a paper.
pub fn text(pdf: &Value) -> String {
    let read = Command::new("pdftotext").arg(pdf.as_str().unwrap()).arg("-").output().unwrap();
    String::from_utf8_lossy(&read.stdout).split_whitespace().collect()
}

#[test]
fn everybody_stands_on_one_of_three_piles_with_what_speaks_against_it() {
    let folder = folder();
    let desk = &mut company(folder.path());
    let mut of = |given: &str| reader(desk, "佐藤", given, &format!("一番町{given}"));
    let [_, dead, left_alone, back, mourning, honoured] =
        ["誠", "進", "実", "茂", "勝", "花子様"].map(&mut of);
    let glyph = reader(desk, "\u{e000}田", "清", "二番町1");
    // In mourning until yesterday.
    let past = reader(desk, "佐藤", "昇", "三番町1");
    for (person, changes) in [
        (&dead, json!({ "deceased": true })),
        (&left_alone, json!({ "no_contact": true })),
        (&back, json!({ "returned": true })),
        (&mourning, json!({ "mourning_until": "2026-12-31" })),
        (&past, json!({ "mourning_until": "2026-11-19" })),
    ] {
        desk.ok("change_person", json!({ "id": person, "changes": changes }));
    }
    let no = reader(desk, "佐藤", "稔", "四番町1");
    desk.ok(
        "add_consent",
        json!({ "person": no, "purpose": "newsletter", "channel": "post", "state": "withdrawn" }),
    );
    desk.ok("add_person", json!({ "family": "佐藤", "given": "豊" }));
    for (given, address) in [
        ("正", json!({ "postal": "", "prefecture": "宮城県", "city": "仙台市青葉区" })),
        ("弘", json!({ "postal": "980-0811", "prefecture": "宮城県" })),
        ("修", json!({})),
    ] {
        let person = reader(desk, "佐藤", given, "五番町");
        let card = desk.ok("person", json!({ "id": person }));
        desk.ok("remove_address", json!({ "id": card["addresses"][0]["id"] }));
        if let Value::Object(mut fields) = address
            && !fields.is_empty()
        {
            fields.insert("person".into(), person);
            desk.ok("add_address", Value::Object(fields));
        }
    }
    // Written in two ways, it is one house; and the second of one name is asked about.
    reader(desk, "鈴木", "一", "六番町１－２");
    reader(desk, "鈴木", "一", "六番町1-2");
    reader(desk, "鈴木", "二葉", "六番町1-2");

    let piles = desk.ok("check_dispatch", gate());
    assert_eq!(
        pile(&piles, "hold"),
        [
            ("実", vec!["no_contact"]),
            ("稔", vec!["refused"]),
            ("豊", vec!["no_basis", "no_address"]),
            ("進", vec!["deceased"]),
        ]
    );
    let mut mend = pile(&piles, "mend");
    mend.sort_unstable();
    assert_eq!(
        mend,
        [
            ("一", vec!["twice"]),
            ("修", vec!["no_address"]),
            ("勝", vec!["mourning"]),
            ("弘", vec!["no_town"]),
            ("正", vec!["no_postal"]),
            ("清", vec!["glyph"]),
            ("花子様", vec!["honorific"]),
            ("茂", vec!["returned"]),
        ]
    );
    let mut send = pile(&piles, "send");
    send.sort_unstable();
    assert_eq!(send, [("一", vec![]), ("二葉", vec![]), ("昇", vec![]), ("誠", vec![])]);
    let lacking =
        piles["mend"]["rows"].as_array().unwrap().iter().find(|row| row["lacking"] != json!([])).unwrap();
    assert_eq!((&lacking["invited"]["person"], &lacking["lacking"]), (&glyph, &json!(["\u{e000}"])));
    let beside =
        piles["send"]["rows"].as_array().unwrap().iter().find(|row| row["invited"]["given"] == "二葉");
    assert_eq!(beside.unwrap()["invited"]["beside"].as_array().unwrap().len(), 2);
    assert_eq!(piles["hold"]["doubts"].as_array().unwrap().len(), 5);

    // By mail the address on paper says nothing, and only who agreed beforehand is written to.
    let mut by_mail = gate();
    by_mail["way"]["channel"] = json!("mail");
    let piles = desk.ok("check_dispatch", by_mail.clone());
    assert_eq!((&piles["send"]["total"], &piles["mend"]["total"]), (&json!(0), &json!(0)));
    assert_eq!(desk.fault("print_dispatch", labels(by_mail)), "only_post");

    // A reason opens what may be opened, and nothing else.
    let anyway = |people: &[&Value]| {
        let mut gate = gate();
        gate["anyway"] =
            people.iter().map(|it| json!({ "person": it, "reason": "電話で本人に確かめた" })).collect();
        gate
    };
    let all = anyway(&[&dead, &left_alone, &no, &back, &mourning, &honoured]);
    let piles = desk.ok("check_dispatch", all.clone());
    assert_eq!((&piles["send"]["total"], &piles["hold"]["total"]), (&json!(7), &json!(4)));
    let mut unsaid = anyway(&[&back]);
    unsaid["anyway"][0]["reason"] = json!("　");
    assert_eq!(desk.ok("check_dispatch", unsaid)["send"]["total"], json!(4), "a reason says something");

    // What is printed bears the names of those on the first pile, each once, and nobody else's.
    let printed = desk.ok("print_dispatch", labels(all));
    assert_eq!((&printed["people"], &printed["pieces"]), (&json!(7), &json!(7)));
    let read = text(&printed["papers"][0]["file"]);
    for given in ["誠", "二葉", "昇", "茂", "勝", "花子様"] {
        assert_eq!(read.matches(&format!("{given}様")).count(), 1, "{given} in {read}");
    }
    for given in ["進", "実", "稔", "豊", "正", "弘", "修", "清"] {
        assert!(!read.contains(&format!("{given}様")), "{given} in {read}");
    }
}

#[test]
fn what_went_out_is_kept_byte_for_byte_and_is_no_contact() {
    let folder = folder();
    let desk = &mut company(folder.path());
    let people: Vec<Value> = ["誠", "進", "実"]
        .iter()
        .map(|given| reader(desk, "佐藤", given, &format!("一番町{given}")))
        .collect();
    let issue = desk.ok("add_issue", json!({ "name": "縁だより", "number": 12, "columns": 1, "articles": [{ "heading": "秋", "body": "秋になりました。" }] }));
    let waiting = desk.ok("today", json!({}))["waiting"].clone();
    assert_eq!(waiting["total"], json!(3));
    let mut wanted = labels(gate());
    wanted["issue"] = issue.clone();
    let printed = desk.ok("print_dispatch", wanted.clone());
    assert_eq!(
        (&printed["papers"][0]["name"], &printed["papers"][0]["pages"]),
        (&json!("縁だより-12.pdf"), &json!(1))
    );
    let bytes = |paper: &Value| std::fs::read(paper["file"].as_str().unwrap()).unwrap();
    let made: Vec<Vec<u8>> = printed["papers"].as_array().unwrap().iter().map(bytes).collect();
    // What is tried on plain paper is none of it, and only the papers made last are kept.
    let add = json!({ "file": printed["papers"][0]["file"] });
    assert_eq!(desk.fault("add_dispatch", json!({ "file": printed["papers"][1]["file"] })), "papers_gone");
    let mut tried = wanted.clone();
    tried["outlined"] = json!(true);
    desk.ok("print_dispatch", wanted.clone());
    let dispatch = desk.ok("add_dispatch", add.clone());
    assert_eq!(desk.fault("add_dispatch", add.clone()), "papers_gone", "once is enough");
    let tried = desk.ok("print_dispatch", tried);
    assert_eq!(desk.fault("add_dispatch", json!({ "file": tried["papers"][0]["file"] })), "papers_gone");

    // Made is not sent.
    let ledger = desk.ok("dispatches", json!({}));
    let row = &ledger["rows"][0];
    assert_eq!((&row["id"], &row["people"], &row["sent_on"]), (&dispatch, &json!(3), &Value::Null));
    assert_eq!(desk.ok("person", json!({ "id": people[0] }))["sent"][0]["sent_on"], Value::Null);
    // Somebody dies before it is posted: the card says which paper is to be taken out, and it is not in the ledger.
    let death = json!({ "person": people[1], "deceased_on": null, "note": "", "family": "", "phone": "" });
    desk.ok("record_death", death);
    let told = desk.ok("to_tell", json!({ "id": people[1] }));
    assert_eq!(
        (&told["made"][0]["title"], &told["made"][0]["place"]),
        (&json!("縁だより 第12号"), &json!(3))
    );
    assert_eq!(told["sent"], json!([]));
    assert_eq!(desk.ok("dispatch", json!({ "id": dispatch }))["to"][2]["closed"], json!(["deceased"]));
    let sent = desk.ok("record_sent", json!({ "id": dispatch, "sent_on": "2026-11-18" }));
    assert_eq!(sent["pulled"], json!(["佐藤 進"]));
    let card = desk.ok("dispatch", json!({ "id": dispatch }));
    assert_eq!((&card["row"]["people"], &card["row"]["sent_on"]), (&json!(2), &json!("2026-11-18")));
    assert_eq!(desk.fault("remove_dispatch", json!({ "id": dispatch })), "dispatch_sent");

    // The very bytes, however often, and whatever becomes of the issue.
    desk.ok("remove_issue", json!({ "id": issue }));
    for (paper, made) in card["papers"].as_array().unwrap().iter().zip(&made) {
        let again = desk.ok("dispatch_paper", json!({ "id": paper["id"] }));
        assert_eq!(&bytes(&again), made);
        let mut sum = Command::new("sha256sum");
        let sum = sum.arg(again["file"].as_str().unwrap()).output().unwrap().stdout;
        assert!(String::from_utf8_lossy(&sum).starts_with(paper["sha256"].as_str().unwrap()));
    }

    // The day stands with the person; the tie is as thin as before.
    let held = desk.ok("disclosure", json!({ "person": people[0], "sealed": false }))["held"].clone();
    let sending = held.as_array().unwrap().iter().find(|it| it["table"] == "sending").unwrap();
    assert_eq!(sending["fields"]["dispatch"], json!("縁だより 第12号"));
    let person = desk.ok("person", json!({ "id": people[0] }));
    assert_eq!(person["sent"][0]["sent_on"], json!("2026-11-18"));
    assert_eq!(person["contacts"], json!([]));
    let now = desk.ok("today", json!({}))["waiting"].clone();
    let ids = |waiting: &Value| {
        waiting["rows"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect::<Vec<_>>()
    };
    let mut before = ids(&waiting);
    before.retain(|id| *id != people[1]);
    assert_eq!(ids(&now), before, "all but the one who died");
    assert!(
        now["rows"]
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["last_contact_on"].is_null() && row["tie"] == "none")
    );

    // Came back: one step, and the next time the address is doubted.
    desk.ok("record_return", json!({ "id": card["to"][0]["id"] }));
    assert_eq!(desk.ok("dispatches", json!({}))["rows"][0]["returned"], json!(1));
    let piles = desk.ok("check_dispatch", gate());
    assert_eq!(pile(&piles, "mend"), [("実", vec!["returned"])]);
    desk.ok("undo", json!({}));
    assert_eq!(desk.ok("check_dispatch", gate())["mend"]["total"], json!(0));
    // Each of it is one step back: the issue, the sending, the death, the keeping.
    for _ in 0..4 {
        desk.ok("undo", json!({}));
    }
    assert_eq!(desk.ok("dispatches", json!({}))["total"], json!(0));
    assert_eq!(desk.ok("person", json!({ "id": people[0] }))["sent"], json!([]));
    desk.ok("redo", json!({}));
    let again = desk.ok("dispatch", json!({ "id": dispatch }))["papers"][1].clone();
    assert_eq!(bytes(&desk.ok("dispatch_paper", json!({ "id": again["id"] }))), made[1]);
}

#[test]
fn the_ledger_is_found_by_title_and_by_name() {
    let folder = folder();
    let desk = &mut company(folder.path());
    let [makoto, _] = ["誠", "進"].map(|given| reader(desk, "佐藤", given, &format!("一番町{given}")));
    for (title, selection) in
        [("縁だより 第11号", json!({ "query": {} })), ("同窓会の案内", json!({ "people": [makoto] }))]
    {
        let mut wanted = labels(gate());
        wanted["title"] = json!(title);
        wanted["gate"]["selection"] = selection;
        let printed = desk.ok("print_dispatch", wanted);
        desk.ok("add_dispatch", json!({ "file": printed["papers"][0]["file"] }));
    }
    for (search, found) in
        [("", 2), ("えにし", 0), ("縁だより", 1), ("だより 11", 1), ("誠", 2), ("佐藤 進", 1), ("鈴木", 0)]
    {
        assert_eq!(desk.ok("dispatches", json!({ "search": search }))["total"], json!(found), "{search}");
    }
    let first = desk.ok("dispatches", json!({ "search": "同窓会" }))["rows"][0]["id"].clone();
    desk.ok("remove_dispatch", json!({ "id": first }));
    assert_eq!(desk.ok("dispatches", json!({}))["total"], json!(1));
}

#[test]
fn who_lives_together_may_get_one_with_both_names() {
    let folder = folder();
    let desk = &mut company(folder.path());
    reader(desk, "佐藤", "誠", "一番町1-2");
    reader(desk, "佐藤", "花子", "一番町１－２");
    reader(desk, "鈴木", "進", "二番町3");
    for (form, households, pieces, pages) in
        [("letters", false, 3, 3), ("letters", true, 2, 2), ("cards", true, 2, 2), ("cards", false, 3, 3)]
    {
        let mut wanted = labels(gate());
        wanted["form"] = json!(form);
        wanted["households"] = json!(households);
        wanted["letter"] = json!(["拝啓", "秋も深まってまいりました。"]);
        let printed = desk.ok("print_dispatch", wanted);
        assert_eq!((&printed["people"], &printed["pieces"]), (&json!(3), &json!(pieces)), "{form}");
        assert_eq!(printed["papers"][0]["pages"], json!(pages), "{form}");
        let read = text(&printed["papers"][0]["file"]);
        assert_eq!(read.matches('様').count(), 3, "{form}: {read}");
        if form == "letters" {
            assert_eq!(read.matches("秋も深まってまいりました").count(), pages, "{read}");
            assert!(read.contains("令和8年11月20日") && read.contains("022-000-0000"), "{read}");
        }
    }
    let nobody = json!({ "way": gate()["way"], "selection": {} });
    assert_eq!(desk.fault("print_dispatch", labels(nobody)), "nobody_to_send");
    let mut strange = labels(gate());
    strange["sheet"] = json!("a4-13");
    assert_eq!(desk.fault("print_dispatch", strange), "no_such_labels");
}

#[test]
fn an_issue_tells_whom_it_names_and_who_has_not_agreed() {
    let folder = folder();
    let desk = &mut company(folder.path());
    let agreed = reader(desk, "髙橋", "誠", "一番町1");
    let unasked = reader(desk, "渡邊", "花子", "一番町2");
    reader(desk, "佐藤", "進", "一番町3");
    desk.ok("add_consent", json!({ "person": agreed, "purpose": "name_in_print", "channel": "print", "basis": "consent", "state": "yes" }));
    desk.ok("change_person", json!({ "id": unasked, "changes": { "employer": "北斗食品（株）" } }));
    desk.ok("add_colleague", json!({ "family": "田中", "given": "恵" }));
    let articles = json!([
        { "heading": "近況", "body": "髙橋　誠さんと渡邊花子さん（北斗食品（株））が、副業として手伝ってくださいました。" },
        { "heading": "職場から", "body": "田中 恵がご案内しました。", "photos": [] },
    ]);
    let issue =
        desk.ok("add_issue", json!({ "name": "縁だより", "number": 1, "columns": 1, "articles": articles }));
    let checked = desk.ok("check_issue", json!({ "id": issue }));
    let people = checked["people"].as_array().unwrap();
    assert_eq!(people.len(), 2, "who is not named is not told");
    let [first, second] = &people[..] else { panic!("two") };
    assert_eq!((&first["named"]["person"], &first["named"]["name_agreed"]), (&agreed, &json!(true)));
    assert_eq!(
        (&second["named"]["name"], &second["named"]["name_agreed"]),
        (&json!("渡邊 花子"), &json!(false))
    );
    assert_eq!((&second["named"]["employer"], &second["side_job"]), (&json!("北斗食品（株）"), &json!(true)));
    assert_eq!(
        checked["staff"],
        json!([{ "article": "職場から", "at": 1, "agreed": false, "name": "田中 恵", "shown": false }])
    );
    // The present employer is agreed to for itself; then nobody need be asked again.
    desk.ok("add_consent", json!({ "person": unasked, "purpose": "employer_in_print", "channel": "print", "basis": "consent", "state": "yes" }));
    let checked = desk.ok("check_issue", json!({ "id": issue }));
    let named = &checked["people"][1]["named"];
    assert_eq!((&named["employer"], &named["name_agreed"]), (&Value::Null, &json!(false)));
}
