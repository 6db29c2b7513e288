//! What the keyboard does in the tree.

/// What the keyboard needs to know about a line of the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// 1 at the top.
    pub level: usize,
    /// `None` for a line that does not open.
    pub expanded: Option<bool>,
    /// Opened, but what is inside has not arrived.
    pub busy: bool,
    /// What is typed to go to it.
    pub text: String,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Goes to another line.
    Focus(usize),
    /// Opens or closes the line.
    Toggle,
    /// Follows the line's link.
    Follow,
}

/// The WAI-ARIA tree pattern: what `key` means on line `at`.
pub fn step(key: &str, at: usize, items: &[Item]) -> Option<Step> {
    let item = items.get(at)?;
    match key {
        "ArrowDown" => (at + 1 < items.len()).then_some(Step::Focus(at + 1)),
        "ArrowUp" => at.checked_sub(1).map(Step::Focus),
        "Home" => Some(Step::Focus(0)),
        "End" => Some(Step::Focus(items.len() - 1)),
        "ArrowRight" => match item.expanded {
            Some(false) => (!item.busy).then_some(Step::Toggle),
            Some(true) => {
                let inside = items
                    .get(at + 1)
                    .is_some_and(|next| next.level > item.level);
                inside.then_some(Step::Focus(at + 1))
            }
            None => None,
        },
        "ArrowLeft" if item.expanded == Some(true) || item.busy => Some(Step::Toggle),
        "ArrowLeft" => items[..at]
            .iter()
            .rposition(|before| before.level < item.level)
            .map(Step::Focus),
        "Enter" | " " => Some(Step::Follow),
        _ => find(key, at, items).map(Step::Focus),
    }
}

/// The next line that starts with the typed character, from the top again after the last.
fn find(key: &str, at: usize, items: &[Item]) -> Option<usize> {
    let key = Some(key)
        .filter(|key| key.chars().count() == 1)?
        .to_lowercase();
    let count = items.len();
    (1..count)
        .map(|ahead| (at + ahead) % count)
        .find(|index| items[*index].text.to_lowercase().starts_with(&key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items() -> Vec<Item> {
        [
            (1, Some(true), "alpha"),
            (2, Some(false), "beta"),
            (2, None, "gamma"),
            (1, Some(false), "Apple"),
        ]
        .map(|(level, expanded, text)| Item {
            level,
            expanded,
            busy: false,
            text: text.into(),
        })
        .to_vec()
    }

    #[test]
    fn arrows_open_enter_leave_and_close() {
        let items = items();
        assert_eq!(step("ArrowRight", 0, &items), Some(Step::Focus(1)));
        assert_eq!(step("ArrowRight", 1, &items), Some(Step::Toggle));
        assert_eq!(step("ArrowRight", 2, &items), None);
        assert_eq!(step("ArrowLeft", 2, &items), Some(Step::Focus(0)));
        assert_eq!(step("ArrowLeft", 0, &items), Some(Step::Toggle));
        assert_eq!(step("ArrowLeft", 3, &items), None);
    }

    #[test]
    fn a_second_arrow_does_not_close_what_is_still_arriving() {
        let mut items = items();
        items[1].busy = true;
        assert_eq!(step("ArrowRight", 1, &items), None);
        assert_eq!(step("ArrowLeft", 1, &items), Some(Step::Toggle));
    }

    #[test]
    fn the_ends_hold() {
        let items = items();
        assert_eq!(step("ArrowUp", 0, &items), None);
        assert_eq!(step("ArrowDown", 3, &items), None);
        assert_eq!(step("End", 0, &items), Some(Step::Focus(3)));
        assert_eq!(step("Home", 3, &items), Some(Step::Focus(0)));
    }

    #[test]
    fn a_letter_goes_to_the_next_such_line_and_around() {
        let items = items();
        assert_eq!(step("a", 0, &items), Some(Step::Focus(3)));
        assert_eq!(step("a", 3, &items), Some(Step::Focus(0)));
        assert_eq!(step("z", 0, &items), None);
        assert_eq!(step("Tab", 0, &items), None);
    }
}
