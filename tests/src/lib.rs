//! What the tests that look at the house from outside share: paper read back, a driver of windows, and processes.

#[cfg(target_os = "linux")]
pub mod driver;
#[cfg(target_os = "linux")]
pub mod processes;

use lopdf::{Document, Object, content::Content};

/// How many glyphs a PDF draws, and how many of them are `.notdef`, the empty box. Every font of ours is a CID font
/// with Identity-H (ISO 32000-1, 9.7.5.2): a text is two bytes a glyph, and glyph 0 is `.notdef`.
///
/// # Errors
/// Whatever keeps the PDF from being read.
pub fn glyphs(pdf: &[u8]) -> Result<(usize, usize), lopdf::Error> {
    let document = Document::load_mem(pdf)?;
    let (mut drawn, mut notdef) = (0, 0);
    for page in document.get_pages().into_values() {
        for operation in Content::decode(&document.get_page_content(page))?.operations {
            let mut texts = Vec::new();
            for operand in &operation.operands {
                match operand {
                    Object::Array(parts) => texts.extend(parts.iter().filter_map(|part| part.as_str().ok())),
                    other => texts.extend(other.as_str().ok()),
                }
            }
            if ["Tj", "TJ", "'", "\""].contains(&operation.operator.as_str()) {
                for glyph in texts.iter().flat_map(|text| text.chunks(2)) {
                    drawn += 1;
                    notdef += usize::from(glyph == [0, 0]);
                }
            }
        }
    }
    Ok((drawn, notdef))
}

/// The letters of a PDF in the order in which they are drawn.
///
/// # Errors
/// Whatever keeps the PDF from being read.
pub fn text(pdf: &[u8]) -> Result<String, lopdf::Error> {
    let document = Document::load_mem(pdf)?;
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    document.extract_text(&pages)
}
