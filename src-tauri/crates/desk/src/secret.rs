//! What somebody typed that must not linger in memory.

use serde::{Deserialize, Deserializer, de::Visitor};
use std::{fmt, ops::Deref};
use zeroize::Zeroizing;

/// A 合言葉 or a recovery code out of a command's input: wiped when dropped, shown by no Debug. On the wire it is a
/// string; the fields that hold one say so with `#[ts(type = "string")]`.
pub struct Secret(Zeroizing<String>);

impl Deref for Secret {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Typed;
        impl Visitor<'_> for Typed {
            type Value = Secret;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_str<E>(self, typed: &str) -> Result<Secret, E> {
                Ok(Secret(Zeroizing::new(typed.to_owned())))
            }
        }
        deserializer.deserialize_str(Typed)
    }
}
