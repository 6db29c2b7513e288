use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{
    FieldRow,
    differences::{changes, walk},
};

/// A column of two tables that has the same name in both, and another field id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    /// With the names of the columns that it belongs to: `price.net`.
    pub column: String,
    /// Its field id in the first.
    pub from: String,
    /// Its field id in the second.
    pub to: String,
    /// What else differs, in words.
    pub said: String,
}

impl Alike {
    /// All of them, in the order of the second: of two members of the same name the last counts.
    pub(crate) fn all(from: &[FieldRow], to: &[FieldRow]) -> Vec<Self> {
        let [old, new] = [from, to].map(|rows| {
            let known = walk(rows).map(|known| (known.names, known.row));
            known.collect::<HashMap<_, _>>()
        });
        let alike = walk(to).filter_map(|now| {
            let (was, last) = (old.get(&now.names)?, new.get(&now.names)?);
            let is_other = std::ptr::eq(*last, now.row) && was.id != now.row.id;
            is_other.then(|| Self {
                column: now.path(),
                from: was.id.clone(),
                to: now.row.id.clone(),
                said: changes(was, now.row).join(", "),
            })
        });
        alike.collect()
    }
}
