//! The shell of Enishi: one window, the system's file dialogs, and the door to the [`desk`].
//!
//! Nothing here knows a rule of the trade. The page sends `(name, input)` through [`door::run`]; files come in
//! and go out as tokens, so that the page never sees a path.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod dialog;
mod door;
mod files;
mod frame;
mod keystore;
#[cfg(target_os = "linux")]
mod logind;
mod paper;
mod place;
mod sleep;
mod window;

use std::sync::Arc;

use desk::{Desk, MemoryTray};
use tauri::{Manager, RunEvent};

fn main() {
    // Before there is another thread: the environment is everybody's.
    #[cfg(target_os = "linux")]
    window::paint_plainly();
    #[cfg(windows)]
    if !window::can_be_shown() {
        std::process::exit(1);
    }
    let builder = tauri::Builder::default().plugin(tauri_plugin_dialog::init());
    #[cfg(not(target_os = "linux"))]
    let builder = builder.plugin(tauri_plugin_power_monitor::init());
    let app = builder
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
            let postal = place::postal(app.handle())?;
            let tray = Arc::new(MemoryTray::default());
            let desk = Desk::new(place::front(home.clone(), fonts, postal, tray.clone()));
            let door = door::Door::new(desk)?;
            if door::is_sample() {
                door.open_sample()?;
            }
            app.manage(door);
            app.manage(files::Files::new(tray, place::opened()));
            window::open(app.handle(), home)?;
            sleep::listen(app.handle());
            Ok(())
        })
        .build(context());
    match app {
        Ok(app) => app.run(|app, event| {
            if let RunEvent::Exit = event {
                app.state::<Arc<frame::Keeper>>().keep();
                app.state::<door::Door>().close();
            }
        }),
        Err(error) => {
            eprintln!("enishi: the window cannot be opened: {error}");
            std::process::exit(1);
        }
    }
}

/// The page and the configuration, as they were built in.
fn context() -> tauri::Context {
    tauri::generate_context!()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    #[test]
    fn the_configuration_that_was_built_in_leaves_the_page_nothing_but_itself() {
        let config = serde_json::to_value(super::context().config()).unwrap();
        let (app, security) = (&config["app"], &config["app"]["security"]);
        let policy = security["csp"].as_str().unwrap();
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        for never in ["unsafe-", "https:", "data:", "blob:", "*"] {
            assert!(!policy.contains(never), "{policy}");
        }
        assert_eq!((&security["freezePrototype"], &app["withGlobalTauri"]), (&true.into(), &false.into()));
        assert_eq!(security["assetProtocol"]["enable"], false);
        // The windows are made in Rust, and no page is fetched from a server.
        assert_eq!((&app["windows"], &config["build"]["devUrl"]), (&Value::Array(Vec::new()), &Value::Null));
    }

    #[test]
    fn the_capabilities_that_were_built_in_are_those_of_the_one_window() {
        let built = include_str!(concat!(env!("OUT_DIR"), "/capabilities.json"));
        let built: Value = serde_json::from_str(built).unwrap();
        assert_eq!(built.as_object().unwrap().keys().collect::<Vec<_>>(), ["main"]);
        let main = &built["main"];
        assert_eq!(main["windows"], serde_json::json!(["main"]));
        assert!(main["remote"].is_null() && main["webviews"].as_array().is_none_or(Vec::is_empty), "{main}");
        for permission in main["permissions"].as_array().unwrap() {
            let name = permission.as_str().unwrap();
            let hears = ["core:event:allow-listen", "core:event:allow-unlisten"].contains(&name);
            assert!(hears || (name.starts_with("allow-") && !name.contains(':')), "{name}");
        }
    }
}
