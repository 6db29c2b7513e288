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

impl Sql {
    /// Whether white space stands elsewhere than as it was written.
    pub fn is_laid_out(&self) -> bool {
        let shown = self.tokens.iter().flat_map(|(_, text)| text.bytes());
        !shown.eq(self.text.bytes())
    }
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

mod layout;
mod names;
mod tokens;

pub use names::names;

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

/// As the formatter would have it, unless that might say something else.
fn laid_out(sql: &str) -> String {
    let Some(before) = layout::pieces(sql) else {
        return sql.to_owned();
    };
    let options = sqlformat::FormatOptions {
        lines_between_queries: 2,
        ..Default::default()
    };
    let formatted = sqlformat::format(sql, &sqlformat::QueryParams::None, &options);
    if layout::is_same(&before, &formatted) {
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

    /// What no dialect of SQL that the formatter knows has, and what it takes apart.
    #[test]
    fn what_is_not_known_stays_as_it_was_written() {
        for text in [
            "select * from {{ ref('m') }} where a=1",
            "select {% if x %}a{% endif %} from t",
            "select 0x1F, a from t",
            "select 1_000, a from t",
            "select :named, @v, #tmp from t",
            "select %s, %(name)s from t",
            "select ?::text, $1 from t",
            "select $$do -- not a comment$$ from t",
            "select $tag$ two  spaces $tag$ from t",
            "select E'it\\'s   here' from t",
            "select q'[it's  here]' from t",
            "select [my  column] from t",
            "select a # a  comment\nfrom t",
            "select a // a  comment\nfrom t",
            "select a @> b, c !~* 'h', d #>> '{x}' from t",
            "select x'AB', N'n', b'1', U&'d\\0061t' from t",
            "select &var, &&var, ~a, a.*, ${x}, @{y} from t",
        ] {
            let shown = shown(&sql(text));
            for word in text
                .split_whitespace()
                .filter(|word| !word.contains(['(', ',', '=']))
            {
                assert!(shown.contains(word), "{word} of {text}: {shown}");
            }
            assert!(shown == text || shown.contains('\n'), "{text}: {shown}");
        }
        for kept in [
            "0x1F",
            "1_000",
            "1e-5",
            "2.5E+10",
            ".5",
            ":named",
            "@v",
            "%s",
            "?::text",
            "{{ ref('m') }}",
            "a::int",
            "x'AB'",
            "N'n'",
            "b:c.d",
            "*:f",
            "a.b.c",
            "@>",
            "!~*",
            "<=>",
            "**",
            ":=",
            "~~",
            "?|",
            "^@",
            "a$b",
            "_x",
        ] {
            let text = format!("select {kept} , b from t where c > 1");
            let shown = shown(&sql(&text));
            assert!(shown.contains(kept), "{kept}: {shown}");
        }
    }

    #[test]
    fn what_is_known_is_still_laid_out() {
        for text in [
            "select a,b from t where c=1 and d<>'x'",
            "select count(*), sum(a*b) from t join u on t.id=u.id -- why\ngroup by 1",
            "with x as (select 1e-5 as n) select n||'a', -n, a->>'k' from x",
            "select \"a b\".`c  d` from t /* two  spaces */ order by 1",
        ] {
            assert!(shown(&sql(text)).lines().count() > 3, "{text}");
        }
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
