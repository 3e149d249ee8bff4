//! Headings → fields. What each program calls a column, and which columns may never be kept.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

use crate::headings::{DANGERS, PLACES_OF_WORK, known};

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
    /// Whether the person serves or has left (在籍状況).
    Standing,
    /// Reason for leaving, official code or words. Belongs behind the seal, see [`Target::sealed`].
    Reason,
    /// The column is not taken.
    Skip,
}

impl Target {
    /// Every field, in the order in which a list offers them.
    pub const ALL: [Self; 31] = [
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
        Self::Standing,
        Self::Reason,
        Self::Skip,
    ];

    /// Whether the field belongs behind the seal. Its text is kept apart from all others, as a
    /// [`crate::SealedText`]: [`crate::Plain`] has no place for it.
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
    let fields = FOLDED.get_or_init(|| {
        known().iter().filter_map(|known| Some((folded(known.heading), known.target?))).collect()
    });
    fields.get(&folded(heading)).copied()
}

/// The program whose export has these headings: the one that writes most of them, if at least two are written by no
/// other program and three are known in all. None when two programs are as likely.
#[must_use]
pub fn program<'h>(headings: impl Iterator<Item = &'h str>) -> Option<&'static str> {
    let mut found: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for heading in headings.map(str::trim).filter(|heading| !heading.is_empty()) {
        let Some(known) = known().iter().find(|known| known.heading == heading) else { continue };
        for program in &known.programs {
            let (own, all) = found.entry(program).or_default();
            *own += usize::from(known.programs.len() == 1);
            *all += 1;
        }
    }
    found.retain(|_, (own, all)| *own >= 2 && *all >= 3);
    let best = found.values().max().copied()?;
    let mut likely = found.into_iter().filter(|(_, score)| *score == best);
    match (likely.next(), likely.next()) {
        (Some((program, _)), None) => Some(program),
        _ => None,
    }
}

/// Why a column with this heading may never be kept.
#[must_use]
pub fn danger(heading: &str) -> Option<Danger> {
    static FOLDED: OnceLock<Vec<(String, Danger)>> = OnceLock::new();
    let words = FOLDED.get_or_init(|| {
        DANGERS
            .iter()
            .flat_map(|(danger, words)| words.split('|').map(|word| (folded(word), *danger)))
            .collect()
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
    // One heading over two cells, as Excel merges them: 氏名 over family and given name.
    for (whole, parts) in [
        (Target::FullName, [Target::Family, Target::Given]),
        (Target::FullKana, [Target::FamilyKana, Target::GivenKana]),
    ] {
        let pair = columns.windows(2).position(|pair| {
            pair[0].target == Some(whole) && pair[1].heading == pair[0].heading && pair[1].target.is_none()
        });
        if let Some(at) = pair
            && columns.get(at + 2).is_none_or(|third| third.heading != columns[at].heading)
            && !columns.iter().any(|column| column.target == Some(parts[0]))
        {
            columns[at].target = Some(parts[0]);
            columns[at + 1].target = Some(parts[1]);
        }
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
