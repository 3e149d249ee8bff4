//! Photographs: only a JPEG's header is read, the picture itself goes into the PDF untouched.

/// What must be known of a JPEG to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Width in pixels.
    pub(crate) width: u16,
    /// Height in pixels.
    pub(crate) height: u16,
    /// One grey channel rather than three of colour.
    pub(crate) is_grey: bool,
}

/// Reads the frame header (ITU-T T.81, B.2.2). Nothing for what is not a JPEG of 8 bits with one or three
/// channels: four are CMYK, which every viewer shows differently.
pub(crate) fn shape(jpeg: &[u8]) -> Option<Shape> {
    let mut rest = jpeg.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let &[0xff, marker, ref tail @ ..] = rest else { return None };
        match marker {
            // Fill bytes may stand before a marker.
            0xff => rest = &rest[1..],
            // Markers without a length.
            0x01 | 0xd0..=0xd7 => rest = tail,
            // End of picture, or start of its data, without a frame header before it.
            0xd9 | 0xda => return None,
            _ => {
                let length = usize::from(u16::from_be_bytes([*tail.first()?, *tail.get(1)?]));
                let segment = tail.get(2..length)?;
                if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
                    return frame(segment);
                }
                rest = &tail[length..];
            }
        }
    }
}

fn frame(segment: &[u8]) -> Option<Shape> {
    let &[8, h1, h0, w1, w0, channels @ (1 | 3), ..] = segment else { return None };
    let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
    (width > 0 && height > 0).then_some(Shape { width, height, is_grey: channels == 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 0, 4, 9, 9, 0xff, 0xff, 0xc2, 0, 17, 8, 0, 30, 0, 40, 3];

    fn jpeg(channels: u8) -> Vec<u8> {
        let mut jpeg = HEAD.to_vec();
        *jpeg.last_mut().unwrap() = channels;
        jpeg.extend([0; 9]);
        jpeg
    }

    #[test]
    fn a_jpeg_tells_its_size() {
        assert_eq!(shape(&jpeg(3)), Some(Shape { width: 40, height: 30, is_grey: false }));
        assert_eq!(shape(&jpeg(1)).map(|shape| shape.is_grey), Some(true));
    }

    #[test]
    fn what_viewers_would_show_differently_is_refused() {
        assert_eq!(shape(&jpeg(4)), None);
        assert_eq!(shape(b"\x89PNG"), None);
    }

    #[test]
    fn a_jpeg_that_breaks_off_is_refused() {
        let whole = jpeg(3);
        for length in 0..whole.len() {
            assert_eq!(shape(&whole[..length]), None, "after {length} bytes");
        }
    }
}
