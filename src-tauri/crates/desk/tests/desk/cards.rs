//! Postcards with a message, 往復はがき, season's cards, sheets that the office measured, and what goes to the printer.

use crate::{
    dispatch::{company, gate, reader, text},
    front::{Ask, Within, folder},
};
use serde_json::{Value, json};

fn cards(gate: Value, form: &str) -> Value {
    json!({ "gate": gate, "title": "秋の便り", "form": form, "issue": null, "households": false, "language": "ja" })
}

fn back(text: &str) -> Value {
    json!({ "heading": "秋の便り", "text": text, "closing": ["令和8年11月", "青葉食品株式会社"] })
}

fn reply() -> Value {
    json!({
        "heading": "OB・OG会", "lines": ["令和9年2月20日（土）"], "answers": ["ご出席", "ご欠席"], "how": "○で囲んでください。",
        "fields": [{ "name": "近況", "rows": 3, "ticks": ["名前も載せてよい", "匿名で", "載せない"] }], "seal": "シール",
        "code": "整理番号", "office": "総務部", "honorific": "行",
    })
}

fn file(printed: &Value, paper: usize) -> &Value {
    &printed["papers"][paper]["file"]
}

#[test]
fn a_card_names_everybody_by_their_own_name_and_a_misspelt_place_is_refused() {
    let folder = folder();
    let desk = &mut company(folder.path());
    reader(desk, "𠮷田", "誠", "一番町1");
    reader(desk, "髙橋", "花子", "二番町2");
    let mut wanted = cards(gate(), "cards");
    wanted["back"] = back("{お名前}様\n｛姓｝さん、お変わりありませんか。{会社名}より");
    let printed = desk.ok("print_dispatch", wanted.clone());
    assert_eq!((printed["papers"].as_array().unwrap().len(), &printed["tight"]), (2, &json!([])));
    // Upright lines leave blanks between the letters, which `text` takes away.
    let read = text(file(&printed, 1));
    for said in ["𠮷田誠様", "𠮷田さん、", "髙橋花子様", "髙橋さん、", "青葉食品株式会社より", "令和8年"]
    {
        assert!(read.contains(said), "{said} in {read}");
    }
    for wrong in ["{お名}様", "{お名前", "{ お名前様\n}", "{}"] {
        wanted["back"] = back(wrong);
        assert_eq!(desk.fault("print_dispatch", wanted.clone()), "unknown_merge_field", "{wrong}");
    }
    // What names nobody is kept as a paper for all, what names them is not.
    for (words, personal) in [("皆さまへ", false), ("{姓}さん", true)] {
        wanted["back"] = back(words);
        let printed = desk.ok("print_dispatch", wanted.clone());
        let id = desk.ok("add_dispatch", json!({ "file": file(&printed, 0) }));
        let card = desk.ok("dispatch", json!({ "id": id }));
        let of = desk.desk.register().unwrap();
        let paper = register::DispatchPaperId(card["papers"][1]["id"].as_i64().unwrap());
        assert_eq!(of.read(|reading| reading.dispatch_paper_of(paper)).unwrap().1, personal, "{words}");
    }
}

#[test]
fn whose_address_finds_no_room_wants_mending_and_goes_only_for_a_reason() {
    let folder = folder();
    let desk = &mut company(folder.path());
    reader(desk, "佐藤", "誠", "一番町1");
    let endless = reader(desk, "髙橋", "花子", &"長い名前の建物".repeat(300));
    for form in ["cards", "naga3", "labels", "letters"] {
        let mut wanted = cards(gate(), form);
        wanted["sheet"] = json!("a4-24");
        let printed = desk.ok("print_dispatch", wanted.clone());
        assert_eq!((&printed["pieces"], &printed["tight"]), (&json!(1), &json!(["髙橋 花子"])), "{form}");
        let piles = &printed["piles"];
        assert_eq!((&piles["send"]["total"], &piles["mend"]["doubts"]), (&json!(1), &json!([["tight", 1]])));
        let read = text(file(&printed, 0));
        assert!(read.contains("佐藤") && !read.contains("髙橋"), "{form}: {read}");
        // Decided upon, it goes, and the ledger says why.
        wanted["gate"]["anyway"] = json!([{ "person": endless, "reason": "窓口で渡す" }]);
        let printed = desk.ok("print_dispatch", wanted.clone());
        assert_eq!(
            (&printed["pieces"], &printed["piles"]["send"]["total"]),
            (&json!(2), &json!(2)),
            "{form}"
        );
        let id = desk.ok("add_dispatch", json!({ "file": file(&printed, 0) }));
        let card = desk.ok("dispatch", json!({ "id": id }));
        let told = |name: &str| {
            let all = card["to"].as_array().unwrap();
            let one = all.iter().find(|to| to["name"] == json!(name)).unwrap();
            (one["fields"]["doubts"].clone(), one["fields"]["reason"].clone())
        };
        assert_eq!(told("髙橋 花子"), (json!("tight"), json!("窓口で渡す")));
        assert_eq!(told("佐藤 誠"), (json!(""), json!("")));
        // Nobody is left whose address fits: there is no paper, and the piles say so.
        wanted["gate"]["anyway"] = json!([]);
        wanted["gate"]["selection"] = json!({ "people": [endless] });
        let printed = desk.ok("print_dispatch", wanted);
        assert_eq!(
            (&printed["papers"], &printed["piles"]["mend"]["total"]),
            (&json!([]), &json!(1)),
            "{form}"
        );
    }
    // A message is everybody's: it is told, and leaves nobody out.
    let mut wanted = cards(gate(), "cards");
    wanted["gate"]["anyway"] = json!([{ "person": endless, "reason": "窓口で渡す" }]);
    wanted["back"] = back(&"まことに長い文面です。".repeat(200));
    let printed = desk.ok("print_dispatch", wanted);
    assert_eq!((&printed["is_crowded"], &printed["people"]), (&json!(true), &json!(2)));
}

#[test]
fn a_birth_name_stands_on_paper_only_where_it_was_asked_for() {
    let folder = folder();
    let desk = &mut company(folder.path());
    let married = reader(desk, "山田", "花子", "一番町1");
    let kept_hers = reader(desk, "邊見", "涼子", "二番町2");
    reader(desk, "佐藤", "誠", "三番町3");
    desk.ok("change_person", json!({ "id": married, "changes": { "maiden": "鈴木" } }));
    desk.ok("change_person", json!({ "id": kept_hers, "changes": { "maiden": "邊見" } }));
    for form in ["cards", "naga3", "kaku2", "labels", "letters", "doubles"] {
        let mut wanted = cards(gate(), form);
        wanted["sheet"] = json!("a4-12");
        if form == "doubles" {
            wanted["back"] = back("お元気ですか。");
            wanted["reply"] = reply();
        }
        let printed = desk.ok("print_dispatch", wanted.clone());
        let without = text(file(&printed, 0));
        assert!(without.contains("山田花子様") && !without.contains("旧姓"), "{form}: {without}");
        wanted["maiden"] = json!(true);
        let printed = desk.ok("print_dispatch", wanted);
        let with = text(file(&printed, 0));
        assert!(with.contains("山田（旧姓鈴木）花子様") && with.contains("邊見涼子様"), "{form}: {with}");
        assert_eq!(with.matches("旧姓").count(), 1, "{form}: {with}");
    }
}

#[test]
fn a_reply_postcard_is_two_papers_in_one_order_and_a_letter_may_hold_an_answer_card() {
    let folder = folder();
    let desk = &mut company(folder.path());
    reader(desk, "佐藤", "誠", "一番町1");
    reader(desk, "鈴木", "進", "二番町2");
    let mut wanted = cards(gate(), "doubles");
    wanted["back"] = back("{お名前}様をお招きします。");
    wanted["reply"] = reply();
    for level in [false, true] {
        wanted["level"] = json!(level);
        let printed = desk.ok("print_dispatch", wanted.clone());
        let pages: Vec<_> =
            printed["papers"].as_array().unwrap().iter().map(|paper| &paper["pages"]).collect();
        assert_eq!(pages, [&json!(2), &json!(2)]);
        let (out, inside) = (text(file(&printed, 0)), text(file(&printed, 1)));
        assert_eq!((out.matches("ご出席").count(), out.matches('様').count()), (2, 2), "{out}");
        assert_eq!(
            (inside.matches("お招きします").count(), inside.matches('行').count()),
            (2, 2),
            "{inside}"
        );
        let order = |text: &str, one: &str, other: &str| text.find(one).unwrap() < text.find(other).unwrap();
        assert_eq!(order(&out, "誠", "進"), order(&inside, "誠", "進"));
    }
    wanted["form"] = json!("letters");
    wanted["letter"] = json!(["拝啓"]);
    let printed = desk.ok("print_dispatch", wanted.clone());
    assert_eq!(printed["papers"].as_array().unwrap().len(), 3);
    assert!(text(file(&printed, 1)).contains("総務部行") && text(file(&printed, 2)).contains("ご欠席"));
    for form in ["naga3", "kaku2"] {
        wanted["form"] = json!(form);
        assert_eq!(text(file(&desk.ok("print_dispatch", wanted.clone()), 0)).matches('様').count(), 2);
    }
}

#[test]
fn whatever_came_to_speak_against_somebody_takes_them_out_of_every_paper_that_was_made() {
    let folder = folder();
    let desk = &mut company(folder.path());
    let mut of = |given: &str| reader(desk, "佐藤", given, &format!("{given}丁目"));
    let [_, known, died, stopped, withdrew, refused, unfounded, mourning, returned, wife, husband] =
        ["壱", "弐", "参", "肆", "伍", "陸", "漆", "捌", "玖", "拾", "佰"].map(&mut of);
    let address =
        |desk: &mut Within, of: &Value| desk.ok("person", json!({ "id": of }))["addresses"][0].clone();
    let shared = address(desk, &wife)["id"].clone();
    desk.ok("change_address", json!({ "id": shared, "changes": { "street": "佰丁目" } }));
    // One of whom it was known, and who gets it all the same.
    desk.ok("change_person", json!({ "id": known, "changes": { "mourning_until": "2026-12-31" } }));
    let mut dispatches = Vec::new();
    for form in ["letters", "labels", "cards", "doubles", "naga3", "kaku2"] {
        let mut wanted = cards(gate(), form);
        wanted["gate"]["anyway"] = json!([{ "person": known, "reason": "電話で確かめた" }]);
        wanted["sheet"] = json!("a4-24");
        wanted["households"] = json!(true);
        wanted["letter"] = json!(["拝啓"]);
        wanted["back"] = back("{お名前}様");
        wanted["reply"] = reply();
        let printed = desk.ok("print_dispatch", wanted);
        assert_eq!((&printed["people"], &printed["pieces"]), (&json!(11), &json!(10)), "{form}");
        dispatches.push((form, desk.ok("add_dispatch", json!({ "file": file(&printed, 0) }))));
    }
    for (person, changes) in [
        (&died, json!({ "deceased": true })),
        (&stopped, json!({ "no_contact": true })),
        (&mourning, json!({ "mourning_until": "2027-10-31" })),
        (&returned, json!({ "returned": true })),
        (&husband, json!({ "deceased": true })),
    ] {
        desk.ok("change_person", json!({ "id": person, "changes": changes }));
    }
    let consent =
        |desk: &mut Within, of: &Value| desk.ok("person", json!({ "id": of }))["consents"][0]["id"].clone();
    for (person, state) in [(&withdrew, "withdrawn"), (&refused, "no")] {
        let id = consent(desk, person);
        desk.ok("change_consent", json!({ "id": id, "changes": { "state": state } }));
    }
    let id = consent(desk, &unfounded);
    desk.ok("remove_consent", json!({ "id": id }));
    let gone = [&died, &stopped, &withdrew, &refused, &unfounded, &mourning, &returned, &wife, &husband];
    let why =
        ["deceased", "no_contact", "refused", "refused", "no_basis", "mourning", "returned", "", "deceased"];
    for (form, id) in &dispatches {
        let card = desk.ok("dispatch", json!({ "id": id }));
        for to in card["to"].as_array().unwrap() {
            let reason = gone.iter().position(|one| **one == to["fields"]["person"]).map(|at| why[at]);
            let expected: Vec<&str> = reason.into_iter().filter(|reason| !reason.is_empty()).collect();
            assert_eq!(
                (&to["closed"], &to["pulled"]),
                (&json!(expected), &json!(reason.is_some())),
                "{form}"
            );
        }
        for paper in card["papers"].as_array().unwrap() {
            let run =
                desk.ok("print_paper", json!({ "id": paper["id"], "printer": "", "from": 1, "until": null }));
            let read = text(&run["paper"]["file"]);
            for given in ["参", "肆", "伍", "陸", "漆", "捌", "玖", "拾", "佰"] {
                assert!(!read.contains(given), "{form}: {given} in {read}");
            }
            if run["left_out"] != json!([]) {
                assert_eq!(
                    run["left_out"].as_array().unwrap().len(),
                    8,
                    "{form}: who lives together shares one"
                );
            }
        }
        // The first paper bears the names; what is out of it is not sent, and whom the gate let through knowingly is.
        let first = json!({ "id": card["papers"][0]["id"], "printer": "", "from": 1, "until": null });
        let read = text(&desk.ok("print_paper", first.clone())["paper"]["file"]);
        assert!(read.contains('壱') && read.contains('弐'), "{form}: {read}");
        let sent = desk.ok("record_sent", json!({ "id": id, "sent_on": null }));
        assert_eq!(sent["pulled"].as_array().unwrap().len(), 9, "{form}");
        assert_eq!(text(&desk.ok("print_paper", first)["paper"]["file"]), read, "{form}: also after it went");
    }
}

#[test]
fn a_company_is_written_to_with_onchu_and_somebody_at_work_below_their_company() {
    let folder = folder();
    let desk = &mut company(folder.path());
    reader(desk, "北斗食品株式会社", "総務部", "一番町1");
    reader(desk, "青葉会　各位", "", "二番町2");
    let at_work = reader(desk, "佐藤", "誠", "三番町3");
    reader(desk, "鈴木", "進", "三番町3");
    let job = json!({ "employer": "㈱北斗商事", "employer_role": "製造部 部長", "spouse_name": "和子", "spouse_given_on": "2025-01-01" });
    desk.ok("change_person", json!({ "id": at_work, "changes": job }));
    let address = desk.ok("person", json!({ "id": at_work }))["addresses"][0]["id"].clone();
    desk.ok("change_address", json!({ "id": address, "changes": { "label": "勤務先" } }));
    for form in ["labels", "cards", "letters", "naga3"] {
        let mut wanted = cards(gate(), form);
        wanted["sheet"] = json!("a4-12");
        wanted["households"] = json!(true);
        wanted["letter"] = json!(["本文"]);
        wanted["gate"]["occasion"] = json!("winter");
        wanted["back"] = back("{お名前}様、お元気ですか。");
        let printed = desk.ok("print_dispatch", wanted);
        if form == "cards" {
            let read = text(file(&printed, 1));
            let said = ["北斗食品株式会社総務部御中、", "青葉会各位、", "佐藤誠様、"];
            assert!(said.iter().all(|said| read.contains(said)), "{read}");
        }
        assert_eq!((&printed["pieces"], &printed["tight"]), (&json!(4), &json!([])), "{form}");
        let read = text(file(&printed, 0));
        for said in [
            "北斗食品株式会社",
            "総務部御中",
            "青葉会各位",
            "㈱北斗商事",
            "製造部部長",
            "佐藤誠様",
            "鈴木進様",
        ] {
            assert!(read.contains(said), "{form}: {said} in {read}");
        }
        assert_eq!((read.matches('様').count(), read.contains("和子")), (2, false), "{form}: {read}");
        let id = desk.ok("add_dispatch", json!({ "file": file(&printed, 0) }));
        let to = desk.ok("dispatch", json!({ "id": id }))["to"].to_string();
        assert!(to.contains("北斗食品株式会社 総務部") && to.contains("\"佐藤 誠\""), "{to}");
    }
}

#[test]
fn labels_come_in_the_order_of_the_post() {
    let folder = folder();
    let desk = &mut company(folder.path());
    for (given, postal) in
        [("一", "9800811"), ("二", "060-0811"), ("三", "810-0001"), ("四", "０６００８１０")]
    {
        let person = reader(desk, "佐藤", given, &format!("{given}番町1"));
        let card = desk.ok("person", json!({ "id": person }));
        let address = &card["addresses"][0]["id"];
        desk.ok("change_address", json!({ "id": address, "changes": { "postal": postal } }));
    }
    let mut wanted = cards(gate(), "cards");
    wanted["by_postal"] = json!(true);
    let printed = desk.ok("print_dispatch", wanted);
    let id = desk.ok("add_dispatch", json!({ "file": file(&printed, 0) }));
    let to = desk.ok("dispatch", json!({ "id": id }))["to"].clone();
    let names: Vec<_> = to.as_array().unwrap().iter().map(|to| to["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["佐藤 四", "佐藤 二", "佐藤 三", "佐藤 一"]);
}

#[test]
fn a_family_in_mourning_gets_no_new_years_card_and_every_year_is_kept() {
    let folder = folder();
    let desk = &mut company(folder.path());
    let makoto = reader(desk, "佐藤", "誠", "一番町1");
    let susumu = reader(desk, "鈴木", "進", "二番町2");
    let joint = json!({ "spouse_name": "和子", "spouse_given_on": "2025-01-01" });
    desk.ok("change_person", json!({ "id": susumu, "changes": joint }));
    desk.ok("record_mourning", json!({ "id": makoto }));
    let card = desk.ok("person", json!({ "id": makoto }));
    assert_eq!(card["fields"]["mourning_until"], json!("2027-01-31"), "told in November 2026");
    let of = |occasion: &str| {
        let mut gate = gate();
        gate["occasion"] = json!(occasion);
        gate["anyway"] = json!([{ "person": makoto, "reason": "社長の指示" }]);
        gate
    };
    let totals = |desk: &mut Within, occasion: &str| {
        let piles = desk.ok("check_dispatch", of(occasion));
        ["send", "mend", "hold"].map(|pile| piles[pile]["total"].as_u64().unwrap())
    };
    assert_eq!(totals(desk, "new_year"), [1, 0, 1], "no reason opens it");
    assert_eq!(totals(desk, "winter"), [2, 0, 0], "寒中 is for them");
    // Both names where the spouse's was given for that, and on a greeting only.
    let mut wanted = cards(of("new_year"), "cards");
    let greetings = desk.ok("greetings", json!({}));
    let text_of =
        greetings["cards"].as_array().unwrap().iter().find(|card| card["occasion"] == "new_year").unwrap();
    assert_eq!(text_of["day"], json!("令和9年 元旦"));
    wanted["back"] =
        json!({ "heading": text_of["heading"], "text": text_of["text"], "closing": [text_of["day"]] });
    let printed = desk.ok("print_dispatch", wanted);
    assert!(text(file(&printed, 0)).contains("和子") && !text(file(&printed, 0)).contains('誠'));
    assert!(text(file(&printed, 1)).contains("謹賀新年"));
    let id = desk.ok("add_dispatch", json!({ "file": file(&printed, 0) }));
    let years = |desk: &mut Within| {
        let years = desk.ok("card_years", json!({ "person": susumu, "occasion": "new_year" }));
        let year = |year: &Value| {
            (year["year"].as_u64().unwrap(), year["sent"] == true, !year["received"].is_null())
        };
        years.as_array().unwrap().iter().map(year).collect::<Vec<_>>()
    };
    assert_eq!(years(desk)[0], (2027, false, false), "made is not sent");
    desk.ok("record_sent", json!({ "id": id, "sent_on": null }));
    desk.ok("add_received", json!({ "person": susumu, "occasion": "new_year", "year": 2026 }));
    assert_eq!(
        years(desk),
        [
            (2027, true, false),
            (2026, false, true),
            (2025, false, false),
            (2024, false, false),
            (2023, false, false)
        ]
    );
    desk.ok("undo", json!({}));
    assert!(!years(desk)[1].2);
    assert_eq!(
        desk.ok("card_years", json!({ "person": susumu, "occasion": "summer" }))[0]["sent"],
        json!(false)
    );
}

#[test]
fn a_sheet_that_the_office_measured_is_checked_kept_and_printed() {
    let folder = folder();
    let desk = &mut company(folder.path());
    reader(desk, "佐藤", "誠", "一番町1");
    // エーワン 72212 as somebody may measure it.
    let sheet = json!({ "name": "倉庫の12面", "columns": 2, "rows": 6, "width": 8640, "height": 4230, "from_left": 1860,
        "from_top": 2120, "pitch_x": 8640, "pitch_y": 4230 });
    let id = desk.ok("add_own_sheet", sheet.clone());
    for (field, value, code) in [
        ("name", json!(" "), "name_missing"),
        ("columns", json!(0), "sheet_count"),
        ("columns", json!(3), "sheet_too_wide"),
        ("rows", json!(7), "sheet_too_high"),
        ("width", json!(1900), "sheet_small"),
        ("pitch_x", json!(8000), "sheet_overlaps"),
        ("pitch_y", json!(4000), "sheet_overlaps"),
    ] {
        assert_eq!(
            desk.fault("change_own_sheet", json!({ "id": id, "changes": { field: value } })),
            code,
            "{field}"
        );
        let mut wrong = sheet.clone();
        wrong[field] = value;
        assert_eq!(desk.fault("add_own_sheet", wrong), code, "{field}");
    }
    let own = desk.ok("label_sheets", json!({})).as_array().unwrap().last().unwrap().clone();
    assert_eq!((&own["own"], &own["width"], &own["is_verified"]), (&id, &json!(86.4), &json!(false)));
    let mut wanted = cards(gate(), "labels");
    wanted["sheet"] = own["id"].clone();
    assert!(text(file(&desk.ok("print_dispatch", wanted.clone()), 0)).contains("佐藤誠様"));
    desk.ok("remove_own_sheet", json!({ "id": id }));
    assert_eq!(desk.fault("print_dispatch", wanted), "no_such_labels");
    desk.ok("undo", json!({}));
    assert_eq!(desk.ok("own_sheets", json!({}))[0]["fields"], sheet);
}

#[test]
fn after_a_jam_the_rest_is_printed_and_whoever_may_not_be_written_to_since_is_left_out() {
    let folder = folder();
    let desk = &mut company(folder.path());
    let people = ["壱", "弐", "参", "肆"].map(|given| reader(desk, "佐藤", given, &format!("{given}丁目")));
    let paper_of = |desk: &mut Within, form: &str| {
        let mut wanted = cards(gate(), form);
        wanted["sheet"] = json!("a4-12");
        let printed = desk.ok("print_dispatch", wanted);
        let id = desk.ok("add_dispatch", json!({ "file": file(&printed, 0) }));
        desk.ok("dispatch", json!({ "id": id }))["papers"][0]["id"].clone()
    };
    let (cards, labels) = (paper_of(desk, "cards"), paper_of(desk, "labels"));
    let print = |paper: &Value, from: u32, until: Option<u32>| json!({ "id": paper, "printer": "事務室", "from": from, "until": until });
    let names = |run: &Value| text(&run["paper"]["file"]).matches('様').count();
    let one = desk.ok("print_paper", print(&cards, 1, Some(1)));
    assert_eq!((names(&one), &one["paper"]["name"]), (1, &json!("秋の便り-はがき宛名-1.pdf")));
    let rest = desk.ok("print_paper", print(&cards, 2, None));
    assert_eq!((names(&rest), &rest["left_out"], &rest["paper"]["pages"]), (3, &json!([]), &json!(3)));
    for (from, until) in [(5, None), (3, Some(2))] {
        assert_eq!(desk.fault("print_paper", print(&cards, from, until)), "no_such_page");
    }
    // Somebody in the middle of the pile dies.
    let ledger = desk.ok("dispatches", json!({ "search": "壱" }))["rows"].clone();
    let third = desk.ok("dispatch", json!({ "id": ledger[0]["id"] }))["to"][2].clone();
    let given = third["name"].as_str().unwrap().trim_start_matches("佐藤 ").to_owned();
    let person = &third["fields"]["person"];
    assert!(people.contains(person));
    desk.ok("change_person", json!({ "id": person, "changes": { "deceased": true } }));
    let rest = desk.ok("print_paper", print(&cards, 2, None));
    assert_eq!(names(&rest), 2);
    assert!(!text(&rest["paper"]["file"]).contains(&given));
    assert_eq!(rest["left_out"], json!([3]));
    // Their label is left out of its sheet, where the others stay in their cells; also from the second label on, which
    // is stuck on the fifth cell of another sheet.
    let cell_of = |run: &Value, name: &str| {
        let file = run["paper"]["file"].as_str().unwrap();
        let html = std::process::Command::new("pdftotext").args(["-bbox", file, "-"]).output().unwrap();
        let html = String::from_utf8(html.stdout).unwrap();
        let at = |line: &str, of: &str| {
            line.split(of).nth(1).unwrap().split('"').nth(1).unwrap().parse::<f64>().unwrap()
        };
        let line =
            html.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name} in {html}"));
        // Millimetres into cells of 86.4 × 42.3 from 18.6 and 21.2.
        let place = |points: f64, from: f64, each: f64| ((points * 25.4 / 72.0 - from) / each) as u32;
        place(at(line, "yMin"), 21.2, 42.3) * 2 + place(at(line, "xMin"), 18.6, 86.4) + 1
    };
    let names_of: Vec<String> = desk.ok("dispatch", json!({ "id": ledger[0]["id"] }))["to"]
        .as_array()
        .unwrap()
        .iter()
        .map(|to| to["name"].as_str().unwrap().trim_start_matches("佐藤 ").to_owned())
        .collect();
    let run = desk.ok("print_paper", print(&labels, 1, None));
    assert_eq!((names(&run), &run["left_out"], &run["paper"]["pages"]), (3, &json!([3]), &json!(1)));
    assert!(!text(&run["paper"]["file"]).contains(&given));
    for (at, cell) in [(0, 1), (1, 2), (3, 4)] {
        assert_eq!(cell_of(&run, &names_of[at]), cell);
    }
    let from = |label: u32, cell: u32| json!({ "id": labels, "printer": "", "from": label, "until": null, "cell": cell });
    let run = desk.ok("print_paper", from(2, 5));
    assert_eq!((names(&run), &run["left_out"]), (2, &json!([3])));
    for (at, cell) in [(1, 5), (3, 7)] {
        assert_eq!(cell_of(&run, &names_of[at]), cell);
    }
    // The last of them would be on a second sheet.
    let run = desk.ok("print_paper", from(1, 10));
    assert_eq!((&run["paper"]["pages"], cell_of(&run, &names_of[3])), (&json!(2), 1));
    assert_eq!(desk.fault("print_paper", from(1, 13)), "no_such_cell");
    assert_eq!(desk.fault("print_paper", from(5, 1)), "no_such_page");
    let only = json!({ "id": labels, "printer": "", "from": 3, "until": 3, "cell": 1 });
    assert_eq!(desk.fault("print_paper", only), "nobody_left");
    // Marked as sent, the dead have left the ledger, and their card is still left out.
    let ledger = desk.ok("dispatches", json!({}))["rows"].clone();
    for row in ledger.as_array().unwrap() {
        desk.ok("record_sent", json!({ "id": row["id"], "sent_on": null }));
    }
    assert_eq!(names(&desk.ok("print_paper", print(&cards, 1, None))), 3);
}

#[test]
fn whoever_moved_since_a_paper_was_made_is_told_and_made_anew_as_it_was_written() {
    let folder = folder();
    let desk = &mut company(folder.path());
    let moving = reader(desk, "佐藤", "誠", "一番町1");
    reader(desk, "佐藤", "花子", "一番町1");
    let staying = reader(desk, "鈴木", "進", "二番町2");
    let asked = |desk: &mut Within, form: &str| {
        let mut wanted = cards(gate(), form);
        (wanted["households"], wanted["sheet"], wanted["used"]) = (json!(true), json!("a4-12"), json!(5));
        wanted["back"] = back("{お名前}様、お元気ですか。");
        wanted["reply"] = reply();
        wanted["letter"] = json!(["送り状の文です。"]);
        let printed = desk.ok("print_dispatch", wanted);
        desk.ok("add_dispatch", json!({ "file": file(&printed, 0) }))
    };
    let told = |desk: &mut Within, id: &Value| -> Vec<(String, String)> {
        let card = desk.ok("dispatch", json!({ "id": id }));
        let to = card["to"].as_array().unwrap().iter();
        let told =
            to.filter_map(|to| Some((to["name"].as_str()?.to_owned(), to["now"].as_str()?.to_owned())));
        told.collect()
    };
    let ids: Vec<(&str, Value)> =
        ["cards", "doubles", "labels", "letters", "naga3"].map(|form| (form, asked(desk, form))).into();
    // Nobody moved; and what is only written otherwise is no other address.
    let address = |desk: &mut Within, person: &Value| {
        desk.ok("person", json!({ "id": person }))["addresses"][0]["id"].clone()
    };
    let place = address(desk, &staying);
    desk.ok("change_address", json!({ "id": place, "changes": { "street": "二番町２" } }));
    for (form, id) in &ids {
        assert_eq!(told(desk, id), [], "{form}");
        assert_eq!(desk.fault("print_moved", json!({ "id": id, "title": "新" })), "nobody_moved", "{form}");
    }
    let new = json!({ "person": moving, "postal": "530-0001", "prefecture": "大阪府", "city": "大阪市北区", "street": "梅田9", "best": true });
    desk.ok("add_address", new);
    for (form, id) in &ids {
        let now = "530-0001\n大阪府大阪市北区梅田9\n佐藤 誠".to_owned();
        assert_eq!(told(desk, id), [("佐藤 誠".to_owned(), now)], "{form}");
        // The other of the house is made anew as well: the old piece names both.
        let printed = desk.ok("print_moved", json!({ "id": id, "title": "秋の便り（新しい宛名）" }));
        assert_eq!((&printed["people"], &printed["pieces"]), (&json!(2), &json!(2)), "{form}");
        let read: String =
            (0..printed["papers"].as_array().unwrap().len()).map(|at| text(file(&printed, at))).collect();
        for said in ["佐藤誠様", "佐藤花子様", "梅田"] {
            assert!(read.contains(said), "{form}: {said} in {read}");
        }
        assert!(!read.contains("鈴木"), "{form}: {read}");
        assert_eq!(read.contains("お元気ですか"), ["cards", "doubles"].contains(form), "{form}: {read}");
        assert_eq!(read.contains("送り状の文です"), *form == "letters", "{form}: {read}");
        assert_eq!(told(desk, id).len(), 1, "only looked at, nothing has changed");
        let anew = desk.ok("add_dispatch", json!({ "file": file(&printed, 0) }));
        assert_eq!((told(desk, id), told(desk, &anew)), (vec![], vec![]), "{form}");
        let of = |desk: &mut Within, id: &Value| {
            desk.ok("dispatch", json!({ "id": id }))["to"].as_array().unwrap().len()
        };
        assert_eq!((of(desk, id), of(desk, &anew)), (1, 2), "{form}");
        // What is printed of the old one now leaves them out.
        let paper = desk.ok("dispatch", json!({ "id": id }))["papers"][0]["id"].clone();
        let run = json!({ "id": paper, "printer": "", "from": 1, "until": null });
        let run = desk.ok("print_paper", run);
        assert_eq!(run["left_out"].as_array().unwrap().len(), 1, "{form}");
        assert!(!text(&run["paper"]["file"]).contains("佐藤"), "{form}");
        // One step back, and all is as it was.
        desk.ok("undo", json!({}));
        assert_eq!((of(desk, id), told(desk, id).len()), (3, 1), "{form}");
    }
    // Another name is told as well; who may not be written to is not made anew; what went out is done.
    desk.ok("change_person", json!({ "id": staying, "changes": { "family": "高橋" } }));
    desk.ok("change_person", json!({ "id": moving, "changes": { "no_contact": true } }));
    let (_, id) = &ids[0];
    let names: Vec<String> = told(desk, id).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["佐藤 誠", "高橋 進"]);
    let printed = desk.ok("print_moved", json!({ "id": id, "title": "新" }));
    let read = text(file(&printed, 0));
    assert!(read.contains("高橋進様") && !read.contains("佐藤誠"), "{read}");
    desk.ok("record_sent", json!({ "id": id, "sent_on": null }));
    assert_eq!(desk.fault("print_moved", json!({ "id": id, "title": "新" })), "nobody_moved");
}

#[test]
fn the_stamps_of_a_form_cost_what_the_post_asks_on_the_day() {
    let folder = folder();
    let desk = &mut company(folder.path());
    let mut price = |form: &str, on: Value| desk.ok("postage", json!({ "form": form, "on": on }));
    // Published for 1 October 2024 and after: a postcard 85 yen, 往復はがき 170, a letter of 50 grams 110.
    assert_eq!(price("cards", json!(null)), json!({ "yen": 85, "grams": 0, "is_verified": true }));
    assert_eq!(price("doubles", json!("2024-10-01"))["yen"], json!(170));
    assert_eq!(price("naga3", json!(null)), json!({ "yen": 110, "grams": 50, "is_verified": true }));
    assert_eq!(price("kaku2", json!(null))["is_verified"], json!(false));
    assert_eq!(price("cards", json!("2024-09-30")), json!(null), "the file does not know older prices");
    assert_eq!(price("drafts", json!(null)), json!(null));
}

#[test]
fn a_printer_is_remembered_by_this_pc_with_the_paper_it_moves() {
    let folder = folder();
    let desk = &mut company(folder.path());
    reader(desk, "佐藤", "誠", "一番町1");
    let printed = desk.ok("print_dispatch", cards(gate(), "cards"));
    let id = desk.ok("add_dispatch", json!({ "file": file(&printed, 0) }));
    let paper = desk.ok("dispatch", json!({ "id": id }))["papers"][0]["id"].clone();
    let printer = |name: &str, form: &str, right: i32| json!({ "name": name, "form": form, "right": right, "down": -right });
    assert_eq!(desk.ok("printers", json!({})), json!([]));
    desk.ok("change_printer", printer("事務室", "cards", 12));
    desk.ok("change_printer", printer("社長室", "cards", 0));
    let known = desk.ok("change_printer", printer(" 事務室 ", "cards", 15));
    assert_eq!(
        known,
        json!([printer("事務室", "cards", 15), printer("社長室", "cards", 0)]),
        "the last one first"
    );
    assert_eq!(desk.fault("change_printer", printer("事務室", "cards", 101)), "printer_far");
    assert_eq!(desk.fault("change_printer", printer(" ", "cards", 1)), "name_missing");
    let mut bytes = |name: &str| {
        let run = desk.ok("print_paper", json!({ "id": paper, "printer": name, "from": 1, "until": null }));
        std::fs::read(run["paper"]["file"].as_str().unwrap()).unwrap()
    };
    assert!(bytes("社長室") == bytes("知らないもの"));
    assert!(bytes("事務室") != bytes("社長室"));
    for (form, size) in [
        ("cards", "283.46 x 419.53"),
        ("naga3", "340.16 x 666.14"),
        ("kaku2", "680.31 x 941.1"),
        ("labels", "595.28 x 841.89"),
    ] {
        let test = json!({ "form": form, "printer": "事務室", "title": "試し刷り", "words": ["目盛りの長さは100 mmです。"] });
        let sheet = desk.ok("print_test", test);
        assert!(text(&sheet["file"]).contains("100mm"));
        let told =
            std::process::Command::new("pdfinfo").arg(sheet["file"].as_str().unwrap()).output().unwrap();
        assert!(
            String::from_utf8_lossy(&told.stdout).contains(size),
            "{form}: {}",
            String::from_utf8_lossy(&told.stdout)
        );
    }
    // A step of the register has nothing to do with it.
    assert!(folder.path().join("printers.json").exists());
}

#[test]
fn the_newsletter_in_the_envelope_is_the_one_that_stands_there_now() {
    let folder = folder();
    let desk = &mut company(folder.path());
    reader(desk, "佐藤", "誠", "一番町1");
    let issue = desk.ok(
        "add_issue",
        json!({ "name": "縁だより", "number": 1, "columns": 1, "articles": [{ "body": "はじめの文" }] }),
    );
    let mut wanted = cards(gate(), "letters");
    (wanted["issue"], wanted["letter"]) = (issue.clone(), json!(["拝啓"]));
    let pdf = |printed: &Value| std::fs::read(file(printed, 0).as_str().unwrap()).unwrap();
    let first = desk.ok("print_dispatch", wanted.clone());
    let first = pdf(&first);
    wanted["letter"] = json!(["前略"]);
    let same = desk.ok("print_dispatch", wanted.clone());
    assert!(pdf(&same) == first);
    desk.ok("change_issue", json!({ "id": issue, "changes": { "articles": [{ "body": "あとの文" }] } }));
    let changed = desk.ok("print_dispatch", wanted.clone());
    assert!(text(file(&changed, 0)).contains("あとの文"));
    desk.ok("undo", json!({}));
    let back = desk.ok("print_dispatch", wanted);
    assert!(text(file(&back, 0)).contains("はじめの文"));
}
