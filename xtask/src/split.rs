//! The app's wasm, cut into the parts that are loaded when a screen of theirs is opened.
//!
//! trunk builds the app and binds it as one module. Its last hook comes here: the module as the linker
//! left it is cut at the functions marked `#[wasm_split]`, the main part is bound anew, all parts are
//! optimised, and trunk's one module is replaced. All names carry trunk's hash of the uncut module.

use anyhow::{Context, Result, anyhow, bail};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use wasm_split_cli_support::Options;

use crate::process::{command, run};
use crate::{paths, tools};

const APP: &str = "wuzha-app";
/// How the name of the script that loads the parts begins.
pub(crate) const LOADER: &str = "wuzha-parts";
/// What the compiler may use (the support floor, see boot.js). The parts do not say so themselves.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What trunk has built so far.
struct Staged {
    /// Where trunk gathers what goes to `dist/`.
    staging: PathBuf,
    is_release: bool,
}

/// Replaces the app's module in trunk's output by its parts.
///
/// # Errors
/// When not called by trunk, or when cutting, binding or optimising fails.
pub(crate) fn split() -> Result<()> {
    let staged = Staged::by_trunk()?;
    let hash = staged.hash()?;
    let work = paths::target().join("split");
    if work.exists() {
        fs::remove_dir_all(&work).with_context(|| format!("could not empty {}", work.display()))?;
    }
    let parts = cut(&staged.linked()?, &work, &hash)?;
    bind(&work, &hash)?;
    let main = work.join("bound").join(format!("{APP}-{hash}_bg.wasm"));
    // The largest first, since it takes as long as all the others.
    let modules: Vec<PathBuf> = std::iter::once(main).chain(parts).collect();
    if staged.is_release {
        optimise_all(&modules)?;
    }
    for module in &modules {
        staged.put(module)?;
    }
    staged.put(&work.join(loader_name(&hash)))?;
    staged.put(&work.join("bound").join(format!("{APP}-{hash}.js")))
}

impl Staged {
    fn by_trunk() -> Result<Self> {
        let staging = env::var_os("TRUNK_STAGING_DIR").context("this is a hook of trunk")?;
        let profile = env::var("TRUNK_PROFILE").context("this is a hook of trunk")?;
        Ok(Self {
            staging: staging.into(),
            is_release: profile == "release",
        })
    }

    /// The hash in the name that trunk gave the app.
    fn hash(&self) -> Result<String> {
        let entries = fs::read_dir(&self.staging)
            .with_context(|| format!("could not list {}", self.staging.display()))?;
        for entry in entries {
            let name = entry.context("could not read a folder entry")?.file_name();
            let name = name.to_string_lossy();
            let rest = name
                .strip_prefix(APP)
                .and_then(|rest| rest.strip_prefix('-'));
            if let Some(hash) = rest.and_then(|rest| rest.strip_suffix("_bg.wasm")) {
                return Ok(hash.to_owned());
            }
        }
        bail!(
            "trunk left no {APP}-*_bg.wasm in {}",
            self.staging.display()
        )
    }

    /// The module as the linker left it, with its relocations.
    fn linked(&self) -> Result<Vec<u8>> {
        let profile = if self.is_release {
            "wasm-release"
        } else {
            "debug"
        };
        let folder = paths::target().join("wasm32-unknown-unknown").join(profile);
        let path = folder.join(format!("{APP}.wasm"));
        fs::read(&path).with_context(|| format!("could not read {}", path.display()))
    }

    fn put(&self, file: &Path) -> Result<()> {
        let name = file.file_name().context("a file without a name")?;
        fs::copy(file, self.staging.join(name))
            .map(|_bytes| ())
            .with_context(|| format!("could not copy {}", file.display()))
    }
}

fn loader_name(hash: &str) -> String {
    format!("{LOADER}-{hash}.js")
}

/// Writes the main part (`main.wasm`), the loader and the other parts, whose paths it returns.
fn cut(module: &[u8], work: &Path, hash: &str) -> Result<Vec<PathBuf>> {
    let main = work.join("main.wasm");
    let loader = loader_name(hash);
    let (link_name, main_module) = (format!("./{loader}"), format!("./{APP}-{hash}.js"));
    let mut options = Options::new(module);
    options.output_dir = work;
    options.main_out_path = &main;
    options.link_name = &link_name;
    options.main_module = &main_module;
    let cut = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("could not cut the app into parts: {error:#}"))?;

    let loader = work.join(loader);
    let mut script = fs::read_to_string(&loader).context("could not read the loader")?;
    let mut parts = Vec::new();
    for path in cut.split_modules {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let part = format!("{}-{hash}.wasm", part_name(&name)?);
        script = script.replace(&format!("\"./{name}\""), &format!("\"./{part}\""));
        let renamed = work.join(part);
        // A part in which nothing was left is not loaded.
        if path.exists() {
            fs::rename(&path, &renamed)
                .with_context(|| format!("could not rename {}", path.display()))?;
            parts.push(renamed);
        }
    }
    fs::write(&loader, script).context("could not write the loader")?;
    Ok(parts)
}

/// `wuzha-quiz` for `split_quiz.wasm`, `wuzha-shared-3` for `chunk_3.wasm`, which several parts need.
fn part_name(file: &str) -> Result<String> {
    let stem = file.strip_suffix(".wasm").unwrap_or(file);
    match stem.split_once('_') {
        Some(("split", name)) => Ok(format!("wuzha-{}", name.replace('_', "-"))),
        Some(("chunk", number)) => Ok(format!("wuzha-shared-{number}")),
        _ => bail!("a part of the app is called {file}"),
    }
}

/// Writes the JavaScript around the main part, and that part as it is then loaded.
fn bind(work: &Path, hash: &str) -> Result<()> {
    let mut bindgen = command(tools::wasm_bindgen());
    bindgen.args(["--target", "web", "--no-typescript", "--keep-lld-exports"]);
    bindgen.args(["--out-name", &format!("{APP}-{hash}"), "--out-dir"]);
    bindgen.arg(work.join("bound")).arg(work.join("main.wasm"));
    run(&mut bindgen)
}

/// wasm-opt runs on one core: as many at once as there are.
fn optimise_all(modules: &[PathBuf]) -> Result<()> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<()> {
        while let Some(module) = modules.get(next.fetch_add(1, Ordering::Relaxed)) {
            optimise(module)?;
        }
        Ok(())
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .map_err(|_| anyhow!("an optimising thread died"))?
        })
    })
}

fn optimise(wasm: &Path) -> Result<()> {
    let mut optimiser = command("wasm-opt");
    optimiser
        .env("PATH", tools::path()?)
        .arg("-Oz")
        .args(FEATURES);
    optimiser.arg(wasm).arg("-o").arg(wasm);
    run(&mut optimiser)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_for_their_screens() -> Result<()> {
        assert_eq!(part_name("split_hand_in.wasm")?, "wuzha-hand-in");
        assert_eq!(part_name("chunk_3.wasm")?, "wuzha-shared-3");
        assert!(part_name("main.wasm").is_err());
        Ok(())
    }
}
