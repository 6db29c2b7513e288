//! Files that are no JSON because they are something else.

/// What a text is written in, where it is plainly another language than JSON.
pub(super) fn other(text: &str) -> Option<&'static str> {
    let lines: Vec<&str> = text
        .trim_start_matches('\u{FEFF}')
        .lines()
        .map(without_remark)
        .filter(|line| !line.is_empty() && !line.starts_with("```"))
        .collect();
    let first = *lines.first()?;
    if first.starts_with('<') {
        return Some("a text that begins like XML or HTML, where JSON is wanted");
    }
    if first.starts_with(['{', '[']) && !is_section(first) {
        return None;
    }
    program(first, &lines)
        .or_else(|| settings(&lines))
        .or_else(|| is_yaml(&lines).then_some("text that looks like YAML, where JSON is wanted"))
        .or_else(|| {
            let base64 = first.len() > 15
                && first
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b));
            (base64 && lines.len() == 1).then_some(
                "text that looks like base64: an encrypted file, or a secret of Kubernetes, is to be decoded first",
            )
        })
}

/// Code, by its first line.
fn program(first: &str, lines: &[&str]) -> Option<&'static str> {
    let begins = |words: &[&str]| words.iter().any(|word| first.starts_with(word));
    if begins(&["const ", "let ", "var ", "export default", "module.exports"]) {
        return Some("an object of JavaScript, where JSON is wanted");
    }
    let keyed = lines
        .iter()
        .any(|line| line.contains("':") || line.contains("\":"));
    let python = assigned(first).is_some_and(|value| {
        value.starts_with("dict(")
            || value.starts_with("json.")
            || (value.starts_with('{') && keyed)
    });
    if python || begins(&["import ", "from ", "json.", "print(", "dict("]) {
        return Some("a dictionary of Python or another program's code, where JSON is wanted");
    }
    if begins(&["--conf ", "spark."]) {
        return Some("settings of Spark, where JSON is wanted");
    }
    begins(&["#!/", "echo ", "printf ", "curl ", "docker ", "cat ", "jq "])
        .then_some("a shell's command, where JSON is wanted")
}

/// Names and values that no comma parts.
fn settings(lines: &[&str]) -> Option<&'static str> {
    if lines.iter().any(|line| opens_block(line)) {
        return Some("text that looks like HOCON or HCL, where JSON is wanted");
    }
    let sections = lines.iter().any(|line| is_section(line));
    let values: Vec<&str> = lines.iter().filter_map(|line| assigned(line)).collect();
    if values.is_empty() || (!sections && values.len() < lines.len()) {
        return None;
    }
    let variables = lines.iter().all(|line| {
        line.starts_with("export ") || line.starts_with(|c: char| c.is_ascii_uppercase())
    });
    let typed = values
        .iter()
        .any(|value| value.starts_with(['"', '\'', '[', '{']));
    Some(if variables {
        "environment variables, where JSON is wanted"
    } else if typed {
        "text that looks like TOML, where JSON is wanted"
    } else if sections {
        "text that looks like an INI file or TOML, where JSON is wanted"
    } else {
        "text that looks like a .properties file, where JSON is wanted"
    })
}

/// Whether an object in braces is written as HOCON has it: `writer { … }`.
pub(super) fn is_hocon(text: &str) -> bool {
    text.lines().map(without_remark).any(opens_block)
}

/// The JSON that a shell writes into a file, and where it begins: `cat > destination.json <<EOF`.
pub(super) fn here_document(text: &str) -> Option<(usize, &str)> {
    let start = text.len() - text.trim_start().len();
    let first = text[start..].lines().next()?;
    // What begins as JSON is JSON, whatever stands in its texts; and a remark is none of the shell's commands.
    let begin = first.trim_start_matches(|c: char| c == '\u{FEFF}' || c.is_whitespace());
    if begin.starts_with(['{', '[', '"', '#']) || begin.starts_with("//") || begin.starts_with("/*")
    {
        return None;
    }
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

/// Without a remark at its beginning or end, and blanks at its end.
fn without_remark(line: &str) -> &str {
    let start = line.trim_start();
    if start.starts_with(['#', ';', '!']) || start.starts_with("//") {
        // What begins a script says what it is.
        return if start.starts_with("#!") { start } else { "" };
    }
    line.split(" #").next().unwrap_or(line).trim_end()
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
fn is_yaml(lines: &[&str]) -> bool {
    let Some(first) = lines.first() else {
        return false;
    };
    let pair = |line: &str| {
        line.trim_start()
            .split_once(':')
            .is_some_and(|(name, value)| {
                is_name(name.trim_matches(['"', '\'']))
                    && (value.is_empty() || value.starts_with(' '))
            })
    };
    let is_line = |line: &&str| line.starts_with([' ', '\t', '-']) || pair(line);
    if first.starts_with("---") || lines.windows(2).any(|two| opens_level(two[0], two[1])) {
        return true;
    }
    // The inside of an object has commas, braces and quotes.
    let inside = lines.iter().any(|line| line.ends_with([',', '{', '}']))
        || lines.iter().all(|line| line.trim_start().starts_with('"'));
    !inside && lines.iter().all(is_line) && pair(first)
}

/// A name without quotes and what is indented below it.
fn opens_level(line: &str, next: &str) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let name = line.trim().trim_start_matches("- ").split_once(':');
    name.is_some_and(|(name, value)| {
        is_name(name) && ["", "|", ">", "|-", ">-"].contains(&value.trim())
    }) && indent(next) > indent(line)
        && !next.trim_start().starts_with('{')
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}
