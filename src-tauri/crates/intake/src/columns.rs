//! Headings → fields. What each program calls a column, and which columns may never be kept.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

/// The field that a column becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "IntakeTarget")]
pub enum Target {
    /// The number the company gave (社員番号).
    EmployeeNumber,
    /// Family name.
    Family,
    /// Given name.
    Given,
    /// Family and given name in one cell.
    FullName,
    /// Reading of the family name.
    FamilyKana,
    /// Reading of the given name.
    GivenKana,
    /// Reading of both names in one cell.
    FullKana,
    /// Family name before marriage (旧姓).
    Maiden,
    /// The name used at work (ビジネスネーム).
    BusinessName,
    /// Day of joining.
    JoinedOn,
    /// Day of leaving.
    LeftOn,
    /// Day of birth.
    BornOn,
    /// Postal code.
    Postal,
    /// 都道府県.
    Prefecture,
    /// 市区町村.
    City,
    /// 丁目・番地.
    Street,
    /// 建物名・部屋番号.
    Building,
    /// The whole address in one cell.
    Address,
    /// Telephone.
    Phone,
    /// Mobile telephone.
    Mobile,
    /// Mail address.
    Email,
    /// Last department.
    Department,
    /// Last post (役職).
    Post,
    /// Kind of contract (雇用形態).
    Contract,
    /// Present employer.
    Employer,
    /// Present role there.
    EmployerRole,
    /// Free text.
    Note,
    /// Tags, several in one cell parted by commas.
    Tag,
    /// Reason for leaving, official code or words. Belongs behind the seal, see [`Target::sealed`].
    Reason,
    /// The column is not taken.
    Skip,
}

impl Target {
    /// Every field, in the order in which a list offers them.
    pub const ALL: [Self; 30] = [
        Self::EmployeeNumber,
        Self::Family,
        Self::Given,
        Self::FullName,
        Self::FamilyKana,
        Self::GivenKana,
        Self::FullKana,
        Self::Maiden,
        Self::BusinessName,
        Self::JoinedOn,
        Self::LeftOn,
        Self::BornOn,
        Self::Postal,
        Self::Prefecture,
        Self::City,
        Self::Street,
        Self::Building,
        Self::Address,
        Self::Phone,
        Self::Mobile,
        Self::Email,
        Self::Department,
        Self::Post,
        Self::Contract,
        Self::Employer,
        Self::EmployerRole,
        Self::Note,
        Self::Tag,
        Self::Reason,
        Self::Skip,
    ];

    /// Whether the field belongs behind the seal. Such a column is offered but not read: [`crate::Plain`] has
    /// no place for it.
    #[must_use]
    pub fn sealed(self) -> bool {
        self == Self::Reason
    }

    /// Whether several columns may fill the field together; their texts are joined in the file's order.
    #[must_use]
    pub fn joins(self) -> bool {
        matches!(
            self,
            Self::BusinessName
                | Self::Postal
                | Self::Street
                | Self::Building
                | Self::Address
                | Self::Department
                | Self::Note
                | Self::Tag
                | Self::Reason
                | Self::Skip
        )
    }

    /// Whether the field says who the row is about.
    pub(crate) fn names(self) -> bool {
        matches!(self, Self::Family | Self::Given | Self::FullName)
    }
}

/// Why a column may never be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    /// マイナンバー: to be deleted promptly after its legal period.
    MyNumber,
    /// 基礎年金番号.
    Pension,
    /// 被保険者番号 and other insurance numbers.
    Insured,
    /// Bank account.
    Bank,
    /// Pay and deductions.
    Pay,
    /// Family and dependants.
    Family,
    /// Disability.
    Disability,
    /// Health.
    Health,
    /// Emergency contact, a person who never agreed.
    Emergency,
    /// Nationality and residence status.
    Nationality,
    /// Religion and belief.
    Belief,
    /// Union membership.
    Union,
    /// 本籍, from which origin can be told.
    Domicile,
    /// Criminal record.
    Crime,
}

/// One column of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "IntakeColumn")]
pub struct Column {
    /// The heading as it stands in the file; empty where there is none.
    pub heading: String,
    /// The field it probably is.
    pub target: Option<Target>,
    /// The first three values that are not empty; none of a refused column.
    pub examples: Vec<String>,
    /// Why the column may never be kept. Its cells are not even held in memory.
    pub refused: Option<Danger>,
    /// Whether the guessed field belongs behind the seal.
    pub sealed: bool,
}

/// Headings seen in exports, and the field each is. Compared by [`folded`], so that brackets, stars, spaces and
/// hiragana need no rows of their own. "usual" marks headings of hand-made lists. Words
/// that are values too (退職, 入社) are left out: they would make a row of data look like headings.
const HEADINGS: &[(Target, &str, &[&str])] = &[
    (Target::EmployeeNumber, "SmartHR; jinjer with a star", &["社員番号"]),
    (Target::EmployeeNumber, "KING OF TIME", &["従業員コード"]),
    (Target::EmployeeNumber, "ジョブカン", &["スタッフコード"]),
    (Target::EmployeeNumber, "PCA", &["社員コード"]),
    (Target::EmployeeNumber, "freee, kincone", &["従業員番号"]),
    (Target::EmployeeNumber, "BIT", &["社員NO", "スタッフID"]),
    (
        Target::EmployeeNumber,
        "usual",
        &["社員ID", "従業員ID", "職員番号", "職員コード", "Employee Number", "Employee No", "Employee ID"],
    ),
    (Target::Family, "SmartHR, freee, KING OF TIME", &["姓"]),
    (Target::Family, "jinjer", &["職場氏名(氏)"]),
    (Target::Family, "PCA", &["社員氏名(姓)"]),
    (Target::Family, "ジョブカン", &["スタッフ姓"]),
    (Target::Family, "freee API", &["last_name"]),
    (Target::Family, "usual", &["氏", "苗字", "名字", "氏名(姓)", "姓(漢字)", "Family Name", "Surname"]),
    (Target::Given, "SmartHR, freee, KING OF TIME", &["名"]),
    (Target::Given, "jinjer", &["職場氏名(名)"]),
    (Target::Given, "PCA", &["社員氏名(名)"]),
    (Target::Given, "ジョブカン", &["スタッフ名"]),
    (Target::Given, "freee API", &["first_name"]),
    (Target::Given, "usual", &["氏名(名)", "名(漢字)", "下の名前", "Given Name"]),
    (Target::FullName, "ジョブカン勤怠", &["姓・名", "姓 名"]),
    (Target::FullName, "弥生給与", &["従業員名"]),
    (
        Target::FullName,
        "usual",
        &[
            "氏名",
            "名前",
            "お名前",
            "氏名(漢字)",
            "漢字氏名",
            "社員名",
            "社員氏名",
            "従業員氏名",
            "職員名",
            "Name",
            "Full Name",
        ],
    ),
    (Target::FamilyKana, "SmartHR", &["姓（ヨミガナ）"]),
    (Target::FamilyKana, "KING OF TIME", &["姓カナ"]),
    (Target::FamilyKana, "kincone", &["カナ(姓)"]),
    (Target::FamilyKana, "PCA", &["社員氏名フリガナ(姓)"]),
    (Target::FamilyKana, "ジョブカン", &["スタッフ姓カナ"]),
    (Target::FamilyKana, "freee API", &["last_name_kana"]),
    (Target::FamilyKana, "労務 exports with 氏（ひらがな）", &["氏（ひらがな）"]),
    (
        Target::FamilyKana,
        "usual",
        &["セイ", "姓フリガナ", "姓ふりがな", "姓よみ", "氏カナ", "氏フリガナ", "フリガナ(姓)", "姓ひらがな"],
    ),
    (Target::GivenKana, "SmartHR", &["名（ヨミガナ）"]),
    (Target::GivenKana, "KING OF TIME", &["名カナ"]),
    (Target::GivenKana, "kincone", &["カナ(名)"]),
    (Target::GivenKana, "PCA", &["社員氏名フリガナ(名)"]),
    (Target::GivenKana, "ジョブカン", &["スタッフ名カナ"]),
    (Target::GivenKana, "freee API", &["first_name_kana"]),
    (Target::GivenKana, "労務 exports with 名（ひらがな）", &["名（ひらがな）"]),
    (Target::GivenKana, "usual", &["メイ", "名フリガナ", "名よみ", "フリガナ(名)"]),
    (
        Target::FullKana,
        "usual",
        &[
            "ふりがな",
            "カナ",
            "よみがな",
            "ヨミ",
            "氏名カナ",
            "氏名フリガナ",
            "氏名（ヨミガナ）",
            "カナ氏名",
            "従業員名カナ",
            "従業員名フリガナ",
            "社員名カナ",
            "社員氏名フリガナ",
        ],
    ),
    (Target::Maiden, "PCA", &["旧姓"]),
    (Target::Maiden, "usual", &["旧氏", "旧姓氏名", "Maiden Name"]),
    (Target::BusinessName, "SmartHR", &["ビジネスネーム", "ビジネスネーム：姓", "ビジネスネーム：名"]),
    (Target::JoinedOn, "SmartHR, jinjer", &["入社年月日"]),
    (Target::JoinedOn, "KING OF TIME, ジョブカン, PCA, kincone", &["入社日"]),
    (Target::JoinedOn, "care and welfare programs", &["入職日"]),
    (Target::JoinedOn, "労働者名簿", &["雇入の年月日", "雇入年月日", "雇入れの年月日"]),
    (Target::JoinedOn, "freee API", &["entry_date"]),
    (Target::JoinedOn, "usual", &["入職年月日", "採用年月日", "採用日", "Join Date", "Hire Date"]),
    (Target::LeftOn, "SmartHR, jinjer, KING OF TIME API", &["退職年月日"]),
    (Target::LeftOn, "PCA, KING OF TIME 人事労務, freee福利厚生", &["退職日"]),
    (Target::LeftOn, "kincone", &["退社日"]),
    (Target::LeftOn, "SmartHR 労働者名簿", &["退職・解雇・死亡年月日"]),
    (Target::LeftOn, "離職票", &["離職年月日"]),
    (Target::LeftOn, "freee API", &["retire_date"]),
    (Target::LeftOn, "usual", &["離職日", "退社年月日", "Leave Date", "Leaving Date", "Termination Date"]),
    (Target::BornOn, "SmartHR", &["生年月日"]),
    (Target::BornOn, "usual", &["誕生日", "Birth Date", "Date of Birth", "Birthday"]),
    (Target::Postal, "SmartHR", &["住所（郵便番号）"]),
    (Target::Postal, "programs with two columns", &["郵便番号1", "郵便番号2"]),
    (Target::Postal, "freee API", &["zipcode1", "zipcode2"]),
    (
        Target::Postal,
        "usual",
        &[
            "郵便番号",
            "〒",
            "現住所（郵便番号）",
            "自宅郵便番号",
            "Zip",
            "Zip Code",
            "Postal Code",
            "Postcode",
        ],
    ),
    (Target::Prefecture, "SmartHR", &["住所（都道府県）"]),
    (Target::Prefecture, "usual", &["都道府県", "現住所（都道府県）", "Prefecture"]),
    (Target::City, "SmartHR", &["住所（市区町村）"]),
    (Target::City, "usual", &["市区町村", "市町村", "市区郡", "現住所（市区町村）", "City"]),
    (Target::Street, "SmartHR", &["住所（丁目・番地）"]),
    (
        Target::Street,
        "usual",
        &["町名", "番地", "丁目・番地", "町名・番地", "町域・番地", "現住所（丁目・番地）", "Street"],
    ),
    (Target::Building, "SmartHR", &["住所（建物名・部屋番号）"]),
    (Target::Building, "programs with 町名, ビル名", &["ビル名"]),
    (
        Target::Building,
        "usual",
        &[
            "建物名",
            "建物",
            "建物名・部屋番号",
            "現住所（建物名・部屋番号）",
            "マンション名",
            "住所2",
            "Building",
        ],
    ),
    (Target::Address, "usual", &["住所", "現住所", "自宅住所", "住所1", "Address"]),
    (Target::Phone, "SmartHR", &["電話番号"]),
    (
        Target::Phone,
        "usual",
        &[
            "電話",
            "TEL",
            "自宅電話番号",
            "自宅電話",
            "自宅TEL",
            "固定電話",
            "Phone",
            "Telephone",
            "Phone Number",
        ],
    ),
    (
        Target::Mobile,
        "usual",
        &[
            "携帯電話番号",
            "携帯電話",
            "携帯番号",
            "携帯",
            "携帯TEL",
            "スマートフォン",
            "Mobile",
            "Mobile Phone",
            "Cell Phone",
        ],
    ),
    (Target::Email, "SmartHR", &["メールアドレス"]),
    (
        Target::Email,
        "usual",
        &["メール", "Eメール", "Eメールアドレス", "個人メールアドレス", "E-mail", "Mail", "Email Address"],
    ),
    (Target::Department, "SmartHR", &["部署", "部署1 部署"]),
    (Target::Department, "KING OF TIME", &["所属コード"]),
    (Target::Department, "ジョブカン, 親->子->孫", &["メイングループ"]),
    (Target::Department, "usual", &["部署名", "所属", "所属名", "所属部署", "部門", "部門名", "Department"]),
    (Target::Post, "SmartHR", &["役職", "役職1 役職"]),
    (Target::Post, "usual", &["役職名", "職位", "肩書", "Title", "Job Title", "Position"]),
    (Target::Contract, "SmartHR", &["雇用形態"]),
    (Target::Contract, "usual", &["雇用区分", "社員区分", "従業員区分", "契約種別", "Employment Type"]),
    (
        Target::Employer,
        "usual",
        &["現在の勤務先", "現勤務先", "現在の会社", "転職先", "再就職先", "Employer"],
    ),
    (Target::EmployerRole, "usual", &["現在の役職", "現役職", "現在の仕事", "勤務先役職"]),
    (
        Target::Note,
        "usual",
        &["備考", "備考1", "備考2", "メモ", "摘要", "特記事項", "Note", "Notes", "Memo", "Remarks"],
    ),
    (Target::Tag, "usual", &["タグ", "分類", "Tag", "Tags"]),
    (Target::Reason, "SmartHR", &["退職事由"]),
    (Target::Reason, "jinjer", &["退職区分", "退職理由", "退職理由詳細"]),
    (Target::Reason, "SmartHR 労働者名簿", &["退職・解雇・死亡事由"]),
    (Target::Reason, "離職票", &["離職理由", "離職区分", "離職コード"]),
];

/// Words that make a column dangerous wherever they stand in its heading. Sources: the marks of the law on
/// personal information (個人情報保護法2条3項: belief, illness, crime, disability), of 番号法 (マイナンバー), of
/// 労働基準法22条4項 (nationality, belief, union), and headings seen in payroll exports.
const DANGERS: &[(Danger, &[&str])] = &[
    (Danger::MyNumber, &["マイナンバー", "個人番号", "My Number", "通知カード"]),
    (Danger::Pension, &["年金", "Pension"]),
    (Danger::Emergency, &["緊急", "Emergency"]),
    (Danger::Family, &["家族", "扶養", "続柄", "配偶者", "Spouse", "Dependent"]),
    (Danger::Health, &["健康", "健診", "病歴", "既往", "傷病", "血液型", "ストレスチェック", "Health"]),
    (Danger::Insured, &["被保険者", "保険", "Insurance"]),
    (Danger::Bank, &["口座", "預金", "銀行", "金融機関", "信用金庫", "振込", "支店", "Bank"]),
    (
        Danger::Pay,
        &[
            "給与",
            "給料",
            "支給",
            "控除",
            "賞与",
            "年収",
            "年俸",
            "手当",
            "基本給",
            "月給",
            "日給",
            "時給",
            "報酬",
            "賃金",
            "退職金",
            "所得",
            "住民税",
            "源泉",
            "Salary",
            "Wage",
            "Bonus",
        ],
    ),
    (Danger::Disability, &["障がい", "障害", "障碍", "Disab"]),
    (Danger::Nationality, &["国籍", "在留", "Nationality", "Visa"]),
    (Danger::Belief, &["宗教", "信条", "思想", "Religion"]),
    (Danger::Union, &["組合", "Union"]),
    (Danger::Domicile, &["本籍"]),
    (Danger::Crime, &["犯罪", "前科"]),
];

/// A place of work called 支店 is no bank's branch.
const PLACES_OF_WORK: &[&str] = &["所属支店", "勤務支店", "配属支店"];

/// A heading in the form in which headings are compared: NFKC, katakana, small letters, and nothing but letters
/// and digits.
#[must_use]
pub fn folded(heading: &str) -> String {
    heading
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'ぁ'..='ゖ' => char::from_u32(letter as u32 + 0x60).unwrap_or(letter),
            other => other,
        })
        .filter(|&letter| letter.is_alphanumeric() || letter == 'ー' || letter == '〒')
        .collect()
}

/// The field that a heading names.
#[must_use]
pub fn target(heading: &str) -> Option<Target> {
    static FOLDED: OnceLock<HashMap<String, Target>> = OnceLock::new();
    let known = FOLDED.get_or_init(|| {
        let all =
            HEADINGS.iter().flat_map(|(target, _, words)| words.iter().map(|word| (folded(word), *target)));
        all.collect()
    });
    known.get(&folded(heading)).copied()
}

/// Why a column with this heading may never be kept.
#[must_use]
pub fn danger(heading: &str) -> Option<Danger> {
    static FOLDED: OnceLock<Vec<(String, Danger)>> = OnceLock::new();
    let words = FOLDED.get_or_init(|| {
        DANGERS.iter().flat_map(|(danger, words)| words.iter().map(|word| (folded(word), *danger))).collect()
    });
    let heading = folded(heading);
    if PLACES_OF_WORK.iter().any(|place| heading.starts_with(place)) {
        return None;
    }
    words.iter().find(|(word, _)| heading.contains(word.as_str())).map(|(_, danger)| *danger)
}

/// How surely a cell is a heading: a known heading weighs 2, a dangerous word 1, since titles hold such words
/// too (給与台帳).
pub(crate) fn weight(cell: &str) -> usize {
    if target(cell).is_some() { 2 } else { usize::from(danger(cell).is_some()) }
}

/// The columns of a heading row, without examples yet.
pub(crate) fn columns<'h>(headings: impl Iterator<Item = &'h str>) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for heading in headings {
        let refused = danger(heading);
        let taken =
            |target: &Target| !target.joins() && columns.iter().any(|column| column.target == Some(*target));
        let target = target(heading).filter(|target| refused.is_none() && !taken(target));
        columns.push(Column {
            heading: heading.to_owned(),
            target,
            examples: Vec::new(),
            refused,
            sealed: target.is_some_and(Target::sealed),
        });
    }
    // スタッフ名 is a given name beside スタッフ姓 and a full name without it.
    for (part, other, whole) in [
        (Target::Given, Target::Family, Target::FullName),
        (Target::GivenKana, Target::FamilyKana, Target::FullKana),
    ] {
        if !columns.iter().any(|column| column.target == Some(other) || column.target == Some(whole)) {
            for column in columns.iter_mut().filter(|column| column.target == Some(part)) {
                column.target = Some(whole);
            }
        }
    }
    columns
}
