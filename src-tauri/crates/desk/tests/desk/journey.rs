//! From an empty PC to a printed newsletter, and every command on the way.

use crate::front::{Ask, Headless, JPEG, Within, folder};
use crate::keys::{sheet, words};
use desk::Job;
use serde_json::{Value, json};
use std::{
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

/// A list as payroll sends it: CP932, 和暦, half-width kana, 200 people, five broken cells.
fn list() -> Vec<u8> {
    let mut text = String::from(
        "社員番号,氏名,フリガナ,入社年月日,退職年月日,部署,役職,郵便番号,住所,携帯電話,口座番号\r\n",
    );
    let families = [("佐藤", "ｻﾄｳ"), ("髙橋", "ﾀｶﾊｼ"), ("山﨑", "ﾔﾏｻﾞｷ"), ("大野", "ｵｵﾉ"), ("渡邉", "ﾜﾀﾅﾍﾞ")];
    let givens = [("誠", "ﾏｺﾄ"), ("美咲", "ﾐｻｷ"), ("健一", "ｹﾝｲﾁ"), ("涼子", "ﾘｮｳｺ")];
    for n in 0..200 {
        let ((family, family_kana), (given, given_kana)) = (families[n % 5], givens[n / 5 % 4]);
        let left = match n {
            17 => "平成31年5月1日".to_owned(),
            42 => "令和5年2月30日".to_owned(),
            99 => "24/3/31".to_owned(),
            _ => format!("令和{}年3月31日", n % 7 + 2),
        };
        let name = if n == 120 { "株式会社".to_owned() } else { format!("{family}　{given}") };
        let postal = if n == 150 { "98o-0811" } else { "９８０－０８１１" };
        text += &format!(
            "{:04},{name},{family_kana} {given_kana},H{}.4.1,{left},製造部,主任,{postal},仙台市青葉区一番町{n}-1,090-0000-{n:04},普通 {n}\r\n",
            n + 1,
            n % 20 + 5,
        );
    }
    let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(&text);
    assert!(!lost);
    bytes.into_owned()
}

/// The first whom a search finds.
fn found_id(desk: &mut dyn Ask, search: &str) -> Value {
    desk.ok("people", json!({ "search": search }))["rows"][0]["id"].clone()
}

/// The whole journey. Returns the bytes of the newsletter.
fn journey(desk: &mut dyn Ask, folder: &Path) -> Vec<u8> {
    let file = folder.join("taishoku.csv");
    std::fs::write(&file, list()).unwrap();
    let file = file.to_str().unwrap();

    // The door.
    assert_eq!(desk.ok("state", json!({}))["open"], json!(false));
    assert_eq!(desk.fault("people", json!({})), "locked");
    assert_eq!(desk.fault("unlock", json!({ "passphrase": "さくら咲く頃" })), "no_company");
    let start = |passphrase: &str| json!({ "company": "青葉食品株式会社", "owner": "青葉 恵子", "passphrase": passphrase });
    assert_eq!(desk.fault("start_company", start("みじかい")), "passphrase_short");
    assert_eq!(desk.ok("start_company", start("さくら咲く頃に会う"))["user"]["owner"], json!(true));
    assert_eq!(desk.ok("today", json!({}))["sheet_missing"], json!(true));
    let (code, letters) = sheet(&desk.ok("recovery_sheet", words()));
    desk.ok("confirm_recovery", json!({ "letters": letters }));
    desk.ok("lock", json!({}));
    assert_eq!(desk.fault("unlock", json!({ "passphrase": "ちがう言葉です" })), "wrong_passphrase");
    assert_eq!(desk.ok("unlock", json!({ "passphrase": "さくら咲く頃に会う" }))["people"], json!(0));
    assert_eq!(desk.ok("users", json!({}))[0]["name"], json!("青葉 恵子"));
    // The headless desk has no system that keeps a secret; the window's has.
    assert_eq!(desk.ok("keystore_answers", json!({})), json!(false));
    assert_eq!(desk.fault("add_key_here", json!({ "passphrase": "さくら咲く頃に会う" })), "no_keystore");
    assert_eq!(desk.fault("unlock_here", json!({})), "key_here_gone");
    desk.ok("remove_key_here", json!({}));
    // A good place is good enough, and a chosen folder must be there.
    let nowhere = json!({ "folder": folder.join("nowhere") });
    assert_eq!(desk.fault("move_register", nowhere), "file_gone");
    // A second user comes, forgets, and goes; the owner forgets, too.
    let new =
        desk.ok("add_user", json!({ "name": "田中", "owner": true, "passphrase": "いんさつをするひと" }));
    desk.ok("change_user", json!({ "id": new, "name": "田中 恵", "owner": true }));
    desk.ok("give_passphrase", json!({ "id": new, "passphrase": "いんさつ二代目です" }));
    let change = json!({ "old": "さくら咲く頃に会う", "passphrase": "うめの花の咲く頃" });
    desk.ok("change_passphrase", change);
    desk.ok("lock", json!({}));
    assert_eq!(desk.ok("users", json!({}))[1], json!({ "id": 2, "name": "田中 恵", "owner": true }));
    desk.ok("recover", json!({ "code": code, "user": 1, "passphrase": "さくら咲く頃に会う" }));
    assert_eq!(desk.ok("dismiss_user", json!({ "id": new }))["rotated"], json!(true));
    desk.ok("change_settings", json!({ "newsletter": "縁だより" }));
    assert_eq!(desk.ok("settings", json!({}))["newsletter"], json!("縁だより"));

    // The list in.
    let read = desk.ok("read_list", json!({ "file": file }));
    assert_eq!((&read["encoding"], &read["row_count"]), (&json!("cp932"), &json!(200)));
    assert_eq!(read["columns"][10]["refused"], json!("bank"));
    let mapping: Vec<Value> = read["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| match &column["target"] {
            Value::Null => json!("skip"),
            _ if !column["refused"].is_null() => json!("skip"),
            target => target.clone(),
        })
        .collect();
    let mapped = json!({ "file": file, "mapping": mapping });
    let checked = desk.ok("check_list", mapped.clone());
    let doubts: Vec<_> = checked["doubts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|doubt| {
            (
                doubt["line"].as_u64().unwrap(),
                doubt["reason"].as_str().unwrap(),
                doubt["text"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        doubts,
        [
            (19, "out_of_era", "平成31年5月1日"),
            (44, "no_such_day", "令和5年2月30日"),
            (101, "two_digit_year", "24/3/31"),
            (122, "name_unsplit", "株式会社"),
            (152, "not_a_postal_code", "98o-0811"),
        ]
    );
    assert_eq!((&checked["new"], &checked["held"]), (&json!(199), &json!(1)));
    let mut mended = mapped.clone();
    mended["mends"] = json!([{ "line": 122, "column": 1, "text": "髙橋　一" }]);
    let imported = desk.ok("import_people", mended);
    assert_eq!((&imported["added"], &imported["doubts"]), (&json!(200), &json!(4)));
    assert_eq!(desk.ok("check_list", mapped.clone())["same"], json!(199));

    // What the columns are is known the next time; what was not taken comes out as a file.
    let again = desk.ok("read_list", json!({ "file": file }));
    assert_eq!(
        again["remembered"],
        read["columns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|column| column["target"].clone())
            .map(|target| if target.is_null() { json!("skip") } else { target })
            .collect::<Value>()
    );
    let pile = desk.ok("list_rows", json!({ "list": mapped, "pile": "same", "offset": 198 }));
    assert_eq!((&pile["total"], &pile["rows"][0]["line"]), (&json!(199), &json!(201)));
    let rest = json!({ "list": mapped, "heading": "直すところ", "reasons": { "name_unsplit": "姓と名の間が分かりません。" }, "piles": {} });
    let rest = desk.ok("list_rest", rest);
    assert_eq!(rest["rows"], json!(1));
    let read_again = desk.ok("read_list", json!({ "file": rest["file"] }));
    assert_eq!(read_again["first_rows"][0][1], json!("株式会社"));
    let last = read_again["first_rows"][0].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last, json!("姓と名の間が分かりません。"));
    let pasted = desk.ok("paste_list", json!({ "text": "氏名\t退職日\n青葉 進\tR6.3.31\n" }));
    assert_eq!(desk.ok("read_list", json!({ "file": pasted }))["row_count"], json!(1));

    // Everybody goes out as a workbook that the intake knows again.
    let exported = desk.ok("export_people", json!({ "query": {} }));
    assert_eq!(exported["rows"], json!(200));
    let noted = &desk.ok("audit", json!({ "limit": 1 }))[0];
    assert_eq!((&noted["command"], &noted["people"]), (&json!("export_people"), &json!(200)));
    desk.ok("export_all", json!({}));
    desk.ok("export_form", json!({}));
    assert_eq!(desk.fault("take_all", json!({ "file": file })), "register_not_empty");
    let read = desk.ok("read_list", json!({ "file": exported["file"] }));
    let targets: Vec<_> = read["columns"].as_array().unwrap().iter().map(|it| it["target"].clone()).collect();
    assert!(targets[..targets.len() - 1].iter().all(|target| !target.is_null()), "{targets:?}");
    let mapping: Vec<_> =
        targets.iter().map(|it| if it.is_null() { json!("skip") } else { it.clone() }).collect();
    let again = desk.ok("check_list", json!({ "file": exported["file"], "mapping": mapping }));
    assert_eq!((&again["same"], &again["doubts"]), (&json!(200), &json!([])));

    // Somebody is found, changed, and the change undone.
    for (search, total) in [
        ("ohno", 40),
        ("おおの", 40),
        ("高橋", 41),
        ("takahasi hajime", 0),
        ("ﾀｶﾊｼ 誠", 10),
        ("yamazaki 一番町", 40),
    ] {
        assert_eq!(desk.ok("people", json!({ "search": search }))["total"], json!(total), "{search}");
    }
    let rail = desk.ok("people", json!({ "search": "一番町" }))["rail"].clone();
    assert_eq!(
        rail,
        json!([0, 40, 40, 80, 120, 120, 120, 120, 160, 160, 200]),
        "おおの, さとう, たかはし, やまざき, わたなべ"
    );
    let only = json!({ "filter": { "step": imported["step"] }, "limit": 1 });
    assert_eq!(desk.ok("people", only)["total"], json!(200));
    let found = desk.ok("people", json!({ "search": "satou makoto" }));
    let id = found["rows"][0]["id"].clone();
    assert_eq!(found["rows"][0]["family_kana"], json!("サトウ"));
    let change = |field: &str, value: Value| json!({ "id": id, "changes": { field: value } });
    desk.ok("change_person", change("employer", json!("北斗食品（株）")));
    assert_eq!(desk.fault("change_person", change("hours_a_month", json!(900))), "hours_too_many");
    assert_eq!(desk.fault("change_person", change("spouse_name", json!("花子"))), "spouse_not_given");
    assert_eq!(desk.fault("change_person", change("nickname", json!("まこ"))), "unknown_field");
    assert_eq!(desk.ok("people", json!({ "search": "北斗" }))["total"], json!(1));
    assert_eq!(desk.ok("undo", json!({}))["label"], json!("change_person"));
    assert_eq!(desk.ok("people", json!({ "search": "北斗" }))["total"], json!(0));
    assert_eq!(desk.ok("redo", json!({}))["state"], json!("done"));
    assert_eq!(desk.fault("redo", json!({})), "nothing_to_redo");
    assert_eq!(desk.fault("undo", json!({ "step": imported["step"] })), "changed_since");

    // Two who may be one: told, kept apart, or made one.
    let twin = desk.ok("add_person", json!({ "family": "佐藤", "given": "誠", "family_kana": "サトウ", "given_kana": "マコト", "employee_number": "0001" }));
    let pair = &desk.ok("duplicates", json!({}))["pairs"][0];
    assert_eq!((&pair["other"]["id"], &pair["likeness"]["certain"]), (&twin, &json!(true)));
    let two = json!({ "one": pair["one"]["id"], "other": twin });
    desk.ok("keep_apart", two.clone());
    assert_eq!(desk.ok("duplicates", json!({}))["total"], json!(0));
    desk.ok("undo", json!({}));
    desk.ok("merge_people", json!({ "kept": two["one"], "other": twin }));
    assert_eq!(desk.fault("person", json!({ "id": twin })), "not_found");
    desk.ok("separate_people", json!({ "id": twin }));
    assert_eq!(desk.fault("separate_people", json!({ "id": twin })), "not_found");
    desk.ok("undo", json!({}));

    // What is known of a person, each kind of record added, changed and removed.
    let person = json!({ "person": id });
    for (noun, fields, change) in [
        (
            "address",
            json!({ "person": id, "label": "実家", "street": "一番町 1-2", "best": true }),
            json!({ "building": "青葉荘" }),
        ),
        (
            "phone",
            json!({ "person": id, "label": "自宅", "number": "022-000-0000" }),
            json!({ "best": true }),
        ),
        ("mail", json!({ "person": id, "address": "sato@example.jp" }), json!({ "label": "個人" })),
        (
            "employment",
            json!({ "person": id, "department": "品質保証課", "from_on": "2009-04" }),
            json!({ "post": "係長" }),
        ),
        (
            "contact",
            json!({ "person": id, "kind": "call", "on_day": "2026-08-21", "note": "工場見学の件" }),
            json!({ "next_on": "2026-12-10" }),
        ),
        (
            "consent",
            json!({ "person": id, "purpose": "name_in_print", "channel": "print", "basis": "consent", "state": "yes" }),
            json!({ "evidence": "同意書 第3号" }),
        ),
        ("colleague", json!({ "family": "田中", "department": "総務" }), json!({ "given": "恵" })),
        ("own_field", json!({ "name": "資格" }), json!({ "name": "資格・免許" })),
        (
            "saved_filter",
            json!({ "name": "経理を手伝える人", "filter": { "hours_at_least": 10, "help_field": "経理" } }),
            json!({ "name": "月10時間以上・経理" }),
        ),
    ] {
        let added = desk.ok(&format!("add_{noun}"), fields);
        desk.ok(&format!("change_{noun}"), json!({ "id": added, "changes": change }));
        desk.ok(&format!("remove_{noun}"), json!({ "id": added }));
        assert_eq!(desk.fault(&format!("remove_{noun}"), json!({ "id": added })), "not_found");
        desk.ok("undo", json!({}));
    }
    let card = desk.ok("person", json!({ "id": id }));
    assert_eq!(card["addresses"][0]["fields"]["building"], json!("青葉荘"));
    assert_eq!(card["addresses"][1]["fields"]["best"], json!(false), "one address is the best");
    assert_eq!(card["employments"].as_array().unwrap().len(), 2);
    assert_eq!(desk.ok("notes", json!({ "search": "工場 けんがく" }))["total"], json!(0));
    assert_eq!(desk.ok("notes", json!({ "search": "工場 見学" }))["rows"][0]["name"], json!("佐藤 誠"));
    let colleague = desk.ok("colleagues", json!({}))[0]["id"].clone();
    desk.ok("change_person", change("in_charge", colleague.clone()));
    assert_eq!(desk.fault("remove_colleague", json!({ "id": colleague })), "in_use");
    let next = desk.ok("add_colleague", json!({ "family": "木村", "given": "恵" }));
    assert_eq!(desk.ok("in_charge_of", json!({ "id": colleague }))[0]["row"]["id"], id);
    desk.ok(
        "print_hand_over",
        json!({ "from": colleague, "title": "引き継ぎ表", "lines": [], "columns": ["", "", ""], "language": "ja" }),
    );
    desk.ok("hand_over", json!({ "from": colleague, "to": next }));
    desk.ok("undo", json!({}));
    desk.ok("undo", json!({}));
    let field = desk.ok("own_fields", json!({}))[0]["id"].clone();
    desk.ok("change_own_value", json!({ "person": id, "field": field, "value": "食品衛生管理者" }));
    assert_eq!(desk.ok("people", json!({ "search": "食品衛生" }))["total"], json!(1));
    let all = json!({ "selection": { "query": { "search": "髙橋" } }, "name": "同期会" });
    assert_eq!(desk.ok("add_tag", all.clone()), json!(41));
    assert_eq!(desk.ok("tags", json!({}))[0]["people"], json!(41));
    assert_eq!(
        desk.ok("people", json!({ "filter": { "tags": ["同期会"], "left_from": 2020 } }))["rows"][0]["family"],
        json!("髙橋")
    );
    assert_eq!(desk.ok("remove_tag", all), json!(41));
    let but_one = json!({ "query": { "search": "髙橋" }, "except": [found_id(desk, "髙橋")] });
    assert_eq!(desk.ok("export_people", but_one)["rows"], json!(40));
    for (field, value) in [("hours_a_month", json!(20)), ("help_fields", json!("経理、ＨＡＣＣＰ"))] {
        desk.ok("change_person", change(field, value));
    }
    let filter = desk.ok("saved_filters", json!({}))[0]["fields"]["filter"].clone();
    assert_eq!(desk.ok("people", json!({ "filter": filter }))["total"], json!(1));
    assert_eq!(desk.ok("people", json!({ "filter": { "help_field": "haccp" } }))["total"], json!(1));
    let jpeg = folder.join("photo.jpg");
    std::fs::write(&jpeg, JPEG).unwrap();
    desk.ok("change_photo", json!({ "person": id, "file": jpeg }));
    assert_eq!(desk.fault("change_photo", json!({ "person": id, "file": file })), "photo_not_jpeg");
    assert_eq!(
        desk.fault("change_photo", json!({ "person": id, "file": folder.join("gone.jpg") })),
        "file_gone"
    );
    let photo = desk.ok("photo", json!({ "id": id }))["file"].as_str().unwrap().to_owned();
    let clean = std::fs::read(photo).unwrap();
    assert!(clean.ends_with(&JPEG[10..]) && !clean.windows(4).any(|part| part == b"Exif"));
    let other =
        desk.ok("add_person", json!({ "family": "O'Brien", "given": "Sean", "family_kana": "オブライエン" }));
    assert_eq!(desk.ok("people", json!({ "search": "o'brien" }))["total"], json!(1));
    assert_eq!(desk.fault("add_person", json!({ "notes": "誰でもない" })), "name_missing");
    desk.ok("remove_person", json!({ "id": other }));
    assert_eq!(desk.fault("person", json!({ "id": other })), "not_found");
    let day = desk.ok("read_day", json!({ "text": "Ｒ８．１１．２０" }));
    assert_eq!((&day["day"], &day["japanese"]), (&json!("2026-11-20"), &json!("令和8年11月20日")));
    assert_eq!(desk.ok("read_day", json!({ "text": "8.11.20" }))["doubt"], json!("two_digit_year"));
    assert_eq!(desk.ok("read_postal", json!({ "text": "〒９８０－０８１１" }))["text"], json!("980-0811"));
    assert_eq!(desk.ok("read_postal", json!({ "text": "600811" }))["proposal"], json!("060-0811"));
    let here =
        json!([{ "postal": "980-0811", "prefecture": "宮城県", "city": "仙台市青葉区", "town": "一番町" }]);
    assert_eq!(desk.ok("read_postal", json!({ "text": "9800811" }))["places"], here, "run `make setup` once");
    assert_eq!(desk.ok("postal_codes", json!({ "address": "仙台市青葉区一番町1-2" })), here);
    let shipped = desk.ok("postal_dictionary", json!({}));
    assert!(shipped["places"].as_u64() > Some(120_000) && shipped["dated"].is_string(), "{shipped}");
    // Japan Post's own file takes its place, and goes again.
    let own = folder.join("KEN_ALL.CSV");
    let line = "04101,980,9800811,a,b,c,宮城県,仙台市青葉区,一番町,0,0,1,0,0,0\n";
    std::fs::write(&own, encoding_rs::SHIFT_JIS.encode(line).0).unwrap();
    let owned = desk.ok("change_postal_dictionary", json!({ "file": own }));
    assert_eq!(owned, json!({ "places": 1, "dated": null, "own": true }));
    std::fs::write(&own, "氏名,電話\n").unwrap();
    assert_eq!(desk.fault("change_postal_dictionary", json!({ "file": own })), "not_postal");
    assert_eq!(desk.ok("postal_dictionary", json!({})), owned);
    assert_eq!(desk.ok("change_postal_dictionary", json!({ "file": null })), shipped);
    let phone = desk.ok("read_phone", json!({ "text": "０９０ー１２３４ー５６７８" }));
    assert_eq!(phone["text"], json!("090-1234-5678"));
    assert_eq!(person["person"], id);

    // Behind the seal.
    let sealed = desk.ok("add_sealed_note", json!({ "person": id, "text": "家族の介護のため" }));
    assert_eq!(desk.fault("add_sealed_note", json!({ "person": id, "text": " " })), "note_empty");
    assert_eq!(desk.ok("sealed_notes", json!({ "id": id }))[0]["text"], json!("家族の介護のため"));
    desk.ok("remove_sealed_note", json!({ "id": sealed }));
    assert_eq!(desk.ok("sealed_notes", json!({ "id": id })), json!([]));

    // The newsletter out.
    let article = |heading: &str| json!({ "heading": heading, "body": "六月、仙台工場が待望の認証を取得しました。「うれしい」と笑う声も。\n髙橋さん、𠮷田さん、邊見さんも駆けつけてくださいました。" });
    let left = card["fields"]["left_on"].clone();
    let issue = desk.ok("add_issue", json!({
        "name": "縁だより", "number": 12, "dated_on": "2026-11-20", "columns": 2, "mincho": true,
        "articles": [article("工場に新しい仲間、HACCP 認証を取得"), article("秋の同窓会へ")],
        "leavers_from": left, "leavers_until": left, "closing": "発行　青葉食品株式会社　総務部\nお届けを止めるときは 022-000-0000 まで",
    }));
    desk.ok("change_issue", json!({ "id": issue, "changes": { "columns": 1 } }));
    assert_eq!(desk.fault("change_issue", json!({ "id": issue, "changes": { "columns": 3 } })), "columns");
    desk.ok("undo", json!({}));
    let picture = desk.ok("add_picture", json!({ "issue": issue, "article": 0, "file": jpeg }));
    assert_eq!(desk.fault("add_picture", json!({ "issue": issue, "article": 2, "file": jpeg })), "not_found");
    let mut articles = desk.ok("issue", json!({ "id": issue }))["articles"].clone();
    let whole = json!({ "left": 0, "top": 0, "width": 1000, "height": 1000 });
    let shown = json!([{ "picture": picture, "caption": "", "wide": false, "crop": whole }]);
    assert_eq!(articles[0]["photos"], shown);
    articles[0]["photos"][0]["caption"] = json!("認証式のあとで。");
    let write = |articles: &Value| json!({ "id": issue, "changes": { "articles": articles } });
    desk.ok("change_issue", write(&articles));
    // Taken out, the picture is gone; the article undone, it is back.
    let mut bare = articles.clone();
    bare[0]["photos"] = json!([]);
    desk.ok("change_issue", write(&bare));
    assert_eq!(desk.fault("picture", json!({ "id": picture })), "not_found");
    assert_eq!(
        desk.fault("change_issue", write(&articles)),
        "not_found",
        "a picture that is not the issue's"
    );
    desk.ok("undo", json!({}));
    assert_eq!(
        std::fs::read(desk.ok("picture", json!({ "id": picture }))["file"].as_str().unwrap()).unwrap(),
        clean
    );
    let leavers = desk.ok("new_leavers", json!({ "id": issue }));
    assert_eq!(leavers["named"][0]["name"], json!("佐藤 誠"), "only who agreed is named");
    assert_eq!(leavers["named"].as_array().unwrap().len(), 1);
    assert!(leavers["others"].as_u64().unwrap() > 20);
    // In which department somebody worked is agreed to for itself.
    assert_eq!(leavers["named"][0]["department"], json!(""));
    desk.ok(
        "add_consent",
        json!({ "person": id, "purpose": "work_in_print", "channel": "print", "basis": "consent", "state": "yes" }),
    );
    let leavers = desk.ok("new_leavers", json!({ "id": issue }));
    assert_ne!(leavers["named"][0]["department"], json!(""));
    // Whoever withdrew, asked to be left alone or died is not named, whatever was agreed before.
    let withdraw =
        json!({ "person": id, "purpose": "name_in_print", "channel": "print", "state": "withdrawn" });
    for (name, input) in [
        ("add_consent", withdraw),
        ("change_person", change("no_contact", json!(true))),
        ("change_person", change("deceased", json!(true))),
    ] {
        desk.ok(name, input);
        assert_eq!(desk.ok("new_leavers", json!({ "id": issue }))["named"], json!([]));
        desk.ok("undo", json!({}));
    }
    assert_eq!(
        desk.fault("change_contact", json!({ "id": card["contacts"][0]["id"], "changes": { "person": 1 } })),
        "unknown_field"
    );
    let printed = desk.ok("print_issue", json!({ "id": issue }));
    assert_eq!((&printed["missing"], &printed["named"]), (&json!([]), &json!(1)));
    assert_eq!(printed["coarse"], json!([{ "caption": "認証式のあとで。", "dpi": 13 }]));
    let pdf = std::fs::read(printed["file"].as_str().unwrap()).unwrap();
    let (drawn, notdef) = tests::glyphs(&pdf).unwrap();
    assert!(drawn > 100 && notdef == 0, "{notdef} of {drawn} glyphs are empty boxes");
    assert_eq!(printed["weekdays"], json!([]));
    assert!(printed["room"].as_u64().unwrap() > 300, "{printed}");
    // Where its pieces stand; the first thing on the first page is its name.
    let places = printed["places"].as_array().unwrap();
    assert_eq!((&places[0]["piece"], &places[0]["page"]), (&json!("masthead"), &json!(0)));
    for piece in [json!({ "article": 0 }), json!({ "article": 1 }), json!("leavers"), json!("closing")] {
        assert!(places.iter().any(|place| place["piece"] == piece), "{piece}");
    }
    assert_eq!((&printed["width"], &printed["height"]), (&json!(210.0), &json!(297.0)));
    // The company's mark, as PNG or JPEG.
    assert_eq!(desk.ok("emblem", json!({})), Value::Null);
    assert_eq!(desk.fault("change_emblem", json!({ "file": own })), "photo_not_jpeg");
    desk.ok(
        "change_emblem",
        json!({ "file": concat!(env!("CARGO_MANIFEST_DIR"), "/../../../icons/128x128.png") }),
    );
    let mark = std::fs::read(desk.ok("emblem", json!({}))["file"].as_str().unwrap()).unwrap();
    assert!(mark.starts_with(&[0xff, 0xd8]), "it is kept as JPEG");
    let marked = desk.ok("print_issue", json!({ "id": issue }));
    let size = |printed: &Value| std::fs::read(printed["file"].as_str().unwrap()).unwrap().len();
    assert!(size(&marked) > pdf.len() + mark.len() / 2);
    desk.ok("change_emblem", json!({ "file": null }));
    desk.ok("undo", json!({}));
    assert!(desk.ok("emblem", json!({})) != Value::Null);
    desk.ok("undo", json!({}));
    // What stays inside is in the internal edition only, and the reverse; English where it is asked for.
    let mut pieces = articles.clone();
    pieces[0]["audience"] = json!("inside");
    pieces[1]["audience"] = json!("outside");
    (pieces[1]["english_heading"], pieces[1]["english"]) =
        (json!("Come to the reunion"), json!("On Saturday at noon."));
    // Where a reader finds more stands there in letters beside its code, in every edition.
    let link = "https://www.example.invalid/oboog/2026?from=kaiho";
    pieces[1]["link"] = json!(link);
    desk.ok("change_issue", write(&pieces));
    let words = |desk: &mut dyn Ask, edition: &str| {
        let printed = desk.ok("print_issue", json!({ "id": issue, "edition": edition }));
        let shown =
            printed["places"].as_array().unwrap().iter().map(|it| it["piece"].clone()).collect::<Vec<_>>();
        let of = |at: u32| shown.contains(&json!({ "article": at }));
        (of(0), of(1), tests::text(&std::fs::read(printed["file"].as_str().unwrap()).unwrap()).unwrap())
    };
    for (edition, inside, outside, english) in [
        ("standard", false, true, false),
        ("upright", false, true, false),
        ("inside", true, false, false),
        ("bilingual", false, true, true),
        ("english", false, true, true),
    ] {
        let (first, second, text) = words(desk, edition);
        assert_eq!((first, second), (inside, outside), "{edition}");
        assert_eq!(text.contains("reunion"), english, "{edition}: {text}");
        assert_eq!(text.split_whitespace().collect::<String>().contains(link), outside, "{edition}: {text}");
    }
    let mail = desk.ok("print_issue", json!({ "id": issue, "edition": "mail" }));
    let mail = std::fs::read_to_string(mail["file"].as_str().unwrap()).unwrap();
    assert!(
        !mail.contains("HACCP") && mail.contains("同窓会") && mail.contains(link),
        "what stays inside is in no mail"
    );
    desk.ok("change_issue", write(&articles));
    // As many pages as it is meant to have, where a little smaller letters bring it there.
    let fill = |desk: &mut dyn Ask, letters: usize| {
        let mut long = articles.clone();
        long[1]["body"] = json!("あ".repeat(letters));
        desk.ok("change_issue", json!({ "id": issue, "changes": { "articles": long, "wanted_pages": 1 } }));
        desk.ok("print_issue", json!({ "id": issue }))
    };
    let mut letters = 600;
    let over = loop {
        let printed = fill(desk, letters);
        if printed["over"] != json!(0) {
            break printed;
        }
        assert!(printed["room"].as_u64().unwrap() < 3000, "{printed}");
        letters += 40;
    };
    assert!(over["over"].as_u64().unwrap() < 200 && over["room"] == json!(0), "{over}");
    let tighter = desk.ok("fit_issue", json!({ "id": issue }))["tighter"].clone();
    assert!(tighter.as_u64() > Some(0), "{tighter}");
    desk.ok("change_issue", json!({ "id": issue, "changes": { "tighter": tighter } }));
    assert_eq!(desk.ok("print_issue", json!({ "id": issue }))["pages"], json!(1));
    fill(desk, 9000);
    assert_eq!(desk.ok("fit_issue", json!({ "id": issue }))["tighter"], Value::Null);
    desk.ok(
        "change_issue",
        json!({ "id": issue, "changes": { "articles": articles, "wanted_pages": 0, "tighter": 0 } }),
    );
    assert_eq!(
        desk.fault("change_issue", json!({ "id": issue, "changes": { "tighter": 40 } })),
        "letters_small"
    );
    // Who is asked about a piece and agrees is remembered with it.
    let checked = desk.ok("check_issue", json!({ "id": issue }));
    assert!(checked["people"].is_array());
    let agree = |article: u32, agreed: bool| json!({ "issue": issue, "article": article, "name": "田中 一郎", "agreed": agreed });
    desk.ok("agree_in_issue", agree(1, true));
    assert_eq!(desk.ok("issue", json!({ "id": issue }))["articles"][1]["agreed"], json!(["田中 一郎"]));
    desk.ok("agree_in_issue", agree(1, false));
    assert_eq!(desk.ok("issue", json!({ "id": issue }))["articles"][1]["agreed"], json!([]));
    assert_eq!(desk.fault("agree_in_issue", agree(9, true)), "not_found");
    // A table, a lead story, photographs, and what stands across the columns.
    let mut rich = articles.clone();
    rich[0]["kind"] = json!("lead");
    rich[0]["photos"][0]["crop"] = json!({ "left": 0, "top": 0, "width": 500, "height": 500 });
    let table = json!({ "kind": "table", "heading": "これからの行事", "wide": true, "body": "行事\t日\n同窓会\t11月28日\n見学｜4月" });
    rich.as_array_mut().unwrap().push(table);
    desk.ok("change_issue", write(&rich));
    let printed_rich = desk.ok("print_issue", json!({ "id": issue }));
    let text = tests::text(&std::fs::read(printed_rich["file"].as_str().unwrap()).unwrap()).unwrap();
    assert!(text.contains("同窓会") && text.contains("見学") && !text.contains('｜'), "{text}");
    desk.ok("change_issue", write(&articles));
    // Its other editions, and the words alone for mail.
    for edition in ["large", "upright", "grey"] {
        let printed =
            desk.ok("print_issue", json!({ "id": issue, "edition": edition, "output": "print_shop" }));
        assert!(
            printed["pages"].as_u64() >= Some(1) && printed["missing"] == json!([]),
            "{edition}: {printed}"
        );
    }
    let mail = desk.ok("print_issue", json!({ "id": issue, "edition": "mail" }));
    let mail = std::fs::read_to_string(mail["file"].as_str().unwrap()).unwrap();
    assert!(mail.contains("■ ") && mail.contains("認証式のあとで。"), "{mail}");
    assert_eq!(desk.ok("issues", json!({}))[0]["fields"], desk.ok("issue", json!({ "id": issue })));
    // It goes to whoever may be written to: through the gate, on paper, into the ledger, out, and one comes back.
    assert!(desk.ok("check_issue", json!({ "id": issue }))["people"].is_array());
    let basis = json!({
        "selection": { "people": [id] }, "purposes": ["newsletter"], "channel": "post", "basis": "consent",
        "on_day": "2026-11-20", "evidence": "葉書",
    });
    desk.ok("give_basis", basis);
    let wedding = json!({ "person": id, "kind": "letter", "topic": "wedding", "on_day": "2026-06-06", "gift": "祝電", "yen": 5000 });
    desk.ok("add_contact", wedding);
    assert_eq!(desk.ok("rites", json!({}))["yen"], json!(5000));
    desk.ok(
        "print_rites",
        json!({ "title": "慶弔の記録", "lines": [], "columns": ["", "", "", "", "", ""], "topics": {}, "year": null, "language": "ja" }),
    );
    desk.ok("undo", json!({}));
    let gate = json!({ "way": { "purpose": "newsletter", "channel": "post" }, "selection": { "query": {} },
        "anyway": [{ "person": id, "reason": "郵便番号が無くても届く" }] });
    let piles = desk.ok("check_dispatch", gate.clone());
    assert_eq!(
        (&piles["send"]["total"], &piles["hold"]["total"]),
        (&json!(1), &json!(199)),
        "{}",
        piles["mend"]
    );
    let sheet = desk.ok("label_sheets", json!({}))[0]["id"].clone();
    let mut wanted = json!({ "gate": gate, "title": "縁だより 第12号", "form": "labels", "issue": issue, "households": true,
        "sheet": sheet, "used": 3, "language": "ja" });
    let made = desk.ok("print_dispatch", wanted.clone());
    let dispatch = desk.ok("add_dispatch", json!({ "file": made["papers"][0]["file"] }));
    assert_eq!(desk.ok("dispatches", json!({ "search": "縁だより" }))["total"], json!(1));
    assert_eq!(desk.fault("print_moved", json!({ "id": dispatch, "title": "新" })), "nobody_moved");
    let pulled = desk.ok("record_sent", json!({ "id": dispatch, "sent_on": null }))["pulled"].clone();
    assert_eq!(pulled, json!([]));
    let gone = desk.ok("dispatch", json!({ "id": dispatch }));
    assert_eq!(gone["to"][0]["fields"]["reason"], json!("郵便番号が無くても届く"));
    let again = desk.ok("dispatch_paper", json!({ "id": gone["papers"][0]["id"] }));
    assert_eq!(std::fs::read(again["file"].as_str().unwrap()).unwrap(), pdf, "the very bytes");
    desk.ok("record_return", json!({ "id": gone["to"][0]["id"] }));
    desk.ok("undo", json!({}));
    // A label is stuck on whatever is sent.
    assert_eq!(desk.ok("postage", json!({ "form": "labels", "on": null })), json!(null));
    // At the printer: a test sheet, how it moves its print, and the sheets that are printed now.
    let test = json!({ "form": "labels", "printer": "事務室", "title": "試し刷り", "words": ["100 mm"] });
    assert_eq!(desk.ok("print_test", test)["pages"], json!(1));
    desk.ok("change_printer", json!({ "name": "事務室", "form": "labels", "right": 10, "down": 0 }));
    assert_eq!(desk.ok("printers", json!({}))[0]["right"], json!(10));
    let run = json!({ "id": gone["papers"][1]["id"], "printer": "事務室", "from": 1, "until": null });
    assert_eq!(desk.ok("print_paper", run)["left_out"], json!([]));
    // Sheets that the office measured itself.
    let own = desk.ok(
        "add_own_sheet",
        json!({ "name": "12面", "columns": 2, "rows": 6, "width": 8640, "height": 4230,
        "from_left": 1860, "from_top": 2120, "pitch_x": 8640, "pitch_y": 4230 }),
    );
    desk.ok("change_own_sheet", json!({ "id": own, "changes": { "name": "倉庫の12面" } }));
    assert_eq!(desk.ok("own_sheets", json!({}))[0]["fields"]["name"], json!("倉庫の12面"));
    desk.ok("remove_own_sheet", json!({ "id": own }));
    // Season's cards: what came, and who is in mourning.
    assert_eq!(desk.ok("greetings", json!({}))["month"], json!(11));
    let received = desk.ok("add_received", json!({ "person": id, "occasion": "new_year", "year": 2026 }));
    let years = desk.ok("card_years", json!({ "person": id, "occasion": "new_year" }));
    assert_eq!(years[1]["received"], received);
    desk.ok("remove_received", json!({ "id": received }));
    desk.ok("record_mourning", json!({ "id": id }));
    desk.ok("undo", json!({}));
    wanted["issue"] = Value::Null;
    let made = desk.ok("print_dispatch", wanted);
    let unsent = desk.ok("add_dispatch", json!({ "file": made["papers"][0]["file"] }));
    desk.ok("remove_dispatch", json!({ "id": unsent }));
    desk.ok("remove_issue", json!({ "id": issue }));

    // 行事: from the invitation to the history, and back out of it.
    let event = json!({ "kind": "reunion", "title": "同窓会", "on_day": "2026-11-28", "from_time": "12:00", "companions": 1, "seats": 4 });
    let event = desk.ok("add_event", event);
    desk.ok("change_event", json!({ "id": event, "changes": { "fee": 3000 } }));
    desk.ok(
        "add_consent",
        json!({ "person": id, "purpose": "event", "channel": "mail", "basis": "consent", "state": "yes" }),
    );
    desk.ok("add_mail", json!({ "person": id, "address": "makoto@example.jp", "best": true }));
    let invitation = json!({ "event": event, "selection": { "people": [id] }, "mail_first": true });
    assert_eq!(desk.ok("check_invitation", invitation.clone())["send"]["total"], json!(1));
    assert_eq!(desk.ok("invite", invitation)["by_mail"], json!(1));
    desk.ok("change_settings", json!({ "mail": "soumu@example.jp", "address": "仙台市" }));
    let form = json!({ "title": "ご案内", "parts": [], "language": "ja" });
    let drafts = json!({ "event": event, "subject": "同窓会", "text": "{name}様", "footer": "{company}", "form": form });
    assert_eq!(desk.ok("draft_mails", drafts)["people"], json!(1));
    desk.ok("event_calendar", json!({ "id": event }));
    // The newsletter by mail: one file for all who agreed to it.
    let issue = json!({ "name": "縁だより", "number": 13, "columns": 1, "articles": [{ "body": "本文" }] });
    let issue = desk.ok("add_issue", issue);
    let by = |channel: &str| json!({ "way": { "purpose": "newsletter", "channel": channel }, "selection": { "people": [id] } });
    let mail = |gate: Value| json!({ "gate": gate, "title": "縁だより 第13号", "issue": issue, "subject": "会報", "text": "{name}様", "footer": "{mail}" });
    assert_eq!(desk.fault("draft_issue", mail(by("post"))), "only_mail");
    assert_eq!(desk.fault("draft_issue", mail(by("mail"))), "nobody_to_send");
    let consent = json!({ "person": id, "purpose": "newsletter", "channel": "mail", "basis": "consent", "state": "yes" });
    desk.ok("add_consent", consent);
    let drafted = desk.ok("draft_issue", mail(by("mail")));
    assert_eq!((&drafted["people"], &drafted["papers"][0]["name"]), (&json!(1), &json!("縁だより-13.pdf")));
    let sent = desk.ok("add_dispatch", json!({ "file": drafted["papers"][0]["file"] }));
    desk.ok("record_sent", json!({ "id": sent, "sent_on": null }));
    (0..4).for_each(|_| desk.ok("undo", json!({})).is_object().then_some(()).unwrap());
    let invitee = desk.ok("event", json!({ "id": event }))["card"]["invitees"][0].clone();
    let code = json!({ "event": event, "text": invitee["fields"]["code"] });
    assert_eq!(desk.ok("read_code", code)["invitee"], invitee["id"]);
    let reply = json!({ "id": invitee["id"], "reply": "yes", "companions": 1, "news": "元気です", "news_print": "anonymous", "address": null });
    desk.ok("record_reply", reply);
    assert_eq!(desk.ok("printable_news", json!({}))[0]["news"][0]["name"], Value::Null);
    assert_eq!(desk.ok("seat_event", json!({ "id": event })), json!({ "tables": 1, "people": 2 }));
    desk.ok("change_invitee", json!({ "id": invitee["id"], "changes": { "came": true } }));
    let walk_in =
        desk.ok("add_walk_in", json!({ "event": event, "person": null, "family": "飛入", "given": "" }));
    desk.ok("print_event", json!({ "event": event, "name": "近況集", "papers": [{ "paper": "news", "words": { "title": "近況集" } }], "language": "ja" }));
    let sheet = desk.ok("badge_sheets", json!({}))[0]["id"].clone();
    desk.ok("print_badges", json!({ "event": event, "kind": "tables", "sheet": sheet, "used": 3, "words": { "table": "{n}番卓" } }));
    assert_eq!(desk.ok("finish_event", json!({ "id": event })), json!(2));
    desk.ok("undo", json!({}));
    desk.ok("remove_invitee", json!({ "id": walk_in }));
    let next = desk.ok("copy_event", json!({ "id": event }));
    desk.ok("remove_event", json!({ "id": next }));
    assert_eq!(desk.ok("events", json!({})).as_array().unwrap().len(), 1);
    // Nothing of it stays for what follows.
    for _ in 0..13 {
        desk.ok("undo", json!({}));
    }
    assert_eq!(desk.ok("events", json!({})), json!([]));

    // 今日: a promise whose day has come, whoever was not heard of for a year, a birthday with a basis.
    let today = desk.ok("today", json!({}));
    assert_eq!(today["waiting"]["total"], json!(199), "all but the one who was called in August");
    assert_eq!(today["promised"]["total"], json!(0));
    assert_eq!(today["birthdays"], json!([]));
    desk.ok(
        "change_contact",
        json!({ "id": card["contacts"][0]["id"], "changes": { "next_on": "2026-11-22" } }),
    );
    desk.ok("change_person", change("born_on", json!("1970-11-25")));
    let today = desk.ok("today", json!({}));
    assert_eq!(today["promised"]["rows"][0]["id"], id, "Sunday is still this week");
    let opened = desk.ok("people", json!({ "filter": today["promised"]["filter"] }));
    assert_eq!(opened["rows"], today["promised"]["rows"], "the number opens its list");
    assert_eq!(today["birthdays"][0]["age"], json!(56));
    desk.ok("change_person", change("no_contact", json!(true)));
    let today = desk.ok("today", json!({}));
    assert_eq!((&today["promised"]["total"], &today["birthdays"]), (&json!(0), &json!([])));
    desk.ok("change_person", change("no_contact", json!(false)));

    // Everything that was done is in the history, and all of it can be taken back across a restart.
    desk.ok("lock", json!({}));
    desk.ok("unlock", json!({ "passphrase": "さくら咲く頃に会う" }));
    let mut undone = 0;
    while desk.ask("undo", json!({})).is_ok() {
        undone += 1;
    }
    let steps = desk.ok("steps", json!({ "limit": 100 }))["rows"].clone();
    assert_eq!(steps.as_array().unwrap().len(), undone);
    assert_eq!(desk.ok("people", json!({}))["total"], json!(0), "as it was on the first day");
    while desk.ask("redo", json!({})).is_ok() {
        undone -= 1;
    }
    assert_eq!(undone, 0);
    assert_eq!(desk.ok("people", json!({}))["total"], json!(200));
    // And it is written down, who did what.
    let checked = desk.ok("check_audit", json!({}));
    assert!(checked["broken_at"].is_null() && checked["rows"].as_u64().unwrap() > 100, "{checked}");
    let last = desk.ok("audit", json!({ "limit": 1 }));
    assert_eq!((&last[0]["command"], &last[0]["of"]), (&json!("redo"), &json!("change_person")));
    assert_eq!(last[0]["link"], checked["head"]);
    let exported = desk.ok("export_audit", json!({}));
    let text = std::fs::read_to_string(exported["file"].as_str().unwrap()).unwrap();
    assert_eq!(text.lines().count() as u64, exported["rows"].as_u64().unwrap() + 1);
    assert!(!text.contains("介護") && !text.contains("佐藤"), "fields are named, values are not");

    // One of the staff leaves, page by page; somebody has died.
    let colleague =
        desk.ok("add_colleague", json!({ "family": "阿部", "given": "実", "department": "製造部" }));
    let items = json!([{ "kind": "return", "name": "社員証" }, { "kind": "paper", "name": "離職票" }]);
    let begin = json!({ "who": { "colleague": colleague }, "left_on": "2026-12-31", "items": items });
    let leaver = desk.ok("begin_exit", begin)["person"].clone();
    let exit = desk.ok("exit", json!({ "id": leaver }));
    desk.ok(
        "change_exit_item",
        json!({ "id": exit["items"][0]["id"], "changes": { "done_on": "2026-11-20" } }),
    );
    desk.ok("remove_exit_item", json!({ "id": exit["items"][1]["id"] }));
    desk.ok("add_exit_item", json!({ "person": leaver, "kind": "account", "name": "会社のメール" }));
    let agreement = desk.ok("add_agreement", json!({ "person": leaver, "kind": "secrecy" }));
    desk.ok("change_agreement", json!({ "id": agreement, "changes": { "until_on": "2027-12-31" } }));
    let scan = folder.join("scan.pdf");
    std::fs::write(&scan, b"%PDF-1.7").unwrap();
    let scanned = json!({ "to": { "agreement": agreement }, "file": scan, "name": "署名.pdf" });
    let scanned = desk.ok("add_attachment", scanned);
    assert_eq!(desk.ok("attachment", json!({ "id": scanned }))["name"], json!("署名.pdf"));
    desk.ok("remove_attachment", json!({ "id": scanned }));
    desk.ok("remove_agreement", json!({ "id": agreement }));
    let interview = json!({
        "on_day": "2026-11-20", "voice": "person", "readers": "owner", "official": "4D", "reasons": ["care"],
        "answers": [], "delicate": false,
    });
    desk.ok("add_interview", json!({ "person": leaver, "interview": interview, "open": null }));
    assert_eq!(desk.ok("leaving_reasons", json!({}))["waiting"], json!(1));
    let basis = json!({
        "selection": { "people": [leaver] }, "purposes": ["newsletter"], "channel": "post", "basis": "consent",
        "on_day": "2026-11-20", "evidence": "面談で",
    });
    assert_eq!(desk.ok("give_basis", basis)["given"], json!(1));
    let form = json!({ "title": "渡す紙", "parts": [{ "heading": "連絡先", "lines": ["総務部"] }], "language": "ja" });
    let printed = desk.ok("print_form", json!({ "person": leaver, "form": form }));
    assert_eq!(printed["name"], json!("渡す紙-阿部実.pdf"));
    let visit = json!({ "kind": "event", "on_day": "2026-11-15", "note": "同窓会" });
    assert_eq!(
        desk.ok("add_contacts", json!({ "selection": { "people": [leaver] }, "contact": visit })),
        json!(1)
    );
    let text =
        json!({ "text": { "contact": desk.ok("person", json!({ "id": leaver }))["contacts"][0]["id"] } });
    assert_eq!(desk.ok("text_elsewhere", text.clone())["set_aside"], json!([]));
    desk.ok("seal_text", text);
    let asking = json!({ "selection": { "people": [leaver] }, "purpose": "event", "form": form });
    let asked = desk.ok("print_asking", asking);
    assert_eq!((&asked["no_address"], &asked["people"]), (&json!(1), &json!([])));
    let asked = json!({ "people": [leaver], "purpose": "event", "evidence": "お尋ねの手紙" });
    assert_eq!(desk.ok("record_asked", asked), json!(1));
    assert_eq!(desk.ok("today", json!({}))["asked"]["total"], json!(1), "an answer is awaited");
    desk.ok("change_exit", json!({ "id": exit["exit"]["id"], "changes": { "finished_on": "2026-11-20" } }));
    assert_eq!(desk.ok("exits", json!({}))[0]["open_items"], json!(1));
    let death =
        json!({ "person": leaver, "deceased_on": null, "note": "ご家族より電話", "family": "", "phone": "" });
    desk.ok("record_death", death);
    assert_eq!(desk.ok("to_tell", json!({ "id": leaver }))["in_charge"], Value::Null);
    // What is held is told; it stops, and then all of it goes.
    assert_eq!(
        desk.ok("disclosure", json!({ "person": leaver, "sealed": true }))["sealed"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    desk.ok("print_disclosure", json!({ "person": leaver, "form": form }));
    desk.ok("stop_person", json!({ "id": leaver }));
    assert_eq!(desk.ok("erasure", json!({ "id": leaver }))["roster_until"], json!("2029-12-31"));
    desk.ok(
        "erase_person",
        json!({ "person": leaver, "roster": true, "recognise": true, "certificate": form }),
    );
    desk.ok("remove_roster", json!({ "person": leaver, "certificate": form }));
    assert_eq!(desk.ok("removable", json!({}))["erased"][0]["person"], leaver);

    // A backup here and on a stick, and the way back from it without the register.
    let stick = folder.join("stick");
    std::fs::create_dir_all(&stick).unwrap();
    assert_eq!(
        desk.fault("change_second_place", json!({ "folder": folder.join("home") })),
        "second_place_is_the_first"
    );
    desk.ok("change_second_place", json!({ "folder": stick }));
    let made = desk.ok("back_up", json!({}));
    assert_eq!((&made["people"], &made["second"]), (&json!(200), &json!(true)));
    let safety = desk.ok("safety", json!({}));
    assert_eq!(
        (&safety["unsaved_since"], &safety["trouble"], &safety["damaged"]),
        (&Value::Null, &Value::Null, &json!(false))
    );
    assert_eq!(safety["second"]["newest_at"], made["made_at"]);
    let stick = std::fs::read_dir(stick).unwrap().map(|entry| entry.unwrap().path()).max().unwrap();
    desk.ok("remove_person", json!({ "id": id }));
    desk.ok("lock", json!({}));
    let chosen = desk.ok("read_backup", json!({ "file": stick }));
    assert_eq!((&chosen["people"], &chosen["made_at"]), (&json!(200), &made["made_at"]));
    let opened = json!({ "which": chosen["which"], "passphrase": "さくら咲く頃に会う" });
    assert_eq!(desk.ok("check_backup", opened.clone())["present"], json!("same"));
    let restored = desk.ok("restore", opened);
    assert_eq!((&restored["state"]["people"], &restored["state"]["open"]), (&json!(200), &json!(true)));
    assert_eq!(
        desk.ok("backups", json!({}))["saved"][0]["people"],
        json!(199),
        "made when the register was locked"
    );
    desk.ok("person", json!({ "id": id }));

    assert!(desk.ok("start_sample", json!({}))["sample"].as_bool().unwrap());
    assert_eq!(desk.ok("people", json!({}))["total"], json!(128));
    assert_eq!(desk.fault("back_up", json!({})), "sample_not_backed_up");
    desk.ok("lock", json!({}));
    pdf
}

#[test]
fn a_year_in_the_office_is_the_same_through_both_fronts() {
    let (inside, outside) = (folder(), folder());
    let mut within = Within::new(&inside.path().join("home"), &inside.path().join("out"));
    let first = journey(&mut within, inside.path());
    let all = desk::TABLE.iter().map(|row| row.name.to_owned()).collect();
    assert_eq!(within.asked, all, "the journey runs every command");
    let second = {
        let mut headless = Headless::new(&outside.path().join("home"), &outside.path().join("out"), &[]);
        journey(&mut headless, outside.path())
    };
    assert!(first == second, "the same issue is the same bytes");
}

#[test]
fn a_second_program_is_kept_out() {
    let place = folder();
    let home = place.path().join("home");
    let mut first = Within::new(&home, place.path());
    first.ok(
        "start_company",
        json!({ "company": "青葉食品", "owner": "青葉", "passphrase": "さくら咲く頃に会う" }),
    );
    let mut second = Headless::new(&home, place.path(), &[]);
    assert_eq!(second.fault("unlock", json!({ "passphrase": "さくら咲く頃に会う" })), "open_elsewhere");
    first.ok("lock", json!({}));
    assert_eq!(second.ok("unlock", json!({ "passphrase": "さくら咲く頃に会う" }))["open"], json!(true));
}

#[test]
fn keys_and_registers_that_do_not_belong_together_are_refused() {
    let place = folder();
    let start = json!({ "company": "青葉食品", "owner": "青葉", "passphrase": "さくら咲く頃に会う" });
    for home in ["a", "b"] {
        Within::new(&place.path().join(home), place.path()).ok("start_company", start.clone());
    }
    let keys = |home: &str| place.path().join(home).join("company/register.keys");
    std::fs::copy(keys("a"), keys("b")).unwrap();
    let mut desk = Within::new(&place.path().join("b"), place.path());
    // Both were drawn from one seed, so the key itself fits: only what the register remembers tells them apart.
    assert_eq!(desk.ok("unlock", json!({ "passphrase": "さくら咲く頃に会う" }))["open"], json!(true));
    desk.ok("lock", json!({}));
    std::fs::write(keys("b"), b"{}").unwrap();
    assert_eq!(desk.fault("unlock", json!({ "passphrase": "さくら咲く頃に会う" })), "keys_damaged");
    let database = place.path().join("a/company/register.db");
    let mut bytes = std::fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&database, bytes).unwrap();
    let mut desk = Within::new(&place.path().join("a"), place.path());
    let opened = desk.ask("unlock", json!({ "passphrase": "さくら咲く頃に会う" }));
    let found = opened.is_err() || desk.desk.register().unwrap().verify().is_err();
    assert!(found, "a flipped bit is never silent");
}

#[test]
fn a_list_that_is_stopped_leaves_no_trace() {
    let place = folder();
    let file = place.path().join("list.csv");
    let rows: String = (0..3_000).map(|n| format!("{n},佐藤,誠,令和3年9月30日\n")).collect();
    std::fs::write(&file, format!("社員番号,姓,名,退職日\n{rows}")).unwrap();
    let mut desk = Within::new(&place.path().join("home"), place.path());
    desk.ok(
        "start_company",
        json!({ "company": "青葉食品", "owner": "青葉", "passphrase": "さくら咲く頃に会う" }),
    );
    let register = desk.desk.register().unwrap();
    let before = register.state().unwrap();
    let input =
        json!({ "file": file, "mapping": ["employee_number", "family", "given", "left_on"] }).to_string();
    // Stopped where rows are read, sorted and written side by side; and where they lay in their piles already.
    for (checked, stop_at) in [(false, 500), (false, 2_500), (true, 1_500)] {
        if checked {
            desk.ok("check_list", serde_json::from_str(&input).unwrap());
        }
        let (stop, told) = (AtomicBool::new(false), Mutex::new(Vec::new()));
        let progress = |progress: desk::Progress| {
            told.lock().unwrap().push(progress.done);
            stop.store(progress.done >= stop_at, Ordering::Relaxed);
        };
        let fault = desk
            .desk
            .run("import_people", &input, &Job { progress: &progress, cancelled: &stop })
            .unwrap_err();
        assert_eq!((fault.kind, fault.code.as_str()), (desk::FaultKind::Cancelled, "stopped"));
        let told = told.into_inner().unwrap();
        assert!(
            told.is_sorted() && told.last().is_some_and(|last| (stop_at..3_000).contains(last)),
            "{told:?}"
        );
        assert_eq!(register.state().unwrap(), before);
        register.verify().unwrap();
    }
    assert_eq!(desk.ok("steps", json!({})), json!({ "rows": [], "gone_until": null }));

    // So does undoing it, and an undo that is stopped leaves all of it.
    desk.ok("import_people", serde_json::from_str(&input).unwrap());
    let whole = register.state().unwrap();
    let stop = AtomicBool::new(false);
    let progress = |progress: desk::Progress| stop.store(progress.done >= 1_000, Ordering::Relaxed);
    let fault = desk.desk.run("undo", "{}", &Job { progress: &progress, cancelled: &stop }).unwrap_err();
    assert_eq!(fault.code, "stopped");
    assert_eq!(register.state().unwrap(), whole);
    register.verify().unwrap();
    desk.ok("undo", json!({}));
    assert_eq!(register.state().unwrap(), before);
}

#[test]
fn who_goes_out_is_seen_to_be_left_alone() {
    let place = folder();
    let mut desk = Within::new(&place.path().join("home"), place.path());
    desk.ok(
        "start_company",
        json!({ "company": "青葉食品", "owner": "青葉", "passphrase": "さくら咲く頃に会う" }),
    );
    let id = desk.ok(
        "add_person",
        json!({ "family": "𠮷田", "given": "=1+1", "employee_number": "0012", "left_on": "2019-03",
                "joined_on": "1989-01-08", "no_contact": true, "returned": true, "notes": "-5" }),
    );
    for (label, number) in [("自宅", "022-000-0000"), ("携帯", "090-0000-0001")] {
        desk.ok("add_phone", json!({ "person": id, "label": label, "number": number }));
    }
    let mut seen = |language: &str| {
        desk.ok("change_settings", json!({ "language": language }));
        let exported = desk.ok("export_people", json!({ "people": [id] }));
        let read = desk.ok("read_list", json!({ "file": exported["file"] }));
        let headings = read["columns"].as_array().unwrap().iter().map(|it| it["heading"].clone());
        let row = read["first_rows"][0].as_array().unwrap().clone();
        (headings.collect::<Vec<_>>(), row)
    };
    let (headings, row) = seen("ja");
    let cell = |heading: &str| row[headings.iter().position(|it| it == heading).unwrap()].as_str().unwrap();
    for (heading, expected) in [
        ("社員番号", "0012"),
        ("姓", "𠮷田"),
        ("名", "=1+1"),
        ("入社日", "1989-01-08"),
        ("退職日", "平成31年3月"),
        ("携帯電話", "090-0000-0001"),
        ("電話番号", "022-000-0000"),
        ("備考", "-5"),
        ("連絡してよいか", "連絡しない（ご本人の希望）、宛先不明"),
    ] {
        assert_eq!(cell(heading), expected, "{heading}");
    }
    let (headings, row) = seen("en");
    assert_eq!((headings[1].as_str(), headings.len()), (Some("Family Name"), row.len()));
    assert_eq!(row.last().unwrap(), "Asked not to be contacted, Post came back");
}

#[test]
fn a_panic_is_an_answer_and_harms_nothing() {
    struct Panicking;
    impl desk::Tray for Panicking {
        fn put(&self, _: &str, _: Vec<u8>) -> std::io::Result<String> {
            panic!("on the way out")
        }
        fn read(&self, _: &str) -> std::io::Result<Vec<u8>> {
            panic!("on the way in")
        }
        fn path(&self, _: &str) -> std::io::Result<std::path::PathBuf> {
            panic!("on the way in")
        }
    }
    let place = folder();
    let mut desk = Within::with_tray(place.path(), Arc::new(Panicking));
    desk.ok(
        "start_company",
        json!({ "company": "青葉食品", "owner": "青葉", "passphrase": "さくら咲く頃に会う" }),
    );
    for _ in 0..2 {
        assert_eq!(desk.fault("read_list", json!({ "file": "t0" })), "bug");
        desk.ok("add_person", json!({ "family": "佐藤" }));
    }
    assert_eq!(desk.ok("people", json!({}))["total"], json!(2));
    desk.desk.register().unwrap().verify().unwrap();
}

#[test]
fn what_is_typed_is_kept_as_a_list_would_have_brought_it() {
    let place = folder();
    let mut desk = Within::new(place.path(), place.path());
    let company = json!({ "company": "青葉食品", "owner": "青葉 恵子", "passphrase": "さくら咲く頃に会う" });
    desk.ok("start_company", company);
    let name =
        json!({ "family": "渡邊", "family_kana": "わたなべ", "given_kana": "ﾊﾅｺ", "maiden": "ワタナベ" });
    let id = desk.ok("add_person", name);
    let person = desk.ok("person", json!({ "id": id }))["fields"].clone();
    assert_eq!((&person["family_kana"], &person["given_kana"]), (&json!("ワタナベ"), &json!("ハナコ")));
    assert_eq!((&person["family"], &person["maiden"]), (&json!("渡邊"), &json!("ワタナベ")));
    let kanji = json!({ "id": id, "changes": { "family_kana": "渡邊" } });
    assert_eq!(desk.fault("change_person", kanji), "not_kana");

    let address =
        desk.ok("add_address", json!({ "person": id, "postal": "９８００８１１", "street": "一番町１－２" }));
    let phone = desk.ok("add_phone", json!({ "person": id, "number": "０９０ー１２３４ー５６７８" }));
    let kept = |desk: &mut Within| {
        let card = desk.ok("person", json!({ "id": id }));
        let fields = |parts: &str| card[parts][0]["fields"].clone();
        (
            fields("addresses")["postal"].clone(),
            fields("addresses")["street"].clone(),
            fields("phones")["number"].clone(),
        )
    };
    let as_typed = (json!("980-0811"), json!("一番町１－２"), json!("090-1234-5678"));
    assert_eq!(kept(&mut desk), as_typed);
    for (command, changes, doubt) in [
        ("change_address", json!({ "id": address, "changes": { "postal": "60-0811" } }), "lost_zero"),
        ("change_address", json!({ "id": address, "changes": { "postal": "仙台" } }), "not_a_postal_code"),
        ("change_phone", json!({ "id": phone, "changes": { "number": "9012345678" } }), "lost_zero"),
    ] {
        assert_eq!(desk.fault(command, changes), doubt);
    }
    assert_eq!(kept(&mut desk), as_typed);
    desk.ok("change_phone", json!({ "id": phone, "changes": { "number": "携帯は奥様へ 022-1" } }));
    desk.ok("change_address", json!({ "id": address, "changes": { "postal": "" } }));
    assert_eq!(kept(&mut desk).0, json!(""));
}

#[test]
fn what_is_no_command_and_no_input_is_an_answer() {
    let place = folder();
    let mut desk = Within::new(place.path(), place.path());
    assert_eq!(desk.fault("fly", json!({})), "no_such_command");
    assert_eq!(desk.fault("read_day", json!({ "text": 5 })), "wrong_form");
    assert_eq!(desk.fault("read_day", json!([])), "wrong_form");
}
