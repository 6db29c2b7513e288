//! What stands in a file where a value is still to come.

/// Whether a value holds a place to be filled: `<BUCKET_NAME>`, `<my-bucket>`, `${VAR}`, `$VAR`, `{{ x }}`,
/// `{bucket}`, `%VAR%`, `$(command)`. OLake expands none of them.
pub fn has_placeholder(text: &str) -> bool {
    is_expanded_elsewhere(text)
        || enclosed(text, "<", ">").any(is_phrase)
        || enclosed(text, "{", "}").any(|inside| inside.len() > 1 && is_name(inside))
        || enclosed(text, "[", "]").any(|inside| inside.len() > 3 && is_phrase(inside))
        || [
            ("@@", "@@"),
            ("#{", "}#"),
            ("~~", "~~"),
            ("((", "))"),
            ("%%", "%%"),
        ]
        .iter()
        .any(|(open, close)| enclosed(text, open, close).any(|inside| is_name(inside.trim())))
        || enclosed(text, "@", "@").any(|inside| inside.len() > 2 && is_variable(inside))
}

/// Whether a shell, a template engine or a build would put something in its place; OLake does not.
pub(crate) fn is_expanded_elsewhere(text: &str) -> bool {
    enclosed(text, "${", "}").any(|inside| !inside.is_empty())
        || ["{{", "{%"]
            .iter()
            .any(|open| enclosed(text, open, "}").any(|inside| !inside.trim().is_empty()))
        || enclosed(text, "<%", "%>").any(|inside| !inside.trim_matches(['=', '-', ' ']).is_empty())
        || enclosed(text, "#{", "}").any(|inside| is_name(inside.trim()))
        || (text.starts_with("ENC[") && text.ends_with(']'))
        || enclosed(text, "%(", ")").any(is_name)
        || [
            "env:",
            "env.",
            "$env:",
            "vault:",
            "ssm:",
            "op://",
            "secret://",
            "arn:aws:secretsmanager:",
            "arn:aws:ssm:",
            "secretref:",
            "!ref ",
            "!sub ",
            "!vault ",
            "{{resolve:",
        ]
        .iter()
        .any(|start| {
            let begins = text.get(..start.len());
            text.len() > start.len()
                && begins.is_some_and(|begins| begins.eq_ignore_ascii_case(start))
        })
        || text
            .strip_prefix('$')
            .is_some_and(|name| name.contains('_') && is_name(name))
        || enclosed(text, "$(", ")").any(|inside| !inside.is_empty())
        || enclosed(text, "%", "%").any(|inside| inside.len() > 2 && is_variable(inside))
        || text.match_indices('$').any(|(at, _)| {
            // In the middle of a word it may be a part of a password.
            let free = |c: Option<char>| c.is_none_or(|c| "/:@.,-_ ".contains(c));
            let rest = &text[at + 1..];
            let end = rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            end > 1
                && is_variable(&rest[..end])
                && free(text[..at].chars().next_back())
                && free(rest[end..].chars().next())
        })
}

/// Whether a value is one that documentation has in place of a real one: `YOUR_ACCESS_KEY`, `xxx`, `abc...xyz`,
/// `changeme`, `BUCKET_NAME`. It is a guess: all of them could be real.
pub(crate) fn is_stand_in(text: &str) -> bool {
    // What an example tells its reader, wherever in a name.
    const ORDERS: [&str; 18] = [
        "your",
        "changeme",
        "change_me",
        "changeit",
        "change_it",
        "change_this",
        "replaceme",
        "replace_me",
        "replace_this",
        "replace_with",
        "fill_me",
        "fill_in",
        "fillme",
        "todo",
        "tbd",
        "fixme",
        "placeholder",
        "redacted",
    ];
    // What it says as a whole.
    const WORDS: [&str; 11] = [
        "masked",
        "hidden",
        "undefined",
        "not_set",
        "client_id",
        "client_secret",
        "access_key",
        "access_key_id",
        "secret_key",
        "secret_access_key",
        "bucket_name",
    ];
    // Nothing, in the words of other formats.
    const NOTHING: [&str; 9] = [
        "null",
        "nil",
        "none",
        "undefined",
        "unset",
        "n/a",
        "-",
        "--",
        "?",
    ];
    const VERBS: [&str; 7] = [
        "replace", "insert", "enter", "put", "paste", "provide", "add",
    ];
    const ENDS: [&str; 16] = [
        "NAME",
        "KEY",
        "ID",
        "SECRET",
        "URL",
        "URI",
        "TOKEN",
        "REGION",
        "BUCKET",
        "HOST",
        "ENDPOINT",
        "PATH",
        "PASSWORD",
        "HERE",
        "ARN",
        "CREDENTIAL",
    ];
    let trimmed = text.trim();
    if trimmed.contains("...") || trimmed.contains('…') {
        return true;
    }
    let repeated = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next();
        word.chars().count() > 2
            && first.is_some_and(|c| "xX*•.?#_-".contains(c))
            && letters.all(|c| Some(c) == first)
    };
    // `AKIAXXXXXXXX`, `xxxx-xxxx`: a mark, or nothing, and then no letters of a word.
    let crossed = |word: &str| {
        let rest = word.trim_end_matches(['X', 'x', '*', '•']);
        word[rest.len()..].chars().count() > 3
    };
    NOTHING.contains(&&*trimmed.to_ascii_lowercase())
        || repeated(trimmed)
        || trimmed
            .split(|c: char| "/:@. ,[]()<>{}'\"=&?".contains(c))
            .map(|word| word.trim_matches('_'))
            .filter(|word| !word.is_empty())
            .any(|word| {
                let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
                let lower = word.to_ascii_lowercase().replace('-', "_");
                let shouted = is_variable(word)
                    && ENDS.iter().any(|end| {
                        word.strip_suffix(end)
                            .is_some_and(|start| start.is_empty() || start.ends_with('_'))
                    });
                let whole = format!("_{lower}_");
                let within = |known: &str| whole.contains(&format!("_{known}_"));
                // `insert_token`, but not `insert_events`.
                let told = lower.split_once('_').is_some_and(|(verb, what)| {
                    VERBS.contains(&verb)
                        && what
                            .split('_')
                            .any(|part| ENDS.contains(&&*part.to_ascii_uppercase()))
                });
                repeated(word)
                    || word.split(['-', '_']).any(crossed)
                    || told
                    || lower.ends_with("_here")
                    || lower
                        .split('_')
                        .any(|part| part.len() > 4 && part.starts_with("your"))
                    || ORDERS.iter().any(|order| within(order))
                    || WORDS.contains(&lower.as_str())
                    || shouted
            })
}

/// Every shortest text between the two signs.
fn enclosed<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    // What is not closed after one is not closed after a later one.
    text.match_indices(open).map_while(move |(at, _)| {
        let rest = &text[at + open.len()..];
        Some(rest.split_once(close)?.0)
    })
}

/// What people write between angle brackets.
fn is_phrase(inside: &str) -> bool {
    inside.starts_with(|c: char| c.is_alphabetic())
        && inside.len() <= 64
        && inside
            .chars()
            .all(|c| c.is_alphanumeric() || "_-. /".contains(c))
}

/// A word that names something.
fn is_name(inside: &str) -> bool {
    inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && inside
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}

/// The name of an environment variable as people write it.
fn is_variable(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase() || c == '_')
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_filled_is_told_from_what_is_there() {
        for text in [
            "<BUCKET_NAME>",
            "http://<rest-endpoint>:8181",
            "s3://<My-Bucket>",
            "<your bucket>",
            "${AWS_SECRET}",
            "${AWS_SECRET:-none}",
            "$AWS_KEY",
            "http://$HOST:8181",
            "{{ db }}",
            "{{.Values.db}}",
            "s3://{bucket}/wh",
            "%AWS_KEY%",
            "$(cat key)",
            "${{ secrets.KEY }}",
            "$env:AWS_KEY",
            "env:AWS_KEY",
            "$aws_secret",
            "%(bucket)s",
            "s3://[your bucket]/wh",
            "[BUCKET]",
            "vault:secret/data/lake#key",
            "<%= token %>",
            "<%token%>",
            "{{ lake.bucket }}",
            "{{token}}",
            "{% raw %}",
            "@@BUCKET@@",
            "@BUCKET@",
            "#{token}#",
            "#{BUCKET}",
            "((token))",
            "~~TOKEN~~",
            "%%TOKEN%%",
            "ENC[AES256_GCM,data:x]",
            "!Ref Bucket",
        ] {
            assert!(has_placeholder(text), "{text}");
        }
        for text in [
            "s3://lake/wh",
            "pa$SWORDx",
            "a<1>c<",
            "$",
            "100%",
            "%20A%20B",
            "http://[::1]:8181",
            "{\"type\": \"service_account\"}",
            "<>",
            "p$Wd",
        ] {
            assert!(!has_placeholder(text), "{text}");
        }
    }

    #[test]
    fn what_documentation_writes_is_no_value() {
        for text in [
            "YOUR_ACCESS_KEY",
            "your-bucket",
            "s3://yourbucket/wh",
            "your_id:your_secret",
            "XXX",
            "xxxxxxxx",
            "***",
            "••••••••",
            "abc...xyz",
            "changeme",
            "CHANGE_ME",
            "ICEBERG_DATABASE_NAME",
            "http://REST_ENDPOINT:8181",
            "client_id:client_secret",
            "replace-with-token",
            "TODO",
            "s3://BUCKET/wh",
            "__BUCKET__",
            "https://your-host.example.com/api",
            "enter-your-token-here",
            "enter_access_key",
            "<<put-the-token-here>>",
            "token-here",
            "REPLACE_ME",
            "replace-me-please",
            "REPLACE_WITH_TOKEN",
            "s3://replace_bucket/wh",
            "xxxx",
            "xxxx-xxxx-xxxx",
            "AKIAXXXXXXXXXXXXXXXX",
            "dapiXXXXXXXXXXXX",
            "sk-xxxxxxxx",
            "changeme-please",
            "changeit",
            "####",
            "____",
            "paste your token",
            "https://xxxxx.snowflakecomputing.com",
            "TODO: token",
        ] {
            assert!(is_stand_in(text), "{text}");
        }
        for text in [
            "AKIAEXAMPLE",
            "secret-example",
            "PRINCIPAL_ROLE:ALL",
            "PRINCIPAL_ROLE:DATA_ENGINEER",
            "RAW_DATA",
            "lake",
            "admin",
            "password",
            "http://10.0.0.5:8181",
            "us-east-1",
            "s3://lake/wh",
            "max",
            "x",
            "taxxed",
            "here",
            "addresses",
            "put_options",
            "insert_events",
            "enterprise",
            "exxxon",
            "hidden-valley",
            "me@example.com",
            "a@b@c",
            "s3://lake--prod/wh",
            "insertion",
        ] {
            assert!(!is_stand_in(text), "{text}");
        }
    }
}
