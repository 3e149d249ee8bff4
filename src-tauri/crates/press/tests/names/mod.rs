//! Names on paper, dot by dot: what poppler draws of the PDF against what HarfBuzz's own program draws of the face itself.

use std::{path::Path, process::Command};

use press::{Block, Document, Family, print};

use crate::{
    addresses::{DOTS, drawn},
    document, faces,
    reader::read,
};

/// Inked dots of a letter within the box of its ink.
#[derive(Debug)]
struct Ink {
    width: usize,
    height: usize,
    dots: Vec<bool>,
}

impl Ink {
    fn new(width: usize, height: usize, is_dark: impl Fn(usize, usize) -> bool) -> Ink {
        let columns: Vec<usize> = (0..width).filter(|&x| (0..height).any(|y| is_dark(x, y))).collect();
        let rows: Vec<usize> = (0..height).filter(|&y| (0..width).any(|x| is_dark(x, y))).collect();
        let (left, top) = (*columns.first().expect("ink"), *rows.first().expect("ink"));
        let (right, bottom) = (columns[columns.len() - 1] + 1, rows[rows.len() - 1] + 1);
        let dots = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
        Ink { width: right - left, height: bottom - top, dots: dots.map(|(x, y)| is_dark(x, y)).collect() }
    }

    /// The part of the ink in which two letters differ.
    fn difference(&self, other: &Ink) -> f64 {
        let dark =
            |ink: &Ink, x: usize, y: usize| x < ink.width && y < ink.height && ink.dots[y * ink.width + x];
        let (width, height) = (self.width.max(other.width), self.height.max(other.height));
        let all = || (0..height).flat_map(move |y| (0..width).map(move |x| (x, y)));
        let differ = all().filter(|&(x, y)| dark(self, x, y) != dark(other, x, y)).count();
        differ as f64 / self.dots.iter().filter(|dot| **dot).count() as f64
    }
}

/// A letter of so many points as `hb-view` draws it from a face.
fn from_face(face: &str, letter: char, size: f64) -> Ink {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/node_modules/@expo-google-fonts");
    let size = size * DOTS * 25.4 / 72.0;
    let out = Command::new("hb-view")
        .arg(format!("--font-file={}", fonts.join(face).display()))
        .args([&format!("--font-size={size}"), "--margin=20", "--output-format=png", &letter.to_string()])
        .output()
        .expect("hb-view runs (Debian package libharfbuzz-bin)");
    let picture = image::load_from_memory(&out.stdout).expect("a picture").to_luma8();
    let (width, height) = picture.dimensions();
    Ink::new(width as usize, height as usize, |x, y| picture.get_pixel(x as u32, y as u32).0[0] < 128)
}

#[test]
fn a_name_is_drawn_as_its_own_letters_and_not_as_their_commoner_likes() {
    const GOTHIC: &str = "biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf";
    const BOLD: &str = "biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf";
    const MINCHO: &str = "biz-udpmincho/400Regular/BIZUDPMincho_400Regular.ttf";
    const SANS: &str = "noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf";
    const SANS_BOLD: &str = "noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf";
    const SERIF: &str = "noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf";
    let likes = [('髙', '高'), ('𠮷', '吉'), ('邊', '辺'), ('橋', '槗'), ('見', '貝'), ('田', '由')];
    for (family, bold, plain, rare, rare_bold) in
        [(Family::Gothic, BOLD, GOTHIC, SANS, SANS_BOLD), (Family::Mincho, BOLD, MINCHO, SERIF, SANS_BOLD)]
    {
        let names = "髙橋と𠮷田と邊見";
        let blocks = vec![Block::Heading(names.to_owned()), Block::Paragraph(names.to_owned())];
        let mut document = Document { page_numbers: false, ..document(blocks) };
        document.look.family = family;
        document.look.scale = 2.0;
        let pdf = print(&document, faces()).unwrap().pdf;
        let picture = drawn(&pdf);
        let glyphs: Vec<_> = read(&pdf).into_iter().filter(|it| it.text != "と").collect();
        assert_eq!(glyphs.len(), 12);
        for (nth, glyph) in glyphs.iter().enumerate() {
            let letter = glyph.text.chars().next().unwrap();
            let dots = |points: f64| points / 72.0 * 25.4 * DOTS;
            let (left, baseline) = (dots(glyph.x), picture.height as f64 - dots(glyph.y));
            let (x, y) = (left as usize, (baseline - dots(0.88 * glyph.size)) as usize);
            let side = dots(glyph.size) as usize;
            let ours = Ink::new(side, side, |dx, dy| picture.dots[(y + dy) * picture.width + x + dx] < 128);
            let face = match (nth < 6, letter == '𠮷') {
                (true, false) => bold,
                (true, true) => rare_bold,
                (false, false) => plain,
                (false, true) => rare,
            };
            let same = ours.difference(&from_face(face, letter, glyph.size));
            assert!(same < 0.1, "{letter} differs from {face} in {same:.2} of its ink");
            let (_, like) = likes.iter().find(|(it, _)| *it == letter).unwrap();
            let other = ours.difference(&from_face(face, *like, glyph.size));
            assert!(other > 2.0 * same + 0.1, "{letter} and {like}: {other:.2}, itself {same:.2}");
        }
    }
}
