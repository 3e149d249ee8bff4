//! The sheets of labels that are known, and those that the office measured itself.

use crate::{Call, Fault, FaultKind, table::Nothing};
use register::*;
use serde::Serialize;
use ts_rs::TS;

/// A sheet of labels.
#[derive(Debug, Serialize, TS)]
pub struct LabelSheet {
    /// Its name among all sheets.
    pub id: String,
    /// The office's own, to be changed or removed.
    pub own: Option<OwnSheetId>,
    /// Labels beside each other.
    pub columns: u32,
    /// Labels below each other.
    pub rows: u32,
    /// Width of a label in mm.
    pub width: f64,
    /// Height of a label in mm.
    pub height: f64,
    /// Two sources agree on it; else it is tried on plain paper first.
    pub is_verified: bool,
    /// Which products have this layout.
    pub products: String,
    /// Each is cut out and folded across its middle, and stands on a table.
    pub is_folded: bool,
}

impl From<press::LabelSheet> for LabelSheet {
    fn from(sheet: press::LabelSheet) -> Self {
        LabelSheet {
            id: sheet.id,
            own: None,
            columns: sheet.columns as u32,
            rows: sheet.rows as u32,
            width: sheet.width,
            height: sheet.height,
            is_verified: sheet.is_verified,
            products: sheet.products,
            is_folded: sheet.is_folded,
        }
    }
}

pub(crate) fn label_sheets(call: &Call<'_>, _: Nothing) -> Result<Vec<LabelSheet>, Fault> {
    let own = call.read(|reading| reading.all::<OwnSheet>())?;
    let known = press::label_sheets().into_iter().map(LabelSheet::from);
    let own = own.iter().map(|kept| LabelSheet { own: Some(OwnSheetId(kept.id)), ..measured(kept).into() });
    Ok(known.chain(own).collect())
}

/// The sheet of that name.
pub(super) fn sheet(call: &Call<'_>, id: &str) -> Result<press::LabelSheet, Fault> {
    if let Some(known) = press::label_sheets().into_iter().find(|sheet| sheet.id == id) {
        return Ok(known);
    }
    let own = call.read(|reading| reading.all::<OwnSheet>())?;
    let own = own.iter().map(measured).find(|sheet| sheet.id == id);
    own.ok_or_else(|| Fault::field(FaultKind::Invalid, "sheet", "no_such_labels"))
}

fn measured(kept: &Kept<OwnSheet>) -> press::LabelSheet {
    let mm = |hundredths: u32| f64::from(hundredths) / 100.0;
    let OwnSheet { ref name, columns, rows, width, height, from_left, from_top, pitch_x, pitch_y } =
        kept.fields;
    press::LabelSheet {
        id: format!("own-{}", kept.id),
        columns: columns as usize,
        rows: rows as usize,
        width: mm(width),
        height: mm(height),
        left: mm(from_left),
        top: mm(from_top),
        pitch_x: mm(pitch_x),
        pitch_y: mm(pitch_y),
        is_verified: false,
        products: name.clone(),
        is_folded: false,
    }
}
