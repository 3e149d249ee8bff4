//! Speaks WebDriver to WebKit's own driver: JSON over HTTP on this machine, one connection a request.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::Duration;

use serde_json::{Value, json};

/// Longer than any answer takes, starting the program included.
const PATIENCE: Duration = Duration::from_secs(60);

/// The key under which WebDriver hands out elements (W3C WebDriver, §12.2).
pub const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A session: one running program.
pub struct Session {
    port: u16,
    id: String,
}

/// A port nobody listens on.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("a bound port").port()
}

/// Whether the driver on a port takes sessions.
pub fn is_ready(port: u16) -> bool {
    ask(port, "GET", "/status", &Value::Null).is_ok_and(|status| status["ready"] == true)
}

impl Session {
    /// Has the driver start `binary`.
    pub fn open(port: u16, binary: &str, arguments: &[&str]) -> Result<Session, String> {
        let options = json!({ "binary": binary, "args": arguments });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let answer = ask(port, "POST", "/session", &wanted)?;
        let id = answer["sessionId"].as_str().ok_or_else(|| format!("no session in {answer}"))?;
        Ok(Session { port, id: id.to_owned() })
    }

    /// Asks the driver.
    pub fn get(&self, path: &str) -> Result<Value, String> {
        ask(self.port, "GET", &format!("/session/{}/{path}", self.id), &Value::Null)
    }

    /// Tells the driver to do something.
    pub fn post(&self, path: &str, body: Value) -> Result<Value, String> {
        ask(self.port, "POST", &format!("/session/{}/{path}", self.id), &body)
    }

    /// Ends the program.
    pub fn close(&self) -> Result<Value, String> {
        ask(self.port, "DELETE", &format!("/session/{}", self.id), &Value::Null)
    }
}

fn ask(port: u16, method: &str, path: &str, body: &Value) -> Result<Value, String> {
    let failed = |error: std::io::Error| format!("{method} {path}: {error}");
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).map_err(failed)?;
    stream.set_read_timeout(Some(PATIENCE)).map_err(failed)?;
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).map_err(failed)?;
    let body = read_body(BufReader::new(stream)).map_err(failed)?;
    let answer: Value = serde_json::from_slice(&body).map_err(|error| format!("{method} {path}: {error}"))?;
    match &answer["value"] {
        Value::Object(value) if value.contains_key("error") => {
            Err(format!("{method} {path}: {}: {}", value["error"], value["message"]))
        }
        value => Ok(value.clone()),
    }
}

/// As long as the head says; the driver may cut the connection right after, so its end is not waited for.
fn read_body(mut answer: impl BufRead) -> io::Result<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if answer.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
            Some(_) => (),
            None if line.trim_end().is_empty() => break,
            None => (),
        }
    }
    let mut body = vec![0; length];
    answer.read_exact(&mut body)?;
    Ok(body)
}

/// Screenshots come as base64 (RFC 4648, §4).
pub fn from_base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0);
    for letter in text.bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}
