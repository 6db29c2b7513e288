//! Numbers that look random and are the same in every run.

use uuid::Uuid;

use crate::ident::stable_uuid;

/// SplitMix64, seeded by a name.
pub(crate) struct Random(u64);

impl Random {
    pub fn new(name: &str) -> Self {
        let (high, low) = stable_uuid(name).as_u64_pair();
        Self(high ^ low)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    /// 63 bits with the highest one set: far beyond what a double holds exactly.
    pub fn snapshot_id(&mut self) -> i64 {
        let id = (self.next() >> 1) | (1 << 62);
        i64::try_from(id).unwrap_or(i64::MAX)
    }

    pub fn uuid(&mut self) -> Uuid {
        uuid::Builder::from_random_bytes(
            ((u128::from(self.next()) << 64) | u128::from(self.next())).to_be_bytes(),
        )
        .into_uuid()
    }
}
