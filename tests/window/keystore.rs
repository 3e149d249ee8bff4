//! What the desktop around the program gives: a keystore that opens the register at the start, and word of a sleep.

use gio::glib::prelude::*;
use gio::{Cancellable, DBusCallFlags, DBusConnection, DBusConnectionFlags};
use serde_json::json;

use crate::program::Enishi;

const PASSPHRASE: &str = "ひろせがわの なつ";

fn company(enishi: &Enishi) {
    enishi.ready();
    let company = json!({ "company": "みちのく食品", "owner": "青木 洋子", "passphrase": PASSPHRASE });
    enishi.run("start_company", company);
    enishi.script("location.reload()", &[]);
    enishi.heading("今日");
}

fn unlock(enishi: &Enishi) {
    enishi.heading("名簿を開く");
    enishi.field("合言葉").type_in(PASSPHRASE);
    enishi.button("開く").click();
    enishi.heading("今日");
}

#[test]
fn where_the_desktop_keeps_keys_the_register_opens_by_itself_until_that_is_ended() {
    let mut enishi = Enishi::start_with_keystore(&[]);
    company(&enishi);
    enishi.button("設定").click();
    enishi.text("封をした記録まで読めるようになります");
    enishi.button("合言葉なしで開くようにする…").click();
    enishi.field("いまの合言葉").type_in("まちがえた");
    enishi.button("合言葉なしで開くようにする").click();
    enishi.text("合言葉が違います");
    enishi.field("いまの合言葉").clear();
    enishi.field("いまの合言葉").type_in(PASSPHRASE);
    enishi.picture("opening-here");
    enishi.button("合言葉なしで開くようにする").click();
    enishi.text("次から、このパソコンでは合言葉なしで開きます");
    enishi.text("いまは、青木 洋子さんとして、合言葉なしで開きます");

    // A lock is a lock; the next start opens by itself.
    enishi.button("鍵をかけて閉じる").click();
    unlock(&enishi);
    enishi.restart();
    enishi.heading("今日");
    assert_eq!(enishi.run("audit", json!({}))[0]["command"], "unlock_here");

    enishi.button("設定").click();
    enishi.button("合言葉で開くように戻す").click();
    enishi.text("次から、合言葉で開きます");
    enishi.restart();
    unlock(&enishi);

    // Without the key that the desktop kept, the 合言葉 is asked, and why is said.
    enishi.run("add_key_here", json!({ "passphrase": PASSPHRASE }));
    let kept = enishi.folder().join("keystore");
    enishi.restart_after(|| std::fs::remove_dir_all(kept).unwrap());
    enishi.text("このパソコンでは、合言葉なしで開けなくなっています");
    unlock(&enishi);
}

#[test]
fn where_nothing_keeps_keys_nothing_is_offered() {
    let enishi = Enishi::start(&[]);
    company(&enishi);
    enishi.button("設定").click();
    enishi.heading("鍵をかける");
    assert_eq!(enishi.run("keystore_answers", json!({})), json!(false));
    enishi.gone("heading", "このパソコンでは、合言葉なしで開く");
}

#[test]
fn a_computer_that_goes_to_sleep_locks_the_register_first() {
    let enishi = Enishi::start_with_keystore(&[]);
    company(&enishi);
    enishi.button("設定").click();
    enishi.field("会報の名前").type_in("ほくと便り");
    let bus = system(enishi.bus());
    enishi.wait_for("a program that listens", || {
        let said = bus.emit_signal(
            None,
            "/org/freedesktop/login1",
            "org.freedesktop.login1.Manager",
            "PrepareForSleep",
            Some(&(true,).to_variant()),
        );
        said.unwrap();
        enishi.shown().contains("パソコンが休んでいたので、鍵をかけました").then_some(())
    });
    assert_eq!(enishi.run("state", json!({}))["open"], false);
    unlock(&enishi);
    assert_eq!(enishi.run("settings", json!({}))["newsletter"], "ほくと便り");
}

/// A connection to the bus that speaks as logind does.
fn system(address: &str) -> DBusConnection {
    let flags = DBusConnectionFlags::AUTHENTICATION_CLIENT | DBusConnectionFlags::MESSAGE_BUS_CONNECTION;
    let bus = DBusConnection::for_address_sync(address, flags, None, Cancellable::NONE).unwrap();
    let name = ("org.freedesktop.login1", 0_u32).to_variant();
    bus.call_sync(
        Some("org.freedesktop.DBus"),
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus",
        "RequestName",
        Some(&name),
        None,
        DBusCallFlags::NONE,
        -1,
        Cancellable::NONE,
    )
    .unwrap();
    bus
}
