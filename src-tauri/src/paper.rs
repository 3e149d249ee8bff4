//! What the page may show of things in the tray: the pages of a PDF as pictures, and photographs. An address is
//! `page://localhost/<token>` for a picture and `page://localhost/<token>/<page>/<percent>` for a page of a PDF, the
//! first is 0, at 100 percent 96 dots an inch. There is no address for anything that is not in the tray.

use desk::Tray;
use hayro::{
    PixmapSettings, RenderCache, RenderSettings, hayro_interpret::InterpreterSettings, hayro_syntax::Pdf,
    vello_cpu::color::palette::css::WHITE,
};
use tauri::http::{Response, StatusCode, header};

/// The most that a page is enlarged, in percent: A4 then has 3174 × 4490 dots, about 57 MB while it is drawn.
const LARGEST: u16 = 400;

/// Answers an address.
pub fn answer(tray: &dyn Tray, path: &str) -> Response<Vec<u8>> {
    let found = picture(tray, path);
    let (status, kind, bytes) = match found {
        Some((kind, bytes)) => (StatusCode::OK, kind, bytes),
        None => (StatusCode::NOT_FOUND, "text/plain", Vec::new()),
    };
    let mut response = Response::new(bytes);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    // A token is never given to other bytes, but what is shown of people is not to lie in a cache.
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}

fn picture(tray: &dyn Tray, path: &str) -> Option<(&'static str, Vec<u8>)> {
    let mut parts = path.trim_matches('/').split('/');
    let bytes = tray.read(parts.next()?).ok()?;
    match parts.next() {
        None if bytes.starts_with(&[0xff, 0xd8]) => Some(("image/jpeg", bytes)),
        None => None,
        Some(page) => {
            let percent = parts.next()?.parse().ok().filter(|percent| (10..=LARGEST).contains(percent))?;
            Some(("image/png", draw(bytes, page.parse().ok()?, percent)?))
        }
    }
}

/// A page of a PDF as PNG; none when there is no such page.
fn draw(pdf: Vec<u8>, page: usize, percent: u16) -> Option<Vec<u8>> {
    let pdf = Pdf::new(pdf).ok()?;
    let page = pdf.pages().get(page)?;
    // PDF measures in 1/72 inch, the screen in 1/96.
    let scale = f32::from(percent) / 100.0 * 96.0 / 72.0;
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let pixmap = hayro::render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &settings,
    );
    pixmap.into_png().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::MemoryTray;

    #[test]
    fn only_pictures_in_the_tray_have_an_address() {
        let tray = MemoryTray::default();
        let photo = tray.put("photo.jpg", vec![0xff, 0xd8, 1, 2, 3]).unwrap();
        let list = tray.put("list.csv", b"a,b".to_vec()).unwrap();
        let shown = answer(&tray, &format!("/{photo}"));
        assert_eq!((shown.status(), shown.body().as_slice()), (StatusCode::OK, &[0xff, 0xd8, 1, 2, 3][..]));
        for nothing in [
            format!("/{list}"),
            format!("/{list}/0/100"),
            format!("/{photo}/0/100"),
            "/etc/passwd".into(),
            "/".into(),
            "/t99".into(),
        ] {
            assert_eq!(answer(&tray, &nothing).status(), StatusCode::NOT_FOUND, "{nothing}");
        }
    }

    #[test]
    fn a_page_is_drawn_at_the_size_asked_for() {
        // One empty page of 72 × 144 points: an inch by two.
        let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
            2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 144]>>endobj\n\
            trailer<</Root 1 0 R>>\n%%EOF";
        let tray = MemoryTray::default();
        let token = tray.put("page.pdf", pdf.to_vec()).unwrap();
        let drawn = answer(&tray, &format!("/{token}/0/200"));
        assert_eq!(drawn.headers()[header::CONTENT_TYPE], "image/png");
        // Width and height stand at byte 16 of a PNG (ISO/IEC 15948, 11.2.2).
        assert_eq!(drawn.body()[16..24], [0, 0, 0, 192, 0, 0, 1, 128]);
        for nothing in ["1/100", "0/401", "0/9", "0/x", "-1/100", "0"] {
            assert_eq!(
                answer(&tray, &format!("/{token}/{nothing}")).status(),
                StatusCode::NOT_FOUND,
                "{nothing}"
            );
        }
    }
}
