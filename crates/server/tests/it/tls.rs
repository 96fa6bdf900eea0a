//! HTTPS without a proxy. `tests/fixtures/tls` holds a key that is for nothing but this test.

#![cfg(unix)]

use crate::support::program::{said, serve, wuzha};
use anyhow::{Context, Result};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/tls")
        .join(name)
}

fn tls(cert: &str, key: &str) -> Result<Vec<String>> {
    let text = |path: PathBuf| path.to_str().map(str::to_owned).context("an odd path");
    let (cert, key) = (text(fixture(cert))?, text(fixture(key))?);
    Ok(vec![
        "--tls-cert".to_owned(),
        cert,
        "--tls-key".to_owned(),
        key,
    ])
}

fn connect(port: u16) -> Result<StreamOwned<ClientConnection, TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(fixture("cert.pem"))?)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost")?;
    let connection = ClientConnection::new(Arc::new(config), name)?;
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    // Only against hanging.
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    Ok(StreamOwned::new(connection, stream))
}

#[test]
fn the_app_is_served_over_https_while_others_dawdle() -> Result<()> {
    let data = tempfile::tempdir()?;
    let args = tls("cert.pem", "key.pem")?;
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let server = serve(data.path(), &args)?;
    // They connect and say nothing.
    let dawdlers: Vec<TcpStream> = (0..5)
        .map(|_| TcpStream::connect(("127.0.0.1", server.port)))
        .collect::<Result<_, _>>()?;
    let mut stream = connect(server.port)?;
    let request = "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("<title>fixture</title>"), "{answer}");
    drop(dawdlers);
    assert!(server.end("-TERM")?.0);
    Ok(())
}

#[test]
fn a_certificate_without_a_key_is_explained() -> Result<()> {
    let data = tempfile::tempdir()?;
    let dist = crate::support::dist();
    let dist = dist.to_str().context("an odd path")?;
    let mut args = vec!["serve".to_owned(), "--dist".to_owned(), dist.to_owned()];
    args.extend(tls("cert.pem", "cert.pem")?);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let refused = wuzha(data.path(), &args).output()?;
    assert!(!refused.status.success());
    assert!(
        said(&refused).contains("could not read the key"),
        "{}",
        said(&refused)
    );
    Ok(())
}
