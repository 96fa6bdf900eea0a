//! Reading the built `index.html`, as far as needed: no parser, since we wrote the page ourselves.

use anyhow::{Result, bail};

/// Whether the page loads this file at once.
pub(crate) fn mentions(page: &str, file: &str) -> bool {
    page.contains(&format!("/{file}"))
}

/// Refuses what the Content-Security-Policy would refuse later, in front of a person: scripts and
/// styles within the page.
pub(crate) fn refuse_inline_code(page: &str) -> Result<()> {
    for tag in tags(page) {
        let mut words = tag.split_ascii_whitespace();
        let name = words.next().unwrap_or_default().to_ascii_lowercase();
        let attributes: Vec<&str> = words
            .filter_map(|word| Some(word.split_once('=')?.0))
            .collect();
        if name == "style" || (name == "script" && !attributes.contains(&"src")) {
            bail!("index.html has an inline <{name}>, which the CSP forbids: <{tag}>");
        }
        if let Some(attribute) = attributes.iter().find(|name| is_code(name)) {
            bail!("index.html has the attribute {attribute}, which the CSP forbids: <{tag}>");
        }
    }
    Ok(())
}

/// The insides of the opening tags: name and attributes.
fn tags(page: &str) -> impl Iterator<Item = &str> {
    page.split('<')
        .skip(1)
        .filter(|rest| !rest.starts_with(['/', '!']))
        .filter_map(|rest| Some(rest.split_once('>')?.0))
}

fn is_code(attribute: &str) -> bool {
    attribute == "style" || attribute.starts_with("on")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_only_refers_to_files_passes() {
        let page = r#"<!doctype html><html lang=zh-CN><meta name="viewport" content="width=device-width, initial-scale=1">
            <script type="module" src="/boot.js" data-wasm="/a.wasm"></script><p>on time = 1</p>"#;
        assert!(refuse_inline_code(page).is_ok());
    }

    #[test]
    fn inline_code_is_refused() {
        for page in [
            "<script>alert(1)</script>",
            r#"<script type="module">import "/a.js"</script>"#,
            "<style>p { color: red }</style>",
            r#"<p style="color: red">"#,
            r#"<button onclick="f()">"#,
        ] {
            assert!(refuse_inline_code(page).is_err(), "{page}");
        }
    }

    #[test]
    fn a_mentioned_file_is_part_of_the_first_load() {
        let page = r#"<link rel="stylesheet" href="/wuzha-1f.css">"#;
        assert!(mentions(page, "wuzha-1f.css"));
        assert!(!mentions(page, "wuzha-worker.js"));
    }
}
