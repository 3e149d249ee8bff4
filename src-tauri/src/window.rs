//! The one window, and what is dropped on it.

use std::time::Duration;

use serde::Serialize;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, DragDropEvent, Emitter, Manager, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent};

use crate::files::{Chosen, Files};

/// The event that tells the page which files were dropped: a list of tokens with names.
const DROPPED: &str = "dropped";
/// The event that tells the page that the window is about to close: what is typed wants saving.
const CLOSING: &str = "closing";
/// How long a page that hangs may keep its window open.
const FAREWELL: Duration = Duration::from_secs(3);

/// Opens the window. It keeps nothing on disk (incognito), goes nowhere but to its own page, and opens no other.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Enishi")
        .inner_size(1280.0, 800.0)
        .min_inner_size(1024.0, 700.0)
        .center()
        .incognito(!is_driven())
        .devtools(cfg!(debug_assertions))
        .general_autofill_enabled(false)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    let app = app.clone();
    window.on_window_event(move |event| {
        match event {
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

fn tell(app: &AppHandle, event: &str, what: impl Serialize + Clone) {
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
