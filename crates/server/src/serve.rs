//! Listening, and stopping without cutting anybody off.

use anyhow::{Context, Result, anyhow};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use std::io::{self, ErrorKind, IsTerminal};
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio::signal;

use crate::router;
use crate::site::Site;

/// Serves until interrupted (Ctrl-C, SIGTERM), then lets running requests end.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(listen: SocketAddr, site: Site) -> Result<()> {
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| explain(listen, &error))?;
    let address = listener
        .local_addr()
        .context("the listening address is unknown")?;
    // Before anything is said: whoever reads that may stop us at once.
    let interrupted = interruption().context("signals cannot be received")?;
    announce(&format!("http://{address}/"));
    axum::serve(listener, router(site))
        .with_graceful_shutdown(interrupted)
        .await
        .context("the server stopped")
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
    println!("无诈 Wuzha  {url}");
    // A URL is far below a QR code's capacity; without the picture the line above is enough.
    if io::stdout().is_terminal()
        && let Ok(code) = QrCode::new(url)
    {
        // Black on white whatever the terminal's colours: not every camera app reads the inverse.
        for line in code.render::<Dense1x2>().build().lines() {
            println!("\x1b[30;107m{line}\x1b[0m");
        }
    }
    println!("按 Ctrl-C 停止 / Ctrl-C stops it");
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
