//! How somebody is addressed on paper: 様 behind a person's name, 御中 behind a company or one of its departments, 各位
//! where it was written so.

/// A name as it stands on an envelope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Addressed {
    /// Company and department, line by line, before the name.
    pub(crate) firm: Vec<String>,
    /// 姓; empty where the name is one piece.
    pub(crate) family: String,
    /// 名, or the whole name.
    pub(crate) given: String,
    /// What follows.
    pub(crate) honorific: &'static str,
}

/// What makes a word a company's or an institution's name, wherever it stands in it.
const COMPANIES: [&str; 31] = [
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "（株）",
    "(株)",
    "㈱",
    "（有）",
    "(有)",
    "㈲",
    "（同）",
    "(同)",
    "社団法人",
    "財団法人",
    "行政法人",
    "活動法人",
    "NPO法人",
    "ＮＰＯ法人",
    "学校法人",
    "医療法人",
    "福祉法人",
    "宗教法人",
    "士法人",
    "監査法人",
    "協同組合",
    "労働組合",
    "商工会",
    "職業安定所",
    "市役所",
    "区役所",
];

/// How the names of institutions end, and of parts of a company that no family is called after.
const ENDS: [&str; 22] = [
    "大学",
    "高等学校",
    "専門学校",
    "銀行",
    "信用金庫",
    "病院",
    "町役場",
    "村役場",
    "支店",
    "支社",
    "本店",
    "本社",
    "支部",
    "営業所",
    "出張所",
    "事務所",
    "事業所",
    "研究所",
    "工場",
    "センター",
    "課",
    "係",
];

/// What stands before 部 or 室 in a department. 服部 and 氷室 are people.
const DEPARTMENTS: [&str; 30] = [
    "総務", "人事", "労務", "経理", "財務", "営業", "製造", "生産", "開発", "企画", "広報", "品質", "技術",
    "管理", "業務", "購買", "資材", "物流", "情報", "法務", "秘書", "監査", "事業", "販売", "商品", "研究",
    "設計", "国際", "社長", "保証",
];

/// Letters of a name that a postcard still takes in one line of a good size.
const LONG: usize = 12;

fn is_company(word: &str) -> bool {
    COMPANIES.iter().any(|form| word.contains(form))
        || ["Ltd", "Ltd.", "Inc", "Inc.", "K.K.", "LLC", "Corp."].contains(&word)
}

fn is_part(word: &str) -> bool {
    ENDS.iter().any(|end| word.ends_with(end) && word.len() > end.len())
        || ["部", "室", "本部", "グループ", "チーム"].iter().any(|end| {
            word.strip_suffix(end).is_some_and(|before| DEPARTMENTS.iter().any(|of| before.ends_with(of)))
        })
}

/// The words of a name; a department that was written behind its company without a blank is a word of its own.
fn words(name: &str) -> Vec<String> {
    let apart = |word: &str| {
        let end = COMPANIES.iter().filter_map(|form| Some(word.find(form)? + form.len())).max();
        match end.map(|end| word.split_at(end)) {
            Some((company, rest)) if is_part(rest) => vec![company.to_owned(), rest.to_owned()],
            _ => vec![word.to_owned()],
        }
    };
    let mut words: Vec<String> = Vec::new();
    // 株式会社 by itself belongs to the name beside it.
    for word in name.split_whitespace().flat_map(apart) {
        let is_form = |word: &str| COMPANIES.contains(&word) || word.ends_with("法人");
        let joins = words.len() == 1 && words.first().is_some_and(|first| is_form(first));
        match words.last_mut() {
            Some(last) if joins || COMPANIES.contains(&word.as_str()) => *last = format!("{last} {word}"),
            _ => words.push(word),
        }
    }
    words
}

/// How 姓 and 名 are addressed, or a name in one piece, which is `given`.
pub(crate) fn addressed(family: &str, given: &str) -> Addressed {
    let whole = format!("{family} {given}");
    let said = ["御中", "各位"].into_iter().find(|said| whole.trim_end().ends_with(said));
    let whole = said.map_or(whole.as_str(), |said| whole.trim_end().trim_end_matches(said));
    let words = words(whole);
    let is_own = |word: &String| is_company(word) || is_part(word);
    // A company's English name ends with its form, its Japanese name may be followed by a department or by somebody.
    let has_company = words.iter().any(|word| is_company(word));
    let firm = match words.iter().rposition(is_own) {
        Some(last) if has_company || words.len() == 1 => last + 1,
        _ => 0,
    };
    let firm = if said.is_some() { words.len() } else { firm };
    match words.as_slice() {
        _ if firm == 0 => Addressed {
            firm: Vec::new(),
            family: family.to_owned(),
            given: given.to_owned(),
            honorific: "様",
        },
        // Nobody in person: the last part of the firm stands where a name would.
        all if firm == all.len() => {
            let from = if all.last().is_some_and(|last| last.is_ascii()) { 0 } else { firm - 1 };
            let (mut firm, mut given) = (all[..from].to_vec(), all[from..].join(" "));
            // 一般社団法人 stands above a name that is long enough by itself.
            if let Some((form, name)) = given.split_once(' ').filter(|(form, _)| !form.is_ascii())
                && given.chars().count() > LONG
                && !COMPANIES.contains(&name)
            {
                firm.push(form.to_owned());
                given = name.to_owned();
            }
            Addressed { firm, family: String::new(), given, honorific: said.unwrap_or("御中") }
        }
        all => {
            let (firm, name) = all.split_at(firm);
            let (family, given) = match name {
                [family, given] => (family.clone(), given.clone()),
                all => (String::new(), all.join(" ")),
            };
            Addressed { firm: firm.to_vec(), family, given, honorific: "様" }
        }
    }
}

/// 様 is printed behind every person's name; one that was typed into the name would stand there twice.
pub(crate) fn is_said_twice(name: &Addressed) -> bool {
    ["様", "さま", "御中", "各位", "殿"].iter().any(|said| name.given.trim_end().ends_with(said))
}

/// Whether an address is somebody's place of work, by what it is called.
pub(crate) fn is_at_work(label: &str) -> bool {
    ["勤務", "会社", "職場", "勤め先", "オフィス", "事務所"].iter().any(|work| label.contains(work))
        || ["work", "office"].iter().any(|work| label.to_lowercase().contains(work))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_or_department_without_a_name_is_addressed_with_onchu() {
        for (family, given, firm, name, honorific) in [
            ("佐藤", "誠", &[][..], "佐藤 誠", "様"),
            ("", "一", &[], "一", "様"),
            ("服部", "", &[], "服部", "様"),
            ("氷室", "京子", &[], "氷室 京子", "様"),
            ("長谷部", "", &[], "長谷部", "様"),
            ("北斗食品株式会社", "", &[], "北斗食品株式会社", "御中"),
            ("㈱北斗商事", "総務部", &["㈱北斗商事"], "総務部", "御中"),
            ("北斗食品株式会社総務部", "", &["北斗食品株式会社"], "総務部", "御中"),
            ("", "有限会社 青葉 仙台営業所", &["有限会社 青葉"], "仙台営業所", "御中"),
            ("北斗食品（株）", "佐藤 誠", &["北斗食品（株）"], "佐藤 誠", "様"),
            ("北斗食品（株）", "服部", &["北斗食品（株）"], "服部", "様"),
            ("総務部", "", &[], "総務部", "御中"),
            ("品質保証室", "", &[], "品質保証室", "御中"),
            ("社員一同", "各位", &[], "社員一同", "各位"),
            ("仙台工場 製造部各位", "", &["仙台工場"], "製造部", "各位"),
            ("青葉会 御中", "", &[], "青葉会", "御中"),
            ("株式会社", "青葉食品", &[], "株式会社 青葉食品", "御中"),
            ("一般社団法人", "宮城県食品協会", &["一般社団法人"], "宮城県食品協会", "御中"),
            ("青葉食品 株式会社", "佐藤", &["青葉食品 株式会社"], "佐藤", "様"),
            ("東北大学", "", &[], "東北大学", "御中"),
            ("", "Aoba Foods Co., Ltd.", &[], "Aoba Foods Co., Ltd.", "御中"),
            ("O'Brien", "Sean", &[], "O'Brien Sean", "様"),
        ] {
            let found = addressed(family, given);
            let whole = format!("{} {}", found.family, found.given);
            let found = (found.firm, whole.trim().to_owned(), found.honorific);
            let firm: Vec<String> = firm.iter().map(|line| (*line).to_owned()).collect();
            assert_eq!(found, (firm, name.to_owned(), honorific), "{family} {given}");
        }
    }
}
