//! The people and all that is known of them: SQL, migrations, search, undo journal.
