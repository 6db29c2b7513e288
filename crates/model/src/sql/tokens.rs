use super::Token;

/// Words that most dialects reserve, upper case, in order.
const KEYWORDS: [&str; 71] = [
    "ALL",
    "AND",
    "ANY",
    "ARRAY",
    "AS",
    "ASC",
    "BETWEEN",
    "BY",
    "CASE",
    "CAST",
    "COALESCE",
    "COUNT",
    "CREATE",
    "CROSS",
    "CURRENT_DATE",
    "CURRENT_TIMESTAMP",
    "DATE",
    "DELETE",
    "DESC",
    "DISTINCT",
    "ELSE",
    "END",
    "EXCEPT",
    "EXISTS",
    "EXTRACT",
    "FALSE",
    "FETCH",
    "FILTER",
    "FIRST",
    "FOLLOWING",
    "FOR",
    "FROM",
    "FULL",
    "GROUP",
    "HAVING",
    "IN",
    "INNER",
    "INTERSECT",
    "INTERVAL",
    "INTO",
    "IS",
    "JOIN",
    "LAST",
    "LATERAL",
    "LEFT",
    "LIKE",
    "LIMIT",
    "NATURAL",
    "NOT",
    "NULL",
    "NULLS",
    "OFFSET",
    "ON",
    "OR",
    "ORDER",
    "OUTER",
    "OVER",
    "PARTITION",
    "RANGE",
    "RIGHT",
    "ROW",
    "ROWS",
    "SELECT",
    "THEN",
    "TRUE",
    "UNION",
    "USING",
    "VALUES",
    "WHEN",
    "WHERE",
    "WITH",
];

/// Cuts SQL of any dialect into words. Put together again they are the text.
pub fn tokens(sql: &str) -> Vec<(Token, String)> {
    let mut tokens: Vec<(Token, String)> = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = match first {
            '\'' => (Token::Text, quoted(rest, '\'')),
            '"' | '`' => (Token::Name, quoted(rest, first)),
            '-' if rest.starts_with("--") => {
                (Token::Comment, rest.find('\n').unwrap_or(rest.len()))
            }
            '/' if rest.starts_with("/*") => (
                Token::Comment,
                rest.find("*/").map_or(rest.len(), |end| end + 2),
            ),
            '0'..='9' => (
                Token::Number,
                run(rest, |letter| {
                    letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_')
                }),
            ),
            _ if in_word(first) => word(rest),
            _ => (Token::Plain, first.len_utf8()),
        };
        let (text, after) = rest.split_at(length);
        rest = after;
        match tokens.last_mut() {
            Some((Token::Plain, before)) if kind == Token::Plain => before.push_str(text),
            _ => tokens.push((kind, text.to_owned())),
        }
    }
    tokens
}

fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn run(text: &str, within: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !within(letter)).unwrap_or(text.len())
}

fn word(text: &str) -> (Token, usize) {
    let length = run(text, in_word);
    let upper = text[..length].to_ascii_uppercase();
    let kind = match KEYWORDS.binary_search(&upper.as_str()) {
        Ok(_) => Token::Keyword,
        Err(_) => Token::Plain,
    };
    (kind, length)
}

/// Up to the closing quote; a doubled one is part of the text.
pub fn quoted(text: &str, quote: char) -> usize {
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == quote && letters.next_if(|(_, next)| *next == quote).is_none() {
            return at + quote.len_utf8();
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(sql: &str) -> Vec<(Token, String)> {
        tokens(sql)
            .into_iter()
            .filter(|(kind, _)| *kind != Token::Plain)
            .collect()
    }

    #[test]
    fn keywords_can_be_looked_up() {
        assert!(KEYWORDS.is_sorted());
    }

    #[test]
    fn each_kind_is_told_apart() {
        let expected = [
            (Token::Keyword, "select"),
            (Token::Text, "'it''s'"),
            (Token::Name, "\"a b\""),
            (Token::Number, "1.5e3"),
            (Token::Comment, "-- from x"),
            (Token::Keyword, "FROM"),
            (Token::Comment, "/* y */"),
        ];
        let expected = expected.map(|(kind, text)| (kind, text.to_owned()));
        assert_eq!(
            marked("select 'it''s', \"a b\", 1.5e3 -- from x\nFROM selected /* y */"),
            expected
        );
    }

    #[test]
    fn what_never_ends_reaches_to_the_end() {
        for text in ["'open", "`open", "/* open", "-- open", "'", "\"\"\""] {
            assert_eq!(tokens(text).len(), 1, "{text}");
        }
    }
}
