//! Properties of tables and views.

pub mod known;

use serde::{Deserialize, Serialize};

use crate::{
    settings::Setting,
    shown::{Reveal, Shown},
    window::Window,
};

/// Properties of a table or view, those that the filter lets through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Properties {
    /// A page of those that the filter lets through.
    pub rows: Window<Setting>,
    /// Before the filter.
    pub total: usize,
}

/// Whether a server itself writes a property into each answer, as Nessie does the commit that a table was read at
/// (seen on 0.99.0): it is another one after each commit to anything on the branch.
pub fn is_of_answer(key: &str) -> bool {
    key.starts_with("nessie.")
}

impl Properties {
    const SIZE: usize = 200;

    /// Those whose key, or value as far as it is shown, holds `filter`, in any case.
    pub fn new(
        properties: &std::collections::BTreeMap<String, String>,
        filter: &str,
        page: usize,
        reveal: &Reveal,
    ) -> Self {
        let filter = filter.to_lowercase();
        let setting = |(key, value): (&String, &String)| Setting {
            value: Shown::new(key, value, reveal),
            key: key.clone(),
        };
        let holds = |pair: &(&String, &String)| filter.is_empty() || setting(*pair).holds(&filter);
        let found: Vec<_> = properties.iter().filter(holds).collect();
        Self {
            rows: Window::new(found.len(), page, Self::SIZE, |index| setting(found[index])),
            total: properties.len(),
        }
    }
}
