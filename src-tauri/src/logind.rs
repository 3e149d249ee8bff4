//! Linux says through logind (org.freedesktop.login1, `PrepareForSleep`) that it is about to sleep, and waits as long as
//! somebody holds its inhibitor, five seconds at most.

use std::cell::RefCell;

use gio::glib::{self, VariantTy, prelude::*};
use gio::{BusType, DBusCallFlags, DBusConnection, DBusSignalFlags, UnixFDList};
use tauri::AppHandle;

const LOGIND: &str = "org.freedesktop.login1";
const PATH: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";

thread_local! {
    /// The system's bus; nothing is heard from one that nobody holds.
    static BUS: RefCell<Option<DBusConnection>> = const { RefCell::new(None) };
    /// While the window's thread holds this, the system waits with its sleep.
    static INHIBITOR: RefCell<Option<UnixFDList>> = const { RefCell::new(None) };
}

/// Calls back on the window's thread, on which it has to be called; without a system bus nothing is heard.
pub fn listen(app: &AppHandle, asleep: fn(AppHandle)) {
    let app = app.clone();
    gio::bus_get(BusType::System, gio::Cancellable::NONE, move |bus| {
        let Ok(bus) = bus else { return };
        // The program is not to end with a bus that goes away.
        bus.set_exit_on_close(false);
        inhibit(&bus);
        bus.signal_subscribe(
            Some(LOGIND),
            Some(MANAGER),
            Some("PrepareForSleep"),
            Some(PATH),
            None,
            DBusSignalFlags::NONE,
            move |bus, _, _, _, _, said| match said.get::<(bool,)>() {
                Some((true,)) => asleep(app.clone()),
                Some((false,)) => inhibit(bus),
                None => {}
            },
        );
        BUS.set(Some(bus));
    });
}

/// Asks the system to wait until the register is locked.
fn inhibit(bus: &DBusConnection) {
    bus.call_with_unix_fd_list(
        Some(LOGIND),
        PATH,
        MANAGER,
        "Inhibit",
        Some(&("sleep", "Enishi", "The register is locked before the computer sleeps", "delay").to_variant()),
        VariantTy::new("(h)").ok(),
        DBusCallFlags::NONE,
        -1,
        UnixFDList::NONE,
        gio::Cancellable::NONE,
        // Without one the system does not wait, and the clock's jump locks at the latest.
        |answer: Result<(glib::Variant, UnixFDList), glib::Error>| {
            if let Ok((_, files)) = answer {
                INHIBITOR.set(Some(files));
            }
        },
    );
}

/// Lets the system sleep.
pub fn let_go(app: &AppHandle) {
    // A window that is gone has let go of it.
    let _ = app.run_on_main_thread(|| INHIBITOR.set(None));
}
