//! Whether a text that was laid out anew still says the same, in whichever dialect it is.

/// What may be parted from its neighbours and joined with them, besides separators and comments.
const OPERATORS: [&str; 14] = [
    "=", "<", ">", "<=", ">=", "<>", "!=", "+", "-", "*", "/", "||", "->", "->>",
];

/// A part of SQL that must not change.
pub struct Piece<'a> {
    text: &'a str,
    /// White space stands before it.
    apart: bool,
    /// White space around it means nothing.
    free: bool,
}

/// Whether `laid_out` differs from what was written in white space alone, and there only where it means nothing.
pub fn is_same(before: &[Piece<'_>], laid_out: &str) -> bool {
    let Some(after) = pieces(laid_out) else {
        return false;
    };
    let is_free = |index: usize| {
        let previous = index
            .checked_sub(1)
            .and_then(|previous| before.get(previous));
        before[index].free || previous.is_none_or(|previous| previous.free)
    };
    before.len() == after.len()
        && before
            .iter()
            .zip(&after)
            .enumerate()
            .all(|(index, (old, new))| {
                old.text == new.text && (old.apart == new.apart || is_free(index))
            })
}

/// `None` where the text holds what is read differently by different dialects, or by what fills in templates.
pub fn pieces(sql: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rest = sql;
    loop {
        let text = rest.trim_start();
        let apart = text.len() < rest.len();
        let Some(first) = text.chars().next() else {
            return Some(pieces);
        };
        let (length, free) = match first {
            // Escapes a quote in some dialects, and is a letter in others.
            '\\' => return None,
            '\'' | '"' | '`' => {
                let is_oracles = |piece: &Piece| {
                    ["q", "nq"]
                        .iter()
                        .any(|it| piece.text.eq_ignore_ascii_case(it))
                };
                if first == '\'' && !apart && pieces.last().is_some_and(is_oracles) {
                    return None;
                }
                let length = super::tokens::quoted(text, first);
                if text[..length].contains('\\') {
                    return None;
                }
                (length, false)
            }
            '[' => (text.find(']')? + 1, false),
            ',' | ';' | '(' | ')' => (1, true),
            '-' if text.starts_with("--") => (text.find('\n').unwrap_or(text.len()), true),
            '/' if text.starts_with("/*") => (text.find("*/")? + 2, true),
            _ if in_word(first) => (word(text)?, false),
            _ => {
                let length = operator(text)?;
                (length, OPERATORS.contains(&&text[..length]))
            }
        };
        let (text, after) = text.split_at(length);
        rest = after;
        pieces.push(Piece {
            text: text.trim_end(),
            apart,
            free,
        });
    }
}

fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '.' | '$')
}

/// A name, a keyword or a number. `None` for the quotes that two dollar signs are.
fn word(text: &str) -> Option<usize> {
    let run = |text: &str| text.find(|letter| !in_word(letter)).unwrap_or(text.len());
    let mut length = run(text);
    let is_number = text.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.')
        && !text.starts_with("0x")
        && !text.starts_with("0X");
    if is_number && text[..length].ends_with(['e', 'E']) {
        let rest = &text[length..];
        let digits = rest.strip_prefix(['+', '-']).map_or(0, run);
        if digits > 0 {
            length += 1 + digits;
        }
    }
    (text[..length].matches('$').count() < 2).then_some(length)
}

/// A run of signs, up to a comment. `None` where they begin a template or what is a comment to some dialects.
fn operator(text: &str) -> Option<usize> {
    let ends = |(at, letter): &(usize, char)| {
        in_word(*letter)
            || letter.is_whitespace()
            || "'\"`[,;()\\".contains(*letter)
            || (*at > 0
                && ["--", "/*"]
                    .iter()
                    .any(|mark| text[*at..].starts_with(mark)))
    };
    let length = text
        .char_indices()
        .find(ends)
        .map_or(text.len(), |(at, _)| at);
    let signs = &text[..length];
    let unknown = signs.contains(['{', '}', '#', ']']) || signs.contains("//");
    (!unknown).then_some(length)
}
