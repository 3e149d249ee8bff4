//! Who may open the register: users, their 合言葉, and the recovery sheet. Each of these changes the key file, so
//! they run alone, and none of them can be undone.

use crate::{
    Call, Fault, FaultKind, Open, company, form, here, records::One, secret::Secret, table::Nothing,
};
use press::{Block, Document};
use register::{Noted, Rotation, SealedNoteId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;
use vault::{KeyFile, Role, UserId};

/// Somebody who may open the register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct User {
    /// The number in the key file.
    pub id: u32,
    /// The name.
    pub name: String,
    /// 開ける人: may open what is sealed.
    pub owner: bool,
}

impl User {
    pub(crate) fn of(user: vault::User<'_>) -> User {
        User { id: user.id.0, name: user.name.to_owned(), owner: user.role == Role::Owner }
    }
}

/// A new user.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddUser {
    /// The name.
    pub name: String,
    /// 開ける人, or 印刷の人.
    pub owner: bool,
    /// Their 合言葉, which they type themselves.
    #[ts(type = "string")]
    pub passphrase: Secret,
}

/// Another 合言葉 for oneself.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangePassphrase {
    /// The 合言葉 until now.
    #[ts(type = "string")]
    pub old: Secret,
    /// The new one.
    #[ts(type = "string")]
    pub passphrase: Secret,
}

/// Another 合言葉 for somebody who forgot theirs.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GivePassphrase {
    /// Whose.
    pub id: u32,
    /// The new 合言葉, which they type themselves.
    #[ts(type = "string")]
    pub passphrase: Secret,
}

/// What became of the sealed notes when the register got new keys.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct KeysChanged {
    /// Whether it got new keys at all.
    pub rotated: bool,
    /// So many notes were sealed anew, those that undo would bring back included.
    pub notes: u32,
    /// So many had been damaged before and stay unreadable.
    pub broken: u32,
}

/// What stands on the sheet beside code and date: the page has the words.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SheetWords {
    /// The sheet's name, large.
    pub title: String,
    /// Paragraphs above the code.
    pub above: Vec<String>,
    /// What the four letters are for.
    pub letters: String,
    /// Paragraphs below.
    pub below: Vec<String>,
    /// In which language they are, `ja` or `en`.
    pub language: String,
}

/// A recovery sheet, printed.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct SheetPrinted {
    /// The PDF's token.
    pub file: String,
    /// Its proposed file name.
    pub name: String,
    /// The sheet's number.
    pub number: u32,
}

/// The letters typed back from the sheet.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SheetLetters {
    /// Four letters.
    pub letters: String,
}

/// What opens the register when the 合言葉 is forgotten.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Recover {
    /// The sheet's 40 letters.
    #[ts(type = "string")]
    pub code: Secret,
    /// Who: a 開ける人.
    pub user: u32,
    /// Their new 合言葉.
    #[ts(type = "string")]
    pub passphrase: Secret,
}

/// For the lock screen too, where names are chosen: they lie open in the key file.
pub(crate) fn users(call: &Call<'_>, _: Nothing) -> Result<Vec<User>, Fault> {
    match call.open() {
        Ok(open) => Ok(open.keys.users().map(User::of).collect()),
        Err(_) => {
            let path = company::keys_path(call);
            let keys = if path.exists() { Some(KeyFile::read(&path)?) } else { None };
            Ok(keys.iter().flat_map(|keys| keys.users()).map(User::of).collect())
        }
    }
}

pub(crate) fn add_user(call: &Call<'_>, new: AddUser) -> Result<u32, Fault> {
    let name = named(&new.name)?;
    long_enough(&new.passphrase)?;
    let open = call.open()?;
    let mut keys = open.keys.clone();
    let (role, cost) = (role(new.owner), call.desk.front.cost);
    let user = keys.add_user(&open.opened, name, role, &new.passphrase, cost, &mut **call.random())?;
    keep(call, &open, keys, false, format!("user:{}", user.0))?;
    Ok(user.0)
}

pub(crate) fn change_user(call: &Call<'_>, user: User) -> Result<KeysChanged, Fault> {
    let name = named(&user.name)?;
    let open = call.open()?;
    let id = UserId(user.id);
    let before = open.keys.users().find(|known| known.id == id).ok_or(vault::Fault::NoSuchUser)?;
    let lowered = before.role == Role::Owner && !user.owner;
    let renamed = before.name != name;
    let mut keys = open.keys.clone();
    keys.change_user(&open.opened, id, name, role(user.owner), &mut **call.random())?;
    if lowered {
        return rotate(call, &open, keys, id);
    }
    let what = if renamed { "name" } else { "role" };
    if before.role != role(user.owner) {
        here::forget(call, |of| of == id)?;
    }
    keep(call, &open, keys, false, format!("user:{} {what}", user.id))?;
    Ok(KeysChanged::default())
}

pub(crate) fn dismiss_user(call: &Call<'_>, one: One<u32>) -> Result<KeysChanged, Fault> {
    let open = call.open()?;
    let mut keys = open.keys.clone();
    keys.dismiss_user(&open.opened, UserId(one.id))?;
    rotate(call, &open, keys, UserId(one.id))
}

pub(crate) fn change_passphrase(call: &Call<'_>, change: ChangePassphrase) -> Result<Nothing, Fault> {
    long_enough(&change.passphrase)?;
    let open = call.open()?;
    let user = open.opened.user();
    let wrong = |fault| match fault {
        vault::Fault::WrongPassphrase => Fault::field(FaultKind::Invalid, "old", "wrong_passphrase"),
        other => other.into(),
    };
    if open.opened.role() == Role::Owner {
        open.keys.open(Some(user), &change.old).map_err(wrong)?;
        return give(call, &open, user, &change.passphrase);
    }
    let mut keys = open.keys.clone();
    let cost = call.desk.front.cost;
    keys.change_own(&open.opened, &change.old, &change.passphrase, cost, &mut **call.random())
        .map_err(wrong)?;
    here::forget(call, |of| of == user)?;
    keys.write_own(&company::keys_path(call), user)?;
    let noted = Noted { fields: format!("user:{}", user.0), ..Noted::default() };
    let followed = open.register.note(call.new_step(&open), &noted);
    call.desk.renew(keys, Arc::clone(&open.opened));
    followed?;
    Ok(Nothing {})
}

pub(crate) fn give_passphrase(call: &Call<'_>, new: GivePassphrase) -> Result<Nothing, Fault> {
    long_enough(&new.passphrase)?;
    give(call, &*call.open()?, UserId(new.id), &new.passphrase)
}

fn give(call: &Call<'_>, open: &Open, user: UserId, passphrase: &str) -> Result<Nothing, Fault> {
    let mut keys = open.keys.clone();
    let cost = call.desk.front.cost;
    keys.change_passphrase(&open.opened, user, passphrase, cost, &mut **call.random())?;
    here::forget(call, |of| of == user)?;
    keep(call, open, keys, true, format!("user:{}", user.0))?;
    Ok(Nothing {})
}

/// Puts a changed key file on the disk, and then what goes with it into the register. `closed` when somebody's old
/// 合言葉 shall open nothing any more: then the key file before is not kept.
fn keep(call: &Call<'_>, open: &Open, keys: KeyFile, closed: bool, what: String) -> Result<(), Fault> {
    keep_with(call, open, keys, closed, what, None)
}

/// … and a fact more.
fn keep_with(
    call: &Call<'_>,
    open: &Open,
    keys: KeyFile,
    closed: bool,
    what: String,
    fact: Option<(&str, &str)>,
) -> Result<(), Fault> {
    let path = company::keys_path(call);
    keys.write(&path)?;
    if closed {
        vault::remove_previous(&path)?;
    }
    let noted = Noted { fields: what, ..Noted::default() };
    let followed = company::follow(&open.register, &keys, fact, call.new_step(open), &noted);
    // The key file is the truth about users; the register's copy of it catches up at the next opening.
    call.desk.renew(keys, Arc::clone(&open.opened));
    Ok(followed?)
}

/// Gives the register new keys, which whoever left does not hold, and the others are sealed without being there.
///
/// Two files change. The new key file waits beside the present one until the database is in place; cut off at any
/// moment, the register opens with everybody's own 合言葉 by one of the two ([`company::open`]).
fn rotate(call: &Call<'_>, open: &Open, mut keys: KeyFile, whom: UserId) -> Result<KeysChanged, Fault> {
    // The notes are read through a connection of their own, which has the old key.
    open.wait_for_texts()?;
    here::forget(call, |_| true)?;
    let opened = keys.rotate(&open.opened, &mut **call.random())?;
    let (old, new) = (open.opened.hr_secret(), opened.hr_public());
    let path = company::keys_path(call);
    let facts = company::facts(&keys);
    let step = call.new_step(open);
    let rotation = Rotation {
        old_key: &open.opened.register_key().sqlcipher_literal(),
        new_key: &opened.register_key().sqlcipher_literal(),
        facts: &facts.each_ref().map(|(name, value)| (*name, value.as_str())),
        users: &company::users_of(&keys),
        noted: (step.at, step.user, step.label),
        about: &format!("user:{}", whom.0),
    };
    let mut random = call.random();
    let mut trouble = None;
    let mut reseal = |id: SealedNoteId, field: &str, bytes: &[u8]| {
        let place = vault::Place { table: crate::sealed::TABLE, id: id.0, field };
        let text = vault::Sealed::from_bytes(bytes.to_vec()).and_then(|sealed| match old {
            Some(old) => old.open(&place, &sealed),
            None => Err(vault::Fault::NotOwner),
        });
        let Ok(text) = text else { return Ok(None) };
        match new.seal(&place, &text, &mut **random) {
            Ok(sealed) => Ok(Some((sealed.generation(), sealed.as_bytes().to_vec()))),
            Err(fault) => {
                trouble = Some(fault);
                Err(register::Fault::NotFound)
            }
        }
    };
    let ready = || {
        keys.write_next(&path).map_err(|fault| match fault {
            vault::Fault::Io(error) => register::Fault::Io(error),
            other => register::Fault::Io(std::io::Error::other(other)),
        })
    };
    let done = open.register.rotate(&rotation, &mut reseal, ready);
    drop(random);
    match done {
        Ok(done) => {
            vault::take_next(&path)?;
            call.desk.renew(keys, Arc::new(opened));
            Ok(KeysChanged { rotated: true, notes: done.notes, broken: done.broken })
        }
        Err(fault) => {
            match fault {
                register::Fault::Busy => vault::remove_next(&path)?,
                // Both key files are there: the next opening finds out which is right.
                _ if vault::next_path(&path).exists() => call.desk.put(None)?,
                _ => {}
            }
            Err(trouble.map_or_else(|| fault.into(), Into::into))
        }
    }
}

pub(crate) fn recovery_sheet(call: &Call<'_>, words: SheetWords) -> Result<SheetPrinted, Fault> {
    let open = call.open()?;
    let mut keys = open.keys.clone();
    let (number, code, letters) = keys.make_sheet(&open.opened, &mut **call.random())?;
    let settings = company::settings(call, Nothing {})?;
    let document = document(call, &words, &settings.company, number, &code.text(), &letters);
    // Printed before it counts: a sheet that could not be made takes the place of none.
    let printed = press::print(&document, call.desk.fonts()?)?;
    let name = format!("{}-{number}.pdf", crate::issue::file_name(&words.title));
    let file = call.desk.front.tray.put(&name, printed.pdf)?;
    keep(call, &open, keys, false, format!("sheet:{number}"))?;
    Ok(SheetPrinted { file, name, number })
}

pub(crate) fn confirm_recovery(call: &Call<'_>, typed: SheetLetters) -> Result<Nothing, Fault> {
    let open = call.open()?;
    let mut keys = open.keys.clone();
    keys.confirm_sheet(&open.opened, &typed.letters)?;
    let number = keys.sheet().map_or(0, |sheet| sheet.number);
    let at = call.now.timestamp_millis().to_string();
    // The sheet before counts no longer, not in the key file before either.
    keep_with(call, &open, keys, true, format!("sheet:{number}"), Some((company::CONFIRMED, &at)))?;
    Ok(Nothing {})
}

pub(crate) fn recover(call: &Call<'_>, recover: Recover) -> Result<company::State, Fault> {
    long_enough(&recover.passphrase)?;
    let code = vault::RecoveryCode::parse(&recover.code)?;
    let folder = company::company_folder(call)?;
    let path = company::keys_path(call);
    let cost = call.desk.front.cost;
    let state = company::open(call, folder, |keys| {
        keys.recover(&code, UserId(recover.user), &recover.passphrase, cost, &mut **call.random())
    });
    // Only now that the register has opened is the new 合言葉 written.
    let (state, open) = (state?, call.open()?);
    if open.register.is_read_only() {
        drop(open);
        call.desk.put(None)?;
        return Err(register::Fault::ReadOnly.into());
    }
    here::forget(call, |of| of.0 == recover.user)?;
    if let Err(fault) = open.keys.write(&path) {
        // Nothing was changed: the 合言葉 is still the one that was forgotten.
        drop(open);
        call.desk.put(None)?;
        return Err(fault.into());
    }
    vault::remove_previous(&path)?;
    Ok(state)
}

fn role(owner: bool) -> Role {
    if owner { Role::Owner } else { Role::Staff }
}

fn named(name: &str) -> Result<&str, Fault> {
    match name.trim() {
        "" => Err(Fault::field(FaultKind::Invalid, "name", "name_missing")),
        name => Ok(name),
    }
}

/// A 合言葉 that a stranger would guess in a day is refused.
pub(crate) fn long_enough(passphrase: &str) -> Result<(), Fault> {
    match passphrase.trim().chars().count() {
        0..8 => Err(Fault::field(FaultKind::Invalid, "passphrase", "passphrase_short")),
        _ => Ok(()),
    }
}

fn document(
    call: &Call<'_>,
    words: &SheetWords,
    company: &str,
    number: u32,
    code: &str,
    letters: &str,
) -> Document {
    // What a reader finds in the square is the code as it is typed.
    let squares = form::qr(code);
    let mut blocks = Vec::new();
    blocks.extend(words.above.iter().cloned().map(Block::Paragraph));
    blocks.push(Block::Code { groups: code.split(' ').map(str::to_owned).collect(), squares });
    blocks.push(Block::Heading(words.letters.clone()));
    blocks.push(Block::Code { groups: vec![letters.to_owned()], squares: Vec::new() });
    blocks.extend(words.below.iter().cloned().map(Block::Paragraph));
    form::sheet(call, &words.title, company, &words.language, &format!("No. {number}　"), blocks)
}
