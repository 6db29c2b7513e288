use iceberg_rest::types::metadata::{Snapshot, TableMetadata};
use serde::{Deserialize, Serialize};

use super::{Expiry, Fate, Policy};
use crate::format::Moment;

/// Rows of a list: the others are counted.
const SHOWN: usize = 100;

/// What expires of a table, and what stays and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExpiryPage {
    /// The moment that ages are counted back from.
    pub now: Moment,
    /// The table's own policy, in a sentence.
    pub policy: String,
    /// These go by what was typed, not by that policy.
    pub typed: bool,
    /// Those that go, the newest first; not all, where there are many.
    pub going: Vec<FateRow>,
    /// How many go.
    pub goes: usize,
    /// Those that stay, the oldest first; not all, where there are many.
    pub staying: Vec<FateRow>,
    /// How many stay.
    pub stays: usize,
    /// That branches and tags go, where any do; a sentence.
    pub refs: Option<String>,
    /// Why nothing of the table may expire; a sentence.
    pub off: Option<String>,
}

/// A snapshot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FateRow {
    /// Unique in the table; text, as it exceeds what the browser counts exactly.
    pub id: String,
    /// When it was made.
    pub at: Option<Moment>,
    /// Why it stays; empty where it does not.
    pub why: String,
}

impl ExpiryPage {
    /// By the table's own policy, or by an age and a number that were typed.
    pub fn new(
        metadata: &TableMetadata,
        now: i64,
        typed: Option<(Option<i64>, Option<i64>)>,
    ) -> Self {
        let moment = Moment::from_ms(now);
        let own = match Policy::of(metadata, now) {
            Ok(own) => own,
            Err(off) => {
                return Self {
                    now: moment,
                    policy: String::new(),
                    typed: false,
                    going: Vec::new(),
                    goes: 0,
                    staying: Vec::new(),
                    stays: 0,
                    refs: None,
                    off: Some(off),
                };
            }
        };
        let policy = typed.map_or(own, |(age, least)| own.typed(age, least));
        let expiry = Expiry::new(metadata, &policy);
        let is_going = |(_, fate): &&(&Snapshot, Fate<'_>)| *fate == Fate::Goes;
        let all = expiry.snapshots.iter();
        let going = all.clone().rev().filter(is_going);
        let staying = all.filter(|one| !is_going(one));
        let (goes, stays) = (going.clone().count(), staying.clone().count());
        Self {
            now: moment,
            policy: own.says(),
            typed: typed.is_some(),
            going: going.take(SHOWN).map(row).collect(),
            goes,
            staying: staying.take(SHOWN).map(row).collect(),
            stays,
            refs: expiry.refs_told(),
            off: None,
        }
    }
}

fn row((one, fate): &(&Snapshot, Fate<'_>)) -> FateRow {
    FateRow {
        id: one.snapshot_id.to_string(),
        at: one.timestamp_ms.map(Moment::from_ms),
        why: fate.why(),
    }
}
