//! From the start of the process to the window as it stays: every dot on the screen, not what a page says of itself.
//! The program is the one that is shipped, undriven, but for a feature that lies idle here.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tests::processes::end_with_children;

use crate::figures::{below, line, median_and, time};
use crate::programs::{Program, Screen, built, surround};

/// How often each program is started.
const STARTS: usize = 15;

/// Measures on the sample register in `home`, which opens without a 合言葉 and holds so many people.
pub fn measure(home: &Path, people: usize) {
    let screen = Screen::new(home);
    let programs = built(&["--sample"]);
    let empty = screen.look();
    // The first start of each warms what the system keeps of its files, and the program remembers where its window
    // stood; the second shows what the window looks like from then on.
    let once = |program: &Program| {
        let mut process = start(program, home, &screen.display);
        let seen = screen.at_rest(Duration::from_secs(8));
        end_with_children(&mut process);
        screen.wait_for(&empty, Instant::now());
        seen
    };
    let wanted = programs.each_ref().map(|program| {
        once(program);
        once(program)
    });
    let mut times = [const { Vec::new() }; 2];
    let mut loading = [const { Vec::new() }; 2];
    for _ in 0..STARTS {
        for (at, program) in programs.iter().enumerate() {
            let begun = Instant::now();
            let mut process = start(program, home, &screen.display);
            times[at].push(screen.wait_for(&wanted[at], begun));
            end_with_children(&mut process);
            screen.wait_for(&empty, Instant::now());
            // Without a screen the program ends as soon as it has begun: what the loader takes before `main`.
            loading[at].push(time(|| start(program, home, ":none").wait()).0);
        }
    }
    let [ours, bare] = &mut times;
    let before = loading.each_mut().map(|times| below(times, 0.5));
    let ratio = below(ours, 0.5) / below(bare, 0.5);
    let from_main = (below(ours, 0.5) - before[0]) / (below(bare, 0.5) - before[1]);
    line(
        &format!("start to the painted rows of 今日, {people} people"),
        &median_and(ours, 0.95),
        &format!("a bare Tauri window with one heading: {}", median_and(bare, 0.95)),
        Some(ratio),
        "≤ 1.3",
    );
    line(
        "… without loading the program's file and libraries (from `main` on)",
        &format!("{:.0} ms", below(ours, 0.5) - before[0]),
        &format!("{:.0} ms", below(bare, 0.5) - before[1]),
        Some(from_main),
        "≤ 1.3",
    );
    eprintln!(
        "fastest start: {:.0} ms, bare {:.0} ms; before main: {:.0} ms, bare {:.0} ms",
        below(ours, 0.0),
        below(bare, 0.0),
        before[0],
        before[1]
    );
}

fn start(program: &Program, home: &Path, display: &str) -> Child {
    let mut command = Command::new(&program.file);
    surround(command.args(program.arguments), home, display);
    command.stderr(Stdio::null()).spawn().expect("the program starts")
}
