use std::collections::BTreeMap;

use model::{
    error::AppError,
    form::{KEPT, KEY, THEIRS, VALUE},
};

use super::{Form, refused};

impl Form {
    /// The properties as typed: `key` and `value` side by side, those without a key left out.
    /// Values that the page masked are those of `current` while their key is in `kept` and not typed anew.
    pub fn properties(
        &self,
        current: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, AppError> {
        let mut properties = BTreeMap::new();
        let keys = self.fields.all(KEY.name).map(str::trim);
        for (key, value) in keys.zip(self.fields.all(VALUE.name)) {
            if key.is_empty() && !value.trim().is_empty() {
                return Err(refused(format!("The value “{value}” has no key.")));
            }
            if key.is_empty() {
                continue;
            }
            let twice = properties.insert(key.to_owned(), value.to_owned());
            if twice.is_some() {
                return Err(refused(format!(
                    "The key “{key}” stands twice among the properties."
                )));
            }
        }
        // Of a conflict: what somebody else saved meanwhile, or that they took it away.
        for key in self.fields.all(THEIRS.name) {
            match current.get(key) {
                Some(value) => properties.insert(key.to_owned(), value.clone()),
                None => properties.remove(key),
            };
        }
        for key in self.fields.all(KEPT.name) {
            if let Some(value) = current.get(key) {
                properties.entry(key.to_owned()).or_insert(value.clone());
            }
        }
        Ok(properties)
    }
}
