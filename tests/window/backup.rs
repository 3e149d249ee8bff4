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

/// Opens the register with its 合言葉, which leads to the day.
fn unlock(enishi: &Enishi) {
    enishi.field("合言葉").type_in(PASSPHRASE);
    enishi.button("開く").click();
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
}

#[test]
fn a_register_found_in_a_synced_folder_is_moved_by_a_button_with_its_backups() {
    let mut enishi = Enishi::start(&[]);
    company(&enishi);
    enishi.run("back_up", json!({}));
    enishi.restart_synced();
    unlock(&enishi);
    enishi.text("名簿が、インターネットへ自動で写されるフォルダー（OneDrive など）の中にあります。");
    enishi.picture("synced-today");
    enishi.button("控え（バックアップ）を見る").click();
    enishi.heading("いまある控え");
    enishi.picture("synced-backups");
    let (synced, good) = (enishi.folder().join("OneDrive - 会社"), enishi.folder().join("書類"));
    for folder in [&synced, &good] {
        fs::create_dir(folder).unwrap();
    }
    enishi.dialogs_answer(&[None, Some(&synced), Some(&good)]);
    let moving = enishi.button("名簿を別のフォルダーへ移す…");
    moving.click();
    enishi.wait_for("a free button", || (moving.property("disabled") == false).then_some(()));
    moving.click();
    enishi.text("そこは、インターネットへ自動で写される場所（OneDrive など）です。");
    assert!(enishi.folder().join("Dropbox/company/register.db").exists(), "it is where it was");
    moving.click();
    // It is closed, opens with its 合言葉, and nothing is left to be told.
    unlock(&enishi);
    assert_eq!(people(&enishi), 1);
    assert!(good.join("enishi/company/register.db").exists());
    assert_eq!(backups(&good.join("enishi/backups")).len(), 1);
    enishi.button("控え（バックアップ）を見る").click();
    enishi.heading("いまある控え");
    enishi.gone("button", "名簿を別のフォルダーへ移す…");
    enishi.gone("alert", "");
    enishi.picture("moved-backups");
}

#[test]
fn a_backup_is_made_when_the_window_closes_and_not_when_nothing_changed() {
    let mut enishi = Enishi::start(&[]);
    company(&enishi);
    let folder = enishi.folder().join("home/backups");
    assert!(!folder.exists(), "none was due");
    // What was typed a moment ago is in it, too.
    enishi.button("設定").click();
    enishi.field("会報の名前").type_in("ほくと便り");
    enishi.close_window();
    let made = backups(&folder);
    assert_eq!(made.len(), 1);
    enishi.restart();
    unlock(&enishi);
    enishi.button("控え（バックアップ）を見る").click();
    enishi.text("名簿のすべてが、この控えに入っています。");
    assert_eq!(enishi.run("backups", json!({}))["saved"][0]["people"], 1);
    assert_eq!(enishi.run("settings", json!({}))["newsletter"], "ほくと便り");
    enishi.close_window();
    assert_eq!(backups(&folder), made);
}

#[test]
fn a_register_that_cannot_be_written_is_looked_at_and_printed() {
    let mut enishi = Enishi::start(&[]);
    company(&enishi);
    enishi.run("add_issue", json!({ "name": "ほくと便り", "number": 1, "columns": 2 }));
    enishi.restart_read_only();
    unlock(&enishi);
    let strip = "名簿のフォルダーに書き込めないので、見ることだけができます。";
    enishi.text(strip);
    enishi.picture("read-only");
    enishi.button("退職者").click();
    enishi.find("option", "佐藤").click();
    enishi.heading("佐藤");
    enishi.button("姓: 佐藤").click();
    enishi.field("姓").type_in("木");
    enishi.press("Enter");
    enishi.text("名簿のフォルダーに書き込めません。名簿はそのままです。");
    enishi.text(strip);
    enishi.picture("read-only-person");
    let paper = enishi.folder().join("paper.pdf");
    enishi.dialogs_answer(&[Some(&paper)]);
    enishi.button("会報").click();
    enishi.button("第1号").click();
    enishi.text(strip);
    enishi.button("PDF にする").click();
    enishi.text("「paper.pdf」に保存しました");
    assert!(fs::read(&paper).unwrap().starts_with(b"%PDF"));
    enishi.picture("read-only-issue");
    enishi.button("English").click();
    enishi.text("cannot be written to, so you can only look, print and export");
    enishi.resize(1024, 700);
    enishi.picture("read-only-en");
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
fn a_backup_that_is_opened_on_the_desktop_is_chosen_to_be_restored() {
    let mut enishi = Enishi::start(&[]);
    company(&enishi);
    enishi.run("back_up", json!({}));
    let file = backups(&enishi.folder().join("home/backups")).remove(0);
    let opened = enishi.folder().join("控え 北斗製作所.enishi");
    fs::copy(file, &opened).unwrap();
    add(&enishi, "髙橋");
    enishi.restart_with(&opened);
    enishi.heading("控えから戻す");
    enishi.text("控え 北斗製作所.enishi");
    let which = "return document.querySelector('input[type=radio]:checked').closest('label').textContent";
    assert!(enishi.script(which, &[]).as_str().unwrap().contains("控え 北斗製作所.enishi"));
    enishi.picture("restore-opened");
    // Nothing happens to the register unless somebody says so.
    enishi.button("戻る").click();
    unlock(&enishi);
    assert_eq!(people(&enishi), 2);
    // Once only: a page that is loaded anew begins as always.
    enishi.button("鍵をかけて閉じる").click();
    enishi.field("合言葉");
    enishi.gone("heading", "控えから戻す");
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

#[test]
fn what_is_newer_than_the_backup_is_read_from_a_damaged_register() {
    let mut enishi = Enishi::start(&[]);
    company(&enishi);
    for _ in 0..60 {
        add(&enishi, "髙橋");
    }
    enishi.run("back_up", json!({}));
    for _ in 0..60 {
        add(&enishi, "大野");
    }
    let register = enishi.folder().join("home/company/register.db");
    let log = register.with_extension("db-wal");
    enishi.wait_for("the log folded in", || (fs::metadata(&log).ok()?.len() == 0).then_some(()));
    enishi.restart_cut_off(|| {
        let mut bytes = fs::read(&register).unwrap();
        // What was written of the newer people at first, not what was written last.
        let (from, until) = (bytes.len() * 16 / 20, bytes.len() * 18 / 20);
        for at in (from..until).step_by(4096) {
            bytes[at] ^= 1;
        }
        fs::write(&register, bytes).unwrap();
    });
    enishi.field("合言葉").type_in(PASSPHRASE);
    enishi.press("Enter");
    enishi.text("名簿のファイルが壊れていて、読めないところがあります。");
    enishi.text("61名");
    enishi.button("控えを確かめる").click();
    enishi.text("控えより新しい記録は、読み取れる分だけ取り込みます。");
    enishi.picture("salvage-what");
    enishi.button("名簿を戻す").click();
    enishi.heading("控えから戻しました");
    enishi.text("61名が戻りました。");
    enishi.text("壊れた名簿から、新しい記録");
    enishi.text("読み取れないところもありました。");
    enishi.picture("salvaged");
    let salvaged = people(&enishi);
    assert!((70..121).contains(&salvaged), "{salvaged} people");
    assert!(set_aside(&enishi).join("register.db").exists());
    // One step, which can be undone.
    enishi.run("undo", json!({}));
    assert_eq!(people(&enishi), 61);
}
