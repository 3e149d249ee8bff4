//! The one window, and what is dropped on it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, DragDropEvent, Emitter, Manager, PhysicalPosition, Url, WebviewUrl, WebviewWindowBuilder,
    WindowEvent,
};

use crate::files::{Chosen, Files};
use crate::frame::{self, Frame, Keeper};

/// The event that tells the page which files were dropped: a list of tokens with names.
const DROPPED: &str = "dropped";
/// The event that tells the page that the window is about to close: what is typed wants saving.
const CLOSING: &str = "closing";
/// How long a page that hangs may keep its window open.
const FAREWELL: Duration = Duration::from_secs(3);

/// Keeps Windows' WebView2 from errands of its own (reports, updates of its parts, names looked up): no address but our
/// page's has a place to go. The first three are what the window would have asked for anyway.
const NO_ERRANDS: &str = "--disable-features=msWebOOUI,msPdfOOUI,msSmartScreenProtection \
    --disable-background-networking --disable-component-update --disable-domain-reliability --disable-sync --no-pings \
    --host-resolver-rules=\"MAP * ~NOTFOUND, EXCLUDE *.localhost\"";

/// Opens the window where it stood last. Of what it shows it keeps nothing on disk (incognito); it goes nowhere but to
/// its own page, and opens no other. `home` is where its place is kept.
pub fn open(app: &AppHandle, home: PathBuf) -> tauri::Result<()> {
    let last = Frame::read(&home);
    let frame = last.and_then(|last| last.fitted(&frame::screens(app)));
    let (width, height) = frame.map_or((1280.0, 800.0), |frame| (frame.width, frame.height));
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Enishi")
        .inner_size(width, height)
        .min_inner_size(1024.0, 700.0)
        .center()
        .maximized(frame.is_some_and(|frame| frame.maximised))
        .incognito(!is_driven())
        .devtools(cfg!(debug_assertions))
        .general_autofill_enabled(false)
        .additional_browser_args(NO_ERRANDS)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    if let Some(frame) = frame {
        window.set_position(PhysicalPosition::new(frame.x, frame.y))?;
    }
    app.manage(Keeper::start(home, last)?);
    let app = app.clone();
    let watched = window.clone();
    window.on_window_event(move |event| {
        match event {
            WindowEvent::Moved(_) | WindowEvent::Resized(_) => app.state::<Arc<Keeper>>().note(&watched),
            WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
                let files = app.state::<Files>();
                let paths = paths.iter().filter(|path| path.is_file()).cloned();
                let dropped: Vec<Chosen> = paths.map(|path| files.offer(path)).collect();
                tell(&app, DROPPED, dropped);
            }
            WindowEvent::CloseRequested { api, .. } => {
                // The page saves what was typed a moment ago and then calls `close_window`.
                api.prevent_close();
                tell(&app, CLOSING, ());
                let app = app.clone();
                std::thread::spawn(move || {
                    std::thread::sleep(FAREWELL);
                    close_window(app);
                });
            }
            _ => {}
        }
    });
    Ok(())
}

/// Has WebKit paint the page by the processor, without its compositor. Letters and lines need no graphics card; without
/// one the compositor paints through a software OpenGL, which took half of the time from a key to the painted answer and
/// 150 MB (measured with WebKitGTK 2.50), and with one its drivers are what keeps windows of WebKitGTK empty. WebKit asks
/// the environment once, before its first window; switched off later it sometimes never paints again.
#[cfg(target_os = "linux")]
pub fn paint_plainly() {
    if let Err(error) = gio::glib::setenv("WEBKIT_DISABLE_COMPOSITING_MODE", "1", false) {
        eprintln!("enishi: the page is painted by the compositor: {error}");
    }
}

/// Whether Windows has what shows the page. Where it has not, a box of Windows' own says so, and what to do.
#[cfg(windows)]
pub fn can_be_shown() -> bool {
    let there = tauri::webview_version().is_ok();
    if !there {
        let why = include_str!("../packages/no-webview.txt");
        rfd::MessageDialog::new()
            .set_level(rfd::MessageLevel::Error)
            .set_title("Enishi")
            .set_description(why)
            .show();
    }
    there
}

/// Closes the window; the page calls it when everything typed is saved.
#[tauri::command]
pub fn close_window(app: AppHandle) {
    if let Some(window) = app.get_webview_window("main")
        && let Err(error) = window.destroy()
    {
        eprintln!("enishi: the window does not close: {error}");
    }
}

/// WebKit lets no driver into an incognito window. So a build that a test drives does without, or one made for the
/// measurements (`driven`); a release has no such door, whatever its environment says.
fn is_driven() -> bool {
    cfg!(any(debug_assertions, feature = "driven")) && std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some()
}

/// Tells the page that something happened.
pub fn tell(app: &AppHandle, event: &str, what: impl Serialize + Clone) {
    if let Err(error) = app.emit_to("main", event, what) {
        eprintln!("enishi: the page did not hear of \"{event}\": {error}");
    }
}

/// The page's own address: `tauri://localhost`, on Windows `http://tauri.localhost`.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => {
            cfg!(windows) && url.host_str() == Some("tauri.localhost") && url.port().is_none()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere_but_to_its_own_page() {
        let own =
            if cfg!(windows) { "http://tauri.localhost/index.html" } else { "tauri://localhost/#/people" };
        assert!(is_own_page(&Url::parse(own).unwrap()));
        for elsewhere in [
            "https://example.com/",
            "http://localhost/",
            "http://tauri.localhost:8080/",
            "http://tauri.localhost.example.com/",
            "tauri://elsewhere/",
            "file:///etc/hosts",
            "data:text/html,x",
            "about:blank",
        ] {
            assert!(!is_own_page(&Url::parse(elsewhere).unwrap()), "{elsewhere}");
        }
    }
}
