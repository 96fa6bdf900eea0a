//! The real program `wuzha`, and a small client for it.

use anyhow::{Context, Result, anyhow, ensure};
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use wuzha_seal::{
    BundleId, Claim, ClassRef, DeviceKey, Envelope, HeadHash, Identity, Invitation, Login, Role,
    ScopeId, ServerPublicKey, SignedReceipt, Unit, read_recovery_key,
};

use super::{announced, device, dist};

/// `wuzha` with a data folder, not started yet.
pub fn wuzha(data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wuzha"));
    command.args(args).env("WUZHA_DATA", data);
    command
}

/// Runs `wuzha` to its end, which must be a good one.
pub fn run(data: &Path, args: &[&str]) -> Result<String> {
    let output = wuzha(data, args).output()?;
    ensure!(output.status.success(), "{args:?}: {}", said(&output));
    Ok(String::from_utf8(output.stdout)?)
}

/// All that a program said.
pub fn said(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!(
        "{}{}",
        String::from_utf8_lossy(out),
        String::from_utf8_lossy(err)
    )
}

/// A school that was set up.
pub struct SetUp {
    pub recovery: Identity,
    pub invitation: Invitation,
}

/// `wuzha init`.
pub fn init(data: &Path, more: &[&str]) -> Result<SetUp> {
    let args = [
        "init",
        "--name",
        "示例学院",
        "--url",
        "http://localhost:8420",
    ];
    let said = run(data, &[&args[..], more].concat())?;
    let mut keys = said.lines().filter_map(|line| read_recovery_key(line).ok());
    let recovery = keys.next().context("no recovery key")?;
    let invitation = Invitation::parse(&said)?;
    Ok(SetUp {
        recovery,
        invitation,
    })
}

/// A running server. Killed when dropped.
pub struct Running {
    child: Child,
    pub port: u16,
    /// Read all the time: a server whose log nobody takes stands still.
    log: Option<JoinHandle<io::Result<String>>>,
}

/// `wuzha serve`, until it says where it is.
pub fn serve(data: &Path, more: &[&str]) -> Result<Running> {
    start(serving(data, more)?)
}

/// `wuzha serve` on any free port, not started yet.
pub fn serving(data: &Path, more: &[&str]) -> Result<Command> {
    let dist = dist();
    let dist = dist.to_str().context("an odd path")?;
    let args = ["serve", "--listen", "127.0.0.1:0", "--dist", dist];
    Ok(wuzha(data, &[&args[..], more].concat()))
}

/// Starts a server, and waits until it says where it is.
pub fn start(mut serving: Command) -> Result<Running> {
    let mut child = serving
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let out = child.stdout.take().context("no output")?;
    let err = child.stderr.take().context("no log")?;
    let log = Some(thread::spawn(move || io::read_to_string(err)));
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    let port = line.trim().trim_end_matches('/').rsplit(':').next();
    let port = port.and_then(|port| port.parse().ok());
    let port = port.with_context(|| format!("it did not start: {line}"))?;
    Ok(Running { child, port, log })
}

impl Running {
    /// Tells it to stop (`-TERM`), or lets it no time for anything (`-KILL`); whether it ended well,
    /// and what it logged.
    pub fn end(mut self, signal: &str) -> Result<(bool, String)> {
        self.signal(signal)?;
        let ended = self.child.wait()?.success();
        let log = self.log.take().map(JoinHandle::join);
        let log = log.context("it ended before")?;
        let log = log.map_err(|_| anyhow!("the log broke off"))?;
        Ok((ended, log?))
    }

    pub fn signal(&self, signal: &str) -> Result<()> {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([signal, &pid]).status()?;
        ensure!(sent.success(), "{signal} was not sent");
        Ok(())
    }

    /// Sends a request; status and body of the answer.
    pub fn ask(&self, request: &str, token: &str, body: &[u8]) -> Result<(u16, Vec<u8>)> {
        let mut stream = self.send(request, token, "", body)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        read_answer(&answer)
    }

    /// Sends a request and leaves the answer to be read.
    pub fn send(&self, request: &str, token: &str, more: &str, body: &[u8]) -> Result<TcpStream> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        // Only against hanging.
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let head = format!(
            "{request} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{more}\
             authorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(&[head.as_bytes(), body].concat())?;
        Ok(stream)
    }

    pub fn json(&self, request: &str, token: &str, body: &[u8]) -> Result<serde_json::Value> {
        let (status, body) = self.ask(request, token, body)?;
        let text = String::from_utf8_lossy(&body).into_owned();
        ensure!((200..300).contains(&status), "{request}: {status} {text}");
        Ok(serde_json::from_slice(&body)?)
    }

    pub fn token(&self, key: &DeviceKey, server: ServerPublicKey) -> Result<String> {
        let challenged = self.json("POST /v1/challenges", "", b"")?;
        let challenge = challenged.get("challenge").context("no challenge")?;
        let challenge = serde_json::from_value(challenge.clone())?;
        let login = Login::sign(challenge, server, key);
        let token = self.json("POST /v1/tokens", "", &login)?;
        let token = token.get("token").and_then(|token| token.as_str());
        Ok(token.context("no token")?.to_owned())
    }

    /// Claims an invitation.
    pub fn claim(&self, invitation: &Invitation, key: &DeviceKey) -> Result<()> {
        let (status, body) = self.ask("POST /v1/claims", "", &Claim::sign(invitation, key))?;
        let text = String::from_utf8_lossy(&body);
        ensure!(status == 201, "{status} {text}");
        Ok(())
    }

    /// Makes `key` what `role` says, by an invitation of `issuer`.
    pub fn enrol(
        &self,
        invitation: &Invitation,
        issuer: &DeviceKey,
        key: &DeviceKey,
    ) -> Result<()> {
        let token = self.token(issuer, invitation.server_key)?;
        let body = serde_json::to_vec(&announced(invitation))?;
        let (status, body) = self.ask("POST /v1/invitations", &token, &body)?;
        ensure!(status == 201, "{status} {}", String::from_utf8_lossy(&body));
        self.claim(invitation, key)
    }

    /// Hands a bundle in: status and receipt.
    pub fn hand_in(
        &self,
        envelope: &Envelope,
        server: ServerPublicKey,
    ) -> Result<(u16, SignedReceipt)> {
        let request = format!("PUT /v1/bundles/{}", envelope.id());
        let (status, body) = self.ask(&request, "", envelope.as_bytes())?;
        let text = String::from_utf8_lossy(&body).into_owned();
        ensure!(status == 200 || status == 201, "{status} {text}");
        Ok((status, SignedReceipt::parse(body, &server)?))
    }

    /// Epoch and ids of a scope's log.
    pub fn log(&self, scope: ScopeId, token: &str) -> Result<(u64, Vec<String>)> {
        let page = self.json(&format!("GET /v1/scopes/{scope}/log"), token, b"")?;
        let epoch = page.get("epoch").and_then(|epoch| epoch.as_u64());
        let items = page.get("items").and_then(|items| items.as_array());
        let id = |item: &serde_json::Value| Some(item.get("id")?.as_str()?.to_owned());
        let ids = items.context("no items")?.iter().filter_map(id).collect();
        Ok((epoch.context("no epoch")?, ids))
    }
}

/// A member of a class who hands in.
pub struct Member {
    key: DeviceKey,
    class: ClassRef,
}

impl Member {
    /// The bundle after `previous`. What is sealed, the server does not look at.
    pub fn bundle(&self, previous: Option<&Envelope>, bytes: usize) -> Result<Envelope> {
        let previous = previous.map(Envelope::place);
        let sealed = vec![7; bytes];
        Ok(Envelope::sign(&sealed, self.class, previous, &self.key)?)
    }
}

/// A class with its people, as the server knows them.
pub struct Class {
    pub server_key: ServerPublicKey,
    teacher: DeviceKey,
    scope: ScopeId,
    pub monitors: Vec<Member>,
}

impl Running {
    /// Makes a class with so many who hand in.
    pub fn class_of(&self, set_up: &SetUp, monitors: u8) -> Result<Class> {
        let (office, teacher) = (device(1), device(3));
        self.claim(&set_up.invitation, &office)?;
        let invited = next(&set_up.invitation, Role::Teacher, &office, 3)?;
        self.enrol(&invited, &office, &teacher)?;
        let school = set_up.invitation.place.school.id;
        let class = super::CLASS.class;
        let member = |n| {
            let key = device(n);
            let invited = next(&set_up.invitation, Role::Monitor, &teacher, n)?;
            self.enrol(&invited, &teacher, &key)?;
            let class = ClassRef { school, class };
            Ok(Member { key, class })
        };
        let monitors: Result<_> = (10..10 + monitors).map(member).collect();
        Ok(Class {
            server_key: set_up.invitation.server_key,
            monitors: monitors?,
            teacher,
            scope: ScopeId {
                school,
                unit: Unit::Class(class),
            },
        })
    }
}

impl Class {
    /// Whether these receipts are true: the class's list has their bundles, each once, at its number and
    /// with its head, and nothing else; and a bundle is what it was.
    pub fn has_all(&self, server: &Running, taken: &[(Envelope, Vec<u8>)]) -> Result<()> {
        let token = server.token(&self.teacher, self.server_key)?;
        let page = server.json(&format!("GET /v1/scopes/{}/log", self.scope), &token, b"")?;
        let items = page.get("items").and_then(|items| items.as_array());
        let items = items.context("no items")?;
        ensure!(items.len() == taken.len(), "{} are listed", items.len());
        let mut head = HeadHash::empty(self.scope);
        let mut listed = BTreeMap::new();
        for (item, seq) in items.iter().zip(1..) {
            let id: BundleId = serde_json::from_value(item.get("id").context("no id")?.clone())?;
            head = head.then(seq, id);
            ensure!(item.get("seq") == Some(&seq.into()), "{item} at {seq}");
            ensure!(item.get("head") == Some(&head.to_string().into()), "{item}");
            ensure!(listed.insert(id, (seq, head)).is_none(), "{item} again");
        }
        for (envelope, receipt) in taken {
            let receipt = *SignedReceipt::parse(receipt.clone(), &self.server_key)?.receipt();
            let says = Some(&(receipt.seq, receipt.head));
            ensure!(receipt.bundle == envelope.id() && listed.get(&envelope.id()) == says);
        }
        for (envelope, _) in taken.iter().rev().take(10) {
            let request = format!("GET /v1/bundles/{}", envelope.id());
            let (status, bytes) = server.ask(&request, &token, b"")?;
            let said = String::from_utf8_lossy(&bytes);
            ensure!(status == 200, "{} is not there: {said}", envelope.id());
            ensure!(bytes == envelope.as_bytes(), "{} is another", envelope.id());
        }
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ended_before = self.child.kill();
        let _waited = self.child.wait();
    }
}

/// The invitation of another in the same school.
pub fn next(of: &Invitation, role: Role, issuer: &DeviceKey, serial: u8) -> Result<Invitation> {
    let name = || wuzha_seal::UnitName::try_from("示例");
    let class = wuzha_seal::Named {
        id: super::CLASS.class,
        name: name()?,
    };
    let mut invitation = of.clone();
    invitation.role = role;
    invitation.serial = wuzha_seal::Serial::from_bytes([serial; 8]);
    invitation.issuer = Some(issuer.public());
    invitation.place.class = Some(class);
    Ok(invitation)
}

fn read_answer(answer: &[u8]) -> Result<(u16, Vec<u8>)> {
    let end = answer.windows(4).position(|part| part == b"\r\n\r\n");
    let (head, body) = answer.split_at(end.context("no answer")? + 4);
    let status = str::from_utf8(head)?.split(' ').nth(1);
    Ok((status.context("no status")?.parse()?, body.to_vec()))
}
