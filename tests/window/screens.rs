//! Every screen there is, one after the other, for whoever wants to look at it: from the first start on, with fields
//! open, lists filtered and cards up.

use std::fs;

use serde_json::{Value, json};

use crate::program::Enishi;

/// A list with something to be asked about.
const LIST: &str = "社員番号,氏名,ふりがな,生年月日,退職日,郵便番号,メール,基本給,退職理由
1001,髙橋 誠,たかはし まこと,昭和40年1月2日,令和3年2月30日,980-0811,makoto@example.jp,250000,定年
1002,佐藤 花子,さとう はなこ,昭和45年3月1日,3/31/2024,980-0812,hanako@example.jp,250000,転居
1003,Ｓ木花子,すずき はなこ,昭和50年5月5日,令和4年3月31日,98-001,suzuki@example.jp,250000,定年
1004,渡邊 涼,わたなべ りょう,平成2年8月8日,令和5年9月30日,980-0814,watanabe,250000,転職
";

/// Goes through all screens in one language and has each looked at under a name.
pub fn every_screen(enishi: &Enishi, english: bool, look: &mut dyn FnMut(&str)) {
    let say = |japanese: &'static str, in_english: &'static str| if english { in_english } else { japanese };
    let click = |japanese, in_english| enishi.button(say(japanese, in_english)).click();
    let field = |japanese, in_english| enishi.field(say(japanese, in_english));
    let mut look = |name: &str| {
        settled(enishi);
        look(name);
    };
    let list = enishi.folder().join("list.csv");
    fs::write(&list, LIST).expect("a list");
    // The first to be asked for is the place for the recovery sheet.
    enishi.dialogs_answer(&[Some(&list.with_extension("pdf")), Some(&list)]);

    // The first start, and the own company while it is empty.
    enishi.button(if english { "English" } else { "日本語" }).click();
    enishi.button(say("サンプルの会社で試す", "Try the sample company"));
    look("start");
    click("自分の会社で始める", "Start with my own company");
    field("会社名", "Company name").type_in("みちのく食品");
    look("setup");
    field("あなたの名前", "Your name").type_in("青木 洋子");
    field("合言葉", "Passphrase").type_in("ひろせがわの なつ");
    let again = field("合言葉（もう一度）", "Passphrase (again)");
    again.type_in("ちがう ことば");
    click("名簿を作る", "Make the register");
    enishi.wait_for("what is wrong", || there(enishi, "[role=alert], [aria-invalid=true]"));
    look("setup-problem");
    again.clear();
    again.type_in("ひろせがわの なつ");
    click("名簿を作る", "Make the register");
    enishi.button(say("予備の合言葉を印刷する", "Print the sheet"));
    look("setup-sheet");
    click("予備の合言葉を印刷する", "Print the sheet");
    field("用紙の4文字", "Four letters of the sheet").type_in("0000");
    click("確かめる", "Check");
    enishi.wait_for("what is wrong", || there(enishi, "[aria-invalid=true]"));
    look("setup-letters");
    click("あとで", "Later");
    enishi.button(say("あとで決める", "Decide later"));
    look("purposes");
    click("あとで決める", "Decide later");
    enishi.heading(say("今日", "Today"));
    look("today-empty");
    for (name, japanese, in_english) in [
        ("people-empty", "退職者", "Leavers"),
        ("staff-empty", "社員", "Staff"),
        ("issues-empty", "会報", "Newsletter"),
        ("events-empty", "行事", "Events"),
        ("dispatches-empty", "発送の台帳", "What was sent"),
        ("steps-empty", "変更の履歴", "Changes"),
    ] {
        click(japanese, in_english);
        enishi.heading(say(japanese, in_english));
        look(name);
    }
    click("今日", "Today");
    click("控え（バックアップ）を見る", "See the backups");
    enishi.heading(say("控え（バックアップ）", "Backups"));
    look("backups");
    click("設定", "Settings");
    click("利用者を加える", "Add a user");
    field("名前", "Name").type_in("田中 恵");
    look("users-add");
    for name in [("新しい合言葉", "New passphrase"), ("合言葉（もう一度）", "Passphrase (again)")]
    {
        field(name.0, name.1).type_in("いんさつをする ひと");
    }
    enishi.press("Enter");
    enishi.find("button", say("外す: 田中 恵", "Dismiss: 田中 恵")).click();
    look("users-dismiss");
    click("新しい合言葉: 田中 恵", "New passphrase: 田中 恵");
    look("users-passphrase");
    click("だれが何をしたか", "Who did what");
    click("つながりを確かめる", "Check the chain");
    enishi.wait_for("what was checked", || there(enishi, "section[role=status]"));
    look("audit");
    click("鍵をかけて閉じる", "Lock and close");
    field("合言葉", "Passphrase").type_in("ちがう ことば");
    click("開く", "Open");
    enishi.wait_for("what is wrong", || there(enishi, "[role=alert], [aria-invalid=true]"));
    look("unlock");
    click("合言葉を忘れた", "Passphrase forgotten");
    look("forgotten");
    click("戻る", "Back");
    click("控えから戻す", "Restore a backup");
    enishi.heading(say("控えから戻す", "Restore a backup"));
    look("restore");
    click("戻る", "Back");
    click("サンプルの会社で試す", "Try the sample company");

    enishi.heading(say("今日", "Today"));
    let first = enishi.run("today", json!({}))["promised"]["rows"][0].take();
    let name = format!("{} {}", first["family"].as_str().unwrap(), first["given"].as_str().unwrap());
    let call = if english { format!("Called {name}") } else { format!("{name}さんに電話した") };
    enishi.button(&call);
    look("today");
    enishi.button(&call).click();
    look("today-call");
    lower(enishi, "main .page");
    look("today-lower");

    click("退職者", "Leavers");
    enishi.text("相澤 久美子");
    look("people");
    let search = field("探す", "Search");
    search.type_in("saito");
    enishi.wait_for("who was searched", || there(enishi, ".kana mark"));
    look("people-found");
    enishi.press("Escape");
    enishi.wait_for("everybody", || there(enishi, "#people [aria-setsize='128']"));
    click("条件を選ぶ", "Choose conditions");
    look("people-filters");
    click("閉じる", "Close");
    click("全員を選ぶ", "Select everybody");
    look("people-together");
    click("送ってよい根拠…", "May be written to…");
    enishi.heading(say("送ってよい根拠を記録する", "Record why you may write to them"));
    click("記録する", "Record");
    enishi.wait_for("what is wrong", || there(enishi, "dialog [role=alert]"));
    look("people-basis");
    enishi.press("Escape");
    click("選択をやめる", "Clear");
    click("退職者を加える", "Add a leaver");
    look("people-add");
    click("やめる", "Cancel");
    let her = enishi.run("people", json!({ "search": "saito misaki" }))["rows"][0]["id"].take();
    let ill =
        json!({ "person": her, "kind": "call", "on_day": "2026-11-10", "note": "先月から入院とのこと" });
    enishi.run("add_contact", ill);
    search.type_in("saito misaki");
    enishi.wait_for("who was searched", || there(enishi, "[aria-setsize='1'] mark"));
    search.click();
    enishi.press("Enter");
    enishi.heading("齋藤 美咲");
    look("person");
    enishi.find("button", say("勤務先での仕事: ", "Role there: ")).click();
    look("person-edit");
    enishi.press("Escape");
    enishi.script("document.querySelector('aside li .said .row button').click()", &[]);
    enishi.heading(say("封をした記録へ移す", "Move this behind the seal"));
    enishi.wait_for("where it still is", || there(enishi, "dialog li"));
    look("person-seal-text");
    enishi.press("Escape");
    lower(enishi, "aside");
    look("person-lower");
    enishi.checkbox(say("逝去された", "Has died")).click();
    enishi.heading(say("齋藤 美咲さんの訃報", "齋藤 美咲 has died"));
    look("death");
    click("記録する", "Record");
    enishi.heading(say("電話でお知らせする方", "Whom to call"));
    look("death-told");
    click("閉じる", "Close");
    enishi.button(say("元に戻す", "Undo")).click();
    enishi.text(say("元に戻しました：", "Undone: "));
    lower(enishi, "aside");
    click("封をして残す", "Seal and keep");
    field("残しておくこと", "What is to be kept").type_in("残業が多かった");
    look("person-seal");
    enishi.find("button", if english { "Seal and keep" } else { "封をして残す" }).click();
    click("封を開けて読む", "Open and read");
    lower(enishi, "aside");
    look("person-sealed");
    click("本人の請求", "Their requests");
    click("中身を見る", "Look at it");
    enishi.wait_for("what is held", || there(enishi, "dialog dl"));
    look("rights");
    click("消去へ進む", "Go on to erase");
    enishi.checkbox(say("元に戻せないことを確かめました", "I know that there is no way back"));
    look("rights-erase");
    enishi.press("Escape");

    click("取り込み", "Take in a list");
    enishi.button(say("ファイルを選ぶ", "Choose a file"));
    look("list");
    click("重複の候補", "Possible duplicates");
    enishi.heading(say("重複の候補", "Possible duplicates"));
    look("duplicates");
    click("取り込み", "Take in a list");
    click("ファイルを選ぶ", "Choose a file");
    enishi.button(say("確かめる", "Check"));
    look("list-columns");
    click("確かめる", "Check");
    enishi.button(say("名を取り込む", "Take in 3"));
    look("list-doubts");
    lower(enishi, "main .page");
    look("list-doubts-lower");
    enishi.button(say("名を取り込む", "Take in 3")).click();
    enishi.button(say("この取り込みだけ表示", "Show only this import"));
    look("list-done");

    click("社員", "Staff");
    enishi.heading(say("社員", "Staff"));
    look("staff");
    leaving(enishi, english, &mut look);
    click("会報", "Newsletter");
    enishi.button(say("第12号", "No. 12"));
    look("issues");
    click("第12号", "No. 12");
    enishi.wait_for("the page beside the pen", || there(enishi, "img[src^='page:']"));
    look("issue");
    click("発送する", "Send");
    enishi.wait_for("the paper", || there(enishi, "aside img[src^='page:']:not(.old)"));
    look("send");
    enishi.button(say("送らない", "Not sent")).click();
    look("send-held");
    enishi.find("radio", say("宛名ラベル", "Address labels")).click();
    enishi.wait_for("the paper", || there(enishi, "aside img[src^='page:']:not(.old)"));
    lower(enishi, ".choices");
    look("send-labels");
    click("刷る紙を作る", "Make the papers");
    enishi.button(say("発送済みにする", "Mark as sent")).click();
    enishi.text(say("に発送", "Sent "));
    look("send-sent");
    click("発送の台帳へ", "To everything sent");
    enishi.heading(say("発送の台帳", "What was sent"));
    look("dispatches");
    cards(enishi, english, &mut look);
    an_event(enishi, english, &mut look);
    click("慶弔", "Life events");
    enishi.heading(say("慶弔の記録", "Life events"));
    look("rites");
    click("変更の履歴", "Changes");
    enishi.heading(say("変更の履歴", "Changes"));
    look("steps");
    click("設定", "Settings");
    enishi.heading(say("設定", "Settings"));
    look("settings");
    lower(enishi, "main .page");
    look("settings-lower");
    click("今月の「消してよいもの」を見る", "See what may go this month");
    enishi.heading(say("年数とその根拠", "The years, and why"));
    look("removable");
    click("設定", "Settings");
    enishi.heading(say("設定", "Settings"));
    click("キー操作の一覧", "List of keys");
    look("keys");
    click("閉じる", "Close");
    enishi.find("button", say("インターネット不使用", "Never uses the internet")).click();
    enishi.heading(say("自分で確かめるには", "How to check it yourself"));
    look("offline");
    click("中に入っている部品", "What it is made of");
    enishi.heading(say("プログラムの部品", "Parts of the program"));
    look("made");
    click("使い方", "Help");
    enishi.heading(say("最初の10分", "The first ten minutes"));
    look("help");
    enishi.press("Ctrl+k");
    field("行き先を探す", "Go to").type_in("さ");
    enishi.wait_for("somebody", || there(enishi, "#palette .letters"));
    look("palette");
    enishi.press("Escape");
}

/// Postcards: what the post brought, a New Year card, a sheet that is measured, and 往復はがき at the printer.
fn cards(enishi: &Enishi, english: bool, look: &mut dyn FnMut(&str)) {
    let say = |japanese: &'static str, in_english: &'static str| if english { in_english } else { japanese };
    let click = |japanese, in_english| enishi.button(say(japanese, in_english)).click();
    let drawn = || enishi.wait_for("the paper", || there(enishi, "aside img[src^='page:']:not(.old)"));
    click("届いた郵便を記録する", "Record what the post brought");
    enishi.field(say("お名前・ふりがな", "Name or reading")).type_in("さ");
    enishi.wait_for("somebody", || there(enishi, "main li .name"));
    look("came");
    click("発送の台帳へ", "To everything sent");
    click("はがき・ラベル・封筒を作る", "Make postcards, labels or envelopes");
    drawn();
    enishi.option(say("何のはがき", "Which card"), say("年賀状", "New Year card")).click();
    drawn();
    look("cards");
    lower(enishi, ".choices");
    look("cards-lower");
    enishi.find("radio", say("宛名ラベル", "Address labels")).click();
    click("寸法を測って用紙を加える", "Measure and add a sheet");
    look("measured");
    enishi.press("Escape");
    enishi.find("radio", say("往復はがき", "Reply postcards")).click();
    drawn();
    lower(enishi, ".choices");
    look("doubles");
    click("刷る紙を作る", "Make the papers");
    click("印刷する: お便り・ご案内-往復はがき1", "Print: Letter or invitation-往復はがき1");
    enishi.text(say("普通の紙に1枚目", "Sheet 1 on plain paper"));
    look("printing");
    lower(enishi, "dialog");
    look("printing-lower");
    enishi.press("Escape");
    click("取りやめる", "Give it up");
}

/// An event: every step of it, and a reply card.
fn an_event(enishi: &Enishi, english: bool, look: &mut dyn FnMut(&str)) {
    let say = |japanese: &'static str, in_english: &'static str| if english { in_english } else { japanese };
    enishi.button(say("行事", "Events")).click();
    enishi.heading(say("行事", "Events"));
    look("events");
    enishi.find("button", "第10回 同窓会").click();
    for (step, japanese, in_english) in [
        ("decide", "決める", "Decide"),
        ("invite", "招く", "Invite"),
        ("deliver", "届ける", "Send"),
        ("replies", "返事", "Answers"),
        ("day", "当日", "The day"),
        ("after", "終わったら", "Afterwards"),
    ] {
        enishi.button(say(japanese, in_english)).click();
        enishi.heading(say(japanese, in_english));
        if step == "invite" {
            enishi.wait_for("the piles", || there(enishi, "main .tabs"));
        }
        look(&format!("event-{step}"));
        if step == "day" {
            lower(enishi, "main .page");
            look("event-day-lower");
        }
    }
    enishi.button(say("返事", "Answers")).click();
    enishi.field(say("番号、またはお名前（かな）", "Number, or name (kana)")).type_in("さ");
    enishi.press("Enter");
    enishi.checkbox(say("住所が変わった", "The address is new")).click();
    look("event-card");
    enishi.press("Escape");
}

/// Somebody leaves: every page of it.
fn leaving(enishi: &Enishi, english: bool, look: &mut dyn FnMut(&str)) {
    let say = |japanese: &'static str, in_english: &'static str| if english { in_english } else { japanese };
    let click = |japanese, in_english| enishi.button(say(japanese, in_english)).click();
    click("退職の手続き", "Leaving");
    click("手続きを始める", "Begin");
    let all = enishi.run("colleagues", json!({}));
    let serving = all.as_array().unwrap().iter().find(|one| one["fields"]["left_on"].is_null()).unwrap();
    enishi.option(say("退職する人", "Who is leaving"), serving["fields"]["family"].as_str().unwrap()).click();
    look("exit-begin");
    enishi.find("button", say("手続きを始める", "Begin")).click();
    for (page, japanese, in_english) in [
        ("dates", "日付と所属", "Dates and department"),
        ("items", "返却と引継ぎ", "Returns and handover"),
        ("interview", "面談", "Interview"),
        ("agreements", "約束した書類", "What was signed"),
        ("reach", "これからの連絡先", "How to reach them"),
        ("bases", "連絡してよいこと", "What you may send"),
        ("charge", "連絡担当", "Contact person"),
        ("paper", "渡す紙", "Sheet to hand over"),
    ] {
        enishi.button(say(japanese, in_english)).click();
        enishi.heading(say(japanese, in_english));
        look(&format!("exit-{page}"));
    }
    lower(enishi, "main .page");
    look("exit-paper-lower");
    click("続きはあとで", "Go on later");
    look("exits");
}

/// Whether something like this is on the screen.
fn there(enishi: &Enishi, what: &str) -> Option<()> {
    let seen = enishi.script("return document.querySelector(arguments[0]) !== null", &[what.into()]);
    (seen == true).then_some(())
}

/// Scrolls to the end.
fn lower(enishi: &Enishi, what: &str) {
    enishi.script(
        "const box = document.querySelector(arguments[0]); box.scrollTop = box.scrollHeight",
        &[what.into()],
    );
}

/// Waits until what the screen shows is read and its pictures are drawn.
fn settled(enishi: &Enishi) {
    enishi.wait_for("a screen that is read", || {
        let settled = enishi.script(
            "const frame = () => new Promise((done) => requestAnimationFrame(done));
             await frame();
             await frame();
             return !/読み込んでいます|Reading…/.test(document.body.innerText) && [...document.images].every((image) => image.complete)",
            &[],
        );
        (settled == true).then_some(())
    });
}

/// Has the page look as it does on a desktop of another kind: `dark`, `contrast`, both, or as the desktop is.
pub fn desktop(enishi: &Enishi, kinds: &[&str]) {
    enishi.script(
        "const wanted = { 'prefers-color-scheme: dark': 'dark', 'prefers-contrast: more': 'contrast', 'forced-colors: active': 'forced' };
         const root = document.documentElement;
         root.style.colorScheme = arguments[0].includes('dark') ? 'dark' : '';
         for (const sheet of document.styleSheets) for (const rule of sheet.cssRules) {
           if (!(rule instanceof CSSMediaRule)) continue;
           rule.said ??= rule.media.mediaText;
           const asked = Object.keys(wanted).filter((feature) => rule.said.includes(feature));
           if (!asked.length) continue;
           const met = asked.every((feature) => arguments[0].includes(wanted[feature]));
           rule.media.mediaText = arguments[0].length ? (met ? 'all' : 'not all') : rule.said;
         }",
        &[json!(kinds)],
    );
}

/// Letters twice as large, or as they were: set past the settings, so that it is no step of the register.
pub fn enlarge(enishi: &Enishi, large: bool) {
    enishi.script(
        "const root = document.documentElement;
         root.usual ??= root.style.fontSize || '16px';
         root.style.fontSize = arguments[0] ? '32px' : root.usual;
         const frame = () => new Promise((done) => requestAnimationFrame(done));
         await frame();
         await frame();",
        &[large.into()],
    );
}

/// Letters that stand outside of what can be seen and cannot be scrolled to.
pub fn cut(enishi: &Enishi) -> Value {
    enishi.script(
        "// A part that scrolls for itself holds what is in it; WebKit counts some of that to the page's width all the same.
         const beyond = (box) => {
           // What reaches into the margin makes a part scroll sideways as well.
           const margin = box === document.documentElement ? 0 : parseFloat(getComputedStyle(box).paddingRight);
           const edge = box.getBoundingClientRect().left + box.clientWidth - margin;
           return [...box.querySelectorAll('*')].filter((part) => !part.closest('.wide *') && part.getBoundingClientRect().right > edge + 1);
         };
         const cut = [...document.querySelectorAll('html, .page, .left, aside, nav, dialog')]
           .filter((box) => box.scrollWidth > box.clientWidth + 1)
           .flatMap(beyond)
           .map((part) => `too wide: ${part.outerHTML.slice(0, 120)}`);
         const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
         while (texts.nextNode()) {
           const text = texts.currentNode, element = text.parentElement;
           if (!text.data.trim() || !element.checkVisibility() || element.closest('.hidden, [inert], option')) continue;
           const range = document.createRange();
           range.selectNodeContents(text);
           const box = range.getBoundingClientRect();
           for (let around = element; around; around = around.parentElement) {
             const style = getComputedStyle(around);
             if (['auto', 'scroll'].includes(style.overflowX) || style.textOverflow === 'ellipsis') break;
             if (style.overflowX === 'visible' && around !== document.body) continue;
             const edge = around.getBoundingClientRect();
             if (box.right > edge.right + 1 || box.left < edge.left - 1) cut.push(text.data.trim());
             break;
           }
         }
         return cut;",
        &[],
    )
}
