//! Whether a value is one, or stands for one that is elsewhere.

use super::Why;

/// The value without what surrounds it, or why it cannot be taken. Of a secret only the whole is looked at: its parts
/// may look like anything.
pub(super) fn readable(text: &str, is_secret: bool) -> Result<&str, Why> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Why::Empty);
    }
    // A mark that is not closed takes in the lines after it.
    if text.contains(|c: char| c.is_control() && c != '\t') {
        return Err(Why::Shape("one line"));
    }
    let is_whole = |open: &str, close: &str| {
        let inside = text
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        inside.is_some_and(|inside| !inside.is_empty())
    };
    if is_whole("${", "}") || is_whole("{{", "}}") || is_variable(text) {
        return Err(Why::Environment);
    }
    if is_whole("<", ">") {
        return Err(Why::Placeholder);
    }
    if is_secret {
        return Ok(text);
    }
    if holds(text, "${", "}") || holds(text, "{{", "}}") {
        return Err(Why::Environment);
    }
    match holds(text, "<", ">") {
        true => Err(Why::Placeholder),
        false => Ok(text),
    }
}

/// `$TOKEN` or `%TOKEN%`, as shells have it.
fn is_variable(text: &str) -> bool {
    let name = text
        .strip_prefix('$')
        .or_else(|| text.strip_prefix('%')?.strip_suffix('%'));
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_uppercase() || c == '_')
            && name
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    };
    name.is_some_and(is_name)
}

/// Something short stands between the two.
fn holds(text: &str, open: &str, close: &str) -> bool {
    text.split_once(open)
        .and_then(|(_, rest)| rest.split_once(close))
        .is_some_and(|(inside, _)| (1..=64).contains(&inside.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_a_value_is_told_from_one() {
        for (text, plain, secret) in [
            (" abc ", Ok("abc"), Ok("abc")),
            ("", Err(Why::Empty), Err(Why::Empty)),
            (
                "a\nb",
                Err(Why::Shape("one line")),
                Err(Why::Shape("one line")),
            ),
            ("${ENV:X}", Err(Why::Environment), Err(Why::Environment)),
            ("$TOKEN", Err(Why::Environment), Err(Why::Environment)),
            ("%TOKEN%", Err(Why::Environment), Err(Why::Environment)),
            ("{{ token }}", Err(Why::Environment), Err(Why::Environment)),
            ("<TOKEN>", Err(Why::Placeholder), Err(Why::Placeholder)),
            (
                "https://<HOST>/api",
                Err(Why::Placeholder),
                Ok("https://<HOST>/api"),
            ),
            (
                "https://${HOST}/api",
                Err(Why::Environment),
                Ok("https://${HOST}/api"),
            ),
            ("pa$sWORD", Ok("pa$sWORD"), Ok("pa$sWORD")),
        ] {
            assert_eq!(readable(text, false), plain, "{text}");
            assert_eq!(readable(text, true), secret, "{text}");
        }
    }
}
