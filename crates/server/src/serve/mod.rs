//! Listening, and stopping without cutting anybody off.
//!
//! # Layout
//! - [`gate`]: what a connection may take
//! - [`tls`]: HTTPS without a proxy in front

mod gate;
mod tls;

use anyhow::{Context, Result, anyhow};
use axum::Router;
use axum_server::{Handle, Server};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal;

pub use gate::Bounds;
pub use tls::Tls;

use gate::Gate;

/// How long running requests may take when the server stops.
const GRACE: Duration = Duration::from_secs(20);
/// The most bytes of a head. A browser sends 1 KB; the app has no cookies.
const HEAD: usize = 16 * 1024;
/// The most lines of a head. A browser sends some twenty.
const HEAD_LINES: usize = 64;

/// Serves until interrupted (Ctrl-C, SIGTERM), calls `stop`, then lets running requests end.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(
    listen: SocketAddr,
    tls: Option<Tls>,
    bounds: Bounds,
    router: Router,
    stop: impl FnOnce() + Send + 'static,
) -> Result<()> {
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| explain(listen, &error))?;
    let address = listener
        .local_addr()
        .context("the listening address is unknown")?;
    // Before anything is said: whoever reads that may stop us at once.
    let interrupted = interruption().context("signals cannot be received")?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    announce(&format!("{scheme}://{address}/"));
    let interrupted = async move {
        interrupted.await;
        stop();
    };
    serve_on(listener, tls, bounds, router, interrupted).await
}

/// Serves whoever connects to `listener` until `interrupted` ends, then lets running requests end.
///
/// # Errors
/// When the listener cannot be used.
pub async fn serve_on(
    listener: TcpListener,
    tls: Option<Tls>,
    bounds: Bounds,
    router: Router,
    interrupted: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let handle = Handle::new();
    let mut server = Server::<SocketAddr>::from_listener(listener)
        .http1_only()
        .handle(handle.clone());
    server
        .http_builder()
        .http1()
        .header_read_timeout(bounds.head)
        .max_headers(HEAD_LINES)
        .max_buf_size(HEAD);
    tokio::spawn(async move {
        interrupted.await;
        handle.graceful_shutdown(Some(GRACE));
    });
    let gate = Gate::new(bounds);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let served = match tls {
        Some(tls) => server.acceptor(tls.behind(gate)).serve(service).await,
        None => server.acceptor(gate).serve(service).await,
    };
    served.context("the server stopped")
}

fn explain(listen: SocketAddr, error: &io::Error) -> anyhow::Error {
    let (ip, next) = (listen.ip(), listen.port().wrapping_add(1));
    match error.kind() {
        ErrorKind::AddrInUse => anyhow!(
            "{listen} 已被别的程序占用，请换一个端口 / is taken by another program, please choose \
             another port: wuzha serve --listen {}",
            SocketAddr::new(ip, next)
        ),
        ErrorKind::PermissionDenied => anyhow!(
            "不允许监听 / not allowed to listen on {listen}; ports from 1024 on need no special \
             rights: wuzha serve --listen {}",
            SocketAddr::new(ip, 8420)
        ),
        _ => anyhow!("could not listen on {listen}: {error}; choose another address with --listen"),
    }
}

fn announce(url: &str) {
    let mut said = format!("无诈 Wuzha  {url}\n");
    // A URL is far below a QR code's capacity; without the picture the line above is enough.
    if io::stdout().is_terminal()
        && let Ok(code) = QrCode::new(url)
    {
        // Black on white whatever the terminal's colours: not every camera app reads the inverse.
        for line in code.render::<Dense1x2>().build().lines() {
            said.push_str(&format!("\x1b[30;107m{line}\x1b[0m\n"));
        }
    }
    said.push_str("按 Ctrl-C 停止 / Ctrl-C stops it\n");
    // Not `println!`, which panics where nobody reads any more: a server goes on.
    let _unread = io::stdout().write_all(said.as_bytes());
}

/// Ends at Ctrl-C and at what a service manager sends. Listens from now on, not from the first poll.
#[cfg(unix)]
fn interruption() -> io::Result<impl Future<Output = ()>> {
    use signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends at Ctrl-C.
#[cfg(windows)]
fn interruption() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
