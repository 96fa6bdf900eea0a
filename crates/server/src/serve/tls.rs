//! HTTPS without a proxy in front.

use anyhow::{Context, Result};
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::gate::Gate;

/// How long a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// A certificate with its key.
pub struct Tls(Arc<ServerConfig>);

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
        Ok(Self(Arc::new(config)))
    }

    /// Makes handshakes with those whom `gate` lets in.
    pub(super) fn behind(self, gate: Gate) -> RustlsAcceptor<Gate> {
        RustlsAcceptor::new(RustlsConfig::from_config(self.0))
            .handshake_timeout(HANDSHAKE)
            .acceptor(gate)
    }
}
