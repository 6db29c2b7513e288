use super::{
    masked::{Walk, is_between, text},
    pretty::{closed_string, scalar_end},
};
use crate::shown::{MASKED, Reveal};

/// Longer tokens are more than the 64 KiB that are judged, however they are escaped, in bytes.
const LONG: usize = 512 * 1024;
/// Metadata is some ten levels deep.
const DEEP: usize = 1000;

/// The metadata in a table's answer that arrives piece by piece, masked as [`masked`](super::masked) does it. What
/// stands around the metadata is left out. Holds no more than one value of it.
pub struct MaskedPieces {
    reveal: Reveal,
    walk: Walk,
    /// The beginning of a token that has not come whole.
    rest: Vec<u8>,
    /// Within a text that is too long to be judged.
    long: Option<Long>,
    metadata: Metadata,
}

#[derive(Clone, Copy)]
struct Long {
    is_shown: bool,
    is_escaped: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Metadata {
    Ahead,
    Here,
    Behind,
}

impl MaskedPieces {
    /// Before the first piece.
    pub fn new(reveal: Reveal) -> Self {
        Self {
            reveal,
            walk: Walk::default(),
            rest: Vec::new(),
            long: None,
            metadata: Metadata::Ahead,
        }
    }

    /// What is known of the metadata with this piece. Fails, with why, at what cannot be an answer with a table.
    pub fn push(&mut self, piece: &[u8]) -> Result<Vec<u8>, &'static str> {
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.extend_from_slice(piece);
        let mut out = Vec::with_capacity(bytes.len());
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if let Some(long) = &mut self.long {
                let is_over = byte == b'"' && !long.is_escaped;
                long.is_escaped = byte == b'\\' && !long.is_escaped;
                if long.is_shown && self.metadata == Metadata::Here {
                    out.push(byte);
                }
                if is_over {
                    self.long = None;
                }
                at += 1;
                continue;
            }
            if is_between(byte) {
                self.between(byte, &mut out)?;
                at += 1;
                continue;
            }
            let end = match byte {
                b'"' => closed_string(&bytes, at),
                // It may go on in the next piece.
                _ => Some(scalar_end(&bytes, at).max(at + 1)).filter(|end| *end < bytes.len()),
            };
            match end {
                Some(end) => {
                    self.token(&bytes[at..end], &mut out);
                    at = end;
                }
                None if bytes.len() - at <= LONG => break,
                None if byte != b'"' || self.walk.expects_key => {
                    return Err("a name or a number in it has no end");
                }
                None => {
                    let is_shown = self.reveal.asks_for(&self.walk.key);
                    if !is_shown && self.metadata == Metadata::Here {
                        out.extend(format!("\"{MASKED}\"").bytes());
                    }
                    if is_shown && self.metadata == Metadata::Here {
                        out.push(b'"');
                    }
                    self.long = Some(Long {
                        is_shown,
                        is_escaped: false,
                    });
                    at += 1;
                }
            }
        }
        self.rest = bytes.split_off(at);
        Ok(out)
    }

    /// Whether the metadata has come whole.
    pub fn is_whole(&self) -> bool {
        self.metadata == Metadata::Behind
    }

    fn between(&mut self, byte: u8, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let begins = byte == b'{' && self.walk.depth() == 1 && self.walk.key == "metadata";
        if begins && self.metadata == Metadata::Ahead {
            self.metadata = Metadata::Here;
        }
        self.walk.step(byte);
        if self.walk.depth() > DEEP {
            return Err("it nests too deeply");
        }
        if self.metadata == Metadata::Here {
            out.push(byte);
            if self.walk.depth() == 1 {
                self.metadata = Metadata::Behind;
            }
        }
        Ok(())
    }

    fn token(&mut self, token: &[u8], out: &mut Vec<u8>) {
        let written = String::from_utf8_lossy(token);
        let is_key = self.walk.expects_key && token.starts_with(b"\"");
        if is_key {
            self.walk.key = text(&written);
        }
        if self.metadata != Metadata::Here {
            return;
        }
        let shown = match is_key {
            true => None,
            false => self.walk.shown(&written, &self.reveal),
        };
        match shown {
            Some(shown) => out.extend(shown.bytes()),
            None => out.extend(token),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(answer: &str, size: usize, query: &str) -> (String, bool) {
        let mut pieces = MaskedPieces::new(Reveal::of(query));
        let mut out = Vec::new();
        for piece in answer.as_bytes().chunks(size) {
            out.extend(pieces.push(piece).unwrap());
        }
        (String::from_utf8(out).unwrap(), pieces.is_whole())
    }

    const METADATA: &str = r#"{"location": "s3://a:b@c/d", "n": 9223372036854775808, "é": [1.50, {"x": "}\"{"}],
        "properties": {"owner":"me", "door" : "hunter2", "pin": 4711, "x\\": "a\\"}, "summary": {}, "last": true}"#;

    #[test]
    fn pieces_of_any_size_say_what_the_whole_says() {
        let answer = format!(
            r#"{{"metadata-location": "s3://m", "config": {{"metadata": {{"s3.secret-access-key": "hush"}}}}, "metadata": {METADATA}, "storage-credentials": [{{"config": "hush"}}]}}"#
        );
        for (query, whole) in [
            ("", super::super::masked(METADATA, &Reveal::default()).json),
            ("reveal=*", METADATA.into()),
        ] {
            for size in (1..40).chain([answer.len()]) {
                assert_eq!(
                    of(&answer, size, query),
                    (whole.clone().into_owned(), true),
                    "{size}"
                );
            }
        }
    }

    #[test]
    fn an_answer_that_ends_early_or_has_no_metadata_is_not_whole() {
        assert!(!of(r#"{"metadata": {"a": 1"#, 5, "").1);
        assert_eq!(
            of(r#"{"metadata": null, "config": {"a": {}}}"#, 5, ""),
            (String::new(), false)
        );
    }

    #[test]
    fn what_is_too_long_is_masked_and_never_held() {
        let answer = format!(
            r#"{{"metadata": {{"doc": "{}\"x", "n": 1}}}}"#,
            "y".repeat(3 * LONG)
        );
        let shown = of(&answer, 64 * 1024, "");
        assert_eq!(shown, (r#"{"doc": "[masked]", "n": 1}"#.to_owned(), true));
        let (whole, _) = of(&answer, 64 * 1024, "reveal=doc");
        assert_eq!(format!(r#"{{"metadata": {whole}}}"#), answer);
        let mut endless = MaskedPieces::new(Reveal::default());
        assert!(
            endless
                .push(format!("{{\"{}", "k".repeat(2 * LONG)).as_bytes())
                .is_err()
        );
        assert!(endless.push(&vec![b'['; 2 * DEEP]).is_err());
    }
}
