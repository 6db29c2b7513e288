//! The SQL of views, in words for colour.

use serde::{Deserialize, Serialize};

/// A text of a view, laid out and cut into words for colour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sql {
    /// Whose SQL it is: `spark`, `trino`, …
    pub dialect: String,
    /// As it was written.
    pub text: String,
    /// Words and what is between them, in order.
    pub tokens: Vec<(Token, String)>,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Token {
    /// Anything else, white space too.
    Plain,
    /// `SELECT`, …
    Keyword,
    /// A text in single quotes.
    Text,
    /// A quoted name.
    Name,
    /// As it was written.
    Number,
    /// To the end of its line, or of its marks.
    Comment,
}

mod tokens;

/// Longer texts are shown as they are: laying them out would cost more than it helps.
const LONGEST: usize = 64 * 1024;

impl From<&iceberg_rest::types::Representation> for Sql {
    fn from(text: &iceberg_rest::types::Representation) -> Self {
        let sql = text.sql.clone().unwrap_or_default();
        let tokens = if sql.len() > LONGEST {
            vec![(Token::Plain, sql.clone())]
        } else {
            tokens::tokens(&laid_out(&sql))
        };
        Self {
            dialect: text.dialect.clone().unwrap_or_else(|| text.kind.clone()),
            text: sql,
            tokens,
        }
    }
}

/// As the formatter would have it, unless it changed more than white space.
fn laid_out(sql: &str) -> String {
    let options = sqlformat::FormatOptions {
        lines_between_queries: 2,
        ..Default::default()
    };
    let formatted = sqlformat::format(sql, &sqlformat::QueryParams::None, &options);
    let black = |text: &str| {
        text.chars()
            .filter(|letter| !letter.is_whitespace())
            .collect::<String>()
    };
    if black(&formatted) == black(sql) {
        formatted
    } else {
        sql.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sql(text: &str) -> Sql {
        Sql::from(&iceberg_rest::types::Representation {
            kind: "sql".into(),
            sql: Some(text.into()),
            dialect: None,
        })
    }

    fn shown(sql: &Sql) -> String {
        sql.tokens.iter().map(|(_, text)| text.as_str()).collect()
    }

    #[test]
    fn clauses_stand_on_lines_of_their_own() {
        let sql = sql("select a, b from t where a > 1");
        assert_eq!(shown(&sql), "select\n  a,\n  b\nfrom\n  t\nwhere\n  a > 1");
        assert_eq!(
            (sql.text.as_str(), sql.dialect.as_str()),
            ("select a, b from t where a > 1", "sql")
        );
    }

    #[test]
    fn no_letter_is_ever_changed() {
        for text in [
            "SELECT x -> y, 'a  b' -- end",
            "select `a``b`, \"q\" /* c",
            "",
            "select '",
            "💥 select é",
        ] {
            let black = |text: &str| {
                text.chars()
                    .filter(|letter| !letter.is_whitespace())
                    .collect::<String>()
            };
            assert_eq!(black(&shown(&sql(text))), black(text));
        }
    }
}
