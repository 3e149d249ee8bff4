//! The sample company's reunions: last year's, which is over, and the next, to which the first answers have come.

use super::paper;
use crate::event::code;
use chrono::{Days, NaiveDate};
use register::*;

/// What some write of themselves, and whether it may be printed.
const NEWS: [(&str, NewsPrint); 8] = [
    ("毎朝、川沿いを一万歩。犬に引かれて歩いています。", NewsPrint::Named),
    ("孫が二人になりました。日曜ごとににぎやかです。", NewsPrint::Anonymous),
    ("味噌の仕込みを近所の方に教えています。皆さんによろしく。", NewsPrint::Named),
    ("膝の手術が無事に済みました。当日は杖をついてまいります。", NewsPrint::No),
    ("古い社員旅行の写真が出てきました。持って行きます。", NewsPrint::Named),
    ("小さな畑を借りました。大豆に挑戦中です。", NewsPrint::Anonymous),
    ("今の職場でも、青葉で習った帳票の書き方が役に立っています。", NewsPrint::No),
    ("食堂のカレー、楽しみにしています。", NewsPrint::Named),
];

/// Adds both reunions; `people` are those of the register, in the order in which they were added.
pub(super) fn add(writing: &mut Writing<'_>, people: &[PersonId], today: NaiveDate) -> Result<(), Fault> {
    let reunion = |number: u32, on: NaiveDate| Event {
        kind: EventKind::Reunion,
        title: format!("第{number}回 同窓会"),
        on_day: Some(on.into()),
        from_time: "12:00".to_owned(),
        until_time: "14:30".to_owned(),
        place: "仙台工場の食堂".to_owned(),
        place_address: "仙台市若林区卸町東1-2-3（JR仙台駅東口から送迎バス 11時20分発）".to_owned(),
        fee: 3000,
        companions: 1,
        reply_until: Some((on - Days::new(14)).into()),
        wording: WORDING.to_owned(),
        seats: 6,
        ..Event::default()
    };
    let (last_on, next_on) = (paper::reunion(1, today), paper::reunion(0, today));
    let last = writing.add(&Event {
        costs: Costs(vec![
            Cost { what: "昼食の材料".to_owned(), yen: 41_800 },
            Cost { what: "送迎バス".to_owned(), yen: 38_500 },
            Cost { what: "案内の郵便".to_owned(), yen: 16_150 },
        ]),
        finished_on: Some((last_on + Days::new(2)).into()),
        ..reunion(9, last_on)
    })?;
    let next = writing.add(&reunion(10, next_on))?;
    let mut number = 10_207;
    let mut answers = 0;
    for (at, &person) in people.iter().enumerate() {
        let fields: Person = writing.get(person)?;
        let consents: Vec<Kept<Consent>> = writing.of_person(person)?;
        let says = |channel, state| {
            consents.iter().any(|Kept { fields, .. }| {
                (fields.purpose, fields.channel, fields.state) == (Purpose::Event, channel, state)
            })
        };
        let contacts: Vec<Kept<Contact>> = writing.of_person(person)?;
        let came = contacts.iter().any(|kept| kept.fields.note.starts_with("第9回同窓会に出席"));
        // Who reads the newsletter by mail and was never asked for letters to reunions agreed to mail for them, too.
        let by_post = says(Channel::Post, ConsentState::Yes) && !says(Channel::Post, ConsentState::No);
        let reader = consents.iter().find(|Kept { fields, .. }| {
            (fields.purpose, fields.channel, fields.state)
                == (Purpose::Newsletter, Channel::Mail, ConsentState::Yes)
        });
        let has_mail = !writing.of_person::<Mail>(person)?.is_empty();
        let by_mail = reader.filter(|_| !by_post && has_mail);
        if let Some(Kept { fields, .. }) = by_mail {
            writing.add(&Consent { purpose: Purpose::Event, ..fields.clone() })?;
        }
        let channel = if by_mail.is_some() { Channel::Mail } else { Channel::Post };
        let mut invitee = |event, fields: Invitee| {
            number += 7;
            writing.add(&Invitee { person, event, code: code::made_of(number), channel, ..fields })
        };
        if came {
            let replied_on = Some((last_on - Days::new(20)).into());
            let fields =
                Invitee { reply: EventReply::Yes, replied_on, came, paid: 3000, ..Invitee::default() };
            invitee(last, fields)?;
        }
        if fields.deceased || fields.no_contact || fields.returned || !(by_post || by_mail.is_some()) {
            continue;
        }
        // A third have answered so far, and most of them come.
        let fields = match at % 3 {
            0 => {
                answers += 1;
                let (news, news_print) = match answers % 4 {
                    1 => NEWS[answers / 4 % NEWS.len()],
                    _ => ("", NewsPrint::No),
                };
                let reply = if answers % 5 == 4 { EventReply::No } else { EventReply::Yes };
                let companions = u32::from(reply == EventReply::Yes && answers % 6 == 2);
                let replied_on = Some((today - Days::new(1 + answers as u64 % 3)).into());
                Invitee {
                    reply,
                    companions,
                    replied_on,
                    news: news.to_owned(),
                    news_print,
                    ..Invitee::default()
                }
            }
            _ => Invitee::default(),
        };
        invitee(next, fields)?;
    }
    Ok(())
}

const WORDING: &str = "拝啓　皆さまにはお変わりなくお過ごしのことと存じます。\n\
    今年も同窓会を開きます。お昼は、ご要望の多かった「食堂のカレー」を復活させます。\n\
    ご欠席の方も、近況をひと言いただければ幸いです。お目にかかれますのを、社員一同楽しみにしております。　敬具";
