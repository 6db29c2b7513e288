use serde::{Deserialize, Serialize};

use super::window::Window;

/// Properties of a table or view, those that the filter lets through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Properties {
    pub rows: Window<(String, String)>,
    /// Before the filter.
    pub total: usize,
}

#[cfg(feature = "ssr")]
impl Properties {
    const SIZE: usize = 200;

    /// Those whose key or value holds `filter`, in any case.
    pub fn new(
        properties: &std::collections::BTreeMap<String, String>,
        filter: &str,
        page: usize,
    ) -> Self {
        let filter = filter.to_lowercase();
        let found: Vec<_> = properties
            .iter()
            .filter(|(key, value)| {
                key.to_lowercase().contains(&filter) || value.to_lowercase().contains(&filter)
            })
            .collect();
        Self {
            rows: Window::new(found.len(), page, Self::SIZE, |index| {
                (found[index].0.clone(), found[index].1.clone())
            }),
            total: properties.len(),
        }
    }
}
