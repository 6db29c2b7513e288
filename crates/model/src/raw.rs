//! Table metadata as JSON, line by line.

use serde::{Deserialize, Serialize};

/// A window of a table's metadata as JSON, or the lines of it that a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawPage {
    /// Those of the page.
    pub lines: Vec<RawLine>,
    /// Of the whole document.
    pub total: usize,
    /// Lines that the search found; all without one.
    pub found: usize,
    /// Counts from 1.
    pub page: usize,
    /// Values of the whole document that are masked.
    pub masked: usize,
    /// Length of the document as the catalog sent it, in bytes.
    pub bytes: u64,
}

/// A line of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawLine {
    /// Counts from 1.
    pub number: usize,
    /// As it is shown, cut where it is too long.
    pub text: String,
    /// Characters at its end that are left out.
    pub cut: usize,
}

impl RawPage {
    /// Lines on a page.
    pub const LINES: usize = 500;

    /// The page on which a line stands when nothing is searched for.
    pub fn page_of(number: usize) -> usize {
        number.saturating_sub(1) / Self::LINES + 1
    }
}

mod masked;
mod pieces;
mod pretty;

pub use masked::masked;
pub use pieces::MaskedPieces;
pub use pretty::laid_out;

impl RawPage {
    fn pages(&self) -> usize {
        self.found.div_ceil(Self::LINES).max(1)
    }

    /// Longer lines are cut: some writers keep whole schemas in one property.
    const COLUMNS: usize = 1000;

    /// Page `page` of `json`, or of its lines that hold `search` in any case, as far as its values are shown.
    pub fn masked(json: &str, search: &str, page: usize, reveal: &crate::shown::Reveal) -> Self {
        let shown = masked(json, reveal);
        Self {
            masked: shown.values,
            bytes: json.len() as u64,
            ..Self::new(&shown.json, search, page)
        }
    }

    /// Holds no more of the document's pretty form than the page.
    fn new(json: &str, search: &str, page: usize) -> Self {
        let search = search.to_lowercase();
        let start = (page.max(1) - 1).saturating_mul(Self::LINES);
        let mut window = Self {
            lines: Vec::new(),
            total: 0,
            found: 0,
            page: page.max(1),
            masked: 0,
            bytes: json.len() as u64,
        };
        pretty::lines(json, |line| {
            window.total += 1;
            if !search.is_empty() && !line.to_lowercase().contains(&search) {
                return;
            }
            if window.found >= start && window.lines.len() < Self::LINES {
                window.lines.push(RawLine::new(window.total, line));
            }
            window.found += 1;
        });
        if window.page > window.pages() {
            return Self::new(json, &search, window.pages());
        }
        window
    }
}

impl RawLine {
    fn new(number: usize, line: &str) -> Self {
        let end = line
            .char_indices()
            .nth(RawPage::COLUMNS)
            .map_or(line.len(), |(end, _)| end);
        Self {
            number,
            text: line[..end].to_owned(),
            cut: line[end..].chars().count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(page: &RawPage) -> Vec<usize> {
        page.lines.iter().map(|line| line.number).collect()
    }

    fn document(items: usize) -> String {
        let items: Vec<_> = (0..items)
            .map(|item| format!("{{\"Item\":{item}}}"))
            .collect();
        format!("[{}]", items.join(","))
    }

    #[test]
    fn pages_follow_each_other_and_the_last_stands_for_those_beyond() {
        let json = document(1000);
        let second = RawPage::new(&json, "", 2);
        assert_eq!((second.total, second.pages()), (3002, 7));
        assert_eq!((second.lines[0].number, second.lines.len()), (501, 500));
        let beyond = RawPage::new(&json, "", usize::MAX);
        assert_eq!((beyond.page, beyond.lines.len()), (7, 2));
    }

    #[test]
    fn a_search_gives_lines_with_their_own_numbers() {
        let page = RawPage::new(&document(1000), "item\": 99", 1);
        assert_eq!(page.found, 11);
        assert_eq!(
            page.lines[0],
            RawLine {
                number: 3 * 99 + 3,
                text: "    \"Item\": 99".into(),
                cut: 0
            }
        );
        assert_eq!(RawPage::page_of(page.lines[1].number), 6);
        assert!(numbers(&RawPage::new("{}", "nothing", 3)).is_empty());
    }

    #[test]
    fn long_lines_are_cut_between_characters() {
        let json = format!("\"{}\"", "é".repeat(1200));
        let line = &RawPage::new(&json, "", 1).lines[0];
        assert_eq!((line.text.chars().count(), line.cut), (1000, 202));
    }
}
