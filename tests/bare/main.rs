//! The least that Tauri can do: one window with the settings of ours (`src-tauri/src/window.rs`) and a page with
//! one heading. What it costs is WebKit's and Tauri's; the measurements hold the program against it.

use tauri::webview::NewWindowResponse;
use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() {
    let driven = std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some();
    let bare = tauri::Builder::default().setup(move |app| {
        WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
            .title("bare")
            .inner_size(1280.0, 800.0)
            .min_inner_size(1024.0, 700.0)
            .center()
            .incognito(!driven)
            .devtools(false)
            .general_autofill_enabled(false)
            .on_navigation(|url| url.scheme() == "tauri")
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .build()?;
        Ok(())
    });
    if let Err(error) = bare.run(tauri::generate_context!("../tests/bare/tauri.conf.json")) {
        eprintln!("bare: {error}");
        std::process::exit(1);
    }
}
