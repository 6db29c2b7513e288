use std::time::{Duration, Instant};

/// What a bucket takes to fill.
pub(super) const MINUTE: Duration = Duration::from_secs(60);

/// When it is full again: all that a bucket has to know. `None` is full.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bucket(pub Option<Instant>);

impl Bucket {
    /// How long until one can be taken from a bucket that holds, and gets in a minute, `size`.
    pub fn wait(self, size: u32, now: Instant) -> Duration {
        let missing = self.missing(now);
        (missing + MINUTE / size).saturating_sub(MINUTE)
    }

    pub fn take(&mut self, size: u32, now: Instant) {
        self.0 = Some(now + self.missing(now) + MINUTE / size);
    }

    /// How long until it is full.
    pub fn missing(self, now: Instant) -> Duration {
        self.0
            .map_or(Duration::ZERO, |full| full.saturating_duration_since(now))
    }
}
