//! What the tests take from the operating system: a browser, an office suite, fonts, Python, a database, a tracer.

use anyhow::{Context, Result, bail};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::paths;
use crate::process::{ask, command, find, run};

/// Open the files we write, in the tests that check them with other programs.
const OPENPYXL: &str = "3.1.5";
const PYTHON_DOCX: &str = "1.2.0";
/// The office suite and Chinese fonts to open our files with, and what kills a browser with all its processes.
const PROGRAMS: [&str; 4] = [
    "libreoffice-calc",
    "libreoffice-writer",
    "fonts-noto-cjk",
    "procps",
];
/// Where Debian puts the programs of PostgreSQL, of each version apart and not on `PATH`.
const POSTGRES: &str = "/usr/lib/postgresql";
const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The Chromium to test with: `$CHROME`, else an installed one, else Debian's.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("CHROME").map(PathBuf::from) {
        if !chosen.is_file() {
            bail!("CHROME is set to {}, which is not a file", chosen.display());
        }
        return Ok(chosen);
    }
    if let Some(installed) = find(&BROWSERS) {
        return Ok(installed);
    }
    install_packages(&["chromium"])?;
    find(&BROWSERS).context("found no Chromium: please install one and set CHROME to its path")
}

/// The stock program that opens our sealed bundles, in the test that does. Where it cannot be installed
/// that test says so.
pub(crate) fn ensure_age() -> Result<()> {
    if !has_packages() || find(&["age"]).is_some() {
        return Ok(());
    }
    install_packages(&["age"])
}

/// Stops and kills the server at chosen calls to the system, in the tests that do. Linux only, as they are.
pub(crate) fn ensure_strace() -> Result<()> {
    if !has_packages() || find(&["strace"]).is_some() {
        return Ok(());
    }
    install_packages(&["strace"])
}

/// The database that a school's server can use instead of SQLite, in the tests that start their own.
pub(crate) fn ensure_postgres() -> Result<()> {
    if !has_packages() || Path::new(POSTGRES).is_dir() {
        return Ok(());
    }
    install_packages(&["postgresql"])
}

/// The programs that the tests start besides the browser.
pub(crate) fn ensure_programs() -> Result<()> {
    if !has_packages() {
        // Another system than Debian: its packages have other names, so we can only look.
        find(&["soffice", "libreoffice"])
            .context("please install LibreOffice and Chinese fonts")?;
        return Ok(());
    }
    let missing: Vec<&str> = PROGRAMS
        .into_iter()
        .filter(|package| !is_installed(package))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        install_packages(&missing)
    }
}

/// A virtual environment of our own with a pinned openpyxl and python-docx.
pub(crate) fn ensure_python() -> Result<PathBuf> {
    let home = paths::tools().join("python");
    let python = home.join("bin/python3");
    let installed = "import docx, openpyxl; print(openpyxl.__version__, docx.__version__)";
    let wanted = format!("{OPENPYXL} {PYTHON_DOCX}");
    if ask(command(&python).args(["-c", installed])) == Some(wanted) {
        return Ok(python);
    }
    println!(
        "installing openpyxl {OPENPYXL} and python-docx {PYTHON_DOCX} into target/tools/python (once, half a minute)"
    );
    run(command("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&home))
    .context("could not make a Python environment: is the package python3-venv installed?")?;
    let requirements = [
        format!("openpyxl=={OPENPYXL}"),
        format!("python-docx=={PYTHON_DOCX}"),
    ];
    run(command(&python)
        .args(["-m", "pip", "install", "--quiet"])
        .args(requirements))
    .context("could not install openpyxl and python-docx")?;
    Ok(python)
}

fn has_packages() -> bool {
    find(&["dpkg-query"]).is_some() && find(&["apt-get"]).is_some()
}

fn is_installed(package: &str) -> bool {
    ask(command("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]))
        .as_deref()
        == Some("installed")
}

fn install_packages(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if !has_packages() {
        bail!("please install {list} with your system's package manager");
    }
    println!("installing {list} from Debian (once, up to 5 minutes)");
    run(as_root("apt-get").args(["update", "--quiet"]))
        .context("could not update the package lists")?;
    run(as_root("apt-get")
        .args(["install", "--yes", "--quiet", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive"))
    .with_context(|| format!("could not install {list}"))
}

/// Through sudo, unless we are root or there is no sudo.
fn as_root(program: &str) -> Command {
    let is_root = ask(command("id").arg("-u")).as_deref() == Some("0");
    match find(&["sudo"]) {
        Some(sudo) if !is_root => {
            let mut through = command(sudo);
            through.arg(program);
            through
        }
        _ => command(program),
    }
}
