//! Photographs of people and of issues: what comes in is cleaned, what goes out lies in the tray.

use crate::{Call, Fault, FaultKind, records::One, table::Nothing, tray};
use press::NoPhoto;
use register::{IssueId, PersonId, PictureId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A photo, in the tray.
#[derive(Debug, Serialize, TS)]
pub struct Photo {
    /// Its token.
    pub file: String,
}

/// A new photo, or none.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangePhoto {
    /// Whose.
    pub person: PersonId,
    /// The token of a JPEG, or nothing to take the photo away.
    pub file: Option<String>,
}

/// A photo for an article.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddPicture {
    /// The issue.
    pub issue: IssueId,
    /// The article, the first is 0.
    pub article: u32,
    /// The token of a JPEG.
    pub file: String,
}

pub(crate) fn photo(call: &Call<'_>, one: One<PersonId>) -> Result<Photo, Fault> {
    shown(call, one.id.into(), call.read(|reading| reading.photo(one.id))?)
}

pub(crate) fn change_photo(call: &Call<'_>, change: ChangePhoto) -> Result<Nothing, Fault> {
    let jpeg = change.file.map(|file| chosen(call, &file)).transpose()?;
    call.write(|writing| writing.set_photo(change.person, jpeg.as_deref()))?;
    Ok(Nothing {})
}

/// The company's mark, in the tray; none where there is none.
pub(crate) fn emblem(call: &Call<'_>, _: Nothing) -> Result<Option<Photo>, Fault> {
    let jpeg = call.read(|reading| reading.emblem())?;
    let put = |jpeg| Ok(Photo { file: call.desk.front.tray.put("emblem.jpg", jpeg)? });
    jpeg.map(put).transpose()
}

/// A new mark for the company, or none.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangeEmblem {
    /// The token of a PNG or JPEG, or nothing to take the mark away.
    pub file: Option<String>,
}

pub(crate) fn change_emblem(call: &Call<'_>, change: ChangeEmblem) -> Result<Nothing, Fault> {
    let of = |token: String| press::emblem(&whole(call, &token)?).map_err(unfit);
    let jpeg = change.file.map(of).transpose()?;
    call.write(|writing| writing.set_emblem(jpeg.as_deref()))?;
    Ok(Nothing {})
}

pub(crate) fn picture(call: &Call<'_>, one: One<PictureId>) -> Result<Photo, Fault> {
    shown(call, one.id.into(), call.read(|reading| reading.picture(one.id))?)
}

pub(crate) fn add_picture(call: &Call<'_>, add: AddPicture) -> Result<PictureId, Fault> {
    let jpeg = chosen(call, &add.file)?;
    call.write(|writing| writing.add_picture(add.issue, add.article as usize, &jpeg, ""))
}

fn shown(call: &Call<'_>, id: i64, jpeg: Vec<u8>) -> Result<Photo, Fault> {
    Ok(Photo { file: call.desk.front.tray.put(&format!("photo-{id}.jpg"), jpeg)? })
}

/// The largest photo that is taken, in bytes: cameras of 50 million dots stay below it, and the register is copied
/// with every backup.
const LARGEST: usize = 24 << 20;

/// A chosen file as a JPEG that can be shown and printed.
fn chosen(call: &Call<'_>, token: &str) -> Result<Vec<u8>, Fault> {
    let jpeg = press::cleaned(&whole(call, token)?).map_err(unfit)?;
    if jpeg.len() > LARGEST { Err(refused("photo_too_large")) } else { Ok(jpeg) }
}

fn refused(code: &str) -> Fault {
    Fault::field(FaultKind::Invalid, "file", code)
}

/// Every byte of a chosen file.
fn whole(call: &Call<'_>, token: &str) -> Result<Vec<u8>, Fault> {
    tray::chosen(call, token, "photo_too_large")
}

fn unfit(why: NoPhoto) -> Fault {
    refused(match why {
        NoPhoto::Heic => "photo_heic",
        NoPhoto::Png => "photo_png",
        NoPhoto::Cmyk => "photo_cmyk",
        NoPhoto::Broken => "photo_broken",
        NoPhoto::NotJpeg => "photo_not_jpeg",
    })
}
