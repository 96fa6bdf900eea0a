//! What the app costs over the wire, against its budgets.

use anyhow::{Result, bail};
use std::fs;
use std::path::Path;

use crate::finish_dist::{self, INDEX, mentions};
use crate::split;

// Budgets in bytes of brotli. 1 KB is 1000 bytes.

/// Everything the first screen needs.
const FIRST_LOAD: u64 = 220_000;
/// All further parts of the app together, each loaded for a screen of its own or when there is time; about 270
/// KB of them are for whoever reads many classes.
const PARTS: u64 = 900_000;
/// What is fetched after the first paint: files, QR decoding.
const WORKER: u64 = 600_000;
/// What is fetched by phones and desks that a school has invited: keys, sealing, the server.
const COURIER: u64 = 470_000;
/// What is fetched by desks only: the books of many classes, and files out of them.
const SHELF: u64 = 600_000;

/// The sizes of one built app, by what they are loaded for.
pub(crate) struct Sizes {
    groups: [Group; 5],
}

struct Group {
    title: &'static str,
    budget: u64,
    files: Vec<File>,
}

struct File {
    name: String,
    raw: u64,
    /// What goes over the wire: the `.br` file, or the file itself where that is not smaller.
    brotli: u64,
}

impl Sizes {
    /// Reads the sizes of a finished `dist/`.
    pub(crate) fn of(dist: &Path) -> Result<Self> {
        let tree = finish_dist::read(dist)?;
        let page = finish_dist::text(&tree, INDEX)?;
        let mut first_load = Group::new("first load", FIRST_LOAD);
        let mut parts = Group::new("further parts", PARTS);
        let mut worker = Group::new("worker", WORKER);
        let mut courier = Group::new("courier", COURIER);
        let mut shelf = Group::new("shelf", SHELF);
        for (name, bytes) in &tree {
            let group = match name {
                name if is_first_load(page, name) => &mut first_load,
                name if name.starts_with("wuzha-worker") => &mut worker,
                name if name.starts_with("wuzha-courier") => &mut courier,
                name if name.starts_with("wuzha-shelf") => &mut shelf,
                name if name.ends_with(".wasm") => &mut parts,
                _ => continue,
            };
            let raw = bytes.len() as u64;
            let brotli =
                fs::metadata(dist.join(format!("{name}.br"))).map_or(raw, |file| file.len());
            group.files.push(File {
                name: name.clone(),
                raw,
                brotli,
            });
        }
        Ok(Self {
            groups: [first_load, parts, worker, courier, shelf],
        })
    }

    /// Prints a table with a line for each file.
    pub(crate) fn print(&self) {
        println!("\n{:<44} {:>9} {:>9}", "", "raw KB", "brotli KB");
        for group in &self.groups {
            for file in &group.files {
                println!(
                    "{:<44} {:>9} {:>9}",
                    file.name,
                    kilobytes(file.raw),
                    kilobytes(file.brotli)
                );
            }
            let Group { title, budget, .. } = group;
            let verdict = match group.is_within_budget() {
                true => "within budget",
                false => "OVER BUDGET",
            };
            let (total, budget) = (kilobytes(group.total()), budget / 1000);
            println!("= {title:<52} {total:>9} of {budget} KB, {verdict}\n");
        }
    }

    /// # Errors
    /// When a group is over its budget.
    pub(crate) fn check(&self) -> Result<()> {
        for group in &self.groups {
            if !group.is_within_budget() {
                let (total, budget) = (kilobytes(group.total()), group.budget / 1000);
                bail!(
                    "the {} costs {total} KB of brotli and may not exceed {budget} KB",
                    group.title
                );
            }
        }
        Ok(())
    }
}

impl Group {
    fn new(title: &'static str, budget: u64) -> Self {
        Self {
            title,
            budget,
            files: Vec::new(),
        }
    }

    fn total(&self) -> u64 {
        self.files.iter().map(|file| file.brotli).sum()
    }

    fn is_within_budget(&self) -> bool {
        self.total() <= self.budget
    }
}

/// The page and the code it names. Icons and the manifest come after the first paint.
fn is_first_load(page: &str, name: &str) -> bool {
    let is_code = [".js", ".css", ".wasm"]
        .iter()
        .any(|ending| name.ends_with(ending));
    // The app's own script loads that of the parts.
    name == INDEX || (is_code && mentions(page, name)) || name.starts_with(split::LOADER)
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}
