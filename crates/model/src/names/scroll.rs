//! Which rows of a long list are in the page, and which are asked for, by how far it is scrolled.

use std::ops::Range;

use super::{MOST, PAGE};

/// Height of a row, px: `h-7`.
pub const DENSE: f64 = 28.0;
/// Height of a row with more room, px: `h-9`.
pub const TALL: f64 = 36.0;
/// Rows kept beyond either edge, so that the Tab key always finds the next one.
const OVERSCAN: usize = 10;
/// A window never holds more rows than this, however tall the screen.
const TALLEST: usize = PAGE;
/// Rows whose facts are asked for together.
const BLOCK: usize = 25;

/// The rows to keep in the page for a scroll position; `top`, `height` and that of a `row` in px.
pub fn visible(top: f64, height: f64, row: f64) -> Range<usize> {
    let first = (top.max(0.0) / row) as usize;
    let rows = (height.max(0.0) / row) as usize + 2;
    let start = first.saturating_sub(OVERSCAN);
    start..first + rows.min(TALLEST) + OVERSCAN
}

/// The rows to ask for: whole pages, and those of before while they hold what is visible.
pub fn covering(before: Option<&Range<usize>>, visible: &Range<usize>) -> Range<usize> {
    if let Some(before) = before
        && before.start <= visible.start
        && visible.end <= before.end
    {
        return before.clone();
    }
    let start = visible.start / PAGE * PAGE;
    let end = visible.end.div_ceil(PAGE) * PAGE;
    start..end.min(start + MOST)
}

/// The rows whose facts to ask for: whole blocks.
pub fn blocks(visible: &Range<usize>) -> Range<usize> {
    let end = visible.end.div_ceil(BLOCK) * BLOCK;
    visible.start / BLOCK * BLOCK..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_holds_the_screen_and_a_margin() {
        assert_eq!(visible(0.0, 320.0, 32.0), 0..22);
        assert_eq!(visible(3200.0, 320.0, 32.0), 90..122);
    }

    #[test]
    fn a_window_is_small_on_any_screen() {
        assert!(visible(1e6, 1e9, DENSE).len() < 300);
    }

    #[test]
    fn pages_are_kept_while_they_hold_the_window() {
        assert_eq!(covering(Some(&(0..200)), &(90..122)), 0..200);
        assert_eq!(covering(Some(&(0..200)), &(190..222)), 0..400);
        assert_eq!(covering(Some(&(0..400)), &(250..282)), 0..400);
        assert_eq!(covering(None, &(99_900..99_932)), 99_800..100_000);
    }

    #[test]
    fn facts_are_asked_for_in_blocks() {
        assert_eq!(blocks(&(0..42)), 0..50);
        assert_eq!(blocks(&(26..100)), 25..100);
    }

    #[test]
    fn every_window_fits_what_is_asked_for() {
        for first in 0..1000 {
            let window = visible(first as f64 * DENSE, 1e9, DENSE);
            let asked = covering(None, &window);
            assert!(asked.start <= window.start && window.end <= asked.end);
            assert!(asked.len() <= MOST);
        }
    }
}
