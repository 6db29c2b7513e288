use std::collections::BTreeMap;

use model::{
    error::AppError,
    form::{KEPT, KEY, THEIRS, VALUE},
    paths::Query,
};

use super::{Form, refused};

/// Keys and values as they were typed side by side, those without a key left out.
pub fn typed(fields: &Query) -> Result<BTreeMap<String, String>, AppError> {
    let mut properties = BTreeMap::new();
    let keys = fields.all(KEY.name).map(str::trim);
    for (key, value) in keys.zip(fields.all(VALUE.name)) {
        if key.is_empty() && !value.trim().is_empty() {
            return Err(refused(format!("The value “{value}” has no key.")).at(&KEY));
        }
        if key.is_empty() {
            continue;
        }
        let twice = properties.insert(key.to_owned(), value.to_owned());
        if twice.is_some() {
            let why = format!("The key “{key}” stands twice among the properties.");
            return Err(refused(why).at(&KEY));
        }
    }
    Ok(properties)
}

impl Form {
    /// The properties as [`typed`]. Values that the page masked are those of `current` while their key is in `kept` and not typed anew.
    pub fn properties(
        &self,
        current: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, AppError> {
        let mut properties = typed(&self.fields)?;
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
