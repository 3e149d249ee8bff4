//! The system says that it is about to sleep. The page saves what was typed and locks the register; where it does not,
//! the register is locked without it. Linux waits for that a moment. Windows and mac do not, and there, as wherever
//! nothing was heard, whatever is still open locks on waking: the page sees the clock jump.

use std::time::{Duration, Instant};

#[cfg(not(target_os = "linux"))]
use tauri::Listener;
use tauri::{AppHandle, Manager};

use crate::door::Door;
#[cfg(target_os = "linux")]
use crate::logind;
use crate::window;

/// The event that tells the page that the computer is about to sleep.
const SLEEPING: &str = "sleeping";
/// So long the page may take to save and lock.
const PAGE: Duration = Duration::from_secs(3);
/// Between two looks whether it has.
const GLANCE: Duration = Duration::from_millis(50);

/// Listens, on the window's thread.
pub fn listen(app: &AppHandle) {
    #[cfg(target_os = "linux")]
    logind::listen(app, lock);
    #[cfg(not(target_os = "linux"))]
    app.listen("power-monitor://suspend", {
        let app = app.clone();
        move |_| lock(app.clone())
    });
}

fn lock(app: AppHandle) {
    window::tell(&app, SLEEPING, ());
    std::thread::spawn(move || {
        let since = Instant::now();
        let door = app.state::<Door>();
        while door.holds_a_company() {
            if since.elapsed() > PAGE {
                door.lock();
                break;
            }
            std::thread::sleep(GLANCE);
        }
        #[cfg(target_os = "linux")]
        logind::let_go(&app);
    });
}
