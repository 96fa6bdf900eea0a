use wuzha_seal::{HeadHash, SignedReceipt};

/// How two receipts of one server exclude each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// In one epoch it gave one number to two bundles, or one bundle two numbers, or put another past
    /// before the same bundle.
    Place,
    /// Of two neighbours, the later one's head does not follow from the earlier one's: a bundle was
    /// dropped or put in between.
    Head,
    /// Number 1 does not begin its scope: something was before it.
    Beginning,
}

/// A receipt that cannot be true beside an earlier one. It acknowledges nothing; both are kept, since
/// with them a person can show that the server was dishonest or set back without saying so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The receipt that came first; `None` when the other one is wrong by itself.
    pub earlier: Option<SignedReceipt>,
    /// The receipt that was not believed.
    pub later: SignedReceipt,
    /// How they exclude each other.
    pub contradiction: Contradiction,
}

impl Evidence {
    /// What speaks against `receipt`, given the receipts that are `known`.
    pub(crate) fn against<'a>(
        receipt: &SignedReceipt,
        known: impl IntoIterator<Item = &'a SignedReceipt>,
    ) -> Option<Self> {
        if !begins_well(receipt) {
            return Some(Self {
                earlier: None,
                later: receipt.clone(),
                contradiction: Contradiction::Beginning,
            });
        }
        known.into_iter().find_map(|earlier| {
            Some(Self {
                contradiction: contradiction(earlier, receipt)?,
                earlier: Some(earlier.clone()),
                later: receipt.clone(),
            })
        })
    }
}

fn begins_well(receipt: &SignedReceipt) -> bool {
    let receipt = receipt.receipt();
    receipt.seq != 1 || receipt.head == HeadHash::empty(receipt.scope).then(1, receipt.bundle)
}

fn contradiction(a: &SignedReceipt, b: &SignedReceipt) -> Option<Contradiction> {
    if a.contradicts(b) {
        return Some(Contradiction::Place);
    }
    let breaks = breaks_the_chain(a, b) || breaks_the_chain(b, a);
    breaks.then_some(Contradiction::Head)
}

/// Whether `after` comes right after `before` and does not follow from it.
fn breaks_the_chain(before: &SignedReceipt, after: &SignedReceipt) -> bool {
    let (before, after) = (before.receipt(), after.receipt());
    let comparable = (before.scope, before.epoch) == (after.scope, after.epoch);
    let neighbours = before.seq.checked_add(1) == Some(after.seq);
    comparable && neighbours && after.head != before.head.then(after.seq, after.bundle)
}
