//! The company's mark on a masthead, from the file in which it comes.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType};

use crate::NoPhoto;

/// Dots of its longer side: an inch and a half at 600 an inch.
const MOST: u32 = 900;
/// A picture with more dots is not unpacked: 100 million take 400 MB.
const LARGEST: u64 = 100_000_000;
/// JPEG quality, of 100: the edges of letters stay clean.
const QUALITY: u8 = 94;
/// So near to white a dot is taken for the paper about the mark.
const PAPER: u8 = 250;

/// A PNG or JPEG as a masthead wants it: on white paper, without the empty edge about it, no larger than it is printed, as
/// JPEG.
///
/// # Errors
/// What is wrong with the file.
pub fn emblem(file: &[u8]) -> Result<Vec<u8>, NoPhoto> {
    let format = match crate::cleaned(file) {
        Ok(_) => ImageFormat::Jpeg,
        Err(NoPhoto::Png) => ImageFormat::Png,
        Err(why) => return Err(why),
    };
    let mut reader = image::ImageReader::with_format(std::io::Cursor::new(file), format);
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(4 * LARGEST);
    reader.limits(limits);
    let picture = trimmed(on_paper(reader.decode().map_err(|_| NoPhoto::Broken)?));
    let picture = DynamicImage::from(picture);
    let picture = match picture.width().max(picture.height()) > MOST {
        true => picture.resize(MOST, MOST, FilterType::Triangle),
        false => picture,
    };
    let mut out = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
    picture.write_with_encoder(encoder).map_err(|_| NoPhoto::Broken)?;
    Ok(out)
}

/// What is transparent shows white paper.
fn on_paper(picture: DynamicImage) -> RgbImage {
    let dots = picture.into_rgba8();
    RgbImage::from_fn(dots.width(), dots.height(), |x, y| {
        let [r, g, b, opaque] = dots.get_pixel(x, y).0.map(u32::from);
        Rgb([r, g, b].map(|part| ((part * opaque + 255 * (255 - opaque) + 127) / 255) as u8))
    })
}

fn trimmed(picture: RgbImage) -> RgbImage {
    let inked = picture.enumerate_pixels().filter(|(_, _, dot)| dot.0.iter().any(|part| *part < PAPER));
    let edges = inked.fold(None, |edges: Option<[u32; 4]>, (x, y, _)| {
        let [left, top, right, bottom] = edges.unwrap_or([x, y, x, y]);
        Some([left.min(x), top.min(y), right.max(x), bottom.max(y)])
    });
    // A mark that is all white stays as it is.
    let Some([left, top, right, bottom]) = edges else { return picture };
    image::imageops::crop_imm(&picture, left, top, right - left + 1, bottom - top + 1).to_image()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png() -> Vec<u8> {
        // A red square of 40 dots within a transparent edge.
        let dots = image::RgbaImage::from_fn(100, 60, |x, y| {
            let is_mark = (30..70).contains(&x) && (10..50).contains(&y);
            image::Rgba(if is_mark { [200, 20, 20, 255] } else { [0, 0, 0, 0] })
        });
        let mut out = std::io::Cursor::new(Vec::new());
        dots.write_to(&mut out, ImageFormat::Png).unwrap();
        out.into_inner()
    }

    #[test]
    fn a_mark_loses_its_empty_edge_and_stands_on_white() {
        let jpeg = emblem(&png()).unwrap();
        let dots = image::load_from_memory(&jpeg).unwrap().into_rgb8();
        assert_eq!((dots.width(), dots.height()), (40, 40));
        assert!(dots.pixels().all(|dot| dot.0[0] > 150 && dot.0[1] < 80));
        assert_eq!(emblem(&jpeg).map(|again| again.len() > 100), Ok(true), "a JPEG is taken as well");
    }

    #[test]
    fn a_file_that_is_no_picture_is_told_by_its_kind() {
        let mut broken = png();
        broken.truncate(60);
        assert_eq!(emblem(&broken), Err(NoPhoto::Broken));
        assert_eq!(emblem(b"GIF89a"), Err(NoPhoto::NotJpeg));
        assert_eq!(emblem(b""), Err(NoPhoto::NotJpeg));
    }
}
