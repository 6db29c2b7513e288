use crate::kind::Kind;

/// One known problem.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable, for links.
    pub id: &'static str,
    /// Empty: any catalog.
    pub kinds: &'static [Kind],
    /// What is seen.
    pub symptom: &'static str,
    /// Parts of error messages, in lower case; within one, parts joined by ` … ` all occur.
    pub patterns: &'static [&'static str],
    /// Why it happens.
    pub cause: &'static str,
    /// What to do.
    pub fix: &'static str,
    /// A command that shows whether it is this; with placeholders.
    pub command: &'static str,
}

/// What one matching pattern is worth at least; words never add up to it.
pub(super) const PATTERN: usize = 1000;
/// What it is worth that every word occurs.
pub(super) const ALL_WORDS: usize = 500;

impl Problem {
    pub(super) fn score(&self, text: &str, words: &[&str]) -> usize {
        let pattern = self
            .patterns
            .iter()
            .filter(|pattern| pattern.split(" … ").all(|part| text.contains(part)))
            .map(|pattern| PATTERN + pattern.len())
            .max();
        pattern.unwrap_or_else(|| self.score_words(words))
    }

    /// Search as one types it: all words of a short query, most of a long one; plurals aside.
    fn score_words(&self, words: &[&str]) -> usize {
        let kinds: String = self.kinds.iter().map(|kind| format!("{kind} ")).collect();
        let known = format!(
            "{kinds}{} {} {} {}",
            self.symptom,
            self.cause,
            self.fix,
            self.patterns.join(" ")
        )
        .to_lowercase();
        let hits = words
            .iter()
            .filter(|word| known.contains(word.trim_end_matches('s')))
            .count();
        match hits {
            _ if words.is_empty() => 0,
            hits if hits == words.len() => ALL_WORDS + hits,
            hits if hits * 3 >= words.len() * 2 => hits,
            _ => 0,
        }
    }
}
