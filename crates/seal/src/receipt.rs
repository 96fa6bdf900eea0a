//! A server's receipt: it has this bundle, on disk, at this place in the order of its scope.
//!
//! A phone deletes nothing before it holds a receipt. All receipts of a scope form a chain: each
//! carries a hash over all bundles up to its own, so that a server that drops a bundle or changes
//! their order contradicts a receipt it has signed.

use sha2::{Digest, Sha256};
use wuzha_core::time::UnixMillis;

use crate::bytes::{CutShort, Reader};
use crate::ids::{BundleId, HeadHash};
use crate::keys::{ServerKey, ServerPublicKey, Signed};
use crate::note::{self, NoteError};
use crate::scope::ScopeId;

const KIND: &[u8; 3] = b"WZR";
const FORMAT: u8 = 1;
/// Bundle, scope, epoch, number, head and time.
const FIELDS_LEN: usize = BundleId::LEN + ScopeId::LEN + 8 + 8 + HeadHash::LEN + 8;
const EMPTY_HEAD_TAG: &[u8] = b"wuzha/v1/head/empty\0";
const HEAD_TAG: &[u8] = b"wuzha/v1/head/next\0";

/// What a server says about a bundle that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The bundle.
    pub bundle: BundleId,
    /// In whose order it was counted.
    pub scope: ScopeId,
    /// Which life of the server's store: higher after a failover, or when it was set back to a
    /// backup. Numbers may be given again in another epoch, never within one.
    pub epoch: u64,
    /// Its number in this scope, from 1.
    pub seq: u64,
    /// The hash over all bundles of this scope up to and including this one.
    pub head: HeadHash,
    /// When it was stored, by the server's clock.
    pub time: UnixMillis,
}

/// A receipt that this server signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedReceipt {
    receipt: Receipt,
    bytes: Vec<u8>,
}

impl HeadHash {
    /// The head of a scope without bundles. It is the scope's own, so that no chain of one scope is
    /// one of another.
    pub fn empty(scope: ScopeId) -> Self {
        let start = [EMPTY_HEAD_TAG, &scope.to_bytes()].concat();
        Self::from_bytes(Sha256::digest(start).into())
    }

    /// The head after `bundle` was counted as number `seq`.
    #[must_use]
    pub fn then(self, seq: u64, bundle: BundleId) -> Self {
        let (head, seq) = (self.to_bytes(), seq.to_be_bytes());
        let link = [HEAD_TAG, &head, &seq, &bundle.to_bytes()].concat();
        Self::from_bytes(Sha256::digest(link).into())
    }
}

impl Receipt {
    fn fields(&self) -> Vec<u8> {
        let mut out = note::begin(KIND, FORMAT, FIELDS_LEN);
        out.extend(self.bundle.to_bytes());
        out.extend(self.scope.to_bytes());
        out.extend(self.epoch.to_be_bytes());
        out.extend(self.seq.to_be_bytes());
        out.extend(self.head.to_bytes());
        out.extend(self.time.0.to_be_bytes());
        out
    }

    fn read(reader: &mut Reader<'_>) -> Result<Option<Self>, CutShort> {
        let bundle = BundleId::from_bytes(reader.array()?);
        let Some(scope) = ScopeId::read(reader)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            bundle,
            scope,
            epoch: reader.u64()?,
            seq: reader.u64()?,
            head: HeadHash::from_bytes(reader.array()?),
            time: UnixMillis(reader.u64()?),
        }))
    }
}

impl SignedReceipt {
    /// Signs `receipt`.
    pub fn sign(receipt: Receipt, key: &ServerKey) -> Self {
        let mut bytes = receipt.fields();
        bytes.extend(key.sign(Signed::Receipt, &bytes));
        Self { receipt, bytes }
    }

    /// Reads a receipt from outside, which the server with this `key` must have signed.
    ///
    /// # Errors
    /// See [`NoteError`].
    pub fn parse(bytes: Vec<u8>, key: &ServerPublicKey) -> Result<Self, NoteError> {
        let mut parts = note::split(&bytes, KIND, FORMAT, FIELDS_LEN)?;
        key.verify(Signed::Receipt, parts.signed, &parts.signature)?;
        let receipt = Receipt::read(&mut parts.fields)?.ok_or(NoteError::Scope)?;
        if receipt.seq == 0 {
            return Err(NoteError::NoNumber);
        }
        Ok(Self { receipt, bytes })
    }

    /// What the server says.
    pub fn receipt(&self) -> &Receipt {
        &self.receipt
    }

    /// All of it, as it is stored and sent.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether two receipts of one server cannot both be true: in one epoch it gave one number
    /// twice, or counted one bundle twice. Whoever holds both can show that it was dishonest.
    pub fn contradicts(&self, other: &Self) -> bool {
        let (a, b) = (&self.receipt, &other.receipt);
        let comparable = (a.scope, a.epoch) == (b.scope, b.epoch);
        let same_number = a.seq == b.seq;
        let same_bundle = a.bundle == b.bundle;
        comparable && (same_number != same_bundle || (same_number && a.head != b.head))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ClassId, SchoolId};
    use crate::scope::Unit;

    fn scope(class: u8) -> ScopeId {
        ScopeId {
            school: SchoolId::from_bytes([1; 8]),
            unit: Unit::Class(ClassId::from_bytes([class; 8])),
        }
    }

    fn bundle(n: u8) -> BundleId {
        BundleId::from_bytes([n; 32])
    }

    fn signed(epoch: u64, seq: u64, n: u8, head: HeadHash) -> SignedReceipt {
        let receipt = Receipt {
            bundle: bundle(n),
            scope: scope(2),
            epoch,
            seq,
            head,
            time: UnixMillis(1_640_603_100_000),
        };
        SignedReceipt::sign(receipt, &ServerKey::from_bytes(&[9; 32]))
    }

    #[test]
    fn the_head_depends_on_every_bundle_its_number_and_the_scope() {
        let head = |class: u8, bundles: &[(u64, u8)]| {
            let start = HeadHash::empty(scope(class));
            let then = |head: HeadHash, &(seq, n): &(u64, u8)| head.then(seq, bundle(n));
            bundles.iter().fold(start, then)
        };
        let honest = head(2, &[(1, 7), (2, 8), (3, 9)]);
        for (what, other) in [
            ("one dropped", head(2, &[(1, 7), (3, 9)])),
            ("two exchanged", head(2, &[(1, 8), (2, 7), (3, 9)])),
            ("another number", head(2, &[(1, 7), (2, 8), (4, 9)])),
            ("another scope", head(3, &[(1, 7), (2, 8), (3, 9)])),
        ] {
            assert_ne!(honest, other, "{what}");
        }
    }

    #[test]
    fn two_receipts_that_cannot_both_be_true_are_found() {
        let (a, b) = (HeadHash::from_bytes([1; 32]), HeadHash::from_bytes([2; 32]));
        let first = signed(0, 5, 7, a);
        for (what, other, contradicts) in [
            ("itself", signed(0, 5, 7, a), false),
            ("the next", signed(0, 6, 8, b), false),
            ("another bundle in its place", signed(0, 5, 8, a), true),
            ("the bundle in another place", signed(0, 6, 7, a), true),
            ("another past", signed(0, 5, 7, b), true),
            ("after a restore", signed(1, 5, 8, b), false),
        ] {
            assert_eq!(first.contradicts(&other), contradicts, "{what}");
            assert_eq!(other.contradicts(&first), contradicts, "{what}");
        }
    }
}
