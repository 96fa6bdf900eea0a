//! Compressing once, as well as possible, so that the server never compresses.

use anyhow::{Context, Result, anyhow};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::thread;

use super::Tree;

/// Below this, headers outweigh the gain.
const WORTH_IT: usize = 256;
const COMPRESSIBLE: [&str; 8] = [
    ".html",
    ".js",
    ".css",
    ".wasm",
    ".json",
    ".webmanifest",
    ".svg",
    ".txt",
];

/// Whether this is the compressed copy of another file.
pub(super) fn is_compressed(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

/// The compressed copies of what is worth it, each under its name with `.br` or `.gz` added.
pub(super) fn beside(tree: &Tree) -> Result<Tree> {
    let mut files: Vec<(&str, &[u8])> = tree
        .iter()
        .filter(|(name, bytes)| bytes.len() >= WORTH_IT && is_compressible(name))
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    // The largest first, dealt out in turn, so that the threads end at about the same time.
    files.sort_by_key(|(_, bytes)| std::cmp::Reverse(bytes.len()));
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let files = &files;
        let workers: Vec<_> = (0..threads)
            .map(|first| {
                scope.spawn(move || compress_all(files.iter().skip(first).step_by(threads)))
            })
            .collect();
        let mut compressed = Tree::new();
        for worker in workers {
            compressed.append(
                &mut worker
                    .join()
                    .map_err(|_| anyhow!("a compressing thread died"))??,
            );
        }
        Ok(compressed)
    })
}

fn compress_all<'a>(files: impl Iterator<Item = &'a (&'a str, &'a [u8])>) -> Result<Tree> {
    let mut compressed = Tree::new();
    for (name, bytes) in files {
        for (ending, smaller) in [("br", brotli(bytes)?), ("gz", gzip(bytes)?)] {
            if smaller.len() < bytes.len() {
                compressed.insert(format!("{name}.{ending}"), smaller);
            }
        }
    }
    Ok(compressed)
}

fn is_compressible(name: &str) -> bool {
    COMPRESSIBLE.iter().any(|ending| name.ends_with(ending))
}

fn brotli(mut bytes: &[u8]) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut out, &params).context("brotli failed")?;
    Ok(out)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).context("gzip failed")?;
    encoder.finish().context("gzip failed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_compressed_and_small_or_packed_files_are_not() -> Result<()> {
        let tree: Tree = [("a.js", 1000), ("small.js", 10), ("icon.png", 1000)]
            .into_iter()
            .map(|(name, length)| (name.to_owned(), vec![b'a'; length]))
            .collect();
        let names: Vec<String> = beside(&tree)?.into_keys().collect();
        assert_eq!(names, ["a.js.br", "a.js.gz"]);
        Ok(())
    }
}
