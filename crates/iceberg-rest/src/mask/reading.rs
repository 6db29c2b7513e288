//! A text with its escapes undone, byte by byte, each with the place where it stands.

use std::ops::Range;

/// A byte as it is compared, or a border that no secret crosses.
pub enum Unit {
    Byte(u8, Range<usize>),
    Border,
}

/// How a text is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum As {
    /// Its bytes mean themselves.
    Literal,
    /// Percent, backslash and HTML escapes are undone, however often they were applied.
    Escaped,
    /// The same, and a quotation mark that is not escaped ends a string.
    Json,
}

/// Reads `text`. Case, blanks, line breaks, `+`, `-` and backslashes are left aside, and `/` is `_`:
/// so blanks may be `+`, base64 may be folded or of either alphabet, and hexadecimal of either case.
pub fn units(text: &[u8], reading: As, mut emit: impl FnMut(Unit)) {
    let mut at = 0;
    while at < text.len() {
        let start = at;
        let mut decoded = [0; 4];
        let bytes: &[u8] = match (reading, text[at]) {
            (As::Escaped | As::Json, b'\\' | b'%' | b'&') => {
                let (bytes, end) = escape(text, at, reading, &mut decoded);
                at = end;
                bytes
            }
            (As::Json, b'"') => {
                at += 1;
                emit(Unit::Border);
                continue;
            }
            (_, byte) => {
                at += 1;
                decoded[0] = byte;
                &decoded[..1]
            }
        };
        for byte in bytes {
            let byte = match byte {
                0..=b' ' | b'+' | b'-' | b'\\' | 0x7f => continue,
                b'/' => b'_',
                byte => byte.to_ascii_lowercase(),
            };
            emit(Unit::Byte(byte, start..at));
        }
    }
}

/// What the escape at `at` stands for, and where it ends.
fn escape<'a>(text: &[u8], at: usize, reading: As, decoded: &'a mut [u8; 4]) -> (&'a [u8], usize) {
    let slashes = text[at..].iter().take_while(|byte| **byte == b'\\').count();
    let (rest, at) = (&text[at + slashes..], at + slashes);
    let (length, code) = match (slashes, rest) {
        (1.., [b'u', code @ ..]) if hex(code, 4).is_some() => (5, hex(code, 4)),
        (1.., [b'x', code @ ..]) if hex(code, 2).is_some() => (3, hex(code, 2)),
        (1.., [b'n' | b'r' | b't' | b'b' | b'f', ..]) => (1, Some(0)),
        // An even number of backslashes escapes nothing: the border is left for the next step.
        (1.., [b'"', ..]) if reading == As::Json && slashes % 2 == 0 => (0, Some(0)),
        (_, [b'%', ..]) => percent(rest),
        (_, [b'&', ..]) => entity(rest),
        (_, [byte, ..]) => {
            decoded[0] = *byte;
            return (&decoded[..1], at + 1);
        }
        (_, []) => (0, Some(0)),
    };
    let bytes = match code {
        // Bytes of UTF-8 come one by one where they are percent-encoded.
        Some(code) if rest.first() == Some(&b'%') => {
            decoded[0] = code as u8;
            &decoded[..1]
        }
        Some(code) => char::from_u32(code)
            .unwrap_or('?')
            .encode_utf8(decoded)
            .as_bytes(),
        None => &decoded[..0],
    };
    (bytes, at + length)
}

fn hex(text: &[u8], digits: usize) -> Option<u32> {
    let digits = std::str::from_utf8(text.get(..digits)?).ok()?;
    u32::from_str_radix(digits, 16)
        .ok()
        .filter(|_| !digits.starts_with('+'))
}

/// `%41`, `%2541`, `%252541`: the length of the escape and its byte.
fn percent(text: &[u8]) -> (usize, Option<u32>) {
    let mut at = 1;
    while text[at..].starts_with(b"25") {
        at += 2;
    }
    match hex(&text[at..], 2) {
        Some(byte) => (at + 2, Some(byte)),
        None => (at, Some(u32::from(b'%'))),
    }
}

/// `&quot;`, `&#43;`, `&#x2b;`, and the same behind any number of `&amp;`.
fn entity(text: &[u8]) -> (usize, Option<u32>) {
    let mut at = 1;
    while text[at..].starts_with(b"amp;") {
        at += 4;
    }
    const NAMED: [(&[u8], u8); 4] = [
        (b"lt;", b'<'),
        (b"gt;", b'>'),
        (b"quot;", b'"'),
        (b"apos;", b'\''),
    ];
    let rest = &text[at..];
    if let Some((name, byte)) = NAMED.iter().find(|(name, _)| rest.starts_with(name)) {
        return (at + name.len(), Some(u32::from(*byte)));
    }
    let number = rest
        .iter()
        .take(9)
        .position(|byte| *byte == b';')
        .and_then(|end| {
            let number = std::str::from_utf8(rest[..end].strip_prefix(b"#")?).ok()?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            Some((at + end + 1, code.ok()?))
        });
    match number {
        Some((length, code)) => (length, Some(code)),
        None => (at, Some(u32::from(b'&'))),
    }
}
