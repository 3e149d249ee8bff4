//! The photographs of an issue. An article says which it shows and what stands below each; the bytes lie in a table of
//! their own, so that typing does not write them again. A photograph that no article shows any more goes with the
//! step that took it out, and comes back when that step is undone.

use crate::{Fault, Issue, Reading, Writing, id::*, people::ArticlePhoto, record as records};
use rusqlite::{OptionalExtension, params};
use std::collections::HashSet;

impl Writing<'_> {
    /// Puts a photograph, a JPEG, with the line below it behind the others of an article (the first is 0) of an issue.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when there is no such issue or article.
    pub fn add_picture(
        &mut self,
        issue: IssueId,
        article: usize,
        jpeg: &[u8],
        caption: &str,
    ) -> Result<PictureId, Fault> {
        let mut changed = records::get::<Issue>(self.conn, issue)?;
        let article = changed.articles.0.get_mut(article).ok_or(Fault::NotFound)?;
        let picture = PictureId(self.next_id);
        self.next_id += 1;
        self.conn
            .prepare_cached("INSERT INTO picture VALUES (?1, ?2, ?3)")?
            .execute(params![picture, issue, jpeg])?;
        let caption = caption.to_owned();
        article.photos.push(ArticlePhoto { picture, caption, ..ArticlePhoto::default() });
        records::update(self.conn, issue, &changed)?;
        Ok(picture)
    }

    /// Removes the photographs that no article of an issue shows. Called after every change of its articles.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when an article shows a photograph that is not the issue's.
    pub fn settle_pictures(&mut self, issue: IssueId) -> Result<(), Fault> {
        let articles = records::get::<Issue>(self.conn, issue)?.articles;
        let shown: HashSet<PictureId> =
            articles.0.iter().flat_map(|article| &article.photos).map(|photo| photo.picture).collect();
        let kept: HashSet<PictureId> = self
            .conn
            .prepare_cached("SELECT id FROM picture WHERE issue = ?1")?
            .query_map([issue], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        if !shown.is_subset(&kept) {
            return Err(Fault::NotFound);
        }
        for gone in kept.difference(&shown) {
            self.conn.prepare_cached("DELETE FROM picture WHERE id = ?1")?.execute([gone])?;
        }
        Ok(())
    }

    /// Sets the company's mark, a JPEG, or takes it away.
    ///
    /// # Errors
    /// The database's.
    pub fn set_emblem(&mut self, jpeg: Option<&[u8]>) -> Result<(), Fault> {
        self.conn.execute("DELETE FROM emblem", [])?;
        if let Some(jpeg) = jpeg {
            let id = self.next_id;
            self.next_id += 1;
            self.conn.prepare_cached("INSERT INTO emblem VALUES (?1, ?2)")?.execute(params![id, jpeg])?;
        }
        Ok(())
    }

    /// Removes an issue with its photographs.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn remove_issue(&mut self, issue: IssueId) -> Result<(), Fault> {
        self.conn.prepare_cached("DELETE FROM picture WHERE issue = ?1")?.execute([issue])?;
        self.remove::<Issue>(issue)
    }
}

impl Reading<'_> {
    /// The company's mark, as JPEG, if there is one.
    ///
    /// # Errors
    /// The database's.
    pub fn emblem(&self) -> Result<Option<Vec<u8>>, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT jpeg FROM emblem")?;
        Ok(statement.query_row([], |row| row.get(0)).optional()?)
    }

    /// A photograph of an issue, as JPEG.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn picture(&self, id: PictureId) -> Result<Vec<u8>, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT jpeg FROM picture WHERE id = ?1")?;
        statement.query_row([id], |row| row.get(0)).optional()?.ok_or(Fault::NotFound)
    }
}
