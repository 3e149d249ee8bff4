//! What each program calls a column. Data, to be added to as new exports are seen.

use crate::columns::{Danger, Target};

/// Headings, parted by `|`, and the field each is; above each row where it was seen ("usual": lists made by
/// hand). Headings are compared by [`crate::columns::folded`], so that brackets, stars, spaces and hiragana need
/// no rows of their own. Words that are values too (退職, 入社) are left out: they would make a row of data look
/// like headings.
pub(crate) const HEADINGS: &[(Target, &str)] = &[
    // SmartHR; jinjer with a star
    (Target::EmployeeNumber, "社員番号"),
    // KING OF TIME
    (Target::EmployeeNumber, "従業員コード"),
    // ジョブカン
    (Target::EmployeeNumber, "スタッフコード"),
    // PCA
    (Target::EmployeeNumber, "社員コード"),
    // freee, kincone
    (Target::EmployeeNumber, "従業員番号"),
    // BIT
    (Target::EmployeeNumber, "社員NO|スタッフID"),
    // usual
    (Target::EmployeeNumber, "社員ID|従業員ID|職員番号|職員コード|Employee Number|Employee No|Employee ID"),
    // SmartHR, freee, KING OF TIME
    (Target::Family, "姓"),
    // jinjer
    (Target::Family, "職場氏名(氏)"),
    // PCA
    (Target::Family, "社員氏名(姓)"),
    // an HR export that says スタッフ throughout
    (Target::Family, "スタッフ姓"),
    // column names of databases and APIs
    (Target::Family, "last_name"),
    // usual
    (Target::Family, "氏|苗字|名字|氏名(姓)|姓(漢字)|Family Name|Surname"),
    // SmartHR, freee, KING OF TIME
    (Target::Given, "名"),
    // jinjer
    (Target::Given, "職場氏名(名)"),
    // PCA
    (Target::Given, "社員氏名(名)"),
    // an HR export that says スタッフ throughout
    (Target::Given, "スタッフ名"),
    // column names of databases and APIs
    (Target::Given, "first_name"),
    // usual
    (Target::Given, "氏名(名)|名(漢字)|下の名前|Given Name"),
    // ジョブカン勤怠
    (Target::FullName, "姓・名|姓 名"),
    // 弥生給与
    (Target::FullName, "従業員名"),
    // usual
    (
        Target::FullName,
        "氏名|名前|お名前|氏名(漢字)|漢字氏名|社員名|社員氏名|従業員氏名|職員名|Name|Full Name",
    ),
    // SmartHR
    (Target::FamilyKana, "姓（ヨミガナ）"),
    // KING OF TIME
    (Target::FamilyKana, "姓カナ"),
    // kincone
    (Target::FamilyKana, "カナ(姓)"),
    // PCA
    (Target::FamilyKana, "社員氏名フリガナ(姓)"),
    // an HR export that says スタッフ throughout
    (Target::FamilyKana, "スタッフ姓カナ"),
    // freee API
    (Target::FamilyKana, "last_name_kana"),
    // an HR export with readings in hiragana
    (Target::FamilyKana, "氏（ひらがな）"),
    // usual
    (
        Target::FamilyKana,
        "セイ|姓フリガナ|姓ふりがな|姓よみ|氏カナ|氏フリガナ|フリガナ(姓)|姓ひらがな|Family Name (Kana)",
    ),
    // SmartHR
    (Target::GivenKana, "名（ヨミガナ）"),
    // KING OF TIME
    (Target::GivenKana, "名カナ"),
    // kincone
    (Target::GivenKana, "カナ(名)"),
    // PCA
    (Target::GivenKana, "社員氏名フリガナ(名)"),
    // an HR export that says スタッフ throughout
    (Target::GivenKana, "スタッフ名カナ"),
    // freee API
    (Target::GivenKana, "first_name_kana"),
    // an HR export with readings in hiragana
    (Target::GivenKana, "名（ひらがな）"),
    // usual
    (Target::GivenKana, "メイ|名フリガナ|名よみ|フリガナ(名)|Given Name (Kana)"),
    // usual
    (
        Target::FullKana,
        "ふりがな|カナ|よみがな|ヨミ|氏名カナ|氏名フリガナ|氏名（ヨミガナ）|カナ氏名|従業員名カナ|従業員名フリガナ|社員名カナ",
    ),
    (Target::FullKana, "社員氏名フリガナ"),
    // PCA
    (Target::Maiden, "旧姓"),
    // usual
    (Target::Maiden, "旧氏|旧姓氏名|Maiden Name"),
    // SmartHR
    (Target::BusinessName, "ビジネスネーム|ビジネスネーム：姓|ビジネスネーム：名|Business Name"),
    // SmartHR, jinjer
    (Target::JoinedOn, "入社年月日"),
    // KING OF TIME, ジョブカン, PCA, kincone
    (Target::JoinedOn, "入社日"),
    // care and welfare programs
    (Target::JoinedOn, "入職日"),
    // 労働者名簿
    (Target::JoinedOn, "雇入の年月日|雇入年月日|雇入れの年月日"),
    // column names of databases and APIs
    (Target::JoinedOn, "entry_date"),
    // usual
    (Target::JoinedOn, "入社年月日（西暦）|入社日（西暦）|入職年月日|採用年月日|採用日|Join Date|Hire Date"),
    // SmartHR, jinjer, KING OF TIME API
    (Target::LeftOn, "退職年月日"),
    // PCA, KING OF TIME 人事労務, freee福利厚生
    (Target::LeftOn, "退職日"),
    // kincone
    (Target::LeftOn, "退社日"),
    // SmartHR 労働者名簿
    (Target::LeftOn, "退職・解雇・死亡年月日"),
    // 離職票
    (Target::LeftOn, "離職年月日"),
    // column names of databases and APIs
    (Target::LeftOn, "retire_date"),
    // usual
    (
        Target::LeftOn,
        "退職年月日（西暦）|退職日（西暦）|離職日|退社年月日|Leave Date|Leaving Date|Termination Date",
    ),
    // SmartHR
    (Target::BornOn, "生年月日"),
    // usual
    (Target::BornOn, "生年月日（西暦）|誕生日|Birth Date|Date of Birth|Birthday"),
    // SmartHR
    (Target::Postal, "住所（郵便番号）"),
    // programs with two columns
    (Target::Postal, "郵便番号1|郵便番号2"),
    // freee API
    (Target::Postal, "zipcode1|zipcode2"),
    // usual
    (Target::Postal, "郵便番号|〒|現住所（郵便番号）|自宅郵便番号|Zip|Zip Code|Postal Code|Postcode"),
    // SmartHR
    (Target::Prefecture, "住所（都道府県）"),
    // usual
    (Target::Prefecture, "都道府県|現住所（都道府県）|Prefecture"),
    // SmartHR
    (Target::City, "住所（市区町村）"),
    // usual
    (Target::City, "市区町村|市町村|市区郡|現住所（市区町村）|City"),
    // SmartHR
    (Target::Street, "住所（丁目・番地）"),
    // usual
    (Target::Street, "町名|番地|丁目・番地|町名・番地|町域・番地|現住所（丁目・番地）|Street"),
    // SmartHR
    (Target::Building, "住所（建物名・部屋番号）"),
    // programs with 町名, ビル名
    (Target::Building, "ビル名"),
    // usual
    (Target::Building, "建物名|建物|建物名・部屋番号|現住所（建物名・部屋番号）|マンション名|住所2|Building"),
    // usual
    (Target::Address, "住所|現住所|自宅住所|住所1|Address"),
    // SmartHR
    (Target::Phone, "電話番号"),
    // usual
    (Target::Phone, "電話|TEL|自宅電話番号|自宅電話|自宅TEL|固定電話|Phone|Telephone|Phone Number"),
    // usual
    (
        Target::Mobile,
        "携帯電話番号|携帯電話|携帯番号|携帯|携帯TEL|スマートフォン|Mobile|Mobile Phone|Cell Phone",
    ),
    // SmartHR
    (Target::Email, "メールアドレス"),
    // usual
    (Target::Email, "メール|Eメール|Eメールアドレス|個人メールアドレス|E-mail|Mail|Email Address"),
    // SmartHR
    (Target::Department, "部署|部署1 部署"),
    // KING OF TIME
    (Target::Department, "所属コード"),
    // ジョブカン, 親->子->孫
    (Target::Department, "メイングループ"),
    // usual
    (Target::Department, "部署名|所属|所属名|所属部署|部門|部門名|Department"),
    // SmartHR
    (Target::Post, "役職|役職1 役職"),
    // usual
    (Target::Post, "役職名|職位|肩書|Title|Job Title|Position"),
    // SmartHR
    (Target::Contract, "雇用形態"),
    // usual
    (Target::Contract, "雇用区分|社員区分|従業員区分|契約種別|Employment Type"),
    // usual
    (Target::Employer, "現在の勤務先|現勤務先|現在の会社|転職先|再就職先|Employer"),
    // usual
    (Target::EmployerRole, "現在の役職|現役職|現在の仕事|勤務先役職|Present Role"),
    // usual
    (Target::Note, "備考|備考1|備考2|メモ|摘要|特記事項|Note|Notes|Memo|Remarks"),
    // usual
    (Target::Tag, "タグ|分類|Tag|Tags"),
    // SmartHR
    (Target::Reason, "退職事由"),
    // jinjer
    (Target::Reason, "退職区分|退職理由|退職理由詳細"),
    // SmartHR 労働者名簿
    (Target::Reason, "退職・解雇・死亡事由"),
    // 離職票
    (Target::Reason, "離職理由|離職区分|離職コード"),
];

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
