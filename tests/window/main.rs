//! The built program in its real window, driven as a person would: by what things are called on the screen.
//!
//! Every test starts a program of its own with a register folder of its own, on a screen of its own.

#![cfg(target_os = "linux")]

mod access;
mod backup;
mod cards;
mod desktop;
mod dispatch;
mod events;
mod finding;
mod forms;
mod frame;
mod hands;
mod input_method;
mod issue;
mod journey;
mod keystore;
mod leaving;
mod lists;
mod paper;
mod pictures;
mod program;
mod rights;
mod screens;
mod ties;
mod today;
mod trust;
mod work;

use std::fs;

use program::Enishi;
use serde_json::{Value, json};

#[test]
fn the_program_starts_and_shows_its_first_screen() {
    let enishi = Enishi::start(&[]);
    enishi.ready();
    assert_eq!(enishi.call("launch", json!({})), json!({ "sample": false, "backup": null }));
}

#[test]
fn the_program_started_on_the_sample_company_says_so_to_its_page() {
    let enishi = Enishi::start(&["--sample"]);
    assert_eq!(enishi.call("launch", json!({})), json!({ "sample": true, "backup": null }));
}

#[test]
fn the_help_is_read_and_searched_before_anything_is_open() {
    let enishi = Enishi::start(&[]);
    enishi.ready();
    enishi.button("使い方").click();
    enishi.heading("最初の10分");
    enishi.field("使い方の中を探す").type_in("ﾅｸｼﾀ 控え");
    enishi.gone("heading", "最初の10分");
    enishi.heading("パソコンをなくしたとき・盗まれたとき");
    enishi.picture("help-search");
    enishi.button("戻る").click();
    enishi.button("自分の会社で始める");
}

#[test]
fn the_page_can_reach_nothing_but_the_program() {
    let enishi = Enishi::start(&[]);
    enishi.ready();
    let seen = enishi.script(
        "const refused = await fetch('https://example.com/').then(() => false, () => true);
         const evil = (() => { try { return eval('1') } catch { return 'refused' } })();
         location.href = 'https://example.com/';
         return [refused, evil, typeof window.__TAURI__, Object.isFrozen(Object.prototype)];",
        &[],
    );
    assert_eq!(seen, json!([true, "refused", "undefined", true]));
    enishi.ready();
}

#[test]
fn the_page_may_call_no_command_of_the_window_or_the_dialogs() {
    let enishi = Enishi::start(&[]);
    for command in ["plugin:dialog|open", "plugin:window|close", "plugin:fs|read_file", "plugin:event|emit"] {
        let refused = enishi.call(command, json!({}));
        assert!(
            refused["refused"].as_str().is_some_and(|why| why.contains("not allowed")),
            "{command}: {refused}"
        );
    }
}

#[test]
fn a_newsletter_is_printed_saved_where_the_dialog_said_and_never_half() {
    let enishi = Enishi::start(&[]);
    enishi.run("start_sample", json!({}));
    let issue = &enishi.run("issues", json!({}))[0]["id"];
    let printed = enishi.run("print_issue", json!({ "id": issue }));
    let save = json!({ "token": printed["file"], "name": printed["name"], "title": "保存" });

    enishi.dialogs_answer(&[None]);
    assert_eq!(enishi.call("save_file", save.clone()), json!({ "ok": null }));

    let nowhere = enishi.folder().join("no such folder/会報.pdf");
    enishi.dialogs_answer(&[Some(&nowhere)]);
    assert_eq!(enishi.call("save_file", save.clone())["fault"]["code"], "file_gone");

    let place = enishi.folder().join("会報.pdf");
    enishi.dialogs_answer(&[Some(&place)]);
    assert_eq!(enishi.call("save_file", save), json!({ "ok": { "id": 0, "name": "会報.pdf" } }));
    assert!(fs::read(place).unwrap().starts_with(b"%PDF-"));
    assert_eq!(enishi.call("open_saved", json!({ "id": 1 }))["fault"]["code"], "file_gone");
}

#[test]
fn a_chosen_list_reaches_the_desk_as_a_token_without_its_path() {
    let enishi = Enishi::start(&[]);
    enishi.run("start_sample", json!({}));
    let list = enishi.folder().join("名簿.csv");
    fs::write(&list, "氏名,退職日\n髙橋 𠮷男,2020-03-31\n").unwrap();
    enishi.dialogs_answer(&[None, Some(&list)]);
    let choose = json!({ "kind": "list", "title": "取り込む" });
    assert_eq!(enishi.call("choose_file", choose.clone()), json!({ "ok": null }));
    let chosen = &enishi.call("choose_file", choose)["ok"];
    assert_eq!(chosen["name"], "名簿.csv");
    assert!(!chosen["token"].as_str().unwrap().contains('/'));
    let read = enishi.run("read_list", json!({ "file": chosen["token"] }));
    assert!(read.to_string().contains("髙橋 𠮷男"), "{read}");
    assert_eq!(enishi.answer("read_list", json!({ "file": list }))["fault"]["code"], "file_gone");
}

#[test]
fn what_stays_in_the_folder_is_the_register_and_it_opens_again() {
    let mut enishi = Enishi::start(&[]);
    let company = json!({ "company": "北斗製作所", "owner": "社長", "passphrase": "はれ の ち くもり 42" });
    let started = enishi.answer("start_company", company);
    assert!(started["ok"]["open"] == true, "{started}");
    enishi.restart();
    let state = enishi.run("state", json!({}));
    assert_eq!((&state["company_exists"], &state["open"]), (&Value::Bool(true), &Value::Bool(false)));
    assert_eq!(
        enishi.answer("unlock", json!({ "passphrase": "wrong" }))["fault"]["code"],
        "wrong_passphrase"
    );
    assert_eq!(enishi.run("unlock", json!({ "passphrase": "はれ の ち くもり 42" }))["open"], true);
}

#[test]
fn things_are_found_by_what_they_are_called() {
    let enishi = Enishi::start(&[]);
    enishi.ready();
    enishi.script(
        "const page = document.createElement('section');
         page.innerHTML = `
           <button>一覧</button><button aria-label='閉じる'>×</button><a href='#a'>退職者 <span aria-hidden='true'>128</span></a>
           <label>検索 <input id='q'></label><label for='ok'>連絡してよい</label><input id='ok' type='checkbox'>
           <button hidden>隠れ</button><p></p><dialog><h2>消しますか</h2><button>一覧</button></dialog>`;
         document.body.append(page);
         page.querySelector('a').onclick = () => { setTimeout(() => { page.querySelector('p').textContent = 'あとから' }, 200) };
         page.querySelector('input').onkeydown = (event) => { if (event.key === 'Enter') page.querySelector('dialog').showModal() };",
        &[],
    );
    enishi.button("閉じる").click();
    enishi.link("退職者").click();
    enishi.text("あとから");
    enishi.gone("button", "隠れ");
    enishi.checkbox("連絡してよい").click();
    assert_eq!(enishi.checkbox("連絡してよい").property("checked"), true);
    let search = enishi.field("検索");
    search.type_in("誰か");
    search.clear();
    search.type_in("さいとう");
    assert_eq!(search.value(), "さいとう");
    // With the dialog open, the page under it cannot be reached, so there is one button of the name.
    enishi.press("Enter");
    enishi.heading("消しますか");
    enishi.button("一覧").click();
    enishi.gone("field", "検索");
    enishi.press("Escape");
    enishi.field("検索");
}
