//! What a connection may take: one of so many places, and only so long to read what it is sent.

use axum_server::accept::Accept;
use std::future::{Ready, ready};
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_io_timeout::TimeoutStream;
use tower_http::add_extension::AddExtension;

use crate::limits::places::{Place, Places};

/// What connections are held to.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// How many there are at one time.
    pub connections: usize,
    /// How many of them from one address.
    pub of_one_address: usize,
    /// How long the head of a request may take, from the end of the one before it on: the longest that
    /// a connection does nothing as well.
    pub head: Duration,
    /// How long a part of an answer waits to be read.
    pub unread: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            // A browser has up to six. A thousand people in one minute, and memory for their heads, 64 MB.
            connections: 4_096,
            // Nobody keeps all others out by themselves. A campus that has one address has enough of them:
            // who does nothing is soon let go.
            of_one_address: 1_024,
            // A head has 1 KB; half a minute is for lost packets.
            head: Duration::from_secs(30),
            // A system's buffer of 200 KB on its way to a phone at 2 KB/s.
            unread: Duration::from_secs(120),
        }
    }
}

/// Lets connections in while there are places. The others are closed at once: who waited in a queue
/// would be answered no sooner, and hold a file open meanwhile.
#[derive(Clone)]
pub(super) struct Gate {
    places: Arc<Places>,
    unread: Duration,
}

/// A place, which a connection's service keeps as long as it is there.
type Kept = Arc<Place>;

impl Gate {
    pub(super) fn new(bounds: Bounds) -> Self {
        Self {
            places: Places::new(bounds.connections, bounds.of_one_address),
            unread: bounds.unread,
        }
    }

    fn place(&self, stream: &TcpStream) -> io::Result<Kept> {
        let place = self.places.take(stream.peer_addr()?.ip());
        let place =
            place.ok_or_else(|| io::Error::new(ErrorKind::ResourceBusy, "no place left"))?;
        Ok(Arc::new(place))
    }

    fn bound(&self, stream: TcpStream) -> Pin<Box<TimeoutStream<TcpStream>>> {
        // An answer is small and waits for nothing more to send: Nagle's algorithm would only hold it
        // up. Where it cannot be turned off, answers are slower and no less right.
        let _slower = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(self.unread));
        Box::pin(stream)
    }
}

impl<S> Accept<TcpStream, S> for Gate {
    type Stream = Pin<Box<TimeoutStream<TcpStream>>>;
    type Service = AddExtension<S, Kept>;
    type Future = Ready<io::Result<(Self::Stream, Self::Service)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let place = self.place(&stream);
        ready(place.map(|place| (self.bound(stream), AddExtension::new(service, place))))
    }
}
