//! What happened.

/// What happened, over all worlds, so that nobody believes a simulation in which nothing does.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub bundles: u64,
    pub lost_messages: u64,
    pub doubled: u64,
    pub torn: u64,
    pub crashes: u64,
    pub restores: u64,
    pub lost_by_server: u64,
    pub deleted: u64,
    pub refused: u64,
    pub full: u64,
    pub too_many: u64,
    pub conflicts: u64,
    pub gaps: u64,
    pub passed_on: u64,
    pub succeeded: u64,
    pub set_back: u64,
    pub lost_bytes: u64,
    pub given_up: u64,
    pub too_large: u64,
}

impl Tally {
    pub fn and(self, other: Self) -> Self {
        Self {
            bundles: self.bundles + other.bundles,
            lost_messages: self.lost_messages + other.lost_messages,
            doubled: self.doubled + other.doubled,
            torn: self.torn + other.torn,
            crashes: self.crashes + other.crashes,
            restores: self.restores + other.restores,
            lost_by_server: self.lost_by_server + other.lost_by_server,
            deleted: self.deleted + other.deleted,
            refused: self.refused + other.refused,
            full: self.full + other.full,
            too_many: self.too_many + other.too_many,
            conflicts: self.conflicts + other.conflicts,
            gaps: self.gaps + other.gaps,
            passed_on: self.passed_on + other.passed_on,
            succeeded: self.succeeded + other.succeeded,
            set_back: self.set_back + other.set_back,
            lost_bytes: self.lost_bytes + other.lost_bytes,
            given_up: self.given_up + other.given_up,
            too_large: self.too_large + other.too_large,
        }
    }

    pub fn assert_everything_happened(&self) {
        for (what, times) in [
            ("bundles", self.bundles),
            ("lost_messages", self.lost_messages),
            ("doubled", self.doubled),
            ("torn", self.torn),
            ("crashes", self.crashes),
            ("restores", self.restores),
            ("lost_by_server", self.lost_by_server),
            ("deleted", self.deleted),
            ("refused", self.refused),
            ("full", self.full),
            ("too_many", self.too_many),
            ("conflicts", self.conflicts),
            ("gaps", self.gaps),
            ("passed_on", self.passed_on),
            ("succeeded", self.succeeded),
            ("set_back", self.set_back),
            ("lost_bytes", self.lost_bytes),
            ("given_up", self.given_up),
            ("too_large", self.too_large),
        ] {
            assert!(times > 10, "{what} happened {times} times");
        }
    }
}
