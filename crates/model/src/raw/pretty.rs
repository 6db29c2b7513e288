/// Deeper levels are not indented further: a document may nest as deep as it is long.
const DEEPEST: usize = 64;

/// Lays JSON out over lines without reading a single value, so that every number keeps its digits.
/// Anything that is no JSON passes through in some form.
pub fn lines(json: &str, mut emit: impl FnMut(&str)) {
    let bytes = json.as_bytes();
    let mut line = String::new();
    let mut depth = 0_usize;
    let mut at = 0;
    let mut next_line = |line: &mut String, depth: usize| {
        emit(line);
        line.clear();
        line.extend(std::iter::repeat_n("  ", depth.min(DEEPEST)));
    };
    while let Some(&byte) = bytes.get(at) {
        let end = match byte {
            b'"' => string_end(bytes, at),
            b'{' | b'[' | b'}' | b']' | b',' | b':' => at + 1,
            _ if byte.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            _ => scalar_end(bytes, at),
        };
        let token = &json[at..end];
        at = end;
        match byte {
            b'{' | b'[' => {
                line.push_str(token);
                let inside = at + spaces(&bytes[at..]);
                match bytes.get(inside) {
                    Some(b'}' | b']') => {
                        line.push_str(&json[inside..=inside]);
                        at = inside + 1;
                    }
                    _ => {
                        depth += 1;
                        next_line(&mut line, depth);
                    }
                }
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                next_line(&mut line, depth);
                line.push_str(token);
            }
            b',' => {
                line.push_str(token);
                next_line(&mut line, depth);
            }
            b':' => line.push_str(": "),
            _ => line.push_str(token),
        }
    }
    emit(&line);
}

/// All of it, a line after the other.
pub fn laid_out(json: &str) -> String {
    let mut text = String::new();
    lines(json, |line| {
        text.push_str(line);
        text.push('\n');
    });
    text
}

fn spaces(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count()
}

/// Behind the closing quote of the string that starts at `start`, or behind the last byte.
pub fn string_end(bytes: &[u8], start: usize) -> usize {
    closed_string(bytes, start).unwrap_or(bytes.len())
}

/// Behind the closing quote of the string that starts at `start`, where there is one.
pub fn closed_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Behind a number or a word.
pub fn scalar_end(bytes: &[u8], start: usize) -> usize {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"{}[],:\"".contains(byte);
    bytes[start..]
        .iter()
        .position(ends)
        .map_or(bytes.len(), |length| start + length)
}

#[cfg(test)]
mod tests {
    use super::laid_out as pretty;

    #[test]
    fn lays_out_as_serde_json_does() {
        let json = r#"{ "a":[1, {"b" : "x\"{,}:\\"}, [ ] ,{}],"c":null,"é":true }"#;
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(
            pretty(json).trim_end(),
            serde_json::to_string_pretty(&value).unwrap()
        );
    }

    #[test]
    fn numbers_keep_every_digit() {
        let json = r#"[9223372036854775808,123456789012345678901234567890,1.10,4.59e18]"#;
        assert_eq!(
            pretty(json),
            "[\n  9223372036854775808,\n  123456789012345678901234567890,\n  1.10,\n  4.59e18\n]\n"
        );
    }

    #[test]
    fn what_is_no_json_ends_too() {
        for text in ["", "\"open", "]}", "{\"a\":", "\\", "é", "[\"\\"] {
            pretty(text);
        }
        let deep = "[".repeat(100_000);
        let mut longest = 0;
        super::lines(&deep, |line| longest = longest.max(line.len()));
        assert_eq!(longest, 2 * super::DEEPEST + 1);
    }
}
