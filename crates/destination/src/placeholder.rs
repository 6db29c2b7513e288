//! What stands in a file where a value is still to come.

/// Whether a value still holds a placeholder such as `<BUCKET_NAME>` or `<client_secret>`.
pub fn has_placeholder(text: &str) -> bool {
    text.match_indices('<').any(|(start, _)| {
        let inside = text[start + 1..]
            .split_once('>')
            .map_or("", |(inside, _)| inside);
        let upper = inside.starts_with(|c: char| c.is_ascii_uppercase())
            && inside
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"_ ".contains(&b));
        let lower =
            !inside.is_empty() && inside.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        upper || lower
    })
}
