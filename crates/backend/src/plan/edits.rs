//! What somebody changed about properties: the difference between what their form was filled in from and what
//! they sent, whatever others did meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use iceberg_rest::secret;
use model::{
    error::AppError,
    form::{KEPT, SEEN_KEY, SEEN_MASKED, SEEN_VALUE},
    format::counted,
    paths::Query,
    preview::Difference,
    shown::{MASKED, Reveal, Shown},
};

use super::{Beside, Text};
use crate::forms::properties::typed;

/// Keys that get a value, and keys that go.
pub struct Edits {
    pub updates: BTreeMap<String, String>,
    pub removals: BTreeSet<String>,
    /// What the form was filled in from, as far as it was shown.
    seen: BTreeMap<String, String>,
}

impl Edits {
    /// What a form says.
    pub fn read(fields: &Query) -> Result<Self, AppError> {
        let typed = typed(fields)?;
        let values = fields.all(SEEN_KEY.name).zip(fields.all(SEEN_VALUE.name));
        let plain = values.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let plain: BTreeMap<_, _> = plain.collect();
        let kept: BTreeSet<_> = fields.all(KEPT.name).collect();
        let masked = fields.all(SEEN_MASKED.name).map(str::to_owned);
        let masked: Vec<String> = masked.collect();
        let let_go = masked.iter().filter(|key| !kept.contains(key.as_str()));
        let gone = plain.keys().chain(let_go);
        let gone = gone.filter(|key| !typed.contains_key(*key));
        let removals = gone.cloned().collect();
        let is_new = |(key, value): &(String, String)| plain.get(key) != Some(value);
        let updates = typed.into_iter().filter(is_new).collect();
        let masked = masked.into_iter().map(|key| (key, MASKED.to_owned()));
        Ok(Self {
            updates,
            removals,
            seen: masked.chain(plain).collect(),
        })
    }

    /// Without what is so by now: Polaris takes the removal of what is not there for a conflict.
    pub fn against(mut self, now: &BTreeMap<String, String>) -> Self {
        self.updates
            .retain(|key, value| now.get(key) != Some(value));
        self.removals.retain(|key| now.contains_key(key));
        self
    }

    /// In sentences.
    pub fn says(&self) -> Vec<String> {
        let part = |number, does: &str| {
            (number > 0).then(|| format!("{} will be {does}.", counted(number, "property")))
        };
        let set = part(self.updates.len(), "as below");
        let removed = part(self.removals.len(), "removed");
        set.into_iter().chain(removed).collect()
    }

    /// Why there is nothing to send, where that is so.
    pub fn nothing(&self) -> Option<String> {
        let nothing = self.updates.is_empty() && self.removals.is_empty();
        nothing.then(|| {
            "Nothing would be different: its properties are as they are in the form.".to_owned()
        })
    }

    /// What becomes another, and what somebody else made another.
    pub fn rows(&self, now: &BTreeMap<String, String>, reveal: &Reveal) -> Vec<Difference> {
        let keys: BTreeSet<&String> = self
            .seen
            .keys()
            .chain(now.keys())
            .chain(self.updates.keys())
            .collect();
        let row = |key: &String| {
            let now = now.get(key).map(|value| {
                let shown = Shown::new(key, value, reveal);
                shown.whole().unwrap_or(MASKED).to_owned()
            });
            let wanted = match self.updates.get(key) {
                Some(value) => Some(typed_shown(key, value)),
                None if self.removals.contains(key) => None,
                None => now.clone(),
            };
            Difference {
                key: key.clone(),
                seen: self.seen.get(key).cloned(),
                now,
                wanted,
            }
        };
        let named = |row: &Difference| {
            self.updates.contains_key(&row.key) || self.removals.contains(&row.key)
        };
        let rows = keys.into_iter().map(row);
        rows.filter(|row| named(row) || row.moved()).collect()
    }

    /// What is told of them besides.
    pub fn beside(&self, now: &BTreeMap<String, String>, reveal: &Reveal) -> Beside {
        Beside {
            rows: self.rows(now, reveal),
            texts: vec![self.text(now, reveal)],
            ..Beside::default()
        }
    }

    /// All of them, a line each, before and after.
    fn text(&self, now: &BTreeMap<String, String>, reveal: &Reveal) -> Text {
        let line = |key: &str, text: &str| {
            // One of several lines would look like several properties.
            let line = format!("{key} = {text}").replace(['\n', '\r'], "⏎");
            (key.to_owned(), format!("{line}\n"))
        };
        let shown =
            |(key, value): (&String, &String)| line(key, Shown::new(key, value, reveal).text());
        let before: BTreeMap<_, _> = now.iter().map(shown).collect();
        let mut after = before.clone();
        after.retain(|key, _| !self.removals.contains(key));
        after.extend(self.updates.iter().map(|(key, value)| {
            let shown = typed_shown(key, value);
            let is_told = before.get(key) != Some(&line(key, &shown).1);
            let other = if is_told { "" } else { " (another one)" };
            line(key, &format!("{shown}{other}"))
        }));
        let [before, after] = [before, after].map(|lines| lines.into_values().collect::<String>());
        Text::new("Properties", before, after)
    }

    /// Whether properties are as they make them.
    pub fn hold(&self, now: &BTreeMap<String, String>) -> bool {
        let set = |(key, value): (&String, &String)| now.get(key) == Some(value);
        self.updates.iter().all(set) && self.removals.iter().all(|key| !now.contains_key(key))
    }
}

/// What was just typed, as a preview shows it: all but what is called, or looks like, a secret.
pub fn typed_shown(key: &str, value: &str) -> String {
    let is_secret = secret::names_a_secret(key) || secret::looks_like_a_key(value);
    if is_secret { MASKED } else { value }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    fn read(form: &str) -> Edits {
        Edits::read(&Query::parse(form)).unwrap()
    }

    /// Filled in from `team=a`, `owner=x` and two masked keys, of which one is kept.
    const SEEN: &str = "seen_key=team&seen_value=a&seen_key=owner&seen_value=x&seen_masked=pin&seen_masked=rule&kept=rule";

    #[test]
    fn only_what_was_changed_is_sent() {
        let edits = read(&format!("{SEEN}&key=team&value=b&key=new&value=1"));
        assert_eq!(edits.updates, map(&[("team", "b"), ("new", "1")]));
        let gone = ["owner", "pin"].map(str::to_owned);
        assert_eq!(edits.removals, BTreeSet::from(gone));
        let same = read(&format!(
            "{SEEN}&key=team&value=a&key=owner&value=x&kept=pin"
        ));
        assert!(same.nothing().is_some());
        let masked = read(&format!(
            "{SEEN}&key=team&value=a&key=owner&value=x&key=pin&value=2"
        ));
        assert_eq!(masked.updates, map(&[("pin", "2")]));
        assert!(masked.removals.is_empty());
    }

    #[test]
    fn what_others_did_meanwhile_is_shown_and_stays_where_it_was_not_edited() {
        let edits = read(&format!("{SEEN}&key=team&value=b&kept=pin"));
        let now = map(&[
            ("team", "c"),
            ("owner", "x"),
            ("pin", "1"),
            ("rule", "r"),
            ("more", "m"),
        ]);
        let edits = edits.against(&now);
        let rows = edits.rows(&now, &Reveal::default());
        let row = |key: &str| {
            let row = rows.iter().find(|row| row.key == key)?;
            Some([&row.seen, &row.now, &row.wanted].map(|it| it.clone().unwrap_or("—".into())))
        };
        assert_eq!(row("team"), Some(["a", "c", "b"].map(Into::into)));
        assert_eq!(row("owner"), Some(["x", "x", "—"].map(Into::into)));
        assert!(row("more").is_some_and(|row| row[0] == "—" && row[1] == row[2]));
        assert_eq!((row("pin"), row("rule")), (None, None));
        assert!(!edits.hold(&now));
        assert!(edits.hold(&map(&[("team", "b")])));
    }

    #[test]
    fn what_is_masked_before_and_after_is_said_to_be_another() {
        let edits = read(&format!(
            "{SEEN}&key=pin&value=AKIAIOSFODNN7EXAMPLE&key=team&value=b%0Ac"
        ));
        let now = map(&[("team", "a"), ("owner", "x"), ("pin", "1"), ("rule", "r")]);
        let text = edits.text(&now, &Reveal::default()).compared().unwrap();
        let told: Vec<_> = text
            .diff
            .lines
            .iter()
            .map(|line| (line.from.as_deref(), line.to.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                (Some("owner = x"), Some("pin = [masked] (another one)")),
                (Some("pin = [masked]"), None),
                (Some("rule = [masked]"), Some("rule = [masked]")),
                (Some("team = a"), Some("team = b⏎c")),
            ]
        );
    }

    #[test]
    fn what_is_so_by_now_is_not_asked_for() {
        let edits = read(&format!("{SEEN}&key=team&value=b&kept=pin"));
        let edits = edits.against(&map(&[("team", "b"), ("pin", "1"), ("rule", "r")]));
        assert!(edits.nothing().is_some());
    }
}
