//! The real program under strace, which makes it stand still or die at chosen calls to the system.

use anyhow::{Context, Result, anyhow, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

use super::program::{Running, serving, start};

/// Only against hanging.
const LONG: Duration = Duration::from_secs(60);

/// What strace does at each of the calls it looks for.
pub enum At {
    /// The program stands still when the call is done, before it does anything else.
    StandStill,
    /// It is killed when it begins the first one; the call is not made.
    Die,
}

/// A running server, and what strace tells of it.
pub struct Traced {
    pub server: Running,
    stops: Stops,
    /// How often it stood still before it listened.
    before: usize,
}

/// Where strace writes down what it sees.
struct Stops(TempDir);

/// `wuzha serve` under strace, which looks for `calls`.
pub fn serve_traced(data: &Path, calls: &str, at: At) -> Result<Traced> {
    may_trace()?;
    let stops = Stops(tempfile::tempdir()?);
    let signal = match at {
        At::StandStill => "STOP",
        At::Die => "KILL",
    };
    let serving = serving(data, &["--device-rate", "0"])?;
    let mut strace = Command::new("strace");
    // -D: the program stays our child, and strace is its. Not with --seccomp-bpf, which sees no more of a
    // thread after it has stood still.
    strace.args(["-D", "-f", "-o"]).arg(stops.path());
    strace.args(["-e", &format!("trace={calls}")]);
    strace.args(["-e", &format!("inject={calls}:signal={signal}")]);
    strace
        .arg(serving.get_program())
        .args(serving.get_args())
        .envs(serving.get_envs().filter_map(|(k, v)| Some((k, v?))));
    let (server, before) = stops.pass_over(|| start(strace))?;
    Ok(Traced {
        server,
        stops,
        before,
    })
}

/// That strace is there and is let to do its work; a test that passes without would be worth nothing.
fn may_trace() -> Result<()> {
    let mut strace = Command::new("strace");
    let strace = strace.args(["-f", "-o", "/dev/null", "true"]).output();
    let output = strace.context("there is no strace: `cargo xtask test` installs it")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "strace may not trace here, which this test needs; a container must be started with \
         --cap-add=SYS_PTRACE: {said}"
    );
    Ok(())
}

impl Traced {
    /// Lets the program go on from one stop to the next, and kills it at number `last`, counted from 1.
    /// Whether it came so far before it `is_over`.
    pub fn kill_at(&self, last: usize, is_over: impl Fn() -> bool) -> Result<bool> {
        for number in 1..=last {
            if !self.stops.come_to(self.before + number, &is_over)? {
                return Ok(false);
            }
            if number < last {
                self.server.signal("-CONT")?;
            }
        }
        self.server.signal("-KILL")?;
        Ok(true)
    }
}

impl Stops {
    fn path(&self) -> PathBuf {
        self.0.path().join("calls")
    }

    /// The threads that have made all stand still, one after the other.
    fn all(&self) -> Result<Vec<String>> {
        // Until strace has begun there is nothing.
        let log = fs::read_to_string(self.path()).unwrap_or_default();
        let stops = log.lines().filter(|line| line.contains("--- SIGSTOP {"));
        let thread = |line: &str| Some(line.split_whitespace().next()?.to_owned());
        stops
            .map(|line| thread(line).context("an odd line"))
            .collect()
    }

    /// Waits for the stop with this number; `false` if it is over before.
    fn come_to(&self, number: usize, is_over: impl Fn() -> bool) -> Result<bool> {
        let began = Instant::now();
        loop {
            // In this order: what happens between the two is seen.
            let over = is_over();
            if self.all()?.len() >= number {
                return Ok(true);
            }
            if over {
                return Ok(false);
            }
            ensure!(began.elapsed() < LONG, "waited in vain for stop {number}");
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Does something, and lets the program go on whenever it stands still meanwhile: how often that was.
    fn pass_over<T: Send>(
        &self,
        something: impl FnOnce() -> Result<T> + Send,
    ) -> Result<(T, usize)> {
        thread::scope(|scope| {
            let doing = scope.spawn(something);
            let mut passed = 0;
            while self.come_to(passed + 1, || doing.is_finished())? {
                let all = self.all()?;
                let thread = all.get(passed).context("a stop less")?;
                Command::new("kill").args(["-CONT", thread]).status()?;
                passed += 1;
            }
            let done = doing.join().map_err(|_| anyhow!("it panicked"))?;
            Ok((done?, passed))
        })
    }
}
