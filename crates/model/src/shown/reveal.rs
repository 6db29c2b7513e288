use super::{ALL, REVEAL};
use crate::query::Query;

/// The keys whose values somebody who may see them asks for as they are; none by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Reveal(Vec<String>);

impl Reveal {
    /// What the query of an address asks for.
    pub fn of(query: &str) -> Self {
        Self(Query::parse(query).all(REVEAL).map(str::to_owned).collect())
    }

    /// These keys.
    pub fn keys(keys: impl Iterator<Item = String>) -> Self {
        Self(keys.collect())
    }

    /// Whether the value of this key may be shown, because it was asked for.
    pub fn asks_for(&self, key: &str) -> bool {
        self.0.iter().any(|asked| asked == key || asked == ALL)
    }
}
