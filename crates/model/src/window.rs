//! A page of rows of a longer list.

use serde::{Deserialize, Serialize};

/// A page of a longer list that stays on the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window<T> {
    /// Those of the page.
    pub rows: Vec<T>,
    /// How many rows stand before these.
    pub start: usize,
    /// Of the whole list.
    pub total: usize,
    /// Rows on a full page.
    pub size: usize,
}

impl<T> Window<T> {
    /// The rows of page `page` (1 is the first), made by `row` from their index. A page beyond the
    /// end is the last one.
    pub fn new(total: usize, page: usize, size: usize, row: impl FnMut(usize) -> T) -> Self {
        let rows = range(total, page, size);
        Self {
            start: rows.start,
            rows: rows.map(row).collect(),
            total,
            size,
        }
    }
}

/// Which of `total` rows stand on page `page`.
fn range(total: usize, page: usize, size: usize) -> std::ops::Range<usize> {
    let last = total.div_ceil(size).max(1);
    let start = (page.clamp(1, last) - 1) * size;
    start..total.min(start + size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_beyond_the_end_is_the_last() {
        assert_eq!(range(401, 3, 200), 400..401);
        assert_eq!(range(401, usize::MAX, 200), 400..401);
        assert_eq!(range(400, 3, 200), 200..400);
        assert_eq!(range(0, 0, 200), 0..0);
    }

    #[test]
    fn a_window_holds_its_page_only() {
        let window = Window::new(401, 2, 200, |index| index);
        assert_eq!(
            (window.start, window.rows[0], window.rows.len()),
            (200, 200, 200)
        );
        assert!(Window::new(0, 1, 200, |index| index).rows.is_empty());
    }
}
