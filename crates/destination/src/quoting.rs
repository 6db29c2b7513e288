//! Text as a shell, an address and SQL take it.

/// Quotes an argument for a POSIX shell if it needs it.
pub(crate) fn arg(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_./:@%+=,".contains(&b);
    if !text.is_empty() && text.bytes().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// Percent-encodes a value for a query string.
pub(crate) fn query(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b if b.is_ascii_alphanumeric() || b"-_.~".contains(&b) => char::from(b).to_string(),
            // Placeholders stay readable.
            b'<' | b'>' if crate::placeholder::has_placeholder(text) => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect()
}

/// A string literal of SQL.
pub(crate) fn sql(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
