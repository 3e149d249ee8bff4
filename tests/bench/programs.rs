//! The optimised program and the bare window as processes: started, looked at and ended.

use std::collections::HashSet;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use tests::processes::{end_with_children, screen};

/// A program to start: its file and what it is told.
#[derive(Clone)]
pub struct Program {
    /// The file.
    pub file: PathBuf,
    /// Its arguments.
    pub arguments: &'static [&'static str],
}

/// Enishi and the bare window, as `make bench` builds them beside this program.
pub fn built(arguments: &'static [&'static str]) -> [Program; 2] {
    let folder = std::env::current_exe().expect("this program's file");
    let folder = folder.parent().expect("target/release");
    let bare = Program { file: folder.join("examples/bare"), arguments: &[] };
    let enishi = Program { file: folder.join("enishi"), arguments };
    for program in [&enishi, &bare] {
        assert!(program.file.exists(), "{} is not built: use `make bench`", program.file.display());
    }
    [enishi, bare]
}

/// The surroundings every program has here; `home` holds its data.
pub fn surround(command: &mut Command, home: &Path, display: &str) {
    command
        .env("XDG_DATA_HOME", home)
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("DISPLAY", display)
        .env("GDK_BACKEND", "x11")
        .env("GTK_THEME", "Adwaita")
        .env("NO_AT_BRIDGE", "1")
        .env("GTK_IM_MODULE", "gtk-im-context-simple")
        .env("LANG", "C.UTF-8")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .stdout(Stdio::null());
}

/// Memory of a process in MB: each page it shares with others counted by its share (proc(5), `Pss`).
pub fn memory(process: u32) -> f64 {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    // One that has ended has none.
    kilobytes.unwrap_or_default() / 1024.0
}

/// A screen whose picture lies in a file (XWD, as X11/XWDFile.h has it), so that it can be read while it changes.
pub struct Screen {
    server: Child,
    /// Its name.
    pub display: String,
    picture: File,
    first: u64,
    stride: u64,
    height: u64,
}

impl Screen {
    /// A screen that keeps its picture in `folder`.
    pub fn new(folder: &Path) -> Screen {
        let (server, display) = screen(&["-fbdir", folder.to_str().expect("a plain path")]);
        let picture = File::open(folder.join("Xvfb_screen0")).expect("the screen's picture");
        let field = |at: u64| {
            let mut bytes = [0; 4];
            picture.read_exact_at(&mut bytes, at * 4).expect("the picture's head");
            u64::from(u32::from_be_bytes(bytes))
        };
        // header_size, then ncolors colours of 12 bytes; pixmap_height and bytes_per_line.
        let (first, height, stride) = (field(0) + field(19) * 12, field(5), field(12));
        Screen { server, display, picture, first, stride, height }
    }

    /// Every fourth line of what the screen shows.
    pub fn look(&self) -> Vec<u8> {
        let mut seen = vec![0; (self.stride * self.height.div_ceil(4)) as usize];
        for (line, bytes) in seen.chunks_mut(self.stride as usize).enumerate() {
            let at = self.first + line as u64 * 4 * self.stride;
            self.picture.read_exact_at(bytes, at).expect("a line of the picture");
        }
        seen
    }

    /// What the screen shows once it shows letters and has not changed for `rest`.
    pub fn at_rest(&self, rest: Duration) -> Vec<u8> {
        let (mut seen, mut since) = (self.look(), Instant::now());
        let begun = Instant::now();
        while since.elapsed() < rest || is_plain(&seen) {
            thread::sleep(Duration::from_millis(20));
            let now = self.look();
            if now != seen {
                (seen, since) = (now, Instant::now());
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "the screen does not come to rest");
        }
        seen
    }

    /// Waits until the screen shows this, and says how long that took.
    pub fn wait_for(&self, wanted: &[u8], since: Instant) -> Duration {
        while !alike(&self.look(), wanted) {
            if since.elapsed() > Duration::from_secs(60) {
                let [seen, wanted] =
                    [("seen", &self.look()), ("wanted", &wanted.to_vec())].map(|(name, picture)| {
                        let file = std::env::temp_dir().join(format!("enishi-{name}.bgra"));
                        fs::write(&file, picture).expect("a picture for whoever looks");
                        file
                    });
                let wide = self.stride / 4;
                panic!(
                    "the screen does not show what it should: {seen:?} and not {wanted:?}, {wide} dots wide"
                );
            }
            thread::sleep(Duration::from_millis(1));
        }
        since.elapsed()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        end_with_children(&mut self.server);
    }
}

/// Whether nothing stands on the screen yet: letters have soft edges, so their picture has many colours.
fn is_plain(picture: &[u8]) -> bool {
    picture.chunks_exact(4).collect::<HashSet<_>>().len() < 16
}

/// Whether two pictures are the same but for a caret: all but one of a thousand dots. WebKit's soft edges differ by up
/// to 11 of 256 from one painting to the next, where it begins its tiles elsewhere; a letter that is missing by more.
fn alike(one: &[u8], other: &[u8]) -> bool {
    let differ = one
        .chunks_exact(4)
        .zip(other.chunks_exact(4))
        .filter(|(one, other)| (0..3).any(|colour| one[colour].abs_diff(other[colour]) > 16));
    differ.count() * 1000 <= one.len() / 4
}
