//! Who may open what: the key file, passphrase slots, sealed text.
