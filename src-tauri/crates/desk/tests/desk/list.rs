//! Lists that meet a register with people in it.

use crate::front::{Ask, Dice, Within, folder};
use serde_json::{Value, json};
use std::{collections::BTreeSet, path::Path};

fn company(place: &Path) -> Within {
    let mut desk = Within::new(&place.join("home"), place);
    let company = json!({ "company": "青葉食品", "owner": "青葉", "passphrase": "さくら咲く頃に会う" });
    desk.ok("start_company", company);
    desk
}

/// A list as a file, with its columns as they are guessed.
fn mapped(desk: &mut Within, place: &Path, text: &str) -> Value {
    let file = place.join("list.csv");
    std::fs::write(&file, text).unwrap();
    let read = desk.ok("read_list", json!({ "file": file }));
    let columns = read["columns"].as_array().unwrap().iter();
    let mapping: Vec<Value> = columns
        .map(|column| if column["target"].is_null() { json!("skip") } else { column["target"].clone() })
        .collect();
    json!({ "file": file, "mapping": mapping })
}

fn with(list: &Value, more: Value) -> Value {
    let mut list = list.clone();
    list.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    list
}

fn piles(desk: &mut Within, list: &Value) -> [u64; 7] {
    let checked = desk.ok("check_list", list.clone());
    ["new", "same", "changed", "possible", "held", "serving", "refused"].map(|pile| {
        let count = checked[pile].as_u64().unwrap();
        let rows = desk.ok("list_rows", json!({ "list": list, "pile": pile }));
        assert_eq!((&rows["total"], rows["rows"].as_array().unwrap().len() as u64), (&json!(count), count));
        count
    })
}

const FIRST: &str = "社員番号,姓,名,退職日,携帯電話,住所\n\
    1,髙橋,一郎,2019/3/31,090-1234-5678,仙台市青葉区一番町1-2\n\
    2,山田,花子,2020/3/31,090-2222-2222,\n\
    3,大野,恵,2021/3/31,,\n";

#[test]
fn every_row_lies_in_its_pile() {
    let place = folder();
    let mut desk = company(place.path());
    let first = mapped(&mut desk, place.path(), FIRST);
    desk.ok("import_people", first);
    let second = "社員番号,姓,名,退職日,携帯電話,メールアドレス\n\
        1,髙橋,一郎,2019/3/31,０９０ー１２３４ー５６７８,\n\
        2,山田,花子,2020/3/31,,hanako@example.jp\n\
        ,大野,恵,,080-0000-0000,\n\
        ,大野,恵,2021/3/31,,\n\
        5,佐藤,誠,2022/3/31,,\n\
        6,鈴木,,R4.2.30,,\n\
        7,,,2022/3/31,,\n\
        8,田中,恵,,,\n\
        5,佐藤,誠,2022/3/31,,\n";
    let list = mapped(&mut desk, place.path(), second);
    assert_eq!(piles(&mut desk, &list), [2, 2, 1, 0, 1, 2, 1]);
    let rows = desk.ok("list_rows", json!({ "list": list, "pile": "changed" }))["rows"].clone();
    assert_eq!(
        rows[0]["differences"],
        json!([{ "field": "mail", "here": "", "there": "hanako@example.jp" }])
    );
    assert_eq!(rows[0]["like"]["likeness"]["evidence"], json!(["number", "name", "employment"]));
    let refused = desk.ok("list_rows", json!({ "list": list, "pile": "refused" }))["rows"].clone();
    assert_eq!(
        (&refused[0]["line"], &refused[0]["like"]["line"]),
        (&json!(10), &json!(6)),
        "twice in the list"
    );
}

#[test]
fn those_who_serve_are_left_out_or_put_beside_those_who_serve() {
    let place = folder();
    let mut desk = company(place.path());
    let text = "氏名,部署,在籍状況,退職日\n山田 花子,総務,在籍,\n大野 恵,製造,退職済,2024/3/31\n佐藤 誠,製造,退職済,\n鈴木 一,製造,,2030/3/31\n";
    let list = mapped(&mut desk, place.path(), text);
    assert_eq!(piles(&mut desk, &list), [2, 0, 0, 0, 0, 2, 0]);
    let beside = with(&list, json!({ "serving": "colleagues" }));
    let imported = desk.ok("import_people", beside.clone());
    assert_eq!((&imported["added"], &imported["colleagues"]), (&json!(2), &json!(2)));
    assert_eq!(desk.ok("colleagues", json!({}))[0]["fields"]["department"], json!("総務"));
    assert_eq!(desk.ok("import_people", beside)["step"], Value::Null, "nobody comes twice");
    let leavers = with(&list, json!({ "serving": "leavers" }));
    assert_eq!(desk.ok("check_list", leavers)["adds"], json!(2));
}

#[test]
fn what_was_decided_about_a_person_stands_whatever_a_list_says() {
    let place = folder();
    let mut desk = company(place.path());
    let first = mapped(&mut desk, place.path(), FIRST);
    desk.ok("import_people", first);
    let ids: Vec<Value> = desk.ok("people", json!({}))["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].clone())
        .collect();
    for (id, field) in ids.iter().zip(["no_contact", "deceased", "returned"]) {
        desk.ok("change_person", json!({ "id": id, "changes": { field: true } }));
    }
    let standing = |desk: &mut Within| -> Vec<Value> {
        let cards = ids.iter().map(|id| desk.ok("person", json!({ "id": id }))["fields"].clone());
        cards.map(|it| json!([it["no_contact"], it["deceased"], it["returned"]])).collect()
    };
    let before = standing(&mut desk);
    let again = FIRST.replace("090-1234-5678", "090-9999-9999").replace("2020/3/31,090", "2020/4/30,080");
    let list = mapped(&mut desk, place.path(), &again);
    let list = with(&list, json!({ "changed": "replaced" }));
    let rows = desk.ok("list_rows", json!({ "list": list, "pile": "changed" }))["rows"].clone();
    let told =
        |row: &Value| row["like"]["no_contact"] == json!(true) || row["like"]["deceased"] == json!(true);
    assert!(rows.as_array().unwrap().iter().any(told), "{rows}");
    assert_eq!(desk.ok("import_people", list)["filled"], json!(2));
    assert_eq!(standing(&mut desk), before);
    // Nor does somebody who asked to be left alone come in a second time under the same name.
    let named = mapped(&mut desk, place.path(), "氏名,電話番号\n髙橋 一郎,03-0000-0000\n");
    assert_eq!(piles(&mut desk, &named), [0, 0, 0, 1, 0, 0, 0]);
    assert_eq!(desk.ok("import_people", named)["step"], Value::Null);
}

#[test]
fn a_list_fills_what_is_empty_and_replaces_only_what_it_is_told_to() {
    let place = folder();
    let mut desk = company(place.path());
    let first = mapped(&mut desk, place.path(), FIRST);
    let wrong = desk.ok("import_people", first)["step"].clone();
    let before = desk.desk.register().unwrap().state().unwrap();
    let text = "社員番号,姓,名,退職日,住所,現在の勤務先\n1,髙橋,一郎,2019/4/30,石巻市1,北斗食品\n2,山田,華子,2020/3/31,仙台市2,\n";
    let list = mapped(&mut desk, place.path(), text);
    let card = |desk: &mut Within, name: &str| {
        let id = desk.ok("people", json!({ "search": name }))["rows"][0]["id"].clone();
        desk.ok("person", json!({ "id": id }))
    };
    assert_eq!(desk.ok("import_people", list.clone())["filled"], json!(2));
    let one = card(&mut desk, "髙橋");
    assert_eq!(
        (&one["fields"]["left_on"], &one["fields"]["employer"]),
        (&json!("2019-03-31"), &json!("北斗食品"))
    );
    assert_eq!(one["addresses"].as_array().unwrap().len(), 1, "the known address stays the only one");
    let two = card(&mut desk, "山田");
    assert_eq!((&two["fields"]["given"], two["addresses"].as_array().unwrap().len()), (&json!("花子"), 1));
    desk.ok("undo", json!({}));
    assert_eq!(desk.desk.register().unwrap().state().unwrap(), before, "one undo takes it back");
    let said = json!({ "rows": [{ "line": 2, "take": "same", "fields": ["left_on", "address"] }, { "line": 3, "take": "leave" }] });
    let said = with(&list, said);
    assert_eq!(piles(&mut desk, &said), [0, 0, 1, 0, 0, 0, 1]);
    desk.ok("import_people", said);
    let one = card(&mut desk, "髙橋");
    assert_eq!(one["fields"]["left_on"], json!("2019-04-30"));
    let best = |address: &Value| (address["fields"]["street"].clone(), address["fields"]["best"].clone());
    let all: Vec<_> = one["addresses"].as_array().unwrap().iter().map(best).collect();
    assert!(
        all.contains(&(json!("石巻市1"), json!(true)))
            && all.contains(&(json!("仙台市青葉区一番町1-2"), json!(false))),
        "{all:?}"
    );
    desk.ok("undo", json!({}));
    desk.ok("undo", json!({ "step": wrong }));
    assert_eq!(
        desk.ok("people", json!({}))["total"],
        json!(0),
        "the wrong list is gone as if it had never come"
    );
    desk.desk.register().unwrap().verify().unwrap();
}

#[test]
fn years_and_proposals_are_answered_once() {
    let place = folder();
    let mut desk = company(place.path());
    let list = mapped(
        &mut desk,
        place.path(),
        "氏名,退職日,郵便番号\n山田 花子,24/3/31,600811\n大野恵,05/3/31,9800811\n",
    );
    let checked = desk.ok("check_list", list.clone());
    assert_eq!(
        checked["years"],
        json!([{ "column": 1, "heading": "退職日", "count": 2, "example": "24/3/31" }])
    );
    let zero = json!({ "reason": "lost_zero", "count": 1, "proposals": 1 });
    assert!(checked["doubt_kinds"].as_array().unwrap().contains(&zero));
    let answered = with(
        &list,
        json!({
            "years": [{ "column": 1, "years": "western" }], "accepted": ["lost_zero", "name_unsplit"], "unrepaired": ["postal_written"]
        }),
    );
    let checked = desk.ok("check_list", answered.clone());
    assert_eq!(
        (&checked["doubt_count"], &checked["adds"], &checked["years"][0]["count"]),
        (&json!(0), &json!(2), &json!(0))
    );
    desk.ok("import_people", answered);
    let people = desk.ok("people", json!({}))["rows"].clone();
    let left: Vec<_> = people.as_array().unwrap().iter().map(|row| row["left_on"].clone()).collect();
    assert!(left.contains(&json!("2024-03-31")) && left.contains(&json!("2005-03-31")), "{left:?}");
}

#[test]
fn two_who_are_one_become_one_and_two_again() {
    let place = folder();
    let mut desk = company(place.path());
    let mut add = |fields: Value| desk.ok("add_person", fields);
    let one = add(
        json!({ "family": "髙橋", "given": "一郎", "employee_number": "0012", "notes": "一", "left_on": "2019-03-31" }),
    );
    let two = add(
        json!({ "family": "高橋", "given": "一郎", "born_on": "1970-11-25", "notes": "二", "left_on": "2019-03-31",
        "employer": "北斗食品", "no_contact": true }),
    );
    for (id, number) in [(&one, "090-1234-5678"), (&two, "09012345678"), (&two, "022-000-0000")] {
        desk.ok("add_phone", json!({ "person": id, "label": "自宅", "number": number, "best": true }));
    }
    desk.ok(
        "add_contact",
        json!({ "person": two, "kind": "call", "on_day": "2026-08-21", "note": "工場見学" }),
    );
    desk.ok("add_sealed_note", json!({ "person": two, "text": "介護のため" }));
    for id in [&one, &two] {
        desk.ok("add_tag", json!({ "selection": { "people": [id] }, "name": "同期会" }));
    }
    desk.ok("add_consent", json!({ "person": two, "purpose": "name_in_print", "channel": "print", "basis": "consent", "state": "yes" }));
    let pair = desk.ok("duplicates", json!({}))["pairs"][0].clone();
    assert_eq!(pair["likeness"], json!({ "certain": true, "evidence": ["variant", "phone", "employment"] }));
    let register = desk.desk.register().unwrap();
    // The notes are read by then.
    desk.ok("notes", json!({ "search": "工場" }));
    register.verify().unwrap();
    let before = register.state().unwrap();
    let called = json!({ "family": "姓" });
    desk.ok("merge_people", json!({ "kept": one, "other": two, "fields": [], "called": called }));
    register.verify().unwrap();
    let card = desk.ok("person", json!({ "id": one }));
    let fields = &card["fields"];
    assert_eq!((&fields["family"], &fields["born_on"]), (&json!("髙橋"), &json!("1970-11-25")));
    assert_eq!(fields["notes"], json!("一\n二\n姓：高橋"), "what differs is kept in the notes");
    assert_eq!(fields["no_contact"], json!(true), "whoever asked to be left alone is left alone");
    assert_eq!(card["phones"].as_array().unwrap().len(), 2, "one number written in two ways stays once");
    assert_eq!(
        (card["contacts"].as_array().unwrap().len(), card["consents"].as_array().unwrap().len()),
        (1, 1)
    );
    assert_eq!(
        desk.ok("sealed_notes", json!({ "id": one }))[0]["text"],
        json!("介護のため"),
        "the seal holds"
    );
    assert_eq!(desk.ok("people", json!({ "search": "高橋" }))["total"], json!(1));
    assert_eq!(desk.ok("people", json!({ "filter": { "tags": ["同期会"] } }))["total"], json!(1));
    desk.ok("add_person", json!({ "family": "大野" }));
    let step = desk.ok("steps", json!({}))["rows"][1]["id"].clone();
    desk.ok("undo", json!({ "step": step }));
    desk.ok("undo", json!({}));
    assert_eq!(register.state().unwrap(), before, "two again, with all that each had");
    register.verify().unwrap();
    // One of the other's fields is chosen, and a month later the two are parted again, whatever else was undone or done.
    let choices = desk.ok("duplicates", json!({}))["pairs"][0]["choices"].clone();
    assert_eq!(choices, json!([{ "field": "family", "one": "髙橋", "other": "高橋" }]));
    desk.ok("merge_people", json!({ "kept": one, "other": two, "fields": ["family"], "called": called }));
    assert_eq!(desk.ok("person", json!({ "id": one }))["fields"]["family"], json!("高橋"));
    let merges = desk.ok("person", json!({ "id": one }))["merges"].clone();
    assert_eq!((&merges[0]["entry"], &merges[0]["name"]), (&two, &json!("高橋 一郎")));
    desk.ok("separate_people", json!({ "id": two }));
    assert_eq!(register.state().unwrap(), before, "nothing was changed in between");
    register.verify().unwrap();
    desk.ok("undo", json!({}));
    desk.ok(
        "change_person",
        json!({ "id": one, "changes": { "employer": "北斗食品（株）", "given": "一朗" } }),
    );
    desk.ok(
        "add_contact",
        json!({ "person": one, "kind": "call", "on_day": "2026-09-01", "note": "その後" }),
    );
    desk.ok("separate_people", json!({ "id": two }));
    register.verify().unwrap();
    let [mine, theirs] = [&one, &two].map(|id| desk.ok("person", json!({ "id": id })));
    let said = |card: &Value, field: &str| card["fields"][field].clone();
    assert_eq!((said(&mine, "family"), said(&mine, "given")), (json!("髙橋"), json!("一朗")));
    assert_eq!(said(&mine, "employer"), json!("北斗食品（株）"), "what was changed since stays");
    assert_eq!(
        (said(&mine, "born_on"), said(&mine, "no_contact"), said(&mine, "notes")),
        (Value::Null, json!(false), json!("一"))
    );
    assert_eq!((said(&theirs, "employer"), said(&theirs, "no_contact")), (json!("北斗食品"), json!(true)));
    assert_eq!(mine["contacts"][0]["fields"]["note"], json!("その後"), "what was added since stays");
    assert_eq!(theirs["contacts"][0]["fields"]["note"], json!("工場見学"));
    assert_eq!(theirs["phones"].as_array().unwrap().len(), 2);
    assert_eq!(desk.ok("sealed_notes", json!({ "id": two }))[0]["text"], json!("介護のため"));
    assert_eq!(
        desk.ok("people", json!({ "search": "高橋 一郎" }))["total"],
        json!(1),
        "found again by the search"
    );
    for _ in 0..3 {
        desk.ok("undo", json!({}));
    }
    desk.ok("undo", json!({}));
    assert_eq!(register.state().unwrap(), before);
    assert_eq!(desk.fault("merge_people", json!({ "kept": one, "other": one })), "same_person");
    assert_eq!(desk.fault("keep_apart", json!({ "one": one, "other": one })), "same_person");
}

#[test]
fn the_whole_register_goes_out_and_comes_into_a_new_one() {
    let place = folder();
    let mut desk = company(place.path());
    let first = mapped(&mut desk, place.path(), FIRST);
    desk.ok("import_people", first);
    let id = desk.ok("people", json!({}))["rows"][0]["id"].clone();
    desk.ok(
        "add_contact",
        json!({ "person": id, "kind": "call", "on_day": "2026-08-21", "note": "「工場」\\見学\n二行目" }),
    );
    let jpeg = place.path().join("photo.jpg");
    std::fs::write(&jpeg, crate::front::JPEG).unwrap();
    desk.ok("change_photo", json!({ "person": id, "file": jpeg }));
    let before = desk.desk.register().unwrap().state().unwrap();
    let exported = desk.ok("export_all", json!({}));
    assert_eq!(
        (&exported["rows"], &desk.ok("audit", json!({ "limit": 1 }))[0]["command"]),
        (&json!(3), &json!("export_all"))
    );
    let taken = json!({ "file": exported["file"] });
    assert_eq!(desk.fault("take_all", taken.clone()), "register_not_empty");
    // The file is as its form says: every table, every field, of its kind.
    let read = |file: &Value| -> Value {
        serde_json::from_slice(&std::fs::read(file.as_str().unwrap()).unwrap()).unwrap()
    };
    let (all, form) = (read(&exported["file"]), read(&desk.ok("export_form", json!({}))["file"]));
    let tables = form["properties"]["tables"]["properties"].as_object().unwrap();
    assert!(tables.keys().eq(all["tables"].as_object().unwrap().keys()));
    let mut compared = 0;
    for (name, table) in tables {
        let fields = table["items"]["properties"].as_object().unwrap();
        for record in all["tables"][name].as_array().unwrap() {
            let record = record.as_object().unwrap();
            assert!(
                record
                    .keys()
                    .collect::<BTreeSet<_>>()
                    .iter()
                    .eq(fields.keys().collect::<BTreeSet<_>>().iter()),
                "{name}"
            );
            for (field, value) in record {
                let kind = match value {
                    Value::Null => "null",
                    Value::String(_) => "string",
                    Value::Number(number) if number.is_i64() => "integer",
                    _ => "number",
                };
                assert!(fields[field]["type"].to_string().contains(kind), "{name}.{field}: {value}");
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared} fields");
    drop(desk);
    let mut other = company(&place.path().join("other"));
    let empty = other.desk.register().unwrap().state().unwrap();
    for broken in [
        "{}",
        "[1",
        "{\"enishi_register\":1,\"schema\":1,\"tables\":{\"phone\":[{\"id\":1,\"person\":7,\"label\":\"\",\"number\":\"1\",\"best\":1}]}}",
    ] {
        let file = place.path().join("broken.json");
        std::fs::write(&file, broken).unwrap();
        assert_eq!(other.fault("take_all", json!({ "file": file })), "not_an_export", "{broken}");
        assert_eq!(other.desk.register().unwrap().state().unwrap(), empty);
    }
    // What the tables take, and nobody could read.
    let text = std::fs::read_to_string(exported["file"].as_str().unwrap()).unwrap();
    for (good, bad) in [("2026-08-21", "2026-99-21"), ("\"call\"", "\"shout\""), ("2026-08-21", "昨日")] {
        assert!(text.contains(good), "{good}");
        let file = place.path().join("broken.json");
        std::fs::write(&file, text.replace(good, bad)).unwrap();
        assert_eq!(other.fault("take_all", json!({ "file": file })), "not_an_export", "{bad}");
        assert_eq!(other.desk.register().unwrap().state().unwrap(), empty);
    }
    assert_eq!(other.ok("take_all", taken), json!(3));
    let register = other.desk.register().unwrap();
    assert_eq!(register.state().unwrap(), before, "record by record the same");
    other.ok("notes", json!({ "search": "工場" }));
    register.verify().unwrap();
    other.ok("undo", json!({}));
    assert_eq!(register.state().unwrap(), empty);
}

#[test]
fn people_go_out_in_every_form_and_come_in_again() {
    let place = folder();
    let mut desk = company(place.path());
    let list = FIRST.replace("大野,恵", "𠮷田,恵");
    let first = mapped(&mut desk, place.path(), &list);
    desk.ok("import_people", first);
    for (form, kind, lost) in
        [("workbook", "xlsx", 0), ("csv", "csv", 0), ("csv_cp932", "csv", 1), ("cards", "vcf", 0)]
    {
        let exported = desk.ok("export_people", json!({ "query": {}, "form": form }));
        assert!(exported["name"].as_str().unwrap().ends_with(kind));
        assert_eq!(exported["lost"].as_array().unwrap().len(), lost, "{form}");
        let read = desk.ok("read_list", json!({ "file": exported["file"] }));
        let mapping: Vec<Value> = read["columns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|column| if column["target"].is_null() { json!("skip") } else { column["target"].clone() })
            .collect();
        let list = json!({ "file": exported["file"], "mapping": mapping, "serving": "leavers" });
        let checked = desk.ok("check_list", list);
        let known = checked["same"].as_u64().unwrap() + checked["changed"].as_u64().unwrap();
        assert_eq!((known, &checked["new"]), (3, &json!(0)), "{form}: {checked}");
    }
    let named = desk.ok("export_people", json!({ "query": {}, "form": "csv_cp932" }))["lost"][0].clone();
    assert_eq!((&named["text"], &named["letters"]), (&json!("𠮷田"), &json!("𠮷")));
}

#[test]
fn a_row_that_is_sorted_anew_lies_where_the_whole_list_would_have_put_it() {
    let place = folder();
    let mut desk = company(place.path());
    let first = mapped(&mut desk, place.path(), FIRST);
    desk.ok("import_people", first);
    let mut dice = Dice(3);
    let mut text = "社員番号,氏名,退職日,携帯電話\n".to_owned();
    for _ in 0..60 {
        let number = ["", "1", "2", "3", "7"][dice.roll(5)];
        let name = ["髙橋 一郎", "高橋 一郎", "山田 花子", "大野恵", "佐藤 誠", ""][dice.roll(6)];
        let left = ["2019/3/31", "2030/3/31", "R4.2.30", "24/3/31", ""][dice.roll(5)];
        text += &format!("{number},{name},{left},{}\n", ["090-1234-5678", "080-0000-0000", ""][dice.roll(3)]);
    }
    let list = mapped(&mut desk, place.path(), &text);
    let (mut mends, mut rows, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..40 {
        let line = 2 + dice.roll(60);
        match dice.roll(4) {
            0 => {
                let take = ["new", "same", "leave"][dice.roll(3)];
                rows.push(json!({ "line": line, "take": take }));
            }
            1 => drop(rows.pop()),
            2 => kept.push(json!({ "line": line, "column": 3 })),
            _ => {
                let (column, text) = [(0, "3"), (1, "佐藤 誠"), (1, ""), (2, "2020/3/31")][dice.roll(4)];
                mends.retain(|mend: &Value| mend["line"] != line || mend["column"] != column);
                mends.push(json!({ "line": line, "column": column, "text": text }));
            }
        }
        rows.reverse();
        rows.dedup_by_key(|said| said["line"].clone());
        rows.reverse();
        let said = with(&list, json!({ "mends": mends, "rows": rows, "kept": kept }));
        let whole = |desk: &mut Within| -> Vec<Value> {
            let mut all = vec![desk.ok("check_list", said.clone())];
            all.extend(
                ["new", "same", "changed", "possible", "held", "serving", "refused"]
                    .map(|pile| desk.ok("list_rows", json!({ "list": said, "pile": pile }))["rows"].clone()),
            );
            all
        };
        let anew = whole(&mut desk);
        desk.ok("read_list", json!({ "file": said["file"] }));
        assert_eq!(anew, whole(&mut desk), "round {round}: {said}");
    }
}

#[test]
fn somebody_who_was_erased_and_should_be_known_again_is_refused_by_row() {
    let place = folder();
    let mut desk = company(place.path());
    let first = mapped(&mut desk, place.path(), FIRST);
    desk.ok("import_people", first.clone());
    assert_eq!(piles(&mut desk, &first), [0, 3, 0, 0, 0, 0, 0]);
    let ids: Vec<i64> = desk.ok("people", json!({}))["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| row["id"].as_i64())
        .collect();
    let register = desk.desk.register().unwrap();
    for (at, id) in ids.iter().enumerate() {
        // One of the three without a mark.
        let mark = (at > 0).then_some(&[9; 32]);
        let wish = register::Wish { roster: false, mark };
        let new = register::NewStep {
            label: "erase_person",
            user: register::UserId(1),
            at: register::At(1),
            typing: false,
        };
        register.erase(new, register::PersonId(*id), &wish).unwrap();
    }
    let checked = desk.ok("check_list", first.clone());
    assert_eq!((&checked["new"], &checked["refused"]), (&json!(1), &json!(2)));
    let refused = desk.ok("list_rows", json!({ "list": first, "pile": "refused" }))["rows"].clone();
    assert_eq!((&refused[0]["erased"], &refused[1]["erased"]), (&json!(true), &json!(true)));
    let taken = desk.ok("import_people", first.clone());
    assert_eq!((&taken["added"], &taken["rest"]), (&json!(1), &json!(2)));
    // They came back by themselves, and somebody says so.
    let said = with(&first, json!({ "rows": [{ "line": refused[0]["line"], "take": "new" }] }));
    assert_eq!(desk.ok("import_people", said)["added"], json!(1));
}

#[test]
fn two_with_the_papers_of_leaving_become_one_and_two_again() {
    let place = folder();
    let mut desk = company(place.path());
    let [one, two] = ["一郎", "一朗"].map(|given| {
        let person = desk.ok("add_person", json!({ "family": "縁田", "given": given }));
        desk.ok("begin_exit", json!({ "who": { "person": person }, "left_on": "2026-10-31", "items": [{ "kind": "return", "name": given }] }));
        person
    });
    let register = desk.desk.register().unwrap();
    desk.ok("notes", json!({ "search": "工場" }));
    let before = register.state().unwrap();
    desk.ok("merge_people", json!({ "kept": one, "other": two }));
    register.verify().unwrap();
    let names = desk.ok("exit", json!({ "id": one }))["items"].to_string();
    assert!(names.contains("一郎") && names.contains("一朗"), "{names}");
    desk.ok("separate_people", json!({ "id": two }));
    register.verify().unwrap();
    assert_eq!(register.state().unwrap(), before);
    // Three become one, one after the other, and are parted in any order.
    let three = desk.ok("add_person", json!({ "family": "縁田", "given": "市郎" }));
    let before = register.state().unwrap();
    desk.ok("merge_people", json!({ "kept": two, "other": three }));
    desk.ok("merge_people", json!({ "kept": one, "other": two }));
    assert_eq!(desk.ok("person", json!({ "id": one }))["merges"].as_array().unwrap().len(), 2);
    desk.ok("separate_people", json!({ "id": two }));
    desk.ok("separate_people", json!({ "id": three }));
    register.verify().unwrap();
    assert_eq!(register.state().unwrap(), before);
}
