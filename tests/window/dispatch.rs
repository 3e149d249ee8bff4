//! A newsletter goes to its readers: whom, on which paper, and into the ledger.

use serde_json::{Value, json};

use crate::program::Enishi;

fn gate() -> Value {
    json!({ "way": { "purpose": "newsletter", "channel": "post" }, "selection": { "query": {} } })
}

#[test]
fn an_issue_reaches_its_readers_in_four_clicks() {
    let enishi = Enishi::start(&["--sample"]);
    let letters = enishi.folder().join("letters.pdf");
    enishi.dialogs_answer(&[Some(&letters)]);
    let piles = enishi.run("check_dispatch", gate());
    let total = piles["send"]["total"].as_u64().unwrap();
    assert!(total > 20, "{piles}");
    let waiting = enishi.run("today", json!({}))["waiting"]["total"].clone();
    enishi.button("会報").click();
    enishi.button("第12号").click();

    enishi.button("発送する").click();
    enishi.heading("縁だより");
    enishi.drawn();
    enishi.picture("ja-readers");
    enishi.button("刷る紙を作る").click();
    enishi.text("まだ出していません");
    enishi.picture("ja-send-made");
    enishi.button("送り状.pdf").click();
    enishi.button("を一度に").click();
    enishi.button("閉じる").click();
    enishi.button("発送済みにする").click();
    enishi.text("に発送");
    enishi.picture("ja-send-sent");

    // Every reader got a letter, and nobody else; a letter that was sent is no contact.
    let read = enishi.paper(&letters);
    let ledger = enishi.run("dispatches", json!({}));
    let card = enishi.run("dispatch", json!({ "id": ledger["rows"][0]["id"] }));
    let to = card["to"].as_array().unwrap();
    assert_eq!(to.len() as u64, total);
    for one in to {
        let name: String = one["name"].as_str().unwrap().split_whitespace().collect();
        assert!(read.contains(&name), "{name}");
    }
    for held in piles["hold"]["rows"].as_array().unwrap() {
        let invited = &held["invited"];
        let name = format!("{}{}様", invited["family"].as_str().unwrap(), invited["given"].as_str().unwrap());
        assert!(!read.contains(&name), "{name}");
    }
    assert_eq!(enishi.run("today", json!({}))["waiting"]["total"], waiting);

    // One comes back: one click, and it stands with the person.
    let name = to[0]["name"].as_str().unwrap();
    enishi.button(&format!("{name}さんの郵便が戻ってきた")).click();
    enishi.text("に戻りました");
    enishi.button(&format!("{name}さんを開く")).click();
    enishi.heading(name);
    enishi.text("最後に送った日");
    enishi.text("戻ってきました");
    enishi.picture("ja-person-sent");
}

#[test]
fn what_is_missing_is_mended_in_place_or_put_aside_for_a_reason() {
    let enishi = Enishi::start(&["--sample"]);
    let send = enishi.run("check_dispatch", gate())["send"].clone();
    let people = &send["rows"];
    let [first, second] = [0, 1].map(|at| people[at]["invited"].clone());
    let name =
        |one: &Value| format!("{} {}", one["family"].as_str().unwrap(), one["given"].as_str().unwrap());
    for one in [&first, &second] {
        enishi.run("change_person", json!({ "id": one["person"], "changes": { "returned": true } }));
    }
    enishi.button("会報").click();
    enishi.button("第12号").click();
    enishi.button("発送する").click();
    enishi.drawn();
    enishi.button("直せば送れる").click();
    enishi.text("前に出した郵便が戻っています。");
    enishi.picture("ja-send-mend");

    // The door leads to the person, and back to the piles, which have changed meanwhile.
    enishi.button(&format!("{}さんの内容を直す", name(&first))).click();
    enishi.checkbox("郵便が戻ってきた").click();
    enishi.press("Escape");
    enishi.gone("button", &format!("{}さんの内容を直す", name(&first)));
    // For the other somebody knows better.
    enishi.button(&format!("{}さんにそれでも送る", name(&second))).click();
    enishi.field("送る理由（台帳に残ります）").type_in("電話で住所を確かめた");
    enishi.press("Enter");
    enishi.button(&format!("送れる {}名", send["total"])).click();
    enishi.text("理由：電話で住所を確かめた");

    // Labels from the seventh of a used sheet.
    enishi.find("radio", "宛名ラベル").click();
    enishi.button("7面目から").click();
    enishi.drawn();
    enishi.picture("ja-send-labels");
    enishi.button("刷る紙を作る").click();
    enishi.text("まだ出していません");
    let ledger = enishi.run("dispatches", json!({}));
    let card = enishi.run("dispatch", json!({ "id": ledger["rows"][0]["id"] }));
    let of = |one: &Value| {
        card["to"].as_array().unwrap().iter().find(|to| to["fields"]["person"] == one["person"]).cloned()
    };
    assert_eq!(of(&first).unwrap()["fields"]["reason"], "");
    assert_eq!(of(&second).unwrap()["fields"]["reason"], "電話で住所を確かめた");

    // Somebody dies before it is posted: the program knows which paper to take out.
    enishi.run(
        "record_death",
        json!({ "person": first["person"], "deceased_on": null, "note": "", "family": "", "phone": "" }),
    );
    enishi.button("発送の台帳へ").click();
    enishi.find("button", "まだ出していません").click();
    enishi.text("刷るときに除きます");
    enishi.picture("ja-send-pull");
    enishi.button("発送済みにする").click();
    enishi.text("台帳から外しました");
}
