//! A long random walk over the writing commands, with undo and redo: every state that comes back is the state that
//! was left, and the search is always what a fresh one would be.

use crate::{
    Line, PASSPHRASE, Times, company,
    front::{Ask, Dice, JPEG, Within, folder},
    told, whole,
};
use desk::{Kind, TABLE};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

impl Dice {
    fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.roll(of.len())]
    }
}

fn state(desk: &Within) -> u64 {
    let mut hasher = DefaultHasher::new();
    desk.desk.register().unwrap().state().unwrap().hash(&mut hasher);
    hasher.finish()
}

fn verify(desk: &mut Within, at: usize) {
    assert!(whole(desk), "after {at} steps");
}

fn pick(dice: &mut Dice, ids: &[Value]) -> Value {
    ids.get(dice.roll(ids.len().max(1))).cloned().unwrap_or(json!(0))
}

/// The first of whom what `asked` answers is so.
fn first(desk: &mut Within, people: &[Value], asked: &str, is: impl Fn(&Value) -> bool) -> Option<Value> {
    people.iter().find(|id| is(&desk.ok(asked, json!({ "id": id })))).cloned()
}

/// What the walk writes with.
struct Hand {
    dice: Dice,
    list: String,
    photo: String,
    /// The command used last: whoever does a thing often does it again.
    last: &'static str,
    /// There are few people yet.
    few: bool,
    /// How often each writing command changed something.
    made: BTreeMap<&'static str, usize>,
}

impl Hand {
    /// Any writing command of the table.
    fn command(&mut self) -> &'static str {
        let writing: Vec<_> = TABLE.iter().filter(|row| writes(row)).map(|row| row.name).collect();
        if self.last.is_empty() || self.dice.roll(2) == 0 {
            self.last = match self.last {
                // Whoever was invited answers, and comes.
                "invite" | "record_reply" => self.dice.pick(&[
                    "record_reply",
                    "change_invitee",
                    "seat_event",
                    "finish_event",
                    "remove_invitee",
                ]),
                // Paper that was made is soon sent, or not, and comes back: later it is gone again.
                "add_dispatch" | "record_sent" => {
                    self.dice.pick(&["record_sent", "record_return", "remove_dispatch"])
                }
                // Nothing is done as often as typing.
                _ if self.dice.roll(8) == 0 => "change_issue",
                // Most commands are about people, and some about many.
                _ if self.few && self.dice.roll(3) == 0 => "add_person",
                _ => self.dice.pick(&writing),
            };
        }
        self.last
    }

    /// What it is given: something fitting, or nearly. Refusals are fine: they must change nothing.
    fn input(&mut self, desk: &mut Within, command: &str) -> Value {
        let rows = desk.ok("people", json!({}))["rows"].clone();
        let people: Vec<Value> = rows.as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
        self.few = people.len() < 16;
        let dice = &mut self.dice;
        let person = match command {
            // There are few of whom these can be true.
            "hand_over" => first(desk, &people, "person", |card| !card["fields"]["in_charge"].is_null()),
            "remove_attachment" => first(desk, &people, "person", |card| card["attachments"] != json!([])),
            "change_agreement" | "remove_agreement" => first(desk, &people, "exit", |exit| {
                exit["agreements"].as_array().is_some_and(|it| !it.is_empty())
            }),
            "change_exit_item" | "remove_exit_item" => {
                first(desk, &people, "exit", |exit| exit["items"].as_array().is_some_and(|it| !it.is_empty()))
            }
            _ => None,
        };
        let person = person.unwrap_or_else(|| pick(dice, &people));
        let card = if people.is_empty() { json!({}) } else { desk.ok("person", json!({ "id": person })) };
        let of_person = |dice: &mut Dice, what: &str| {
            let kept = card[what].as_array().cloned().unwrap_or_default();
            pick(dice, &kept.iter().map(|kept| kept["id"].clone()).collect::<Vec<_>>())
        };
        let exit = if people.is_empty() { json!({}) } else { desk.ok("exit", json!({ "id": person })) };
        let of_exit = |dice: &mut Dice, what: &str| {
            let kept = exit[what].as_array().cloned().unwrap_or_default();
            pick(dice, &kept.iter().map(|kept| kept["id"].clone()).collect::<Vec<_>>())
        };
        let all = |desk: &mut Within, command: &str| -> Vec<Value> {
            desk.ok(command, json!({})).as_array().unwrap().iter().map(|kept| kept["id"].clone()).collect()
        };
        let kept = |desk: &mut Within, dice: &mut Dice, command: &str| pick(dice, &all(desk, command));
        let family = dice.pick(&["髙橋", "佐藤", "O'Brien", "葛󠄀城", "𠮷田", "神谷"]);
        let text = dice.pick(&[
            "工場見学の件",
            "電話した。元気そう",
            "引っ越し",
            "'; DROP TABLE person; --",
            "改行\nあり\u{0}",
        ]);
        let best = dice.roll(2) == 0;
        match command {
            "add_person" => {
                let colleagues = all(desk, "colleagues");
                let in_charge = colleagues.first().filter(|_| best);
                json!({ "family": family, "family_kana": dice.pick(&["タカハシ", "さとう", ""]), "left_on": "2021-09", "in_charge": in_charge })
            }
            "change_person" => {
                let field = dice.pick(&[
                    "family",
                    "employer",
                    "notes",
                    "help_fields",
                    "deceased",
                    "no_contact",
                    "hours_a_month",
                    "in_charge",
                ]);
                let value = match field {
                    "deceased" => json!(best),
                    // Whoever was stopped may ask for letters again.
                    "no_contact" => json!(false),
                    "hours_a_month" => json!(dice.roll(40)),
                    "in_charge" => kept(desk, dice, "colleagues"),
                    _ => json!(text),
                };
                json!({ "id": person, "changes": { field: value } })
            }
            // Somebody must be left to write about.
            "remove_person" => json!({ "id": if people.len() > 8 { person } else { json!(0) } }),
            "add_address" => json!({ "person": person, "street": text, "best": best }),
            "change_address" => {
                json!({ "id": of_person(dice, "addresses"), "changes": { "city": text, "best": best } })
            }
            "remove_address" => json!({ "id": of_person(dice, "addresses") }),
            "add_phone" => json!({ "person": person, "number": "090-0000-0000", "best": best }),
            "change_phone" => {
                json!({ "id": of_person(dice, "phones"), "changes": { "label": text, "best": best } })
            }
            "remove_phone" => json!({ "id": of_person(dice, "phones") }),
            "add_mail" => json!({ "person": person, "address": "makoto@example.jp", "best": best }),
            "change_mail" => {
                json!({ "id": of_person(dice, "mails"), "changes": { "label": text, "best": best } })
            }
            "remove_mail" => json!({ "id": of_person(dice, "mails") }),
            "add_employment" => json!({ "person": person, "department": dice.pick(&["製造部", "営業部"]) }),
            "change_employment" => {
                json!({ "id": of_person(dice, "employments"), "changes": { "post": text } })
            }
            "remove_employment" => json!({ "id": of_person(dice, "employments") }),
            "add_tag" => {
                json!({ "selection": { "query": { "search": family } }, "name": dice.pick(&["同期会", "野球部"]) })
            }
            "remove_tag" => {
                json!({ "selection": { "people": people }, "name": dice.pick(&["同期会", "野球部"]) })
            }
            "add_own_field" => json!({ "name": format!("{text}{}", dice.roll(1_000)) }),
            "change_own_field" => {
                json!({ "id": kept(desk, dice, "own_fields"), "changes": { "name": text } })
            }
            "remove_own_field" => json!({ "id": kept(desk, dice, "own_fields") }),
            "change_own_value" => {
                let field = kept(desk, dice, "own_fields");
                json!({ "person": person, "field": field, "value": dice.pick(&["", "初級", "上級"]) })
            }
            "change_photo" => {
                json!({ "person": person, "file": if best { None } else { Some(&self.photo) } })
            }
            "agree_in_issue" => {
                json!({ "issue": kept(desk, dice, "issues"), "article": 0, "name": text, "agreed": best })
            }
            "change_emblem" => {
                let mark = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../icons/128x128.png");
                json!({ "file": if best { None } else { Some(mark) } })
            }
            "add_saved_filter" => json!({ "name": text, "filter": { "tags": ["同期会"] } }),
            "change_saved_filter" => {
                json!({ "id": kept(desk, dice, "saved_filters"), "changes": { "name": text, "filter": { "orphaned": best } } })
            }
            "remove_saved_filter" => json!({ "id": kept(desk, dice, "saved_filters") }),
            "import_people" => {
                json!({ "file": self.list, "mapping": ["employee_number", "family", "given", "left_on"] })
            }
            "separate_people" => {
                let merges = card["merges"].as_array().cloned().unwrap_or_default();
                json!({ "id": pick(dice, &merges.iter().map(|merge| merge["entry"].clone()).collect::<Vec<_>>()) })
            }
            "add_contact" => {
                let day = dice.pick(&["2026-08-21", "2024-02", "2011"]);
                json!({ "person": person, "kind": dice.pick(&["call", "newsletter"]), "note": text, "on_day": day,
                    "topic": if best { "wedding" } else { "none" }, "gift": text, "yen": 5000 })
            }
            "add_contacts" => json!({
                "selection": { "query": { "search": family } },
                "contact": { "kind": "event", "note": text, "on_day": "2026-11-08" },
            }),
            "record_asked" => json!({ "people": [person], "purpose": "event", "evidence": text }),
            "change_contact" => {
                json!({ "id": of_person(dice, "contacts"), "changes": { "note": family, "on_day": "2026-11-02" } })
            }
            "add_attachment" => {
                let to = match best {
                    true => json!({ "contact": of_person(dice, "contacts") }),
                    false => json!({ "consent": of_person(dice, "consents") }),
                };
                json!({ "to": to, "file": self.photo, "name": text })
            }
            "remove_attachment" => json!({ "id": of_person(dice, "attachments") }),
            "remove_contact" => json!({ "id": of_person(dice, "contacts") }),
            "add_consent" => json!({ "person": person, "purpose": "name_in_print", "state": "yes" }),
            "change_consent" => {
                json!({ "id": of_person(dice, "consents"), "changes": { "state": dice.pick(&["no", "withdrawn"]) } })
            }
            "remove_consent" => json!({ "id": of_person(dice, "consents") }),
            "give_basis" => json!({
                "selection": { "query": { "search": family } }, "purposes": ["newsletter", "event"], "channel": "post",
                "basis": dice.pick(&["consent", "notified"]), "on_day": "2016-04-01", "evidence": text,
                "scan": if best { json!({ "file": self.photo, "name": text }) } else { Value::Null },
            }),
            "record_death" => {
                json!({ "person": person, "deceased_on": "2026-11", "note": text, "family": "長女", "phone": "0900000000" })
            }
            "begin_exit" => json!({
                "who": if best { json!({ "person": person }) } else { json!({ "colleague": kept(desk, dice, "colleagues") }) },
                "left_on": "2026-12-31", "items": [{ "kind": "return", "name": "社員証" }, { "kind": "paper", "name": "離職票" }],
            }),
            "change_exit" => {
                json!({ "id": exit["exit"]["id"].as_i64().unwrap_or(0), "changes": { "handover": text, "page": dice.pick(&["items", "paper"]) } })
            }
            "add_exit_item" => json!({ "person": person, "kind": "account", "name": text }),
            "change_exit_item" => {
                json!({ "id": of_exit(dice, "items"), "changes": { "done_on": if best { None } else { Some("2026-11-20") } } })
            }
            "remove_exit_item" => json!({ "id": of_exit(dice, "items") }),
            "add_agreement" => {
                json!({ "person": person, "kind": dice.pick(&["secrecy", "competition"]), "until_on": "2027-03-31" })
            }
            "change_agreement" => json!({ "id": of_exit(dice, "agreements"), "changes": { "scope": text } }),
            "remove_agreement" => json!({ "id": of_exit(dice, "agreements") }),
            "add_interview" => json!({
                "person": person, "open": { "hours_a_month": dice.roll(40), "help_fields": text, "channels": ["phone"], "in_charge": null, "evidence": text },
                "interview": {
                    "on_day": null, "voice": "person", "readers": "office", "official": "4D", "reasons": ["care"],
                    "answers": [{ "question": "trigger", "text": text }], "delicate": best,
                },
            }),
            "add_colleague" => json!({ "family": family }),
            "change_colleague" => {
                json!({ "id": kept(desk, dice, "colleagues"), "changes": { "left_on": if best { None } else { Some("2026-03") } } })
            }
            "hand_over" => {
                // Whoever looks after somebody, else there is nothing to hand over.
                let from = card["fields"]["in_charge"].clone();
                let from = if from.is_null() { kept(desk, dice, "colleagues") } else { from };
                let others: Vec<Value> =
                    all(desk, "colleagues").into_iter().filter(|id| *id != from).collect();
                json!({ "from": from, "to": pick(dice, &others) })
            }
            // Somebody must be left to hand over to.
            "remove_colleague" => {
                let colleagues = all(desk, "colleagues");
                json!({ "id": if colleagues.len() > 3 { pick(dice, &colleagues) } else { json!(0) } })
            }
            "add_sealed_note" => json!({ "person": person, "text": text }),
            "remove_sealed_note" => {
                let notes = desk.ask("sealed_notes", json!({ "id": person })).unwrap_or(json!([]));
                json!({ "id": pick(dice, &notes.as_array().unwrap().iter().map(|note| note["id"].clone()).collect::<Vec<_>>()) })
            }
            "change_settings" => json!({ dice.pick(&["newsletter", "people_paper"]): text }),
            "add_issue" => json!({ "number": 1, "columns": 2, "articles": [{ "body": text }] }),
            "change_issue" => {
                // Now and then the article is written anew, without its photographs; else it is the colophon's turn.
                let changes = match dice.roll(8) {
                    0 => json!({ "articles": [{ "body": text }] }),
                    _ => json!({ "closing": dice.roll(1_000).to_string() }),
                };
                let issues = desk.ok("issues", json!({}));
                json!({ "id": issues[0]["id"].as_i64().unwrap_or(0), "changes": changes })
            }
            "remove_issue" => json!({ "id": kept(desk, dice, "issues") }),
            "add_picture" => json!({ "issue": kept(desk, dice, "issues"), "article": 0, "file": self.photo }),
            "stop_person" => json!({ "id": person }),
            "merge_people" => {
                json!({ "kept": person, "other": if people.len() > 8 { pick(dice, &people) } else { json!(0) } })
            }
            "keep_apart" => json!({ "one": person, "other": pick(dice, &people) }),
            "add_dispatch" => {
                let way = json!({ "purpose": "newsletter", "channel": "post" });
                let mut gate = json!({ "way": way, "selection": { "query": {} } });
                let mend = desk.ok("check_dispatch", gate.clone())["mend"]["rows"].clone();
                let person = |row: &Value| json!({ "person": row["invited"]["person"], "reason": "電話で" });
                gate["anyway"] = mend.as_array().unwrap().iter().map(person).collect();
                let wanted = json!({
                    "gate": gate, "title": "縁だより", "form": dice.pick(&["labels", "letters", "cards", "doubles", "naga3"]), "issue": null,
                    "households": best, "sheet": "a4-24", "letter": [text], "language": "ja",
                });
                let made = desk.ask("print_dispatch", wanted).unwrap_or_default();
                json!({ "file": made["papers"][0]["file"].as_str().unwrap_or_default() })
            }
            "add_own_sheet" => json!({ "name": text, "columns": 2, "rows": 6, "width": 8640, "height": 4230,
                "from_left": 1860, "from_top": 2120, "pitch_x": 8640, "pitch_y": 4230 }),
            "change_own_sheet" => {
                json!({ "id": kept(desk, dice, "own_sheets"), "changes": { "rows": 1 + dice.roll(7) } })
            }
            "remove_own_sheet" => json!({ "id": kept(desk, dice, "own_sheets") }),
            "add_received" => {
                json!({ "person": person, "occasion": dice.pick(&["new_year", "summer"]), "year": 2023 + dice.roll(5) })
            }
            "remove_received" => {
                let of = json!({ "person": person, "occasion": "new_year" });
                let years = desk.ask("card_years", of).unwrap_or(json!([]));
                let came = years.as_array().unwrap().iter().map(|year| year["received"].clone());
                json!({ "id": pick(dice, &came.filter(|id| !id.is_null()).collect::<Vec<_>>()) })
            }
            "record_mourning" => json!({ "id": person }),
            "record_sent" => json!({ "id": dispatch(desk, dice), "sent_on": null }),
            "remove_dispatch" => json!({ "id": dispatch(desk, dice) }),
            "record_return" => {
                let id = dispatch(desk, dice);
                let card = desk.ask("dispatch", json!({ "id": id })).unwrap_or_default();
                json!({ "id": card["to"][0]["id"].as_i64().unwrap_or(0) })
            }
            "add_event" => json!({
                "kind": dice.pick(&["reunion", "tour", "memorial"]), "title": dice.pick(&["同窓会", "見学会", text]),
                "on_day": "2026-11-28", "companions": dice.roll(4), "fee": 3000, "seats": 2 + dice.roll(4),
            }),
            "change_event" => {
                let changes = match dice.roll(3) {
                    0 => json!({ "wording": text }),
                    1 => json!({ "from_time": dice.pick(&["正午", "午後1時半", "夕方"]) }),
                    _ => json!({ "costs": [{ "what": text, "yen": dice.roll(90_000) }] }),
                };
                json!({ "id": event(desk, dice), "changes": changes })
            }
            "copy_event" | "remove_event" | "seat_event" | "finish_event" => {
                json!({ "id": event(desk, dice) })
            }
            "invite" => {
                let mut wanted =
                    json!({ "event": event(desk, dice), "selection": { "query": {} }, "mail_first": best });
                let mend =
                    desk.ask("check_invitation", wanted.clone()).unwrap_or_default()["mend"]["rows"].clone();
                let person = |row: &Value| json!({ "person": row["checked"]["invited"]["person"], "reason": "電話で" });
                wanted["anyway"] = mend.as_array().into_iter().flatten().map(person).collect();
                wanted
            }
            "record_reply" => {
                let address =
                    json!({ "postal": dice.pick(&["980-0811", "98", ""]), "city": "仙台市", "street": text });
                json!({
                    "id": invitee(desk, dice), "reply": dice.pick(&["yes", "yes", "no"]), "companions": dice.roll(3), "news": text,
                    "news_print": dice.pick(&["no", "anonymous", "named"]), "address": if best { address } else { Value::Null },
                })
            }
            "change_invitee" => {
                let changes = match dice.roll(3) {
                    0 => json!({ "came": best, "paid": dice.roll(3_000) }),
                    1 => json!({ "table_number": 1 + dice.roll(3), "table_fixed": true }),
                    _ => json!({ "news": text, "news_print": "named" }),
                };
                json!({ "id": invitee(desk, dice), "changes": changes })
            }
            "remove_invitee" => json!({ "id": invitee(desk, dice) }),
            "add_walk_in" => {
                let known = if best { person } else { Value::Null };
                json!({ "event": event(desk, dice), "person": known, "family": family, "given": "" })
            }
            other => panic!("{other} writes, and the walk does not know it: say here what it is given"),
        }
    }

    /// One write, any; whether it made a step is for the journal to say.
    fn write(&mut self, desk: &mut Within) -> &'static str {
        let command = self.command();
        let input = self.input(desk, command);
        // What is refused is refused whole; the state says so at once.
        let before = state(desk);
        if desk.ask(command, input).is_err() {
            assert_eq!(state(desk), before, "{command} was refused and changed something");
        }
        command
    }
}

/// One of the dispatches of the ledger.
fn dispatch(desk: &mut Within, dice: &mut Dice) -> Value {
    let rows = desk.ok("dispatches", json!({}))["rows"].clone();
    pick(dice, &rows.as_array().unwrap().iter().map(|row| row["id"].clone()).collect::<Vec<_>>())
}

/// One of the events.
fn event(desk: &mut Within, dice: &mut Dice) -> Value {
    let events = desk.ok("events", json!({}));
    pick(dice, &events.as_array().unwrap().iter().map(|row| row["id"].clone()).collect::<Vec<_>>())
}

/// Somebody invited to one of them.
fn invitee(desk: &mut Within, dice: &mut Dice) -> Value {
    let id = event(desk, dice);
    let read = desk.ask("event", json!({ "id": id })).unwrap_or_default();
    let rows = read["card"]["invitees"].as_array().cloned().unwrap_or_default();
    pick(dice, &rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>())
}

/// Whether a command changes a register that holds people in a step that can be undone.
fn writes(row: &desk::Row) -> bool {
    // A whole register goes into an empty one only, and the walk begins in none.
    matches!(row.kind, Kind::Write | Kind::WriteJob) && row.name != "take_all"
}

pub fn every_state_comes_back(times: &Times) -> Vec<Line> {
    let place = folder();
    let list = place.path().join("list.csv");
    std::fs::write(&list, "社員番号,姓,名,退職日\n1,佐藤,誠,令和3年9月30日\n2,𠮷田,健,H31.4.30\n").unwrap();
    let photo = place.path().join("photo.jpg");
    std::fs::write(&photo, JPEG).unwrap();
    let mut desk = company(&place.path().join("home"));
    let mut hand = Hand {
        dice: Dice(42),
        list: list.to_str().unwrap().to_owned(),
        photo: photo.to_str().unwrap().to_owned(),
        last: "",
        few: true,
        made: BTreeMap::new(),
    };
    let latest = |desk: &mut Within| desk.ok("steps", json!({ "limit": 1 }))["rows"][0]["id"].clone();
    // The state before and after every step that stands or can be redone.
    let mut past: Vec<u64> = vec![state(&desk)];
    let (mut now, mut joined) = (0, 0);
    for at in 0..times.steps {
        told("walk", at, times.steps);
        match hand.dice.roll(10) {
            0..=2 if now > 0 => {
                desk.ok("undo", json!({}));
                now -= 1;
                assert_eq!(state(&desk), past[now], "undo after {at} steps");
            }
            3..=4 if now + 1 < past.len() => {
                desk.ok("redo", json!({}));
                now += 1;
                assert_eq!(state(&desk), past[now], "redo after {at} steps");
            }
            // A step further back: where it can be undone at all, redoing it brings everything back.
            5 if now > 3 => {
                let steps = desk.ok("steps", json!({ "limit": 20 }))["rows"].clone();
                let step = steps[hand.dice.roll(steps.as_array().unwrap().len())].clone();
                let (there, back) = if step["state"] == "done" { ("undo", "redo") } else { ("redo", "undo") };
                let which = json!({ "step": step["id"] });
                let before = state(&desk);
                match desk.ask(there, which.clone()) {
                    Ok(_) => drop(desk.ok(back, which)),
                    Err(fault) => assert_eq!(fault["code"], "changed_since"),
                }
                assert_eq!(state(&desk), before, "{there} and {back} of {step} after {at} steps");
            }
            _ => {
                let before = latest(&mut desk);
                let command = hand.write(&mut desk);
                let (stood, after) = (past[now], state(&desk));
                if latest(&mut desk) != before {
                    *hand.made.entry(command).or_default() += 1;
                    past.truncate(now + 1);
                    past.push(after);
                    now += 1;
                } else if after != stood {
                    // Typing that went on: the step before now leads here, and no step of it is undone.
                    assert_eq!(
                        now + 1,
                        past.len(),
                        "joined typing while a step was undone, after {at} steps"
                    );
                    past[now] = after;
                    joined += 1;
                }
            }
        }
        if at % 250 == 0 {
            verify(&mut desk, at);
        }
        // Once in a while the program is closed and opened again: the journal survives it.
        if at % 1_000 == 999 {
            desk.ok("lock", json!({}));
            desk.ok("unlock", json!({ "passphrase": PASSPHRASE }));
            assert_eq!(state(&desk), past[now]);
            // The journal has its limits: what it let go of cannot be undone.
            let pages = (0..).map(|page| {
                desk.ok("steps", json!({ "offset": page * 100 }))["rows"].as_array().unwrap().len()
            });
            let kept: usize = pages.take_while(|rows| *rows > 0).sum();
            let gone = (past.len() - 1).saturating_sub(kept).min(now);
            past.drain(..gone);
            now -= gone;
        }
    }
    assert!(joined > 10, "typing was joined {joined} times only");
    verify(&mut desk, times.steps);
    while desk.ask("undo", json!({})).is_ok() {}
    assert_eq!(state(&desk), past[0], "back on the first day");
    verify(&mut desk, times.steps);
    let commands = TABLE.iter().filter(|row| writes(row));
    let missed: Vec<_> = commands.map(|row| row.name).filter(|name| !hand.made.contains_key(name)).collect();
    assert!(missed.is_empty(), "never changed anything: {missed:?}");
    let tries = format!("{} steps at random of all {} writing commands", times.steps, hand.made.len());
    let found = "**0 states differ, 0 broken references, search as if made anew**".into();
    vec![Line { what: "undone and redone", tries, found }]
}
