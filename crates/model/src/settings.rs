//! Settings and properties with their values as far as they are shown.

use serde::{Deserialize, Serialize};

use crate::shown::{Reveal, Shown};

/// A property or setting of a catalog or of something in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// Its name.
    pub key: String,
    /// As far as it is shown.
    pub value: Shown,
}

impl Setting {
    /// `filter` in lower case.
    pub fn holds(&self, filter: &str) -> bool {
        self.key.to_lowercase().contains(filter) || self.value.holds(filter)
    }
}

/// All of them, their values as far as they are shown.
pub fn settings<'a, T: AsRef<str> + ?Sized + 'a>(
    pairs: impl IntoIterator<Item = (&'a T, &'a T)>,
    reveal: &Reveal,
) -> Vec<Setting> {
    pairs
        .into_iter()
        .map(|(key, value)| Setting {
            key: key.as_ref().to_owned(),
            value: Shown::new(key.as_ref(), value.as_ref(), reveal),
        })
        .collect()
}
