//! Where the window stood and how large it was when it was last closed. Kept beside the registers and not in one:
//! it is needed before anything is opened, and says nothing of anybody.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{fs, io, thread};

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, PhysicalPosition, WebviewWindow};

use crate::files::write_whole;

/// The file in the folder of the registers.
const FILE: &str = "window.json";
/// A window that was not moved for so long is where it was to be.
const SETTLED: Duration = Duration::from_millis(500);

/// A window's place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Its upper left corner on the desktop, in dots of the screen.
    pub x: i32,
    /// … from above.
    pub y: i32,
    /// How wide it is inside, in the measure of the page: the same on a screen of finer dots.
    pub width: f64,
    /// … and how high.
    pub height: f64,
    /// It fills the screen; the rest says where it stands when it no longer does.
    pub maximised: bool,
}

/// A screen: its place on the desktop in dots, and how many dots are one of the page's measure.
#[derive(Clone, Copy)]
pub struct Screen {
    x: i32,
    y: i32,
    width: f64,
    height: f64,
    scale: f64,
}

impl Frame {
    /// The frame last kept in a folder; none when there is none that can be read.
    pub fn read(home: &Path) -> Option<Frame> {
        serde_json::from_slice(&fs::read(home.join(FILE)).ok()?).ok()
    }

    fn write(self, home: &Path) -> io::Result<()> {
        fs::create_dir_all(home)?;
        write_whole(&home.join(FILE), &serde_json::to_vec(&self)?)
    }

    /// The frame as it fits the screens that are there now: no larger than its screen, and nowhere when its screen has
    /// gone or its title bar could not be reached any more.
    pub fn fitted(self, screens: &[Screen]) -> Option<Frame> {
        // The middle of the title bar is what a hand takes hold of; below the upper edge, so that the edge may be cut.
        let holds = |screen: &&Screen| {
            let middle = f64::from(self.x - screen.x) + self.width * screen.scale / 2.0;
            let top = f64::from(self.y - screen.y);
            (0.0..screen.width).contains(&middle) && (0.0..screen.height - 40.0 * screen.scale).contains(&top)
        };
        let screen = screens.iter().find(holds)?;
        let width = self.width.min(screen.width / screen.scale);
        let height = self.height.min(screen.height / screen.scale);
        Some(Frame { width, height, ..self })
    }
}

/// The screens of this machine.
pub fn screens(app: &AppHandle) -> Vec<Screen> {
    let all = app.available_monitors().unwrap_or_default();
    let screen = |monitor: &tauri::Monitor| Screen {
        x: monitor.position().x,
        y: monitor.position().y,
        width: monitor.size().width.into(),
        height: monitor.size().height.into(),
        scale: monitor.scale_factor(),
    };
    all.iter().map(screen).collect()
}

/// Watches the window, and keeps its frame when it has come to rest.
pub struct Keeper {
    home: PathBuf,
    /// The frame as it is, and as it was last written.
    frames: Mutex<(Option<Frame>, Option<Frame>)>,
    moved: Sender<()>,
}

impl Keeper {
    /// A keeper for a folder in which `last` is kept.
    pub fn start(home: PathBuf, last: Option<Frame>) -> io::Result<Arc<Keeper>> {
        let (moved, moves) = mpsc::channel();
        let keeper = Arc::new(Keeper { home, frames: Mutex::new((last, last)), moved });
        let keeping = keeper.clone();
        thread::Builder::new().name("frame".into()).spawn(move || {
            while moves.recv().is_ok() {
                while moves.recv_timeout(SETTLED).is_ok() {}
                keeping.keep();
            }
        })?;
        Ok(keeper)
    }

    /// Takes note that the window was moved or resized.
    pub fn note(&self, window: &WebviewWindow) {
        let mut frames = self.frames.lock().unwrap_or_else(PoisonError::into_inner);
        match frame_of(window) {
            // Of a window that fills the screen only that is new.
            Ok(Some(frame)) if frame.maximised => {
                frames.0 = Some(Frame { maximised: true, ..frames.0.unwrap_or(frame) });
            }
            Ok(Some(frame)) => frames.0 = Some(frame),
            // A window that is put away has no place; one that is going has none any more.
            Ok(None) | Err(_) => return,
        }
        // Without its thread the frame is written when the program ends.
        let _ = self.moved.send(());
    }

    /// Writes the frame when it is another than was written last.
    pub fn keep(&self) {
        let mut frames = self.frames.lock().unwrap_or_else(PoisonError::into_inner);
        let (Some(now), written) = *frames else { return };
        if Some(now) == written {
            return;
        }
        match now.write(&self.home) {
            Ok(()) => frames.1 = Some(now),
            Err(error) => eprintln!("enishi: the window's place is not kept: {error}"),
        }
    }
}

fn frame_of(window: &WebviewWindow) -> tauri::Result<Option<Frame>> {
    if window.is_minimized()? || window.is_fullscreen()? {
        return Ok(None);
    }
    let size = window.inner_size()?.to_logical(window.scale_factor()?);
    let PhysicalPosition { x, y } = window.outer_position()?;
    Ok(Some(Frame { x, y, width: size.width, height: size.height, maximised: window.is_maximized()? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: Screen = Screen { x: 0, y: 0, width: 1920.0, height: 1080.0, scale: 1.0 };
    const BESIDE: Screen = Screen { x: 1920, y: 0, width: 3840.0, height: 2160.0, scale: 2.0 };
    const FRAME: Frame = Frame { x: 100, y: 50, width: 1280.0, height: 800.0, maximised: false };

    #[test]
    fn a_window_comes_back_where_it_stood() {
        assert_eq!(FRAME.fitted(&[OFFICE]), Some(FRAME));
        let beside = Frame { x: 2000, y: 1000, ..FRAME };
        assert_eq!(beside.fitted(&[OFFICE, BESIDE]), Some(beside));
    }

    #[test]
    fn a_window_never_comes_back_where_no_screen_is() {
        for gone in [
            Frame { x: 2000, ..FRAME },
            Frame { x: -1000, ..FRAME },
            Frame { y: -60, ..FRAME },
            Frame { y: 1060, ..FRAME },
        ] {
            assert_eq!(gone.fitted(&[OFFICE]), None, "{gone:?}");
        }
        assert_eq!(FRAME.fitted(&[]), None);
    }

    #[test]
    fn a_window_is_no_larger_than_its_screen() {
        let large = Frame { x: 1920, y: 0, width: 3000.0, height: 2000.0, maximised: true };
        let fitted = large.fitted(&[OFFICE, BESIDE]).unwrap();
        assert_eq!((fitted.width, fitted.height, fitted.maximised), (1920.0, 1080.0, true));
    }

    #[test]
    fn what_is_kept_is_read_again_and_what_is_broken_is_not_there() {
        let home = std::env::temp_dir().join(format!("enishi-frame-{}", std::process::id()));
        assert_eq!(Frame::read(&home), None);
        FRAME.write(&home).unwrap();
        assert_eq!(Frame::read(&home), Some(FRAME));
        fs::write(home.join(FILE), b"{\"x\": 1").unwrap();
        assert_eq!(Frame::read(&home), None);
        fs::remove_dir_all(&home).unwrap();
    }
}
