use intake::{Answers, Danger, Fault, Reason, Target, read, understand};

use crate::{by_guesses, mend, sheet, told, understood};

fn guesses(headings: &str) -> Vec<Option<Target>> {
    sheet(headings).columns.into_iter().map(|column| column.target).collect()
}

#[test]
fn the_headings_of_each_payroll_product_are_known() {
    use Target::*;
    let products: &[(&str, &str, &[Target])] = &[
        (
            "SmartHR",
            "社員番号,姓,名,部署1 部署,役職1 役職,雇用形態,入社年月日,生年月日",
            &[EmployeeNumber, Family, Given, Department, Post, Contract, JoinedOn, BornOn],
        ),
        (
            "SmartHR, names and address",
            "姓,名,姓（ヨミガナ）,名（ヨミガナ）,ビジネスネーム：姓,ビジネスネーム：名,退職年月日,退職事由,\
             住所（郵便番号）,住所（都道府県）,住所（市区町村）,住所（丁目・番地）,住所（建物名・部屋番号）,メールアドレス",
            &[
                Family,
                Given,
                FamilyKana,
                GivenKana,
                BusinessName,
                BusinessName,
                LeftOn,
                Reason,
                Postal,
                Prefecture,
                City,
                Street,
                Building,
                Email,
            ],
        ),
        (
            "KING OF TIME",
            "従業員コード,姓,名,姓カナ,名カナ,所属コード,入社日,退職日",
            &[EmployeeNumber, Family, Given, FamilyKana, GivenKana, Department, JoinedOn, LeftOn],
        ),
        (
            "スタッフ throughout",
            "スタッフコード,スタッフ姓,スタッフ名,スタッフ姓カナ,スタッフ名カナ,メイングループ,入社日",
            &[EmployeeNumber, Family, Given, FamilyKana, GivenKana, Department, JoinedOn],
        ),
        ("ジョブカン勤怠", "スタッフコード,姓・名,入社日", &[EmployeeNumber, FullName, JoinedOn]),
        (
            "PCA",
            "社員コード,社員氏名(姓),社員氏名(名),社員氏名フリガナ(姓),社員氏名フリガナ(名),入社日,退職日,旧姓",
            &[EmployeeNumber, Family, Given, FamilyKana, GivenKana, JoinedOn, LeftOn, Maiden],
        ),
        (
            "freee",
            "従業員番号,姓,名,last_name_kana,first_name_kana,zipcode1,zipcode2,entry_date,retire_date",
            &[EmployeeNumber, Family, Given, FamilyKana, GivenKana, Postal, Postal, JoinedOn, LeftOn],
        ),
        (
            "kincone",
            "従業員番号,姓,名,カナ(姓),カナ(名),入社日,退社日",
            &[EmployeeNumber, Family, Given, FamilyKana, GivenKana, JoinedOn, LeftOn],
        ),
        (
            "jinjer",
            "*社員番号,*職場氏名(氏),*職場氏名(名),入社年月日,退職年月日,退職区分,退職理由,退職理由詳細",
            &[EmployeeNumber, Family, Given, JoinedOn, LeftOn, Reason, Reason, Reason],
        ),
        ("弥生給与", "従業員名,フリガナ", &[FullName, FullKana]),
        ("BIT", "社員NO,スタッフ名", &[EmployeeNumber, FullName]),
        (
            "労働者名簿",
            "氏名,生年月日,住所,雇入の年月日,退職・解雇・死亡年月日,退職・解雇・死亡事由",
            &[FullName, BornOn, Address, JoinedOn, LeftOn, Reason],
        ),
        ("care", "氏（ひらがな）,名（ひらがな）,入職日", &[FamilyKana, GivenKana, JoinedOn]),
        (
            "two postal columns",
            "氏名,郵便番号1,郵便番号2,都道府県,市区町村,町名,ビル名,電話番号,携帯電話番号",
            &[FullName, Postal, Postal, Prefecture, City, Street, Building, Phone, Mobile],
        ),
        (
            "by hand, with stars, brackets and full width",
            "＊氏　名,【ふりがな】,〒,住所１,住所２,ＴＥＬ,Ｅ－ｍａｉｌ,備 考,退職年月日 (西暦)",
            &[FullName, FullKana, Postal, Address, Building, Phone, Email, Note, LeftOn],
        ),
        ("English", "Name,E-mail,Phone,Join Date,Leaving Date", &[FullName, Email, Phone, JoinedOn, LeftOn]),
    ];
    for (product, headings, expected) in products {
        let expected: Vec<_> = expected.iter().map(|target| Some(*target)).collect();
        assert_eq!(guesses(headings), expected, "{product}");
    }
}

#[test]
fn a_heading_that_says_something_else_is_left_to_the_user() {
    let others = "氏名,住民票住所（郵便番号）,性別,血液の型,ミドルネーム,旧姓フリガナ,氏名変更年月日";
    let mut expected = vec![None; 7];
    expected[0] = Some(Target::FullName);
    assert_eq!(guesses(others), expected);
    assert_eq!(guesses("電話番号,電話番号"), [Some(Target::Phone), None], "one field, one column");
}

#[test]
fn dangerous_columns_are_refused_and_not_even_held() {
    let dangerous = [
        ("マイナンバー", Danger::MyNumber),
        ("個人番号（12桁）", Danger::MyNumber),
        ("基礎年金番号", Danger::Pension),
        ("雇用保険被保険者番号", Danger::Insured),
        ("口座番号", Danger::Bank),
        ("預金種別", Danger::Bank),
        ("銀行名", Danger::Bank),
        ("支店名", Danger::Bank),
        ("給与形態", Danger::Pay),
        ("支給額", Danger::Pay),
        ("控除合計", Danger::Pay),
        ("賞与", Danger::Pay),
        ("前年の年収", Danger::Pay),
        ("退職支給区分", Danger::Pay),
        ("家族1 氏名", Danger::Family),
        ("扶養人数", Danger::Family),
        ("続柄", Danger::Family),
        ("配偶者の有無", Danger::Family),
        ("障がい者区分", Danger::Disability),
        ("健康診断日", Danger::Health),
        ("健診結果", Danger::Health),
        ("病歴", Danger::Health),
        ("緊急連絡先 電話番号", Danger::Emergency),
        ("国籍", Danger::Nationality),
        ("宗教", Danger::Belief),
        ("信条", Danger::Belief),
        ("労働組合", Danger::Union),
        ("本籍", Danger::Domicile),
        ("本籍地住所", Danger::Domicile),
    ];
    for (heading, danger) in dangerous {
        let sheet = sheet(&format!("氏名,{heading},備考\n山田 太郎,秘密です,済\n"));
        let column = &sheet.columns[1];
        assert_eq!((column.refused, column.target), (Some(danger), None), "{heading}");
        assert!(column.examples.is_empty() && sheet.cell(0, 1).is_empty(), "{heading}");
        assert!(!format!("{sheet:?}").contains("秘密です"), "{heading}");
        let mapping = [Target::FullName, Target::Note, Target::Skip];
        let answer = understand(&sheet, &mapping, &Answers::default(), &mut |_| true);
        assert_eq!(answer, Err(Fault::Refused { column: 1 }), "{heading}");
    }
}

#[test]
fn a_place_of_work_is_no_bank_branch() {
    let sheet = sheet("氏名,所属支店,Reunion 2025\n");
    assert!(sheet.columns.iter().all(|column| column.refused.is_none()));
}

#[test]
fn the_reason_for_leaving_goes_behind_the_seal_and_nowhere_else() {
    let text =
        "氏名,退職理由,離職コード,備考\n山田 太郎, 介護の　ため ,2A,済\n佐藤 花子,,　,\n鈴木 一郎,#N/A,2C,\n";
    let sheet = sheet(text);
    let behind: Vec<bool> = sheet.columns.iter().map(|column| column.sealed).collect();
    assert_eq!(behind, [false, true, true, false]);
    let understood = understood(text);
    let sealed = |row: usize| -> Vec<(&str, &str)> {
        let texts = understood.people[row].sealed.iter();
        texts.map(|sealed| (sealed.heading.as_str(), sealed.text.as_str())).collect()
    };
    assert_eq!(sealed(0), [("退職理由", " 介護の　ため "), ("離職コード", "2A")], "kept exactly");
    assert_eq!(sealed(1), []);
    assert_eq!(sealed(2), [("離職コード", "2C")]);
    assert_eq!(told(&understood.doubts), [(4, Some(1), Reason::SpreadsheetError, "", None)]);
    let logged = format!("{understood:?}");
    assert!(!logged.contains("介護") && !logged.contains("2A"));
    let mended = by_guesses(&sheet, &mend(4, 1, "転居"));
    assert_eq!((mended.people[2].sealed[0].text.as_str(), mended.doubts.len()), ("転居", 0));
}

#[test]
fn a_title_above_the_headings_is_stepped_over() {
    let text = "給与ソフト 退職者一覧,,\n2024年3月31日現在,,\n\n社員番号,氏名,備考\n001,山田 太郎,済\n";
    let sheet = sheet(text);
    assert_eq!(sheet.heading_line, Some(4));
    assert_eq!((sheet.row_count, sheet.line(0), sheet.cell(0, 1)), (1, 5, "山田 太郎"));
}

#[test]
fn a_list_without_headings_loses_nobody() {
    let text = "山田,太郎,090-1234-5678\n佐藤,メイ,090-2234-5678\n";
    let sheet = read(text.as_bytes(), None).expect("a table");
    assert_eq!((sheet.heading_line, sheet.row_count, sheet.columns.len()), (None, 2, 3));
    let mapping = [Target::Family, Target::Given, Target::Mobile];
    let understood = understand(&sheet, &mapping, &Answers::default(), &mut |_| true).expect("readable");
    assert_eq!(understood.people[0].fields.given, "太郎");
    assert_eq!(understood.people[0].line, 1);
}

#[test]
fn files_of_one_program_have_one_fingerprint() {
    let one = sheet("社員番号,姓（ヨミガナ）\n1,ア\n").fingerprint();
    assert_eq!(one, sheet("*社員番号;姓(よみがな)\n").fingerprint());
    assert_ne!(one, sheet("社員番号,名（ヨミガナ）\n").fingerprint());
}

#[test]
fn a_row_that_names_nobody_is_held() {
    let understood = understood("氏名,電話番号\n,090-1234-5678\n");
    assert!(understood.people[0].held);
    assert_eq!(understood.doubts[0].reason, Reason::NoName);
    assert_eq!(understood.people[0].doubts, [0]);
}

#[test]
fn the_program_that_wrote_a_list_is_recognised_by_headings_of_its_own() {
    let named = [
        ("社員番号,姓,名,部署1 部署,役職1 役職,雇用形態,入社年月日,生年月日", Some("SmartHR")),
        ("従業員コード,姓,名,姓カナ,名カナ,男女コード,退職日", Some("KING OF TIME（弥生勤怠）")),
        ("スタッフコード,姓・名,入社日,メイングループ,スタッフ種別", Some("ジョブカン")),
        ("社員コード,社員氏名(姓),社員氏名(名),入社日,退職日", Some("PCA")),
        ("従業員番号,姓,名,拠点名,電話番号(会社),退職日", Some("freee")),
        ("従業員番号,姓,名,カナ(姓),カナ(名),退社日", Some("kincone")),
        ("*社員番号,*職場氏名(氏),*職場氏名(名),退職年月日", Some("jinjer")),
        ("社員番号,姓,名,入社年月日,退職年月日", None),
        ("氏名,ふりがな,退職日,住所,備考", None),
        ("姓カナ,名カナ,姓（ヨミガナ）,名（ヨミガナ）,姓,名", None),
    ];
    for (headings, program) in named {
        assert_eq!(sheet(headings).program.as_deref(), program, "{headings}");
    }
}

#[test]
fn a_heading_over_two_cells_heads_both() {
    let text = "氏名,氏名,退職日\n髙橋,一郎,R6.3.31\n";
    assert_eq!(guesses(text)[..2], [Some(Target::Family), Some(Target::Given)]);
    assert_eq!(understood(text).people[0].fields.given, "一郎");
    assert_eq!(guesses("氏名,氏名,氏名\n")[..2], [Some(Target::FullName), None], "three say nothing of two");
}

#[test]
fn my_numbers_are_left_out_of_every_column() {
    // 1234-5678-9018 passes the check; 1234-5678-9012 does not.
    let text = "氏名,備考,社員番号\n山田 太郎,番号は １２３４５６７８９０１８ です,123456789012\n\
                佐藤 花子,1234-5678-9018,0812345678901\n鈴木 一郎,+81 12 3456 7890,2024\n";
    let sheet = sheet(text);
    let all = format!("{sheet:?}");
    assert!(!all.contains("789018") && !all.contains("5678-9018") && !all.contains("９０１８"), "{all}");
    let understood = by_guesses(&sheet, &intake::Mends::new());
    let expected = [(2, Some(1), Reason::MyNumber, "", None), (3, Some(1), Reason::MyNumber, "", None)];
    assert_eq!(told(&understood.doubts), expected);
    assert!(understood.people.iter().all(|row| !row.held), "the person comes, the number does not");
    assert_eq!(understood.people[0].fields.employee_number, "123456789012");
    let again = by_guesses(&sheet, &mend(2, 1, "123456789018"));
    assert_eq!(again.doubts.len(), 2, "a mend cannot bring it back");
    assert!(again.people[0].fields.note.is_empty());
    assert_eq!(by_guesses(&sheet, &mend(2, 1, "なし")).people[0].fields.note, "なし");
}

#[test]
fn a_column_of_my_numbers_is_refused_whatever_it_is_called() {
    let text =
        "氏名,管理番号\n山田 太郎,123456789018\n佐藤 花子,123456789018\n鈴木 一郎,123456789018\n田中 恵,12\n";
    let sheet = sheet(text);
    assert_eq!((sheet.columns[1].refused, sheet.cell(3, 1)), (Some(Danger::MyNumber), ""));
    assert!(by_guesses(&sheet, &intake::Mends::new()).doubts.is_empty());
}
