//! The shell of Enishi: one window, the system's file dialogs, and the door to the [`desk`].
//!
//! Nothing here knows a rule of the trade. The page sends `(name, input)` through [`door::run`]; files come in
//! and go out as tokens, so that the page never sees a path.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod dialog;
mod door;
mod files;
mod paper;
mod place;
mod window;

use std::sync::Arc;

use desk::{Desk, MemoryTray};
use tauri::{Manager, RunEvent};

fn main() {
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .register_asynchronous_uri_scheme_protocol("page", |context, request, responder| {
            let app = context.app_handle().clone();
            // Drawing a page takes tens of milliseconds; the window must not wait for it.
            tauri::async_runtime::spawn_blocking(move || {
                responder.respond(app.state::<files::Files>().show(request.uri().path()));
            });
        })
        .invoke_handler(tauri::generate_handler![
            door::launch,
            door::run,
            door::cancel,
            files::choose_file,
            files::save_file,
            files::open_saved,
            window::close_window,
        ])
        .setup(|app| {
            let home = place::home(app.handle())?;
            let fonts = place::fonts(app.handle())?;
            let tray = Arc::new(MemoryTray::default());
            let desk = Desk::new(place::front(home, fonts, tray.clone()));
            app.manage(door::Door::new(desk)?);
            app.manage(files::Files::new(tray));
            window::open(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => app.run(|app, event| {
            if let RunEvent::Exit = event {
                app.state::<door::Door>().close();
            }
        }),
        Err(error) => {
            eprintln!("enishi: the window cannot be opened: {error}");
            std::process::exit(1);
        }
    }
}
