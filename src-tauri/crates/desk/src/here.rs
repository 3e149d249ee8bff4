//! Opening without a 合言葉 on this PC: the system keeps a secret for whoever is logged in, and with it a slot beside
//! the key file opens. Whoever uses that account opens the register; the page says so before.

use crate::{Call, Fault, FaultKind, company, secret::Secret, table::Nothing};
use register::Noted;
use serde::Deserialize;
use std::{io, sync::atomic::Ordering};
use ts_rs::TS;
use vault::{HereSlot, UserId};
use zeroize::Zeroizing;

/// Where the system keeps secrets for whoever is logged in to this PC.
pub trait Keystore: Send + Sync {
    /// Whether it answers; asks nobody anything.
    fn answers(&self) -> bool;
    /// Keeps a secret under a name, in place of the one before.
    ///
    /// # Errors
    /// Whatever the system says, also when somebody refuses to open it.
    fn keep(&self, name: &str, secret: &[u8]) -> io::Result<()>;
    /// The secret of this name; `None` when it keeps none.
    ///
    /// # Errors
    /// As [`Keystore::keep`].
    fn kept(&self, name: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>>;
    /// Forgets the secret of this name, if it keeps one.
    ///
    /// # Errors
    /// As [`Keystore::keep`].
    fn forget(&self, name: &str) -> io::Result<()>;
}

/// One's own 合言葉, typed once more.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddKeyHere {
    /// 合言葉.
    #[ts(type = "string")]
    pub passphrase: Secret,
}

/// Whether the system of this PC keeps secrets.
pub(crate) fn keystore_answers(call: &Call<'_>, _: Nothing) -> Result<bool, Fault> {
    Ok(call.desk.front.keystore.as_ref().is_some_and(|keystore| keystore.answers()))
}

pub(crate) fn add_key_here(call: &Call<'_>, typed: AddKeyHere) -> Result<Nothing, Fault> {
    let open = call.open()?;
    let keystore = call.desk.front.keystore.as_ref().filter(|keystore| keystore.answers());
    let keystore = keystore.ok_or_else(|| Fault::new(FaultKind::Refused, "no_keystore"))?;
    let user = open.opened.user();
    let (slot, secret) = open.keys.make_here(user, &typed.passphrase, &mut **call.random())?;
    keystore.keep(&company::hex(&open.keys.file_id()), &*secret).map_err(|_| refused())?;
    slot.write(&company::keys_path(call))?;
    open.register.note(call.new_step(&open), &about(user))?;
    Ok(Nothing {})
}

pub(crate) fn remove_key_here(call: &Call<'_>, _: Nothing) -> Result<Nothing, Fault> {
    let open = call.open()?;
    if let Some(slot) = HereSlot::read(&company::keys_path(call)) {
        forget(call, |_| true)?;
        open.register.note(call.new_step(&open), &about(slot.user()))?;
    }
    Ok(Nothing {})
}

/// Opens the register at the program's start. Once it was locked, the 合言葉 is asked until the program starts again.
pub(crate) fn unlock_here(call: &Call<'_>, _: Nothing) -> Result<company::State, Fault> {
    let folder = company::company_folder(call)?;
    let gone = || Fault::from(vault::Fault::NotHere);
    if call.desk.locked.load(Ordering::Relaxed) {
        return Err(gone());
    }
    let slot = HereSlot::read(&company::keys_path(call)).ok_or_else(gone)?;
    let keystore = call.desk.front.keystore.as_ref().ok_or_else(gone)?;
    let name = company::hex(&vault::KeyFile::read(&company::keys_path(call))?.file_id());
    let secret = keystore.kept(&name).map_err(|_| refused())?;
    let opened = match secret {
        Some(secret) => company::open(call, folder, |keys| keys.open_here(&slot, &secret)),
        None => Err(gone()),
    };
    if matches!(&opened, Err(fault) if fault.code == "key_here_gone") {
        forget(call, |_| true)?;
    }
    opened
}

/// As whom the register opens on this PC without a 合言葉.
pub(crate) fn user(call: &Call<'_>) -> Option<UserId> {
    HereSlot::read(&company::keys_path(call)).map(|slot| slot.user())
}

/// Removes this PC's slot when it is of somebody whom `which` names. The file goes first: without it the secret, should
/// the system not let go of it, opens nothing.
pub(crate) fn forget(call: &Call<'_>, which: impl FnOnce(UserId) -> bool) -> Result<(), Fault> {
    let path = company::keys_path(call);
    if !user(call).is_some_and(which) {
        return Ok(());
    }
    HereSlot::remove(&path)?;
    if let (Some(keystore), Ok(keys)) = (&call.desk.front.keystore, vault::KeyFile::read(&path)) {
        let _ = keystore.forget(&company::hex(&keys.file_id()));
    }
    Ok(())
}

fn about(user: UserId) -> Noted {
    Noted { fields: format!("user:{}", user.0), ..Noted::default() }
}

fn refused() -> Fault {
    Fault::new(FaultKind::Refused, "keystore_refused")
}
