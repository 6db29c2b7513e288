//! What is remembered of the changes of a connection.

mod batches;
mod renewals;

use std::sync::atomic::{AtomicU64, Ordering};

use model::access::{grants::Outcomes, onboard::Report};

use batches::Batches;
pub use batches::lock;
use renewals::Renewals;

use crate::{cache::About, made::Made, once::Once, untold::Untold};

/// What is known of the changes of a connection, whoever makes them: those that forms have asked for
/// lately, by what comes of them, and how many there were.
#[derive(Default)]
pub struct Changes {
    pub actions: Once<()>,
    pub forms: Once<Made>,
    /// Those that were shown before, by the page that shows what came of them.
    pub plans: Once<String>,
    pub grants: Once<Outcomes>,
    /// Who comes and who goes.
    pub flows: Once<(Report, Untold)>,
    pub batches: Batches,
    pub renewals: Renewals,
    /// Those that were tried, by what they touched.
    counts: [AtomicU64; 4],
}

impl Changes {
    /// Grows with every change that touches it: what was read before may not hold any more.
    pub fn count(&self, about: About) -> u64 {
        self.counts[about as usize].load(Ordering::Acquire)
    }

    pub fn touch(&self, about: About) {
        self.counts[about as usize].fetch_add(1, Ordering::Release);
    }
}
