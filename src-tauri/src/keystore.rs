//! Where this system keeps a secret for whoever is logged in: Credential Manager, Keychain, or the Secret Service that
//! GNOME and KDE have. Asked by local means; on Linux that is D-Bus, a socket in the file system.

use std::io;
use std::sync::Arc;

use desk::Keystore;
use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use zeroize::Zeroizing;

#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
#[cfg(target_os = "linux")]
use dbus_secret_service_keyring_store::Store;
#[cfg(windows)]
use windows_native_keyring_store::Store;

/// The program's name among those that keep something there, and what a person reads who looks.
const NAME: &str = "Enishi";

/// The keystore of this system. It is looked for anew every time: it may come and go with the desktop.
pub struct SystemKeystore;

impl Keystore for SystemKeystore {
    fn answers(&self) -> bool {
        store().is_ok()
    }

    fn keep(&self, name: &str, secret: &[u8]) -> io::Result<()> {
        keep(&*store()?, name, secret)
    }

    fn kept(&self, name: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        kept(&*store()?, name)
    }

    fn forget(&self, name: &str) -> io::Result<()> {
        forget(&*store()?, name)
    }
}

fn store() -> io::Result<Arc<Store>> {
    Store::new().map_err(io::Error::other)
}

fn keep(store: &dyn CredentialStoreApi, name: &str, secret: &[u8]) -> io::Result<()> {
    entry(store, name)?.set_secret(secret).map_err(io::Error::other)
}

fn kept(store: &dyn CredentialStoreApi, name: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    match entry(store, name)?.get_secret() {
        Ok(secret) => Ok(Some(Zeroizing::new(secret))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(io::Error::other(error)),
    }
}

fn forget(store: &dyn CredentialStoreApi, name: &str) -> io::Result<()> {
    match entry(store, name)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(io::Error::other(error)),
    }
}

fn entry(store: &dyn CredentialStoreApi, name: &str) -> io::Result<Entry> {
    store.build(NAME, name, None).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_kept_replaced_and_forgotten() {
        let store = &*keyring_core::mock::Store::new().unwrap();
        assert_eq!(kept(store, "0a1b").unwrap(), None);
        forget(store, "0a1b").unwrap();
        for secret in [b"the first", b"the other"] {
            keep(store, "0a1b", secret).unwrap();
            assert_eq!(**kept(store, "0a1b").unwrap().unwrap(), *secret);
        }
        assert_eq!(kept(store, "2c3d").unwrap(), None, "another register's");
        forget(store, "0a1b").unwrap();
        assert_eq!(kept(store, "0a1b").unwrap(), None);
    }
}
