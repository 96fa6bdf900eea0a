//! Challenges and tokens: made and checked without anything stored, so that every machine that has
//! the server's key takes what another gave. What a token's device may do is looked up at each use.

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::fmt;
use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::Challenge;

/// How long a challenge can be answered.
const CHALLENGE_MS: u64 = 2 * 60 * 1000;
/// How long a token is good.
pub const TOKEN_MS: u64 = 15 * 60 * 1000;
const MAC_LEN: usize = 16;
/// When it ends, who, and the mark.
const TOKEN_LEN: usize = 8 + 8 + MAC_LEN;

/// Makes challenges and tokens, and knows its own again.
pub struct Access {
    key: [u8; 32],
}

impl Access {
    /// With a key made from the server's secret one, which is itself used for receipts only.
    pub fn new(server_secret: &[u8; 32]) -> Self {
        let tagged = [&b"wuzha/v1/access\0"[..], server_secret].concat();
        Self {
            key: Sha256::digest(tagged).into(),
        }
    }

    /// A challenge: when it ends, 16 random bytes, and a mark by which it is known again.
    pub fn challenge(&self, now: UnixMillis, random: [u8; 16]) -> Challenge {
        let ends = now.0.saturating_add(CHALLENGE_MS).to_be_bytes();
        let content = [&ends[..], &random].concat();
        Challenge::from_bytes(self.marked(b"challenge", &content))
    }

    /// Whether it is one of these and can still be answered.
    pub fn is_own_challenge(&self, challenge: &Challenge, now: UnixMillis) -> bool {
        self.checked(b"challenge", &challenge.to_bytes())
            .and_then(ends_at)
            .is_some_and(|ends| now < ends)
    }

    /// A token for this device, in hex: when it ends, who, and a mark.
    pub fn token(&self, device: DeviceId, now: UnixMillis) -> String {
        let ends = now.0.saturating_add(TOKEN_MS).to_be_bytes();
        let content = [&ends[..], &device.to_bytes()].concat();
        let token: [u8; TOKEN_LEN] = self.marked(b"token", &content);
        hex::encode(token)
    }

    /// Whose token it is, if it is one of these and still good.
    pub fn device(&self, token: &str, now: UnixMillis) -> Option<DeviceId> {
        let mut bytes = [0; TOKEN_LEN];
        hex::decode_to_slice(token, &mut bytes).ok()?;
        let content = self.checked(b"token", &bytes)?;
        let device: [u8; 8] = content.get(8..)?.try_into().ok()?;
        (now < ends_at(content)?).then(|| DeviceId::from_bytes(device))
    }

    fn marked<const N: usize>(&self, what: &[u8], content: &[u8]) -> [u8; N] {
        let mark = self.mac(what, content).finalize().into_bytes();
        let mut out = [0; N];
        let bytes = content.iter().chain(mark.iter().take(MAC_LEN));
        for (to, byte) in out.iter_mut().zip(bytes) {
            *to = *byte;
        }
        out
    }

    /// The content without its mark, if that is right.
    fn checked<'a>(&self, what: &[u8], bytes: &'a [u8]) -> Option<&'a [u8]> {
        let (content, mark) = bytes.split_last_chunk::<MAC_LEN>()?;
        let mac = self.mac(what, content);
        mac.verify_truncated_left(mark).ok()?;
        Some(content)
    }

    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    fn mac(&self, what: &[u8], content: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("a key of 32 bytes");
        mac.update(what);
        mac.update(&[0]);
        mac.update(content);
        mac
    }
}

/// Never shows the key.
impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Access(…)")
    }
}

fn ends_at(content: &[u8]) -> Option<UnixMillis> {
    let (ends, _) = content.split_first_chunk::<8>()?;
    Some(UnixMillis(u64::from_be_bytes(*ends)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = UnixMillis(1_640_603_100_000);

    fn access() -> Access {
        Access::new(&[7; 32])
    }

    fn later(ms: u64) -> UnixMillis {
        UnixMillis(NOW.0 + ms)
    }

    #[test]
    fn a_challenge_is_known_again_until_it_ends() {
        let challenge = access().challenge(NOW, [9; 16]);
        assert!(access().is_own_challenge(&challenge, NOW));
        assert!(access().is_own_challenge(&challenge, later(CHALLENGE_MS - 1)));
        assert!(!access().is_own_challenge(&challenge, later(CHALLENGE_MS)));
        let other = Access::new(&[8; 32]);
        assert!(!other.is_own_challenge(&challenge, NOW));
    }

    #[test]
    fn a_token_is_of_one_device_until_it_ends() {
        let device = DeviceId::from_bytes([1, 2, 3, 4, 5, 6, 7, 8]);
        let token = access().token(device, NOW);
        assert_eq!(access().device(&token, later(TOKEN_MS - 1)), Some(device));
        assert_eq!(access().device(&token, later(TOKEN_MS)), None);
        assert_eq!(Access::new(&[8; 32]).device(&token, NOW), None);
    }

    #[test]
    fn a_changed_token_is_none() {
        let token = access().token(DeviceId::from_bytes([1; 8]), NOW);
        for at in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            if let Some(byte) = changed.get_mut(at) {
                *byte = if *byte == b'0' { b'1' } else { b'0' };
            }
            let changed = String::from_utf8(changed).unwrap_or_default();
            assert_eq!(access().device(&changed, NOW), None, "{at}");
        }
        for other in ["", "00", "票", &token[..62], &format!("{token}00")] {
            assert_eq!(access().device(other, NOW), None, "{other}");
        }
    }

    #[test]
    fn a_challenge_is_no_token() {
        let challenge = access().challenge(NOW, [9; 16]).to_string();
        assert_eq!(access().device(&challenge, NOW), None);
    }
}
