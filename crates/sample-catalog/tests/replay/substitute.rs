//! Ids, tokens and locations that a server made up: what theirs is in our answers.

use std::collections::HashMap;

use serde_json::Value;

/// Shorter texts are names, the same on both sides.
const SHORTEST: usize = 16;

/// Recorded text → ours.
#[derive(Default)]
pub struct Substitutes(HashMap<String, String>);

impl Substitutes {
    pub fn put(&mut self, recorded: &str, ours: &str) {
        if recorded == ours {
            self.0.remove(recorded);
        } else if recorded.len() >= SHORTEST {
            self.0.insert(recorded.to_owned(), ours.to_owned());
            self.0.insert(recorded.to_uppercase(), ours.to_uppercase());
        }
    }

    /// Learns from two answers to the same request.
    pub fn learn(&mut self, recorded: &Value, ours: &Value) {
        match (recorded, ours) {
            (Value::Object(theirs), Value::Object(fields)) => {
                for (key, value) in theirs {
                    if let Some(field) = fields
                        .get(key)
                        .filter(|_| key != "message" && key != "endpoints")
                    {
                        self.learn(value, field);
                    }
                }
            }
            (Value::Array(theirs), Value::Array(items)) => {
                theirs
                    .iter()
                    .zip(items)
                    .for_each(|(value, item)| self.learn(value, item));
            }
            (Value::String(theirs), Value::String(text)) => self.put(theirs, text),
            _ => {}
        }
    }

    /// Longest first, so that a part never replaces a piece of the whole.
    pub fn apply(&self, text: &str) -> String {
        let mut pairs: Vec<_> = self.0.iter().collect();
        pairs.sort_by_key(|(recorded, _)| std::cmp::Reverse(recorded.len()));
        pairs
            .into_iter()
            .fold(text.to_owned(), |text, (recorded, ours)| {
                text.replace(recorded.as_str(), ours)
            })
    }
}
