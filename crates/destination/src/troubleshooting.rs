//! What goes wrong, how to tell, and what to do: searched by symptom or by a pasted log.

mod catalogs;
mod file;
mod network;

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

/// Every known problem, grouped as the pages show them.
pub fn problems() -> impl Iterator<Item = &'static Problem> {
    file::PROBLEMS
        .iter()
        .chain(network::PROBLEMS)
        .chain(catalogs::PROBLEMS)
}

/// One known problem by its id.
pub fn problem(id: &str) -> Option<&'static Problem> {
    problems().find(|problem| problem.id == id)
}

/// How much of a pasted log is looked at, in bytes from its end, where the error is.
const MAX_PASTE: usize = 256 * 1024;

/// Problems that match a pasted error or a few words, the best match first. With a catalog given,
/// those of other catalogs are left out.
pub fn diagnose(text: &str, kind: Option<Kind>) -> Vec<&'static Problem> {
    let start = text.len().saturating_sub(MAX_PASTE);
    let start = (start..=text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let text = text[start..].to_lowercase();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 1)
        .take(12)
        .collect();
    let mut scored: Vec<(usize, &Problem)> = problems()
        .filter(|problem| {
            kind.is_none_or(|kind| problem.kinds.is_empty() || problem.kinds.contains(&kind))
        })
        .map(|problem| (problem.score(&text, &words), problem))
        .filter(|(score, _)| *score > 0)
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    // A quoted error outweighs words that happen to occur.
    if scored.first().is_some_and(|(score, _)| *score >= PATTERN) {
        scored.retain(|(score, _)| *score >= ALL_WORDS);
    }
    scored.into_iter().map(|(_, problem)| problem).collect()
}

/// What one matching pattern is worth at least; words never add up to it.
const PATTERN: usize = 1000;
/// What it is worth that every word occurs.
const ALL_WORDS: usize = 500;

impl Problem {
    fn score(&self, text: &str, words: &[&str]) -> usize {
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
