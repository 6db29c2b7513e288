//! Words of others, made fit to be shown.

/// At most `limit` characters on one line. What is not for reading (controls, and marks that turn the direction of
/// what follows) is left out, and an ellipsis stands for the rest.
pub(crate) fn bounded(text: &str, limit: usize) -> String {
    let mut shown: String = text.chars().filter(is_readable).take(limit + 1).collect();
    if let Some((cut, _)) = shown.char_indices().nth(limit) {
        shown.truncate(cut);
        shown.push('…');
    }
    shown
}

/// Whether a character is one to read: no control, no override of the direction, nothing without a width.
fn is_readable(character: &char) -> bool {
    !character.is_control()
        && !matches!(*character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_others_are_cut_and_cannot_turn_a_line() {
        assert_eq!(bounded("abc", 3), "abc");
        assert_eq!(bounded("abcd", 3), "abc…");
        assert_eq!(bounded("äöü", 2), "äö…");
        assert_eq!(bounded("a\n\u{202e}b\u{1b}[0m\0", 9), "ab[0m");
    }
}
