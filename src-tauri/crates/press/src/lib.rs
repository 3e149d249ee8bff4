//! A document in, PDF bytes out: typesetting for Japanese and Latin.
