//! The window among others: it comes back where it was, and a second one on the same register is refused.

use serde_json::{Value, json};

use crate::program::Enishi;

const PASSPHRASE: &str = "はれ の ち くもり 42";

fn company(enishi: &Enishi) {
    let company = json!({ "company": "北斗製作所", "owner": "社長", "passphrase": PASSPHRASE });
    enishi.run("start_company", company);
}

#[test]
fn the_window_comes_back_as_large_as_it_was() {
    let mut enishi = Enishi::start(&[]);
    let inner = |enishi: &Enishi| enishi.script("return [innerWidth, innerHeight]", &[]);
    enishi.ready();
    assert_eq!(inner(&enishi), json!([1280, 800]));
    let kept = enishi.folder().join("home/window.json");
    let place = || serde_json::from_slice::<Value>(&std::fs::read(&kept).ok()?).ok();
    enishi.resize(1100, 740);
    let place = enishi.wait_for("its place on the disk", || place().filter(|place| place["width"] == 1100.0));
    enishi.restart();
    enishi.wait_for("the size it had", || (inner(&enishi) == json!([1100, 740])).then_some(()));

    // What is kept of it is its place and nothing else; broken, it is as if it had never been.
    let names: Vec<_> = place.as_object().unwrap().keys().collect();
    assert_eq!(names, ["height", "maximised", "width", "x", "y"]);
    enishi.restart_after(|| std::fs::write(&kept, "{").unwrap());
    enishi.wait_for("the usual size", || (inner(&enishi) == json!([1280, 800])).then_some(()));
    // A place on a screen that is no longer there.
    let gone = json!({ "x": 9000, "y": 0, "width": 1100.0, "height": 740.0, "maximised": false });
    enishi.restart_after(|| std::fs::write(&kept, gone.to_string()).unwrap());
    enishi.wait_for("the usual size", || (inner(&enishi) == json!([1280, 800])).then_some(()));
    let left = enishi.script("return screenX", &[]).as_i64().unwrap();
    assert!(left < 1280, "{left}");
}

#[test]
fn a_second_window_is_refused_in_a_sentence_and_waits_for_the_first() {
    let mut first = Enishi::start(&[]);
    company(&first);
    first.script("location.reload()", &[]);
    first.heading("今日");
    let second = first.start_beside();
    second.field("合言葉").type_in(PASSPHRASE);
    second.button("開く").click();
    second.text("この名簿は、もう一つの窓で開いています。名簿はそのままです。");
    second.picture("ja-second");
    second.button("もう一度ためす").click();
    second.text("この名簿は、もう一つの窓で開いています。名簿はそのままです。");

    // The first works on, and when it is closed, the second opens without the 合言葉 being typed anew.
    first.run("add_person", json!({ "family": "佐藤", "given": "花子" }));
    assert_eq!(first.run("state", json!({}))["people"], 1);
    first.run("lock", json!({}));
    second.button("もう一度ためす").click();
    second.heading("今日");
    assert_eq!(second.run("state", json!({}))["people"], 1);
    assert_eq!(
        first.answer("unlock", json!({ "passphrase": PASSPHRASE }))["fault"]["code"],
        "open_elsewhere"
    );
    drop(second);
    first.restart();
    assert_eq!(first.run("unlock", json!({ "passphrase": PASSPHRASE }))["people"], 1);
}

#[test]
fn a_second_window_on_the_sample_company_offers_to_try_again() {
    let first = Enishi::start(&["--sample"]);
    first.heading("今日");
    let second = first.start_beside();
    second.text("この名簿は、もう一つの窓で開いています。");
    first.run("lock", json!({}));
    second.button("もう一度ためす").click();
    second.heading("今日");
}
