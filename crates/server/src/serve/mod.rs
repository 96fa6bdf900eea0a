//! Listening, and stopping without cutting anybody off.
//!
//! # Layout
//! - [`tls`]: HTTPS without a proxy in front

mod tls;

use anyhow::{Context, Result, anyhow};
use axum::Router;
use axum::serve::{Listener, ListenerExt, TapIo};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::{signal, time};

pub use tls::Tls;

/// How long running requests may take when the server stops.
const GRACE: Duration = Duration::from_secs(20);

/// Serves until interrupted (Ctrl-C, SIGTERM), calls `stop`, then lets running requests end.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(
    listen: SocketAddr,
    tls: Option<Tls>,
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
    match tls {
        Some(tls) => {
            announce(&format!("https://{address}/"));
            run(
                tls.listen(listener).tap_io(|_| {}),
                router,
                interrupted,
                stop,
            )
            .await
        }
        None => {
            announce(&format!("http://{address}/"));
            let listener = listener.tap_io(send_at_once);
            run(listener, router, interrupted, stop).await
        }
    }
}

/// `TapIo` since axum then makes the peer's address known to the handlers, whatever the listener.
async fn run<L, F>(
    listener: TapIo<L, F>,
    router: Router,
    interrupted: impl Future<Output = ()> + Send + 'static,
    stop: impl FnOnce() + Send + 'static,
) -> Result<()>
where
    L: Listener<Addr = SocketAddr>,
    F: FnMut(&mut L::Io) + Send + 'static,
{
    let (stopped, when_stopped) = tokio::sync::oneshot::channel();
    let interrupted = async move {
        interrupted.await;
        stop();
        // Without a receiver serving has ended already.
        let _ended = stopped.send(());
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service).with_graceful_shutdown(interrupted);
    let grace = async {
        match when_stopped.await {
            Ok(()) => time::sleep(GRACE).await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        served = served => served.context("the server stopped"),
        () = grace => Ok(()),
    }
}

/// An answer is small and waits for nothing more to send: Nagle's algorithm would only hold it up.
fn send_at_once(stream: &mut TcpStream) {
    // Where it cannot be turned off, answers are slower and no less right.
    let _slower = stream.set_nodelay(true);
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
