use std::collections::HashSet;

use super::{Token, tokens::tokens};

/// Every name that a text of SQL mentions, in lower case: words, keywords among them, and what is quoted as a name,
/// whole and part by part. What stands in comments and in texts of single quotes is none.
pub fn names(sql: &str) -> HashSet<String> {
    let mut names = HashSet::new();
    for (kind, text) in tokens(sql) {
        match kind {
            Token::Plain | Token::Keyword => {
                let words = text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
                names.extend(words.map(str::to_lowercase));
            }
            Token::Name => {
                let name = unquoted(&text).to_lowercase();
                // Some engines quote a name of several levels at once.
                names.extend(name.split('.').map(str::to_owned));
                names.insert(name);
            }
            Token::Text | Token::Number | Token::Comment => {}
        }
    }
    names.remove("");
    names
}

/// What stands between its quotes, where a doubled one stands for one.
fn unquoted(name: &str) -> String {
    let Some(quote) = name.chars().next() else {
        return String::new();
    };
    let inside = &name[quote.len_utf8()..];
    let inside = inside.strip_suffix(quote).unwrap_or(inside);
    let quote = quote.to_string();
    inside.replace(&quote.repeat(2), &quote)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mentions(sql: &str, name: &str) -> bool {
        names(sql).contains(name)
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        for sql in [
            "select amount from t",
            "SELECT AMOUNT FROM t",
            "select t.amount from t",
            "select sum(amount)from t",
            "select \"Amount\" from t",
            "select `amount` from t",
            "select `sales.amount` from t",
            "select -amount, 1 from t -- a comment",
            "select 'it''s' || amount from t",
            "select /* what */amount/* is */ from t",
            "select a\n,amount\nfrom t",
        ] {
            assert!(mentions(sql, "amount"), "{sql}");
        }
        assert!(mentions("select date from t", "date"), "a keyword");
        assert!(mentions("select \"a \"\"b\" from t", "a \"b"));
        assert!(mentions("select größe, 💥 from t", "größe"));
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        for sql in [
            "select amounts, an_amount, amount2 from t",
            "select 'amount' from t",
            "select 'it''s amount' from t",
            "select a from t -- amount\n",
            "select a /* amount */ from t",
            "select \"the amount\" from t",
            "",
            "''",
            "\"",
            "`",
        ] {
            assert!(!mentions(sql, "amount"), "{sql}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_names_and_none_is_empty(sql in "[a-zA-Z_`\"'./*\\- \n💥é0-9]{0,80}") {
            let names = names(&sql);
            prop_assert!(names.iter().all(|name| !name.is_empty() && name.to_lowercase() == *name));
        }
    }
}
