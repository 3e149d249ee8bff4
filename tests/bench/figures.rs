//! Time taken, and the lines of the table.

use std::time::{Duration, Instant};

/// How long some work takes, and what it answers.
pub fn time<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let out = work();
    (start.elapsed(), out)
}

/// What so many of the times stay below, in milliseconds: `0.5` is the median.
pub fn below(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    let at = ((times.len() - 1) as f64 * share).round() as usize;
    times[at].as_secs_f64() * 1e3
}

/// The median, as text, with another share of the times behind it.
pub fn median_and(times: &mut [Duration], share: f64) -> String {
    let digits = usize::from(below(times, share) < 20.0);
    let (median, high) = (below(times, 0.5), below(times, share));
    format!("{median:.digits$} ms (p{:.0} {high:.digits$} ms)", share * 100.0)
}

/// The head of the table.
pub fn head() {
    println!("| measured | Enishi | held against, in the same run | ratio | wanted |");
    println!("|---|---|---|---|---|");
}

/// A line of the table. `wanted` says what was promised, empty where nothing was.
pub fn line(what: &str, ours: &str, against: &str, ratio: Option<f64>, wanted: &str) {
    let ratio = ratio.map(|ratio| format!("{ratio:.2}")).unwrap_or_default();
    println!("| {what} | {ours} | {against} | {ratio} | {wanted} |");
}
