//! What the cross in a window's frame does. There is no desktop here that would draw one, so its message to the window is
//! sent as a desktop sends it (X11 protocol, encoding of `InternAtom` and `SendEvent`; ICCCM 4.2.8.1).

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;

/// Asks a window on a display (`:12`) to close.
pub fn ask_to_close(display: &str, window: u32) -> std::io::Result<()> {
    let mut screen = UnixStream::connect(format!("/tmp/.X11-unix/X{}", &display[1..]))?;
    // Little-endian, version 11, nobody to be let in; the answer tells how long it is.
    screen.write_all(&[b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])?;
    let mut head = [0; 8];
    screen.read_exact(&mut head)?;
    screen.read_exact(&mut vec![0; usize::from(u16::from_le_bytes([head[6], head[7]])) * 4])?;

    let (protocols, delete) = (atom(&mut screen, "WM_PROTOCOLS")?, atom(&mut screen, "WM_DELETE_WINDOW")?);
    let mut event = vec![25, 0, 11, 0];
    for word in [window, 0, 0x2021, window, protocols, delete, 0, 0, 0, 0] {
        event.extend(word.to_le_bytes());
    }
    screen.write_all(&event)?;
    // An answer to one more question says that the event went before it.
    atom(&mut screen, "WM_PROTOCOLS").map(|_| ())
}

/// The number of a name.
fn atom(screen: &mut UnixStream, name: &str) -> std::io::Result<u32> {
    let words = 2 + name.len().div_ceil(4) as u8;
    let mut request = vec![16, 0, words, 0, name.len() as u8, 0, 0, 0];
    request.extend(name.bytes());
    request.resize(usize::from(words) * 4, 0);
    screen.write_all(&request)?;
    let mut answer = [0; 32];
    screen.read_exact(&mut answer)?;
    Ok(u32::from_le_bytes([answer[8], answer[9], answer[10], answer[11]]))
}
