//! Photographs made as large as they are printed. A telephone's picture has ten times the dots that paper shows, and a
//! newsletter that goes out by mail should not weigh ten megabytes. What comes in is kept as it is; only what goes onto
//! a page is made smaller.

use std::{
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, PoisonError},
};

use crate::Crop;
use image::{DynamicImage, ImageFormat, codecs::jpeg::JpegEncoder, imageops::FilterType};

/// Dots an inch of what is printed: twice what the eye tells apart at reading distance, and what print shops ask for.
const DENSITY: f64 = 300.0;
/// A picture with fewer than so many times the dots it needs stays as it is: made smaller it would gain nothing.
const MUCH: f64 = 1.25;
/// JPEG quality, of 100: no difference is seen on paper.
const QUALITY: u8 = 85;
/// So many pictures are remembered: those of one issue.
const SHELF: usize = 32;

/// Makes photographs smaller, and remembers what it made, because a page that is being written is printed anew with
/// every pause.
#[derive(Default)]
pub struct Darkroom {
    hasher: RandomState,
    made: Mutex<Vec<(Order, Made)>>,
}

/// Nothing for a picture that stays as it is.
type Made = Option<Arc<[u8]>>;

/// Which picture, which part, how many of its dots side by side, and whether without its colours.
#[derive(Clone, Copy, PartialEq)]
struct Order {
    picture: u64,
    crop: Crop,
    wide: u32,
    is_grey: bool,
}

impl Darkroom {
    /// The part of a JPEG, as it is stored, that is shown, and of it alone: whoever was cut away is not in the file. Its dots
    /// side by side fill `points` of the page, with no more of them than are printed; in greys only, if that is wanted.
    /// Nothing when it stays as it is.
    pub(crate) fn fitted(&self, jpeg: &[u8], part: (Crop, f64), points: f64, is_grey: bool) -> Made {
        let (crop, seen) = part;
        let scale = points / 72.0 * DENSITY / seen;
        let scale = if scale * MUCH > 1.0 { 1.0 } else { scale };
        if scale >= 1.0 && !is_grey && crop == Crop::WHOLE {
            return None;
        }
        let wide = (seen * scale).round() as u32;
        let order = Order { picture: self.hasher.hash_one(jpeg), crop, wide, is_grey };
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, picture)) = made.iter().find(|(known, _)| *known == order) {
            return picture.clone();
        }
        let picture = develop(jpeg, crop, scale, is_grey).map(Arc::from);
        if made.len() == SHELF {
            made.remove(0);
        }
        made.push((order, picture.clone()));
        picture
    }
}

/// Nothing when that is no smaller, or for a file that cannot be unpacked.
fn develop(jpeg: &[u8], crop: Crop, scale: f64, is_grey: bool) -> Option<Vec<u8>> {
    let picture = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).ok()?;
    let picture = cut(picture, crop);
    let had_colours = picture.color().has_color();
    let picture = if is_grey { DynamicImage::from(picture.into_luma8()) } else { picture };
    let scaled = |side: u32| ((f64::from(side) * scale).round() as u32).max(1);
    let picture = if scale < 1.0 {
        picture.resize_exact(scaled(picture.width()), scaled(picture.height()), FilterType::Triangle)
    } else {
        picture
    };
    let mut out = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY)).ok()?;
    (out.len() < jpeg.len() || is_grey && had_colours || crop != Crop::WHOLE).then_some(out)
}

fn cut(picture: DynamicImage, crop: Crop) -> DynamicImage {
    if crop == Crop::WHOLE {
        return picture;
    }
    let dots = |part: u16, side: u32| (f64::from(part) / 1000.0 * f64::from(side)).round() as u32;
    let (wide, high) = (picture.width(), picture.height());
    let (left, top) = (dots(crop.left, wide).min(wide - 1), dots(crop.top, high).min(high - 1));
    let (width, height) = (dots(crop.width, wide).max(1), dots(crop.height, high).max(1));
    picture.crop_imm(left, top, width.min(wide - left), height.min(high - top))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture with something to see in it.
    fn jpeg(wide: u32, high: u32) -> Vec<u8> {
        let dots = image::RgbImage::from_fn(wide, high, |x, y| {
            image::Rgb([(x * 7 % 256) as u8, (y * 5 % 256) as u8, (x * y % 256) as u8])
        });
        let mut out = Vec::new();
        JpegEncoder::new_with_quality(&mut out, 90).encode_image(&dots).unwrap();
        out
    }

    fn shape(jpeg: &[u8]) -> (u16, u16, bool) {
        let shape = crate::photo::shape(jpeg).unwrap();
        (shape.width, shape.height, shape.is_grey)
    }

    #[test]
    fn a_picture_has_no_more_dots_than_are_printed() {
        let (darkroom, large) = (Darkroom::default(), jpeg(1200, 600));
        // Two inches.
        let fitted = darkroom.fitted(&large, (Crop::WHOLE, 1200.0), 144.0, false).unwrap();
        assert_eq!(shape(&fitted), (600, 300, false));
        assert!(fitted.len() < large.len() / 2);
        let again = darkroom.fitted(&large, (Crop::WHOLE, 1200.0), 144.0, false).unwrap();
        assert!(Arc::ptr_eq(&fitted, &again), "it is made once");
        let other = darkroom.fitted(&jpeg(1200, 601), (Crop::WHOLE, 1200.0), 144.0, false).unwrap();
        assert_eq!(shape(&other).1, 301, "and not mistaken for another");
    }

    #[test]
    fn what_was_cut_away_is_not_in_the_file() {
        let dots = image::RgbImage::from_fn(400, 300, |x, y| {
            image::Rgb(if x < 200 && y < 150 { [200, 0, 0] } else { [0, 0, 200] })
        });
        let mut whole = Vec::new();
        JpegEncoder::new_with_quality(&mut whole, 95).encode_image(&dots).unwrap();
        let part = Crop { left: 0, top: 0, width: 500, height: 500 };
        let darkroom = Darkroom::default();
        let seen = darkroom.fitted(&whole, (part, 200.0), 144.0, false).unwrap();
        assert_eq!(shape(&seen), (200, 150, false));
        let seen = image::load_from_memory(&seen).unwrap().into_rgb8();
        assert!(seen.pixels().all(|dot| dot.0[0] > 150 && dot.0[2] < 60), "only the red part is left");
        let other = Crop { left: 500, ..part };
        let seen = darkroom.fitted(&whole, (other, 200.0), 144.0, false).unwrap();
        assert!(image::load_from_memory(&seen).unwrap().into_rgb8().pixels().all(|dot| dot.0[2] > 150));
    }

    #[test]
    fn a_picture_that_fits_or_cannot_be_unpacked_stays_as_it_is() {
        let darkroom = Darkroom::default();
        assert!(
            darkroom.fitted(&jpeg(740, 100), (Crop::WHOLE, 740.0), 144.0, false).is_none(),
            "123 for a hundred dots"
        );
        let mut broken = jpeg(1200, 600);
        broken.truncate(100);
        assert!(darkroom.fitted(&broken, (Crop::WHOLE, 1200.0), 144.0, true).is_none());
    }

    #[test]
    fn in_black_and_white_a_picture_is_grey_and_a_grey_one_stays() {
        let darkroom = Darkroom::default();
        let grey = darkroom.fitted(&jpeg(300, 200), (Crop::WHOLE, 300.0), 144.0, true).unwrap();
        assert_eq!(shape(&grey), (300, 200, true));
        assert!(darkroom.fitted(&grey, (Crop::WHOLE, 300.0), 144.0, true).is_none());
    }
}
