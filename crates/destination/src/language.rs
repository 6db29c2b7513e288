//! Files that are no JSON because they are something else.

/// What a text is written in, where it is plainly another language than JSON.
pub(crate) fn other(text: &str) -> Option<&'static str> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim_end)
        .filter(|line| !is_remark(line))
        .collect();
    let first = *lines.first()?;
    if first.starts_with('<') {
        return Some("a text that begins like XML or HTML, where JSON is wanted");
    }
    if first.starts_with(['{', '[', '`', '\u{FEFF}']) && !is_section(first) {
        return None;
    }
    let any = |what: fn(&str) -> bool| lines.iter().any(|line| what(line));
    let python = assigned(first).is_some_and(|value| {
        let keyed = lines
            .iter()
            .any(|line| line.contains("':") || line.contains("\":"));
        value.starts_with("dict(")
            || value.starts_with("json.")
            || (value.starts_with('{') && keyed)
    });
    if python || first.starts_with("import ") || first.starts_with("from ") {
        return Some("a dictionary of Python or another program's code, where JSON is wanted");
    }
    if any(opens_block) {
        return Some("text that looks like HOCON or HCL, where JSON is wanted");
    }
    if any(is_section) && lines.iter().any(|line| assigned(line).is_some()) {
        let quoted = |line: &&str| {
            assigned(line).is_some_and(|value| value.starts_with(['"', '\'', '[', '{']))
        };
        return Some(match lines.iter().any(quoted) {
            true => "text that looks like TOML, where JSON is wanted",
            false => "text that looks like an INI file or TOML, where JSON is wanted",
        });
    }
    // The inside of an object has commas, braces and quotes.
    if any(|line| line.ends_with([',', '{', '}']))
        || !any(|line| !line.trim_start().starts_with('"'))
    {
        return None;
    }
    if lines.iter().all(|line| assigned(line).is_some()) {
        let variables = lines.iter().all(|line| {
            line.starts_with("export ") || line.starts_with(|c: char| c.is_ascii_uppercase())
        });
        return Some(match variables {
            true => "environment variables, where JSON is wanted",
            false => "text that looks like a .properties file, where JSON is wanted",
        });
    }
    let yaml = first.starts_with("---")
        || lines.iter().all(|line| is_yaml(line))
            && (lines.len() > 1 || first.ends_with(':') || first.contains(": "));
    yaml.then_some("text that looks like YAML, where JSON is wanted")
}

/// The JSON that a shell writes into a file, and where it begins: `cat > destination.json <<EOF`.
pub(crate) fn here_document(text: &str) -> Option<(usize, &str)> {
    let start = text.len() - text.trim_start().len();
    let first = text[start..].lines().next()?;
    let (_, mark) = first.split_once("<<")?;
    let mark = mark
        .trim_start_matches('-')
        .split(['>', '|'])
        .next()?
        .trim()
        .trim_matches(['\'', '"', '\\']);
    let begin = start + first.len();
    let body = &text[begin..];
    let mut end = 0;
    for line in body.split_inclusive('\n') {
        if line.trim() == mark && end > 0 {
            return Some((begin, &body[..end]));
        }
        end += line.len();
    }
    (!mark.is_empty()).then_some((begin, body))
}

fn is_remark(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with(['#', ';', '!']) || line.starts_with("//")
}

/// `[writer]`.
fn is_section(line: &str) -> bool {
    let line = line.trim();
    line.strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .is_some_and(|name| {
            name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '[')
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"_-.[] ".contains(&b))
        })
}

/// The value of `name = value`.
fn assigned(line: &str) -> Option<&str> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim().trim_start_matches("export ");
    (is_name(name) && !value.starts_with('>')).then_some(value.trim())
}

/// `writer {`, `writer = {` and `resource "x" "y" {`.
fn opens_block(line: &str) -> bool {
    line.trim().strip_suffix('{').is_some_and(|start| {
        let start = start.trim().trim_end_matches('=').trim_end();
        let name = start.split(' ').next().unwrap_or_default();
        is_name(name) && !start.ends_with([':', ','])
    })
}

/// `name:`, `name: value`, `- value` and what is indented below one.
fn is_yaml(line: &str) -> bool {
    let item = line.trim_start();
    item == "---"
        || item.starts_with("- ")
        || item.split_once(':').is_some_and(|(name, value)| {
            is_name(name.trim_matches(['"', '\''])) && (value.is_empty() || value.starts_with(' '))
        })
        || line.starts_with(' ')
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}
