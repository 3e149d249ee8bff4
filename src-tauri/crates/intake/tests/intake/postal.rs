//! Postal codes both ways, and what they mend in a list.

use std::sync::Arc;

use intake::postal::{Dictionary, Place};
use intake::{Answers, Fault, RepairKind, Row, understand};

use crate::sheet;

/// Lines as `utf_ken_all.csv` has them, with all that makes it hard to read.
const LINES: &str = "\
04101,\"980  \",\"9800000\",\"ミヤギケン\",\"センダイシアオバク\",\"イカニケイサイガナイバアイ\",\"宮城県\",\"仙台市青葉区\",\"以下に掲載がない場合\",0,0,0,0,0,0
04101,\"980  \",\"9800811\",\"ミヤギケン\",\"センダイシアオバク\",\"イチバンチョウ\",\"宮城県\",\"仙台市青葉区\",\"一番町\",0,0,1,0,0,0
04101,\"980  \",\"9800000\",\"\",\"\",\"\",\"宮城県\",\"仙台市青葉区\",\"一番\",0,0,1,0,0,0
01101,\"060  \",\"0600001\",\"\",\"\",\"\",\"北海道\",\"札幌市中央区\",\"北一条西（１〜１９丁目）\",1,0,1,0,0,0
01101,\"064  \",\"0640821\",\"\",\"\",\"\",\"北海道\",\"札幌市中央区\",\"北一条西（２０〜２８丁目）\",1,0,1,0,0,0
01101,\"060  \",\"0600010\",\"\",\"\",\"\",\"北海道\",\"札幌市中央区\",\"北十条西\",1,0,1,0,0,0
06321,\"99935\",\"9993511\",\"\",\"\",\"\",\"山形県\",\"西村山郡河北町\",\"谷地\",0,0,0,0,0,0
25443,\"522  \",\"5220317\",\"\",\"\",\"\",\"滋賀県\",\"犬上郡多賀町\",\"一円\",0,0,0,0,0,0
20361,\"391  \",\"3910100\",\"\",\"\",\"\",\"長野県\",\"諏訪郡原村\",\"原村一円\",0,0,0,0,0,0
03507,\"02879\",\"0287917\",\"\",\"\",\"\",\"岩手県\",\"九戸郡洋野町\",\"種市第４０地割〜第４５地割（道仏、\",0,1,0,0,0,0
03507,\"02879\",\"0287917\",\"\",\"\",\"\",\"岩手県\",\"九戸郡洋野町\",\"小路合、緑町）\",0,1,0,0,0,0
08542,\"30604\",\"3060433\",\"\",\"\",\"\",\"茨城県\",\"猿島郡境町\",\"境町の次に番地がくる場合\",0,0,0,0,0,0
13206,\"183  \",\"1830006\",\"\",\"\",\"\",\"東京都\",\"府中市\",\"緑町\",0,0,1,0,0,0
34208,\"726  \",\"7260003\",\"\",\"\",\"\",\"広島県\",\"府中市\",\"元町\",0,0,0,0,0,0
13101,\"100  \",\"1000001\",\"\",\"\",\"\",\"東京都\",\"千代田区\",\"千代田\",0,0,0,0,0,0
12217,\"277  \",\"2770852\",\"\",\"\",\"\",\"千葉県\",\"柏市\",\"旭ケ丘\",0,0,0,0,0,0
";

fn dictionary() -> Dictionary {
    Dictionary::read(LINES.as_bytes()).expect("a dictionary")
}

fn towns(places: &[Place]) -> Vec<&str> {
    places.iter().map(|place| place.town.as_str()).collect()
}

#[test]
fn a_code_tells_its_places_without_the_notes_of_the_dictionary() {
    let dictionary = dictionary();
    let place = |postal: &str| {
        let places = dictionary.at(postal);
        places.first().map(|it| [it.prefecture.as_str(), &it.city, &it.town].concat())
    };
    for (postal, wanted) in [
        ("980-0811", "宮城県仙台市青葉区一番町"),
        ("060-0001", "北海道札幌市中央区北一条西"),
        ("522-0317", "滋賀県犬上郡多賀町一円"),
        ("391-0100", "長野県諏訪郡原村"),
        ("028-7917", "岩手県九戸郡洋野町種市"),
        ("306-0433", "茨城県猿島郡境町"),
    ] {
        assert_eq!(place(postal).as_deref(), Some(wanted), "{postal}");
    }
    assert_eq!(place("999-9999"), None);
    assert_eq!(place("980-08"), None);
    // The rows that ran on are one place.
    assert_eq!(dictionary.at("028-7917").len(), 1);
    assert_eq!(towns(&dictionary.at("980-0000")), ["", "一番"]);
}

#[test]
fn an_address_tells_its_code_by_the_longest_name_with_which_it_begins() {
    let dictionary = dictionary();
    for (address, wanted) in [
        ("宮城県仙台市青葉区一番町1-2-3", Some("980-0811")),
        ("仙台市青葉区 一番町１－２", Some("980-0811")),
        ("仙台市青葉区1番町1-2", Some("980-0811")),
        ("山形県河北町谷地甲1", Some("999-3511")),
        ("西村山郡河北町大字谷地1", Some("999-3511")),
        ("北海道札幌市中央区北10条西5丁目", Some("060-0010")),
        ("千葉県柏市旭ヶ丘町1", Some("277-0852")),
        ("府中市元町1", Some("726-0003")),
        ("東京都府中市元町1", None),
        // Two codes, no town, no such city.
        ("北海道札幌市中央区北1条西5丁目", None),
        ("宮城県仙台市青葉区国分町1", None),
        ("宮城県どこか市一番町", None),
        ("", None),
    ] {
        assert_eq!(dictionary.code_of(address).as_deref(), wanted, "{address}");
    }
    let both = dictionary.of_address("札幌市中央区北一条西20丁目");
    let codes: Vec<_> = both.iter().map(|place| place.postal.as_str()).collect();
    assert_eq!(codes, ["060-0001", "064-0821"]);
    assert_eq!(towns(&dictionary.of_address("宮城県仙台市青葉区国分町1")), [""]);
}

#[test]
fn the_dictionary_is_read_in_cp932_and_from_its_zip_and_nothing_else_is() {
    let cp932 = encoding_rs::SHIFT_JIS.encode(LINES).0;
    assert_eq!(Dictionary::read(&cp932), Ok(dictionary()));
    for other in ["氏名,電話\n縁田 結,090\n", "04101,980,9800811,a,b\n", &LINES.replace("9800811", "980081")]
    {
        assert!(matches!(Dictionary::read(other.as_bytes()), Err(Fault::NotPostal { .. })), "{other}");
    }
    assert_eq!(Dictionary::read(b""), Err(Fault::Empty));
    assert!(Dictionary::read(b"PK\x03\x04 no archive").is_err());
}

fn read(text: &str, answers: Answers) -> (Vec<Row>, usize) {
    let sheet = sheet(text);
    let answers = Answers { postal: Some(Arc::new(dictionary())), ..answers };
    let read = understand(&sheet, &sheet.guesses(), &answers, &mut |_| true).expect("understood");
    (read.people, read.doubts.len())
}

#[test]
fn a_list_gets_the_code_or_the_part_of_an_address_that_it_lacks() {
    let list = "氏名,郵便番号,住所\n\
                縁田 結,,仙台市青葉区一番町1-2\n\
                大野 一,980-0811,仙台市青葉区一番町1-2\n\
                佐藤 二,999-3511,谷地1\n\
                鈴木 三,600001,札幌市中央区北一条西2\n\
                高橋 四,600001,京都市下京区1\n\
                渡辺 五,980-0811,東京都府中市緑町1\n\
                山本 六,,札幌市中央区北一条西2\n";
    let (people, doubts) = read(list, Answers::default());
    let said: Vec<_> = people
        .iter()
        .map(|row| {
            let kinds: Vec<_> = row.repairs.iter().map(|repair| repair.kind).collect();
            (row.fields.postal.as_str(), [row.fields.prefecture.as_str(), &row.fields.city].concat(), kinds)
        })
        .collect();
    use RepairKind::{PlaceFilled, PostalFound, ZeroRestored};
    let wanted = [
        ("980-0811", "", vec![PostalFound]),
        ("980-0811", "宮城県", vec![PlaceFilled]),
        ("999-3511", "山形県西村山郡河北町", vec![PlaceFilled]),
        ("060-0001", "北海道", vec![ZeroRestored, PlaceFilled]),
        // It lies elsewhere: the lost zero is asked for.
        ("", "", vec![]),
        ("980-0811", "", vec![]),
        ("", "", vec![]),
    ];
    let said: Vec<_> =
        said.iter().map(|(code, place, kinds)| (*code, place.as_str(), kinds.clone())).collect();
    assert_eq!(said, wanted);
    assert_eq!(doubts, 1);
}

#[test]
fn what_the_dictionary_would_mend_can_be_refused() {
    let list = "氏名,郵便番号,住所\n縁田 結,,仙台市青葉区一番町1\n大野 一,980-0811,仙台市青葉区一番町1\n";
    let refused = vec![RepairKind::PostalFound, RepairKind::PlaceFilled];
    let (people, _) = read(list, Answers { refused, ..Answers::default() });
    assert!(people.iter().all(|row| row.repairs.is_empty()), "{people:?}");
    let (people, _) = read(list, Answers { kept: [(2, 1)].into(), ..Answers::default() });
    assert_eq!((people[0].fields.postal.as_str(), people[1].fields.prefecture.as_str()), ("", "宮城県"));
}
