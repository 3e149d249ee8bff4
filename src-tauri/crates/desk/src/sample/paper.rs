//! The sample company's newsletter: one issue that was sent and one in the making.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use register::{Article, ArticleKind, Articles, Issue};

/// The newsletter's name.
pub(super) const NEWSLETTER: &str = "縁だより";
/// The number of the issue in the making.
pub(super) const DRAFT: u32 = 12;

/// A picture of the works at six in the morning, below the president's greeting. Drawn for the sample: `morning.svg`
/// in 1200 × 660 dots (`rsvg-convert`, then JPEG of quality 82).
pub(super) const MORNING: &[u8] = include_bytes!("morning.jpg");
/// The line below it.
pub(super) const MORNING_CAPTION: &str = "朝六時、ボイラーに火が入る仙台工場。（絵・総務部　新井 彩花）";

/// The day printed on an issue: two a year, the draft's on the first of next month.
pub(super) fn dated(number: u32, today: NaiveDate) -> NaiveDate {
    let next = today.with_day(1).unwrap_or(today) + Months::new(1);
    next - Months::new(6 * (DRAFT - number))
}

/// A reunion so many years ago, or with 0 the next one: the third Saturday of the month on the draft.
pub(super) fn reunion(years_ago: i32, today: NaiveDate) -> NaiveDate {
    let draft = dated(DRAFT, today);
    let saturday =
        NaiveDate::from_weekday_of_month_opt(draft.year() - years_ago, draft.month(), Weekday::Sat, 3);
    saturday.unwrap_or(draft)
}

/// Both issues, the older first.
pub(super) fn issues(today: NaiveDate) -> [Issue; 2] {
    [(DRAFT - 1, SENT), (DRAFT, IN_THE_MAKING)].map(|(number, articles)| {
        let until = dated(number, today);
        Issue {
            name: NEWSLETTER.to_owned(),
            number,
            dated_on: Some(until.into()),
            columns: 2,
            mincho: true,
            articles: Articles(articles.iter().map(|article| article_of(article, today)).collect()),
            leavers_from: Some((until - Months::new(12)).into()),
            leavers_until: Some((until - Days::new(1)).into()),
            closing: CLOSING.to_owned(),
            ..Issue::default()
        }
    })
}

fn article_of((heading, byline, paragraphs): &Text, today: NaiveDate) -> Article {
    let day = reunion(0, today);
    let reunion = format!("{}月{}日（土）", day.month(), day.day());
    Article {
        kind: ArticleKind::Article,
        heading: (*heading).to_owned(),
        byline: (*byline).to_owned(),
        body: paragraphs.join("\n").replace("{reunion}", &reunion),
        ..Article::default()
    }
}

/// Heading, byline, paragraphs.
type Text = (&'static str, &'static str, &'static [&'static str]);

const CLOSING: &str = "発行　青葉食品株式会社 総務部　〒980-0811 仙台市青葉区一番町9-99-9　電話 022-000-1100　soumu@example.jp\n\
    この会報は、会社を離れた皆さまにお送りしています。送付の停止、ご住所の変更は、同封のはがきに書いてお送りいただくか、\
    総務部 佐々木・横田までお電話ください。すぐに手続きいたします。お名前とお写真は、ご本人の同意をいただいた方に限って掲載しています。";

const SENT: &[Text] = &[
    (
        "更新審査、指摘ゼロで終わりました",
        "品質保証課　田中 一郎",
        &[
            "仙台工場のHACCPの更新審査が、二日間にわたって行われました。温度の記録、手洗いの手順、アレルゲンの表示など、\
             確かめられた項目は百二十を超えます。結果は指摘ゼロ。前回は三件の指摘をいただいていましたから、工場の皆で胸を\
             なでおろしました。",
            "帳票の土台は、𠮷田 由美子さんが在籍中に作られたものです。審査の前には久しぶりに工場へお越しいただき、「記録は\
             書くためではなく、気づくためにあるのよ」と、変わらぬ口調で教えてくださいました。審査員の方からは「現場の一人\
             ひとりが、なぜそうするのかを自分の言葉で話せる」との評をいただいています。",
            "次の目標は、包装工程のロス率を3.5 %から2 %台へ下げることです。先輩方の知恵を、またお借りする場面があるかと思います。\
             その折は、どうぞ遠慮なくお叱りください。",
        ],
    ),
    (
        "訪ねてみました――カフェ ひらま",
        "総務部　新井 彩花",
        &[
            "直売店の店長を務められた平間 ゆかりさんが、長町に小さなカフェを開かれました。扉を開けると、焼きたての匂い。\
             看板の品は、うちの「青葉みそ」を練り込んだスコーンです。「塩気があるから甘さが引き立つでしょう」と平間さん。\
             ひと口いただいて、思わず「あっ」と声が出ました。",
            "開店までは迷いもあったそうです。背中を押したのは、直売店の常連さんの「あなたの顔を見に来ていたのよ」という\
             ひと言でした。売場で覚えた品の並べ方、POPの書き方が、いまも毎日役に立っているといいます。",
            "「会社を辞めたら縁も切れると思っていたけれど、ちっとも切れませんね」。そう笑う平間さんの後ろの棚には、昔の\
             社員旅行の写真が飾ってありました。お近くへお越しの節は、ぜひお立ち寄りください。火曜と水曜がお休みです。",
        ],
    ),
    (
        "2号ラインが新しくなりました",
        "製造部　菅野 博之",
        &[
            "長らく工場を支えてきた2号ラインの充填機が、新しい機械に替わりました。動き出したのは、先代の社長のころ。当時の\
             立ち上げを知る髙橋 誠さんは、「あいつは朝が弱いから、冬場は十五分早く電源を入れてやるんだ」と話してくださった\
             ものです。機械にも癖があり、それを知る人がいる。引き継ぎのノートは四冊になりました。",
            "新しい機械はタッチパネルで動き、(株)やまびこ機工さんの技術者が三週間つきっきりで調整してくださいました。能力は\
             一時間あたり1,200袋から1,500袋へ。ただ、蒸し上がりを見きわめるのは、やはり人の目と耳です。",
            "古い充填機の銘板は外し、食堂の壁に掲げました。工場へお越しの折に、どうぞご覧ください。",
        ],
    ),
];

const IN_THE_MAKING: &[Text] = &[
    (
        "ごあいさつ",
        "代表取締役社長　青木 健三",
        &[
            "皆さま、お変わりなくお過ごしでしょうか。おかげさまで、会社は今日も朝六時のボイラーの点火から一日を始めております。",
            "先日、四十年近く前に退職された方から、一通の葉書をいただきました。「近所の店で青葉の味噌を見つけるたび、つい手前に\
             並べ直してしまいます」。読みながら、胸が熱くなりました。会社は建物や機械だけでできているのではなく、そこで過ごした\
             人々の心の中にもあるのだと、あらためて教えられた思いです。",
            "原料も燃料も値上がりが続き、楽な時代ではありません。それでも、味だけは変えずにまいりました。苦しいときほど、先輩方が\
             残してくださった手順書を開きます。欄外に「ここで慌てるな」と赤い字で書いてある。どなたの字かは、皆さまならきっと\
             お分かりでしょう。",
            "転居やお仕事の変化、ご家族のこと、どんな小さな便りでもうれしく拝見します。この「縁だより」が、皆さまと会社をつなぐ\
             細く長い糸でありますように。",
        ],
    ),
    (
        "第10回 同窓会のご案内",
        "総務部　佐々木 洋子",
        &[
            "今年も同窓会を開きます。日時は{reunion}の正午から、会場は仙台工場の食堂です。会費は3,000円、当日に受付でお預かりします。\
             JR仙台駅の東口から送迎バスが出ます（11時20分発）。お車の方は、正門ではなく西門からお入りください。",
            "お昼は、ご要望の多かった「食堂のカレー」を復活させます。レシピを受け継いだ星 和子さんが、前の日から仕込みに来て\
             くださることになりました。そのほか、できたての試作品が三品。忌憚のないご意見をお聞かせください。",
            "足元が心配な方には、ご家族の付き添いも歓迎いたします。椅子の席を十分にご用意し、エレベーターもお使いいただけます。\
             出欠は同封の返信はがき、またはお電話でお知らせください。ご欠席の方も、近況をひと言いただければ、当日の会場で皆さまに\
             ご紹介します。ご紹介を望まれない方は、その旨をお書き添えください。",
        ],
    ),
    (
        "「音で分かる」を伝える",
        "製造部　鈴木 明日香",
        &[
            "大豆の蒸し上がりは、音で分かる――。長年そう言い続けた佐々木 和夫さんが、この半年、月に四日ほど工場で若手を見てくださって\
             います。温度計の数字は同じでも、釜のふたの鳴り方が少し違う。その違いを聞き分けるのが、佐々木さんの仕事でした。",
            "はじめは皆、きょとんとしていました。「ほら、いまチリチリが、シューッに変わった」。三か月が過ぎたころ、入社二年目の\
             阿部が「いまですか」と手を挙げ、佐々木さんが黙ってうなずきました。あのときの阿部の顔を、皆さまにもお見せしたかったです。",
            "音はスマートフォンで録り、釜の温度と並べて残すことにしました。先輩の耳を、次の世代の教科書にする試みです。工場の昔を\
             ご存じの方で、「こんなこつもあった」と思い出されることがありましたら、ぜひ総務部までお寄せください。",
        ],
    ),
];
