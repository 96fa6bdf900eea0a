//! The program `wuzha` as a person starts it.

use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Command, Stdio};

fn wuzha(listen: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wuzha"));
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/dist");
    command.args(["serve", "--listen", listen, "--dist", fixture]);
    command
}

#[cfg(unix)]
#[test]
fn it_says_where_it_is_and_stops_when_told_to() -> Result<()> {
    let mut child = wuzha("127.0.0.1:0")
        .stdout(Stdio::piped())
        .spawn()
        .context("wuzha did not start")?;
    let mut said = BufReader::new(child.stdout.take().context("no output")?).lines();
    let first = said.next().context("it said nothing")??;
    assert!(first.contains("http://127.0.0.1:"), "{first}");
    let last = said.find(|line| line.as_ref().is_ok_and(|line| line.contains("Ctrl-C")));
    assert!(last.is_some(), "it does not say how to stop it");
    Command::new("kill")
        .arg(child.id().to_string())
        .status()
        .context("no kill")?;
    assert!(child.wait()?.success());
    Ok(())
}

#[test]
fn a_taken_port_is_explained() -> Result<()> {
    let taken = TcpListener::bind("127.0.0.1:0")?;
    let address = taken.local_addr()?.to_string();
    let output = wuzha(&address).output().context("wuzha did not start")?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(
        said.contains(&address) && said.contains("--listen"),
        "{said}"
    );
    Ok(())
}
