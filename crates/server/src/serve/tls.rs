//! HTTPS without a proxy in front.

use anyhow::{Context, Result};
use axum::serve::Listener;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// How long a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How many connections wait, their handshake done, until they are served.
const READY: usize = 64;

/// A certificate with its key.
pub struct Tls(TlsAcceptor);

impl Tls {
    /// Reads both from PEM files.
    ///
    /// # Errors
    /// When they cannot be read or do not belong together.
    pub fn read(cert: &Path, key: &Path) -> Result<Self> {
        let chain = CertificateDer::pem_file_iter(cert)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .with_context(|| format!("could not read the certificate {}", cert.display()))?;
        let secret = PrivateKeyDer::from_pem_file(key)
            .with_context(|| format!("could not read the key {}", key.display()))?;
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, secret)
            .context("the certificate and the key do not belong together")?;
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }

    /// Takes connections from `listener`. Handshakes are made beside each other: one that dawdles
    /// holds up nobody else.
    pub(super) fn listen(self, mut listener: TcpListener) -> TlsListener {
        let address = listener.local_addr();
        let (ready, connections) = mpsc::channel(READY);
        tokio::spawn(async move {
            loop {
                // axum's: it goes on after errors that pass, such as too many open files.
                let (mut stream, peer) = Listener::accept(&mut listener).await;
                if ready.is_closed() {
                    break;
                }
                super::send_at_once(&mut stream);
                let (acceptor, ready) = (self.0.clone(), ready.clone());
                tokio::spawn(async move {
                    let handshake = timeout(HANDSHAKE, acceptor.accept(stream)).await;
                    if let Ok(Ok(stream)) = handshake {
                        // Without a receiver the server has stopped.
                        let _stopped = ready.send((stream, peer)).await;
                    }
                });
            }
        });
        TlsListener {
            connections,
            address,
        }
    }
}

/// Connections whose handshake is done.
pub(super) struct TlsListener {
    connections: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: io::Result<SocketAddr>,
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.connections.recv().await {
            Some(connection) => connection,
            // The task that listens ends after this listener.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        match &self.address {
            Ok(address) => Ok(*address),
            Err(error) => Err(io::Error::new(error.kind(), error.to_string())),
        }
    }
}
