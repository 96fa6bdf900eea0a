//! An address that stays while what is behind it changes: to an operator a virtual IP or HAProxy.

use anyhow::Result;
use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

/// The address. It leads nowhere at first: whoever connects is turned away.
pub struct Address {
    port: u16,
    shared: Arc<Mutex<Shared>>,
    accepting: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    leads_to: Option<u16>,
    open: Vec<Connection>,
    is_closed: bool,
}

struct Connection {
    outside: TcpStream,
    inside: TcpStream,
    /// Whoever is outside hears nothing any more, not even that it is over.
    is_silent: Arc<AtomicBool>,
}

impl Address {
    pub fn new() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let shared = Arc::new(Mutex::new(Shared::default()));
        let accepting = thread::spawn({
            let shared = shared.clone();
            move || accept(&listener, &shared)
        });
        Ok(Self {
            port,
            shared,
            accepting: Some(accepting),
        })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// From now on whoever connects comes to this port. Those who are connected stay where they are.
    pub fn lead_to(&self, port: u16) {
        lock(&self.shared).leads_to = Some(port);
    }

    /// Ends all connections, and turns away whoever connects.
    pub fn cut(&self) {
        let mut shared = lock(&self.shared);
        shared.leads_to = None;
        shut(&mut shared);
    }

    /// All who are connected hear nothing any more, as when a machine loses its power. Whoever connects
    /// from now on comes to where the address leads.
    pub fn fall_silent(&self) {
        for connection in &lock(&self.shared).open {
            connection.is_silent.store(true, Ordering::SeqCst);
            let _closed_before = connection.inside.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        {
            let mut shared = lock(&self.shared);
            shared.is_closed = true;
            shut(&mut shared);
        }
        // Wakes the thread that accepts.
        let _woken = TcpStream::connect(("127.0.0.1", self.port));
        let _ended = self.accepting.take().map(JoinHandle::join);
    }
}

fn accept(listener: &TcpListener, shared: &Mutex<Shared>) {
    while let Ok((outside, _)) = listener.accept() {
        let mut shared = lock(shared);
        if shared.is_closed {
            break;
        }
        if let Some(port) = shared.leads_to {
            // Where nobody listens behind it, the connection ends: as with a proxy.
            let _turned_away = join(outside, port, &mut shared.open);
        }
    }
}

fn join(outside: TcpStream, port: u16, open: &mut Vec<Connection>) -> io::Result<()> {
    let inside = TcpStream::connect(("127.0.0.1", port))?;
    outside.set_nodelay(true)?;
    inside.set_nodelay(true)?;
    let is_silent = Arc::new(AtomicBool::new(false));
    for (from, to) in [(&outside, &inside), (&inside, &outside)] {
        let (from, to) = (from.try_clone()?, to.try_clone()?);
        let is_silent = is_silent.clone();
        thread::spawn(move || carry(from, to, &is_silent));
    }
    open.push(Connection {
        outside,
        inside,
        is_silent,
    });
    Ok(())
}

/// Until either end is closed; the other then is closed as well.
fn carry(mut from: TcpStream, mut to: TcpStream, is_silent: &AtomicBool) {
    let _broken_off = io::copy(&mut from, &mut to);
    if !is_silent.load(Ordering::SeqCst) {
        for end in [from, to] {
            let _closed_before = end.shutdown(Shutdown::Both);
        }
    }
}

fn shut(shared: &mut Shared) {
    for connection in shared.open.drain(..) {
        for end in [connection.outside, connection.inside] {
            let _closed_before = end.shutdown(Shutdown::Both);
        }
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
