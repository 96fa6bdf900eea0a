//! The server on a real socket, in this process, and a client that may behave badly.

use anyhow::{Context, Result};
use std::future::pending;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use wuzha_seal::Envelope;
use wuzha_server::serve::{Bounds, serve_on};
use wuzha_server::service::Settings;

use super::Campus;

/// When a test that waits for something gives up: only against hanging.
const HANGING: Duration = Duration::from_secs(60);

/// A school whose server listens.
pub struct Wired {
    pub campus: Campus,
    port: u16,
}

impl Wired {
    /// Ends with the test's runtime.
    pub async fn start(settings: Settings, bounds: Bounds) -> Result<Self> {
        let campus = Campus::on_sqlite(settings).await?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let router = campus.router.clone();
        tokio::spawn(serve_on(listener, None, bounds, router, pending()));
        Ok(Self { campus, port })
    }

    pub fn connect(&self) -> Result<Line> {
        let stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(HANGING))?;
        stream.set_write_timeout(Some(HANGING))?;
        Ok(Line(stream))
    }

    /// Asks on a connection of its own: the status of the answer.
    pub fn ask(&self, request: &str, body: &[u8]) -> Result<u16> {
        let mut line = self.connect()?;
        line.send(head(request, body.len()).as_bytes())?;
        line.send(body)?;
        Ok(line.answer()?.0)
    }

    /// Asks again and again until it is answered like that.
    pub fn ask_until(&self, status: u16, request: &str, body: &[u8]) -> Result<()> {
        until(&format!("{request} is answered {status}"), || {
            // A server without a place left closes before it has read anything.
            Ok(self.ask(request, body).is_ok_and(|found| found == status))
        })
    }
}

/// Tries until it is so.
pub fn until(what: &str, mut is_so: impl FnMut() -> Result<bool>) -> Result<()> {
    let began = Instant::now();
    while !is_so()? {
        anyhow::ensure!(began.elapsed() < HANGING, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

/// A connection.
pub struct Line(TcpStream);

impl Line {
    pub fn send(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.0.write_all(bytes)?)
    }

    /// Status and body of the next answer.
    pub fn answer(&mut self) -> Result<(u16, Vec<u8>)> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            self.0.read_exact(&mut byte).context("no answer")?;
            head.extend(byte);
        }
        let head = String::from_utf8(head)?.to_lowercase();
        let status = head.split(' ').nth(1).context("no status")?.parse()?;
        let length = head.split("content-length: ").nth(1);
        let length = length.and_then(|text| text.lines().next()?.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        self.0.read_exact(&mut body)?;
        Ok((status, body))
    }

    /// Waits until the server hangs up without another word.
    pub fn ended(&mut self) -> Result<()> {
        let mut said = Vec::new();
        let ended = self.0.read_to_end(&mut said);
        let reset = ended.as_ref().err().map(std::io::Error::kind);
        anyhow::ensure!(
            ended.is_ok() || reset == Some(ErrorKind::ConnectionReset),
            "{ended:?}"
        );
        anyhow::ensure!(said.is_empty(), "{}", String::from_utf8_lossy(&said));
        Ok(())
    }

    /// Sends `bytes` one after the other, over and over, until the server says something or hangs up:
    /// what it says.
    pub fn trickle(&mut self, bytes: &[u8]) -> Result<String> {
        self.0.set_read_timeout(Some(Duration::from_millis(20)))?;
        let began = Instant::now();
        for byte in bytes.iter().cycle() {
            anyhow::ensure!(began.elapsed() < HANGING, "nobody has stopped it");
            // That the server has hung up is seen when reading, too.
            let _hung_up = self.0.write_all(&[*byte]);
            let mut said = Vec::new();
            match self.0.read_to_end(&mut said) {
                Err(error) if is_silence(error.kind()) && said.is_empty() => {}
                // A reset may take with it what was said before.
                _ => return Ok(String::from_utf8_lossy(&said).into_owned()),
            }
        }
        Ok(String::new())
    }

    /// Reads until there is `text`.
    pub fn read_until(&mut self, text: &str) -> Result<()> {
        let mut read = String::new();
        while !read.contains(text) {
            let mut bytes = [0; 1024];
            let count = self.0.read(&mut bytes)?;
            anyhow::ensure!(count > 0, "it ended after {read}");
            let some = bytes.get(..count).unwrap_or_default();
            read.push_str(&String::from_utf8_lossy(some));
        }
        Ok(())
    }
}

fn is_silence(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

/// The head of a request.
pub fn head(request: &str, length: usize) -> String {
    format!("{request} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n\r\n")
}

/// The first line of an upload's head.
pub fn put(envelope: &Envelope) -> String {
    format!("PUT /v1/bundles/{}", envelope.id())
}
