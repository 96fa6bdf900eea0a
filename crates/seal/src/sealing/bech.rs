//! Keys as text, as age writes them: Bech32.

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Hrp};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

pub(super) const PUBLIC: Hrp = Hrp::parse_unchecked("age");
pub(super) const SECRET: Hrp = Hrp::parse_unchecked("AGE-SECRET-KEY-");

/// Why a text is no key of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum KeyTextError {
    /// A typing error, a missing end, or another text altogether.
    #[error("not a key, or mistyped")]
    Text,
    /// A key of another kind, e.g. a secret where a public one is due.
    #[error("a key of another kind")]
    Kind,
    /// A key of this kind that is not 32 bytes.
    #[error("not 32 bytes")]
    Length,
}

/// The key in a text of this kind, in upper or in lower case.
pub(super) fn decode(kind: Hrp, text: &str) -> Result<Zeroizing<[u8; 32]>, KeyTextError> {
    let checked = CheckedHrpstring::new::<Bech32>(text).map_err(|_| KeyTextError::Text)?;
    if checked.hrp() != kind {
        return Err(KeyTextError::Kind);
    }
    let mut bytes: Vec<u8> = checked.byte_iter().collect();
    let key = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| KeyTextError::Length);
    bytes.zeroize();
    key.map(Zeroizing::new)
}
