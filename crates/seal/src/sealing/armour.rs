//! What is sealed, as text: age's armour, for a place that holds texts. The program `age` opens it as it is.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::OpenError;

const BEGINS: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
const ENDS: &str = "-----END AGE ENCRYPTED FILE-----";
/// Characters a line, as `age` asks for: each but the last is full.
const LINE: usize = 64;

/// The text of a sealed file.
pub fn armoured(sealed: &[u8]) -> String {
    let encoded = STANDARD.encode(sealed);
    let mut text = format!("{BEGINS}\n");
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        // It is ASCII, so any place is between two characters.
        let (line, after) = rest.split_at_checked(LINE).unwrap_or((rest, ""));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text + ENDS + "\n"
}

/// The sealed file of such a text.
///
/// # Errors
/// [`OpenError::Foreign`] for a text without armour, [`OpenError::Damaged`] for one that is no base64 inside.
pub fn unarmoured(text: &str) -> Result<Vec<u8>, OpenError> {
    let inside = text.trim().strip_prefix(BEGINS);
    let inside = inside.and_then(|rest| rest.strip_suffix(ENDS));
    let inside = inside.ok_or(OpenError::Foreign)?;
    let encoded: String = inside.split_ascii_whitespace().collect();
    STANDARD.decode(encoded).map_err(|_| OpenError::Damaged)
}
