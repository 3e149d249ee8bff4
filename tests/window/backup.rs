//! What a company does so that nothing is lost, and what it does when something was: all of it as a person would.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::json;

use crate::program::Enishi;

const PASSPHRASE: &str = "ひろせがわの なつ";

/// A company with one person, on the screen of the day.
fn company(enishi: &Enishi) {
    enishi.ready();
    enishi
        .run("start_company", json!({ "company": "北斗製作所", "owner": "社長", "passphrase": PASSPHRASE }));
    add(enishi, "佐藤");
    enishi.script("location.reload()", &[]);
    enishi.heading("今日");
}

fn add(enishi: &Enishi, family: &str) {
    enishi.run("add_person", json!({ "family": family, "notes": "あ".repeat(300) }));
}

fn people(enishi: &Enishi) -> u64 {
    enishi.run("state", json!({}))["people"].as_u64().unwrap()
}

/// The backups in a folder.
fn backups(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "enishi")).collect()
}

/// When a file was last written.
fn made_at(file: &Path) -> SystemTime {
    fs::metadata(file).and_then(|file| file.modified()).unwrap()
}

/// The register that was set aside, whose folder the screen names.
fn set_aside(enishi: &Enishi) -> PathBuf {
    let folders = fs::read_dir(enishi.folder().join("home")).unwrap().map(|entry| entry.unwrap());
    let mut aside = folders.filter(|entry| entry.file_name().to_string_lossy().starts_with("company.aside-"));
    let aside = aside.next().expect("a register that was set aside");
    enishi.text(&aside.file_name().to_string_lossy());
    aside.path()
}

#[test]
fn in_a_synced_folder_no_register_is_made_and_one_is_made_where_somebody_chose() {
    let enishi = Enishi::start_synced(&[]);
    enishi.text("インターネットへ自動で写される場所（OneDrive など）にあります");
    assert_eq!(enishi.button("自分の会社で始める").property("disabled"), true);
    enishi.picture("synced-start");
    let good = enishi.folder().join("書類");
    fs::create_dir(&good).unwrap();
    enishi.dialogs_answer(&[Some(&good)]);
    enishi.button("名簿を置くフォルダーを選ぶ").click();
    enishi.gone("button", "名簿を置くフォルダーを選ぶ");
    enishi.button("自分の会社で始める").click();
    enishi.field("会社名");
    company(&enishi);
    assert!(good.join("enishi/company/register.db").exists());

    // And from there to another: closed, opened with its 合言葉, and all of it there.
    let other = enishi.folder().join("ほかの場所");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("x"), "").unwrap();
    enishi.dialogs_answer(&[Some(&other)]);
    let token = enishi.call("choose_file", json!({ "kind": "folder", "title": "x" }))["ok"]["token"].clone();
    enishi.run("move_register", json!({ "folder": token }));
    enishi.script("location.reload()", &[]);
    enishi.field("合言葉").type_in(PASSPHRASE);
    enishi.button("開く").click();
    enishi.heading("今日");
    assert_eq!(people(&enishi), 1);
}

#[test]
fn what_was_changed_after_a_backup_is_gone_when_it_is_restored_and_that_is_said() {
    let enishi = Enishi::start(&[]);
    company(&enishi);
    enishi.text("控えはこのパソコンの中だけにあります");
    enishi.picture("backups-today");
    enishi.button("控え（バックアップ）を見る").click();
    enishi.text("まだ控えに入っていない変更：1分ぶん");

    let stick = enishi.folder().join("usb");
    fs::create_dir(&stick).unwrap();
    enishi.dialogs_answer(&[None, Some(&stick)]);
    enishi.button("フォルダーを選ぶ").click();
    // Nobody presses it again while the first dialog is open.
    enishi.wait_for("an answered dialog", || {
        let left = fs::read_to_string(enishi.folder().join("dialog")).unwrap();
        let free = enishi.button("フォルダーを選ぶ").property("disabled") == false;
        (left.lines().count() == 1 && free).then_some(())
    });
    enishi.button("フォルダーを選ぶ").click();
    enishi.text("これから「usb」にも控えを写します。");
    enishi.button("いま控えを取る").click();
    enishi.text("控えを取りました。1名、やりとり0件が入っています。2つ目の置き場所にも写しました。");
    enishi.text("名簿のすべてが、この控えに入っています。");
    enishi.gone("alert", "");
    assert_eq!(backups(&stick).len(), 1);
    enishi.picture("backups");
    fs::rename(&stick, enishi.folder().join("pulled out")).unwrap();
    enishi.button("今日").click();
    enishi.button("控え（バックアップ）を見る").click();
    enishi.text("いまは見つかりません");

    add(&enishi, "髙橋");
    // A backup is called after its second.
    let name = backups(&enishi.folder().join("home/backups")).remove(0);
    enishi.wait_for("the next second", || (made_at(&name).elapsed().ok()?.as_secs() > 0).then_some(()));
    enishi.button("鍵をかけて閉じる").click();
    enishi.button("控えから戻す").click();
    enishi.find("radio", "1名").click();
    enishi.wait_for("the keyboard in the 合言葉", || (enishi.focus()["name"] == "合言葉").then_some(()));
    enishi.picture("restore");
    enishi.type_letters("ちがう ことば");
    enishi.press("Enter");
    enishi.text("合言葉が違います。");
    enishi.field("合言葉").clear();
    enishi.field("合言葉").type_in(PASSPHRASE);
    enishi.press("Enter");
    enishi.text("控えのあとの 1分ぶんの仕事（変更 1回）は、なくなります。");
    enishi.text("いまの名簿は消しません。");
    enishi.picture("restore-what");
    enishi.button("名簿を戻す").click();
    enishi.heading("控えから戻しました");
    enishi.text("控えのあとの 1分ぶんの仕事は、この名簿にはありません。");
    enishi.picture("restored");
    assert_eq!(people(&enishi), 1);
    assert!(set_aside(&enishi).join("register.db").exists());
    enishi.button("読みました").click();
    enishi.gone("heading", "控えから戻しました");

    // In English, and in the smallest window.
    enishi.button("English").click();
    enishi.resize(1024, 700);
    enishi.button("See the backups").click();
    enishi.heading("The backups there are");
    enishi.picture("backups-en");
    enishi.button("Stop using it").click();
    enishi.text("The backups are on this computer only.");
    assert!(enishi.run("safety", json!({}))["second"].is_null());
}

#[test]
fn a_stick_and_the_passphrase_bring_everything_back_on_a_new_computer_in_three_clicks() {
    let (name, backup) = {
        let old = Enishi::start(&[]);
        company(&old);
        old.run("back_up", json!({}));
        let file = backups(&old.folder().join("home/backups")).remove(0);
        (file.file_name().unwrap().to_owned(), fs::read(file).unwrap())
    };
    let enishi = Enishi::start(&[]);
    let stick = enishi.folder().join(name);
    fs::write(&stick, backup).unwrap();
    enishi.dialogs_answer(&[Some(&stick)]);
    enishi.button("控えから戻す").click();
    enishi.field("合言葉").type_in(PASSPHRASE);
    enishi.picture("restore-stick");
    enishi.button("控えを確かめる").click();
    enishi.text("このパソコンに名簿はないので、失われるものはありません。");
    enishi.button("名簿を戻す").click();
    enishi.heading("控えから戻しました");
    enishi.text("失われた仕事はありません。");
    assert_eq!(people(&enishi), 1);
    enishi.text("北斗製作所");
}

#[test]
fn a_damaged_register_is_offered_its_newest_backup() {
    let mut enishi = Enishi::start(&[]);
    company(&enishi);
    for _ in 0..40 {
        add(&enishi, "髙橋");
    }
    enishi.run("back_up", json!({}));
    let register = enishi.folder().join("home/company/register.db");
    enishi.restart_after(|| {
        let mut bytes = fs::read(&register).unwrap();
        // Every page but the first few.
        for at in (40_000..bytes.len()).step_by(4096) {
            bytes[at] ^= 1;
        }
        fs::write(&register, bytes).unwrap();
    });
    enishi.field("合言葉").type_in(PASSPHRASE);
    enishi.press("Enter");
    enishi.text("名簿のファイルが壊れていて、読めないところがあります。");
    enishi.picture("restore-damaged");
    enishi.text("41名");
    let newest = "return document.querySelector('input[type=radio]').checked";
    assert_eq!(enishi.script(newest, &[]), true);
    enishi.button("控えを確かめる").click();
    enishi.text("いまの名簿は壊れています。");
    enishi.button("名簿を戻す").click();
    enishi.heading("控えから戻しました");
    enishi.text("この名簿にないかもしれません。");
    enishi.picture("restored-damaged");
    assert_eq!(people(&enishi), 41);
    assert!(set_aside(&enishi).join("register.db").exists());
}
