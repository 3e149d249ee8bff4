//! A text that everybody could read goes behind the seal: it leaves its field, every image of it in the journal, what
//! a merge remembers, the search and the log. Nothing of that can be undone.

use crate::{At, Fault, NewStep, Reading, Register, Writing, arena::Touched, audit, hold, id::*, merge};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A text that everybody can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OpenText {
    /// What was said in a contact.
    Contact(ContactId),
    /// What is noted about a person.
    Notes(PersonId),
}

impl OpenText {
    /// Its table, its column and its record.
    fn place(self) -> (&'static str, &'static str, i64) {
        match self {
            OpenText::Contact(id) => ("contact", "note", id.0),
            OpenText::Notes(id) => ("person", "notes", id.0),
        }
    }

    /// Whose it is, and what it says.
    fn read(self, conn: &Connection) -> Result<(PersonId, String), Fault> {
        let (table, column, id) = self.place();
        let whose = if table == "person" { "id" } else { "person" };
        let found = conn
            .prepare_cached(&format!("SELECT {whose}, {column} FROM {table} WHERE id = ?1"))?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found.ok_or(Fault::NotFound)
    }
}

/// Empties the field, now and in every state that could be brought back.
fn take_out(conn: &Connection, text: OpenText, person: PersonId) -> Result<(), Fault> {
    let (table, column, id) = text.place();
    conn.execute(&format!("UPDATE {table} SET {column} = '' WHERE id = ?1"), [id])?;
    // Notes of an entry that became part of this person went into this person's.
    let others = if table == "person" { "UNION SELECT id FROM merged WHERE person = ?2" } else { "" };
    conn.prepare(&format!(
        "UPDATE change SET before = json_set(before, '$.{column}', '')
         WHERE tbl = '{table}' AND before IS NOT NULL AND pk IN (SELECT ?1 {others}) AND ?2 = ?2"
    ))?
    .execute(params![id, person])?;
    let parts: Vec<(i64, String)> = conn
        .prepare("SELECT id, parts FROM merged WHERE person = ?1")?
        .query_map([person], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (entry, parts) in parts {
        let parts = merge::without(&parts, table, column, id)?;
        conn.execute("UPDATE merged SET parts = ?2 WHERE id = ?1", params![entry, parts])?;
    }
    let images: Vec<(i64, i64, String)> = conn
        .prepare(
            "SELECT step, seq, before ->> 'parts' FROM change
             WHERE tbl = 'merged' AND before IS NOT NULL AND before ->> 'person' = ?1",
        )?
        .query_map([person], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (step, seq, parts) in images {
        let parts = merge::without(&parts, table, column, id)?;
        conn.execute(
            "UPDATE change SET before = json_set(before, '$.parts', ?3) WHERE step = ?1 AND seq = ?2",
            params![step, seq, parts],
        )?;
    }
    Ok(())
}

impl Register {
    /// Moves a text behind the seal: `seal` is given whose it is and what it says, and puts it there.
    ///
    /// # Errors
    /// [`Fault::NotFound`]; [`Fault::Invalid`] when it says nothing; that of `seal`, handed on. Nothing is changed then.
    /// [`Fault::Busy`]: it is done, and the log is emptied at rest.
    pub fn seal_text<E>(
        &self,
        new: NewStep<'_>,
        text: OpenText,
        seal: impl FnOnce(&mut Writing<'_>, PersonId, &str) -> Result<(), E>,
    ) -> Result<Result<(), E>, Fault> {
        let mut writer = hold(&self.writer);
        let (conn, tables) = &mut *writer;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (person, said) = text.read(&tx)?;
        if said.trim().is_empty() {
            return Err(Fault::Invalid { field: "text".into(), code: "note_empty" });
        }
        // No step is recording, so the journal takes no image.
        if let Err(refused) = Writing::run(&tx, tables, |writing| Ok(seal(writing, person, said.trim())))? {
            return Ok(Err(refused));
        }
        take_out(&tx, text, person)?;
        let (table, column, _) = text.place();
        let fields = format!("{table}.{column} +sealed_note");
        let noted = audit::Noted { people: 1, person: Some(person), fields };
        audit::add(&tx, (new.at, new.user, new.label), &noted)?;
        let touched = Touched::of_person(&tx, person)?;
        tx.commit()?;
        self.take_up(&writer.0, touched)?;
        self.empty_log(&writer.0)?;
        Ok(Ok(()))
    }
}

impl Reading<'_> {
    /// Since when a text may have stood where everybody reads it, as far as the journal remembers.
    ///
    /// # Errors
    /// The database's.
    pub fn open_since(&self, text: OpenText) -> Result<Option<At>, Fault> {
        let (table, _, id) = text.place();
        self.added_at(table, id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Contact, DATABASE, Person, StepState, backup,
        erase::tests::{KEY, MARK, bytes, holds, new, person, register},
    };
    use serde_json::json;

    fn changes(value: serde_json::Value) -> serde_json::Map<String, serde_json::Value> {
        value.as_object().unwrap().clone()
    }

    /// Stands for the vault: what it makes does not show what was said.
    fn hidden(writing: &mut Writing<'_>, person: PersonId, text: &str) -> Result<(), Fault> {
        let (id, sealed) = (writing.next_sealed_note(), text.bytes().map(|byte| byte ^ 0x55));
        writing.add_sealed_note(id, person, "note", 1, &sealed.collect::<Vec<_>>(), At(1))
    }

    #[test]
    fn a_text_that_went_behind_the_seal_is_in_no_field_journal_search_log_or_later_backup() {
        let folder = tempfile::tempdir().unwrap();
        let register = register(folder.path());
        let (one, other) = (person(&register, "佐藤"), person(&register, "髙橋"));
        let said =
            |text: &str| Contact { person: other, note: format!("{MARK}{text}"), ..Contact::default() };
        let contact = register.write(new("add_contact"), |writing| writing.add(&said("入院"))).unwrap().0;
        for wording in ["手術", "退院"] {
            let note = changes(json!({ "note": format!("{MARK}{wording}") }));
            register
                .write(new("change_contact"), |writing| writing.change::<Contact>(contact, &note))
                .unwrap();
            let notes = changes(json!({ "notes": format!("{MARK}{wording}") }));
            for who in [one, other] {
                register
                    .write(new("change_person"), |writing| writing.change::<Person>(who, &notes))
                    .unwrap();
            }
        }
        // Removed and brought back, made one with another, parted and made one again: images wherever there can be any.
        register.write(new("remove_contact"), |writing| writing.remove::<Contact>(contact)).unwrap();
        register.invert(new("undo"), None, StepState::Done, &mut |_, _| Ok(())).unwrap();
        let merge = |writing: &mut Writing<'_>| writing.merge_people(one, other, &[], &|field| field.into());
        register.write(new("merge_people"), merge).unwrap();
        register.write(new("separate_people"), |writing| writing.separate_people(other)).unwrap();
        register.write(new("merge_people"), merge).unwrap();
        let database = folder.path().join(DATABASE);
        register.rest().unwrap();
        assert!(holds(&bytes(&database), MARK) > 9);

        register.seal_text(new("seal_text"), OpenText::Contact(contact), hidden).unwrap().unwrap();
        assert!(register.read(|reading| reading.notes(MARK, 9)).unwrap().total == 0);
        register.seal_text(new("seal_text"), OpenText::Notes(one), hidden).unwrap().unwrap();
        assert_eq!(holds(&bytes(&database), MARK), 0);
        assert_eq!(std::fs::metadata(folder.path().join("register.db-wal")).unwrap().len(), 0);
        let target = backup::Target { folder: folder.path(), name: "later.enishi", keys: b"{}", at: At(1) };
        let made = register.back_up(KEY, &target, &|_| true).unwrap();
        made.unpack(&folder.path().join("later.db")).unwrap();
        assert_eq!(holds(&bytes(&folder.path().join("later.db")), MARK), 0);
        assert_eq!(register.read(|reading| reading.sealed_notes(one)).unwrap().len(), 2);
        register.verify().unwrap();

        // Whoever undoes what came before finds the rest as it was, and no such text.
        register.write(new("separate_people"), |writing| writing.separate_people(other)).unwrap();
        while register.invert(new("undo"), None, StepState::Done, &mut |_, _| Ok(())).is_ok() {
            assert_eq!(holds(&bytes(&database), MARK), 0);
        }
        register.verify().unwrap();
    }

    #[test]
    fn what_says_nothing_or_cannot_be_sealed_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let register = register(folder.path());
        let one = person(&register, "佐藤");
        let contact = Contact { person: one, note: "入院".into(), ..Contact::default() };
        let contact = register.write(new("add_contact"), |writing| writing.add(&contact)).unwrap().0;
        let before = register.state().unwrap();
        let seal = |text| register.seal_text(new("seal_text"), text, hidden);
        assert!(matches!(seal(OpenText::Notes(one)), Err(Fault::Invalid { .. })));
        assert!(matches!(seal(OpenText::Contact(ContactId(7))), Err(Fault::NotFound)));
        let refuses = |_: &mut Writing<'_>, _, _: &str| Err("the vault cannot");
        let refused = register.seal_text(new("seal_text"), OpenText::Contact(contact), refuses).unwrap();
        assert_eq!(refused, Err("the vault cannot"));
        assert_eq!(register.state().unwrap(), before);
    }
}
