//! Bad input: each is refused with a sentence of its own, and nothing is changed.

use crate::front::{Ask, JPEG, Within, folder};
use serde_json::json;
use std::{fs, path::Path};

fn company(home: &Path, out: &Path) -> Within {
    let mut desk = Within::new(home, out);
    desk.ok(
        "start_company",
        json!({ "company": "青葉食品", "owner": "青葉", "passphrase": "さくら咲く頃に会う" }),
    );
    desk
}

/// A file of a workbook with a password: what Excel wraps it in (MS-OFFCRYPTO, 2.3.4).
fn locked_workbook() -> Vec<u8> {
    let inside: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 500], inside].concat()
}

#[test]
fn a_file_that_is_no_list_is_refused_by_what_it_is() {
    let place = folder();
    let mut desk = company(&place.path().join("home"), place.path());
    let before = desk.desk.register().unwrap().state().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = place.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    // 2 GB without a line break; the file takes no room on the disk.
    let endless = file("endless.csv", b"");
    fs::File::options().write(true).open(&endless).unwrap().set_len(2 << 30).unwrap();
    for (path, code) in [
        (file("empty.csv", b""), "file_empty"),
        (file("blank.csv", "\u{feff}\r\n  \r\n".as_bytes()), "file_empty"),
        (file("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "not_a_table"),
        (file("photo.csv", JPEG), "not_a_table"),
        (file("locked.xlsx", &locked_workbook()), "xlsx_locked"),
        (file("line.csv", &[b"a,".repeat(1 << 20), b"b\n".to_vec()].concat()), "line_too_long"),
        (file("large.csv", &b"a,b\n".repeat(17 << 20)), "too_many_bytes"),
        (endless, "file_too_large"),
        (place.path().join("gone.csv"), "file_gone"),
    ] {
        let mapped = json!({ "file": path, "mapping": ["family", "given"] });
        assert_eq!(desk.fault("read_list", json!({ "file": path })), code, "{}", path.display());
        assert_eq!(desk.fault("check_list", mapped.clone()), code, "{}", path.display());
        assert_eq!(desk.fault("import_people", mapped), code, "{}", path.display());
    }
    assert_eq!(desk.desk.register().unwrap().state().unwrap(), before);
    assert_eq!(desk.ok("steps", json!({})), json!({ "rows": [], "gone_until": null }));
}

#[cfg(target_os = "linux")]
#[test]
fn a_line_of_two_gigabytes_never_comes_into_the_memory() {
    let place = folder();
    let endless = place.path().join("endless.csv");
    fs::File::create(&endless).unwrap().set_len(2 << 30).unwrap();
    let mut desk = crate::front::Headless::new(&place.path().join("home"), place.path(), &[]);
    desk.ok(
        "start_company",
        json!({ "company": "青葉食品", "owner": "青葉", "passphrase": "さくら咲く頃に会う" }),
    );
    for file in [json!(endless), json!("/dev/zero")] {
        assert_eq!(desk.fault("read_list", json!({ "file": file })), "file_too_large", "{file}");
    }
    assert_eq!(desk.ok("people", json!({}))["total"], 0);
    // proc(5): the most memory the process ever held, in kB. 256 MB are what any one file may have.
    let status = fs::read_to_string(format!("/proc/{}/status", desk.id())).unwrap();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let most: u64 = most.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(most < 700_000, "{most} kB");
}

#[test]
fn a_list_removed_while_it_is_looked_at_is_taken_as_it_was_seen_or_not_at_all() {
    let place = folder();
    let mut desk = company(&place.path().join("home"), place.path());
    let list = place.path().join("list.csv");
    fs::write(&list, "姓,名\n佐藤,誠\n").unwrap();
    assert_eq!(desk.ok("read_list", json!({ "file": list }))["row_count"], 1);
    fs::remove_file(&list).unwrap();
    let before = desk.desk.register().unwrap().state().unwrap();
    // In other letters it would have to be read anew.
    let other = json!({ "file": list, "reading": { "encoding": "cp932" }, "mapping": ["family", "given"] });
    assert_eq!(desk.fault("import_people", other), "file_gone");
    assert_eq!(desk.fault("read_list", json!({ "file": list })), "file_gone");
    assert_eq!(desk.desk.register().unwrap().state().unwrap(), before);
    let seen = json!({ "file": list, "mapping": ["family", "given"] });
    assert_eq!(desk.ok("import_people", seen)["added"], 1);
}

#[test]
fn a_photo_that_cannot_be_printed_is_refused_by_its_kind() {
    let place = folder();
    let mut desk = company(&place.path().join("home"), place.path());
    let person = desk.ok("add_person", json!({ "family": "佐藤" }));
    let issue = desk.ok("add_issue", json!({ "number": 1, "columns": 2, "articles": [{}] }));
    let file = place.path().join("photo.jpg");
    fs::write(&file, JPEG).unwrap();
    desk.ok("change_photo", json!({ "person": person, "file": file }));
    let before = desk.desk.register().unwrap().state().unwrap();
    // Its frame says three channels; with a fourth it is CMYK.
    let frame = JPEG.windows(2).position(|pair| pair == b"\xff\xc0").unwrap();
    let mut cmyk = JPEG.to_vec();
    cmyk[frame + 9] = 4;
    let large = [&JPEG[..JPEG.len() - 2], &vec![0; 25 << 20], b"\xff\xd9"].concat();
    for (bytes, code) in [
        (&b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"[..], "photo_heic"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "photo_png"),
        (&cmyk, "photo_cmyk"),
        (&JPEG[..JPEG.len() - 2], "photo_broken"),
        (&JPEG[..20], "photo_broken"),
        (b"GIF89a", "photo_not_jpeg"),
        (&large, "photo_too_large"),
        (b"", "file_empty"),
    ] {
        fs::write(&file, bytes).unwrap();
        assert_eq!(desk.fault("change_photo", json!({ "person": person, "file": file })), code);
        assert_eq!(desk.fault("add_picture", json!({ "issue": issue, "article": 0, "file": file })), code);
    }
    fs::remove_file(&file).unwrap();
    assert_eq!(desk.fault("add_picture", json!({ "issue": issue, "article": 0, "file": file })), "file_gone");
    assert_eq!(desk.desk.register().unwrap().state().unwrap(), before, "the photo before is kept");
}

#[test]
fn a_register_that_finds_no_room_keeps_what_it_held() {
    let place = folder();
    let mut desk = company(&place.path().join("home"), place.path());
    let list = place.path().join("list.csv");
    let rows: String = (0..3_000).map(|n| format!("{n},佐藤,誠{n}\n")).collect();
    fs::write(&list, format!("社員番号,姓,名\n{rows}")).unwrap();
    desk.ok("add_person", json!({ "family": "佐藤", "given": "誠" }));
    let register = desk.desk.register().unwrap();
    let before = register.state().unwrap();
    register.full_at(1).unwrap();
    let mapped = json!({ "file": list, "mapping": ["employee_number", "family", "given"] });
    assert_eq!(desk.fault("import_people", mapped.clone()), "disk_full");
    assert_eq!(register.state().unwrap(), before);
    register.verify().unwrap();
    assert_eq!(desk.ok("people", json!({ "search": "佐藤" }))["total"], 1);
    register.full_at(u32::MAX - 1).unwrap();
    assert_eq!(desk.ok("import_people", mapped)["added"], 3_000);
}

#[cfg(target_os = "linux")]
#[test]
fn a_pdf_that_finds_no_room_is_told_and_the_issue_is_kept() {
    let place = folder();
    let out = place.path().join("out");
    fs::create_dir(&out).unwrap();
    let mut desk = company(&place.path().join("home"), &out);
    let issue = desk.ok("add_issue", json!({ "name": "縁だより", "number": 1, "columns": 2 }));
    let before = desk.desk.register().unwrap().state().unwrap();
    // full(4): every write to it finds the disk full.
    std::os::unix::fs::symlink("/dev/full", out.join("縁だより-1.pdf")).unwrap();
    assert_eq!(desk.fault("print_issue", json!({ "id": issue })), "disk_full");
    assert_eq!(desk.desk.register().unwrap().state().unwrap(), before);
    fs::remove_file(out.join("縁だより-1.pdf")).unwrap();
    assert_eq!(desk.ok("print_issue", json!({ "id": issue }))["pages"], 1);
}
