//! Files of Java properties: a key, `=`, `:` or a space, and a value to the end of the line.

/// Keys and values in order. A line that ends in a backslash goes on in the next.
pub(super) fn read(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim_start();
        if line.is_empty() || line.starts_with(['#', '!']) {
            continue;
        }
        let mut whole = line.to_owned();
        while continues(&whole) {
            whole.pop();
            match lines.next() {
                Some(next) => whole.push_str(next.trim_start()),
                None => break,
            }
        }
        let end = whole
            .find(|c: char| c == '=' || c == ':' || c.is_whitespace())
            .unwrap_or(whole.len());
        let (key, rest) = whole.split_at(end);
        let rest = rest.trim_start();
        let value = rest.strip_prefix(['=', ':']).unwrap_or(rest).trim();
        pairs.push((key.to_owned(), unescaped(value)));
    }
    pairs
}

/// An odd number of backslashes ends it.
fn continues(line: &str) -> bool {
    let marks = line.len() - line.trim_end_matches('\\').len();
    marks % 2 == 1
}

/// `\\` is a backslash, `\n` a line break, `\=` an equals sign.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => plain.push('\n'),
                Some('r') => plain.push('\r'),
                Some('t') => plain.push('\t'),
                Some(other) => plain.push(other),
                None => {}
            },
            _ => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_line_is_a_key_and_a_value() {
        let text = "# no\n! no\na=1\n b : 2 \nc 3 4\nd=x\\\\y\\\n   z\ne\n";
        let found: Vec<String> = super::read(text)
            .iter()
            .map(|(key, value)| format!("{key}|{value}"))
            .collect();
        assert_eq!(found, ["a|1", "b|2", "c|3 4", "d|x\\yz", "e|"]);
    }
}
