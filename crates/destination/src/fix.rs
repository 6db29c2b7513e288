//! Corrections that need no knowledge beyond the file itself.

use crate::destination::{Destination, TYPE};
use crate::detect;
use crate::edit::Edit;
use crate::keys;
use crate::lint::{Finding, lint};
use crate::render::quote;
use crate::secret::Secret;
use crate::value::{Entry, Value};

impl Destination {
    /// Makes the changes a finding proposes.
    pub fn apply(&mut self, finding: &Finding) {
        finding.edits.iter().for_each(|edit| self.edit(edit));
    }

    /// The file with every correction made that a finding proposes, and those findings. What
    /// [`lint`] still says about it only the person can settle.
    pub fn fixed(&self) -> (Destination, Vec<Finding>) {
        let mut file = self.clone();
        let mut applied: Vec<Finding> = Vec::new();
        // One correction can uncover another (a renamed key, then its value); a bound, should two
        // rules ever disagree.
        for _ in 0..8 {
            let found: Vec<Finding> = lint(&file)
                .into_iter()
                .filter(|finding| !finding.edits.is_empty())
                .collect();
            if found.is_empty() {
                break;
            }
            found.iter().for_each(|finding| file.apply(finding));
            detect::choices(&mut file);
            applied.extend(found);
        }
        (file, applied)
    }

    fn edit(&mut self, edit: &Edit) {
        match edit {
            Edit::Set(key, value) => self.put(key, value.clone()),
            Edit::Remove(key) => self.remove(key),
            Edit::Rename { from, to } => {
                let taken = self
                    .writer
                    .iter()
                    .any(|entry| entry.key != *from && keys::same(&entry.key, to));
                if let (false, Some(entry)) = (
                    taken,
                    self.writer.iter_mut().find(|entry| entry.key == *from),
                ) {
                    retype(entry, to);
                }
            }
            Edit::Merge(key) => {
                let Some(last) = self
                    .writer
                    .iter()
                    .rposition(|entry| keys::same(&entry.key, key))
                else {
                    return;
                };
                retype(&mut self.writer[last], key);
                let mut place = 0;
                self.writer.retain(|entry| {
                    place += 1;
                    place - 1 == last || !keys::same(&entry.key, key)
                });
            }
            Edit::Quote(key) => {
                if let Some(Entry {
                    value: Value::Json(json),
                    ..
                }) = self.entry(key)
                {
                    let digits = json.as_str().to_owned();
                    self.set(key, &digits);
                }
            }
            Edit::Trim(key) => match self.entry(key).map(|entry| &entry.value) {
                Some(Value::Text(text)) => self.put(key, Value::Text(text.trim().to_owned())),
                Some(Value::Secret(secret)) => {
                    self.put(key, Value::Secret(Secret::new(secret.expose().trim())))
                }
                _ => {}
            },
            Edit::SetType => {
                let entry = Entry {
                    key: "type".into(),
                    value: Value::Text(TYPE.into()),
                    at: None,
                };
                match self
                    .envelope
                    .iter_mut()
                    .find(|entry| keys::same(&entry.key, "type"))
                {
                    Some(wrong) => *wrong = entry,
                    None => {
                        self.envelope.insert(0, entry);
                        self.slot = self.slot.map(|slot| slot + 1);
                    }
                }
            }
            Edit::Wrap => {
                let (envelope, writer) = std::mem::take(&mut self.envelope)
                    .into_iter()
                    .partition(|entry| keys::same(&entry.key, "type"));
                (self.envelope, self.writer) = (envelope, writer);
                self.slot = Some(self.envelope.len());
            }
        }
    }
}

/// Renames an entry and reads its value as the new name wants it.
fn retype(entry: &mut Entry, to: &str) {
    let raw = match &entry.value {
        Value::Text(text) => quote(text),
        Value::Secret(secret) => quote(secret.expose()),
        Value::Bool(on) => on.to_string(),
        Value::Json(json) => json.as_str().to_owned(),
    };
    *entry = Entry::read(to.to_owned(), &raw, entry.at);
}
