//! What each program calls a column. `headings.tsv` is data, to be added to as new exports are seen.

use std::sync::OnceLock;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{self, StrDeserializer};

use crate::columns::{Danger, Target};

/// A row of the table of headings.
pub(crate) struct Known {
    /// The field; none for a heading that only tells the program.
    pub(crate) target: Option<Target>,
    /// The heading as it was seen.
    pub(crate) heading: &'static str,
    /// The programs that write it.
    pub(crate) programs: Vec<&'static str>,
}

/// Every heading of `headings.tsv`.
pub(crate) fn known() -> &'static [Known] {
    static KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
    KNOWN.get_or_init(|| include_str!("headings.tsv").lines().flat_map(row).collect())
}

fn row(line: &'static str) -> Vec<Known> {
    let mut cells = line.split('\t');
    let (Some(field), Some(headings), Some(programs)) = (cells.next(), cells.next(), cells.next()) else {
        return Vec::new();
    };
    let field: StrDeserializer<'_, value::Error> = field.into_deserializer();
    let target = Target::deserialize(field).ok();
    let programs: Vec<_> = programs.split('、').filter(|name| !name.is_empty()).collect();
    headings.split('|').map(|heading| Known { target, heading, programs: programs.clone() }).collect()
}

#[cfg(test)]
#[test]
fn every_row_of_the_table_names_a_field_and_where_it_was_seen() {
    let table = include_str!("headings.tsv");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<_> = line.split('\t').collect();
        assert!(cells.len() == 4 && !cells[1].is_empty() && !cells[3].is_empty(), "{line}");
        assert_eq!(row(line).iter().any(|known| known.target.is_none()), cells[0] == "-", "{line}");
    }
}

/// Words, parted by `|`, that make a column dangerous wherever they stand in its heading. Sources: what
/// 個人情報保護法2条3項 calls to be handled with special care (belief, illness, crime, disability), 番号法
/// (マイナンバー), 労働基準法22条4項 (nationality, belief, union), and headings seen in payroll exports.
pub(crate) const DANGERS: &[(Danger, &str)] = &[
    (Danger::MyNumber, "マイナンバー|個人番号|My Number|通知カード"),
    (Danger::Pension, "年金|Pension"),
    (Danger::Emergency, "緊急|Emergency"),
    (Danger::Family, "家族|扶養|続柄|配偶者|Spouse|Dependent"),
    (Danger::Health, "健康|健診|病歴|既往|傷病|血液型|ストレスチェック|Health"),
    (Danger::Insured, "被保険者|保険|Insurance"),
    (Danger::Bank, "口座|預金|銀行|金融機関|信用金庫|振込|支店|Bank"),
    (
        Danger::Pay,
        "給与|給料|支給|控除|賞与|年収|年俸|手当|基本給|月給|日給|時給|報酬|賃金|退職金|所得|住民税|源泉|Salary|Wage",
    ),
    (Danger::Pay, "Bonus"),
    (Danger::Disability, "障がい|障害|障碍|Disab"),
    (Danger::Nationality, "国籍|在留|Nationality|Visa"),
    (Danger::Belief, "宗教|信条|思想|Religion"),
    (Danger::Union, "組合|Labor Union|Labour Union|Trade Union"),
    (Danger::Domicile, "本籍"),
    (Danger::Crime, "犯罪|前科"),
];

/// A place of work called 支店 is no bank's branch.
pub(crate) const PLACES_OF_WORK: &[&str] = &["所属支店", "勤務支店", "配属支店"];
