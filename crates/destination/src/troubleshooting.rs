//! What goes wrong, how to tell, and what to do: searched by symptom or by a pasted log.

mod catalogs;
mod file;
mod network;
mod problem;

use crate::kind::Kind;
use problem::{ALL_WORDS, PATTERN};

pub use problem::Problem;

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
