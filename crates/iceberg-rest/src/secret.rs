//! What gives a secret away: the name of a key, or the looks of a value.

use std::ops::Range;

/// What stands in a secret's place.
pub(crate) const MASKED: &str = "[masked]";

/// True for names whose values are not for everybody's eyes: `client-secret`, `adls.auth.shared-key.account.key`,
/// `javax.jdo.option.ConnectionPassword`, `header.X-Tenant`.
pub fn names_a_secret(key: &str) -> bool {
    /// Anywhere in the name, written together or apart.
    const PARTS: [&str; 14] = [
        "secret",
        "token",
        "passw",
        "passphrase",
        "passcode",
        "credential",
        "apikey",
        "accesskey",
        "privatekey",
        "accountkey",
        "sharedkey",
        "connectionstring",
        "signature",
        "authorization",
    ];
    /// As a word of their own: they are parts of harmless words too.
    const WORDS: [&str; 20] = [
        "auth", "cookie", "cred", "creds", "header", "hmac", "jaas", "jwt", "key", "keys", "otp",
        "pass", "pem", "pin", "pw", "pwd", "salt", "sas", "session", "sig",
    ];
    let letters: String = key.chars().filter(|c| c.is_alphanumeric()).collect();
    let letters = letters.to_lowercase();
    PARTS.iter().any(|part| letters.contains(part))
        || words(key).any(|word| WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// `accessKey_id` → `access`, `Key`, `id`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).flat_map(|part| {
        let mut start = 0;
        let mut previous = 'A';
        let mut ends: Vec<&str> = Vec::new();
        for (at, c) in part.char_indices() {
            if c.is_uppercase() && !previous.is_uppercase() {
                ends.push(&part[start..at]);
                start = at;
            }
            previous = c;
        }
        ends.push(&part[start..]);
        ends
    })
}

/// True for values that carry a credential or look like one, whatever they are called: private keys, tokens
/// of well-known services, `password=…`, signed addresses, and long random text.
pub fn looks_like_a_key(value: &str) -> bool {
    has_known_form(value) || looks_random(value)
}

/// [`looks_like_a_key`] without the judgement on random text: for values that are digests or ids.
pub fn has_known_form(value: &str) -> bool {
    value.contains("-----BEGIN ")
        || value
            .split(|c| !is_of_a_token(c) || c == '=' || c == '/')
            .any(is_known_token)
        || assigns_a_secret(value)
        || follows_a_scheme(value)
}

fn is_of_a_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "+/=_-.~".contains(c)
}

/// Tokens that say what they are, by their beginning and least length.
fn is_known_token(word: &str) -> bool {
    const BEGINNINGS: [(&str, usize); 22] = [
        ("eyJ", 20),
        ("AKIA", 20),
        ("ASIA", 20),
        ("AIza", 30),
        ("GOCSPX-", 20),
        ("ya29.", 20),
        ("dapi", 32),
        ("dose", 32),
        ("dkea", 32),
        ("ghp_", 20),
        ("gho_", 20),
        ("ghu_", 20),
        ("ghs_", 20),
        ("ghr_", 20),
        ("github_pat_", 20),
        ("glpat-", 20),
        ("xoxb-", 20),
        ("xoxp-", 20),
        ("hvs.", 20),
        ("sk-", 24),
        ("sk_live_", 20),
        ("pypi-", 20),
    ];
    BEGINNINGS
        .iter()
        .any(|(beginning, length)| word.starts_with(beginning) && word.len() >= *length)
}

/// `password=hunter2`, `AccountKey=…;`, `?sig=…`, `"private_key": "…"`, `password: hunter2`: not where a
/// placeholder or nothing follows.
fn assigns_a_secret(value: &str) -> bool {
    assigned_secrets(value).next().is_some()
}

/// Where in a text what is assigned to the name of a secret stands.
fn assigned_secrets(value: &str) -> impl Iterator<Item = Range<usize>> {
    let is_name = |c: char| c.is_alphanumeric() || "_-. ".contains(c);
    value.char_indices().filter_map(move |(at, c)| {
        let before = &value[..at];
        let name = match c {
            '=' => before.trim_end(),
            ':' => match before.trim_end().strip_suffix(['"', '\'']) {
                Some(name) => name.trim_end_matches('\\'),
                None => before,
            },
            _ => return None,
        };
        // In prose a colon rarely assigns, and a key is one of a table.
        let prose = c == ':' && name == before;
        let of_a_table = prose || before.ends_with(' ');
        // `password is: hunter2`
        let name = name.strip_suffix(" is").unwrap_or(name);
        let start = name
            .char_indices()
            .rev()
            .find(|(_, c)| !is_name(*c))
            .map_or(0, |(at, c)| at + c.len_utf8());
        // Of a sentence the last word counts.
        let name = name[start..].rsplit(' ').next().unwrap_or_default();
        if !names_a_secret(name) {
            return None;
        }
        let assigned = value[at + 1..].trim_start_matches([' ', '"', '\'', '\\']);
        if is_placeholder(assigned) {
            return None;
        }
        // What is in an object or a list, or between the braces of ODBC.
        let assigned = assigned.trim_start_matches(['{', '[', ' ', '"', '\'', '\\']);
        let length = assigned
            .find(|c: char| c.is_whitespace() || "\"'&;,}]".contains(c))
            .unwrap_or(assigned.len());
        let start = value.len() - assigned.len();
        let assigned = &assigned[..length];
        let harmless = ["", "true", "false", "null", "none"];
        let is_typed = assigned.len() >= 6 && assigned.contains(|c: char| c.is_ascii_digit());
        let is_secret = !harmless.contains(&assigned.to_ascii_lowercase().as_str())
            && (!prose || is_typed)
            && !(of_a_table && ["key", "keys"].contains(&&*name.to_ascii_lowercase()))
            // `missing header: x-amz-content-sha256`
            && !(prose && ["header", "session"].contains(&&*name.to_ascii_lowercase()));
        is_secret.then_some(start..start + length)
    })
}

/// A text that somebody wrote, as a server in its errors, with `[masked]` for what in it carries a credential: users
/// and passwords of addresses, what is assigned to the name of a secret or follows a scheme, and well-known tokens.
pub(crate) fn without_secrets(text: &str) -> String {
    let mut masked = without_userinfo(text).unwrap_or_else(|| text.to_owned());
    let mut found: Vec<_> = assigned_secrets(&masked).collect();
    let ends = |c: char| !is_of_a_token(c) || c == '=' || c == '/';
    let mut scheme = false;
    let mut at = 0;
    for word in masked.split_inclusive(char::is_whitespace) {
        let bare = bare(word);
        let start = at + word.find(bare).unwrap_or_default();
        if scheme && is_credential(bare) {
            found.push(start..start + bare.len());
        }
        scheme = is_scheme(word);
        at += word.len();
    }
    let mut at = 0;
    for word in masked.split_inclusive(ends) {
        let bare = word.trim_end_matches(ends);
        if is_known_token(bare) {
            found.push(at..at + bare.len());
        }
        at += word.len();
    }
    found.sort_by_key(|place| place.start);
    let mut places: Vec<Range<usize>> = Vec::new();
    for place in found {
        match places.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => places.push(place),
        }
    }
    for place in places.into_iter().rev() {
        masked.replace_range(place, MASKED);
    }
    masked
}

/// `${TOKEN}`, `$TOKEN`, `{{ token }}`, `<token>`, `****`, and what was masked before.
fn is_placeholder(text: &str) -> bool {
    let end = text.find(|c: char| c.is_whitespace() || "\"'&;,".contains(c));
    let word = &text[..end.unwrap_or(text.len())];
    let variable = |name: &str| {
        name.bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'_')
    };
    ["${", "$(", "{{", "[masked]"]
        .iter()
        .any(|begins| word.starts_with(begins))
        || word.strip_prefix('$').is_some_and(variable)
        || (word.starts_with('<') && text.contains('>'))
        || word.bytes().all(|byte| byte == b'*')
}

/// What a credential follows.
const SCHEMES: [&str; 2] = ["bearer", "basic"];

/// `Bearer …`, `Basic …`.
fn follows_a_scheme(value: &str) -> bool {
    let words: Vec<&str> = value.split_whitespace().collect();
    words
        .windows(2)
        .any(|pair| is_scheme(pair[0]) && is_credential(bare(pair[1])))
}

/// A word without what stands around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| c.is_whitespace() || "\"',;".contains(c))
}

/// `Bearer`, `"bearer`, `Authorization:Basic`.
fn is_scheme(word: &str) -> bool {
    let name = bare(word).rsplit([':', '=', '"', '\'']).next();
    SCHEMES.contains(&&*name.unwrap_or_default().to_ascii_lowercase())
}

/// What may follow a scheme, and no word of a sentence.
fn is_credential(word: &str) -> bool {
    word.len() >= 8
        && word.chars().all(is_of_a_token)
        && word
            .chars()
            .any(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || c == '=')
}

/// Bytes from which random text is told from words.
const RANDOM: usize = 32;

/// Long words of base64 or hexadecimal. Locations are none: what is random in them is a file's or a table's name.
fn looks_random(value: &str) -> bool {
    let words = value
        .split_whitespace()
        .filter(|word| !word.contains("://"));
    words
        .flat_map(|word| word.split(|c: char| !is_of_a_token(c) || c == '.' || c == '~'))
        .any(|word| word.len() >= RANDOM && !is_uuid(word) && is_random(word))
}

fn is_random(word: &str) -> bool {
    let has = |class: fn(&u8) -> bool| word.bytes().any(|byte| class(&byte));
    let (upper, lower) = (has(u8::is_ascii_uppercase), has(u8::is_ascii_lowercase));
    let digit = has(u8::is_ascii_digit);
    let hex = word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let entropy = entropy(word.as_bytes());
    match (hex, upper, lower, digit) {
        _ if word.ends_with('=') => lower && (upper || digit),
        (true, ..) => digit && upper != lower && entropy > 2.8,
        (_, true, true, _) => entropy > 4.2,
        // Base 36: names of files and columns are less mixed.
        (_, _, _, true) => {
            entropy > 3.9
                && word.bytes().filter(u8::is_ascii_digit).count() >= 4
                && !word.contains(['-', '_', '/'])
        }
        _ => false,
    }
}

/// Bits per byte.
fn entropy(text: &[u8]) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text {
        counts[usize::from(*byte)] += 1;
    }
    let length = text.len() as f64;
    let share = |count: &u32| f64::from(*count) / length;
    let counts = counts.iter().filter(|count| **count > 0);
    -counts
        .map(share)
        .map(|share| share * share.log2())
        .sum::<f64>()
}

fn is_uuid(word: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let parts: Vec<&str> = word.split('-').collect();
    parts.len() == 5
        && parts.iter().zip(lengths).all(|(part, length)| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}

/// Addresses within `text` with `[masked]` for their user and password; `None` where there are none.
pub fn without_userinfo(text: &str) -> Option<String> {
    let mut masked = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, address) = rest.split_at(at + 3);
        masked.push_str(before);
        let end = address.find(|c: char| c.is_whitespace() || "\"'<>".contains(c));
        let address_only = &address[..end.unwrap_or(address.len())];
        let authority = address_only.find(['/', '?', '#']);
        let authority = &address_only[..authority.unwrap_or(address_only.len())];
        // A password may hold an `@` of its own; one that holds a `/` is no port.
        let userinfo = match authority.rfind('@') {
            None if ends_with_a_password(authority) => address_only.rfind('@'),
            found => found,
        };
        rest = match userinfo {
            // `abfss://container@account…`: Azure writes containers there.
            Some(at) if !is_azure(before) || address[..at].contains(':') => {
                masked.push_str(MASKED);
                &address[at..]
            }
            _ => address,
        };
    }
    masked.push_str(rest);
    let ends_a_word = |c: char| c.is_whitespace() || "\"'<>".contains(c);
    let words = masked.split_inclusive(ends_a_word);
    let masked: String = words
        .flat_map(|word| match userinfo_without_scheme(word) {
            Some(at) => [MASKED, &word[at..]],
            None => ["", word],
        })
        .collect();
    (masked != text).then_some(masked)
}

/// What stands before the first `/` of an address: `u:p` of `u:p/ss@host`.
fn ends_with_a_password(authority: &str) -> bool {
    let port = match authority.starts_with('[') {
        true => None,
        false => authority.split_once(':'),
    };
    port.is_some_and(|(_, port)| port.contains(|c: char| !c.is_ascii_digit()))
}

/// Where the host begins in `root:hunter2@tcp(db:3306)/lake`, `jdbc:oracle:thin:scott/tiger@//db:1521/x` or
/// an address whose slashes are escaped.
fn userinfo_without_scheme(word: &str) -> Option<usize> {
    let at = word.rfind('@').filter(|_| !word.contains("://"))?;
    let (before, host) = (&word[..at], word[at + 1..].trim_start_matches('/'));
    let ends = host.find(|c: char| !c.is_alphanumeric() && !".-_".contains(c))?;
    let is_host = ends > 0 && host[ends..].starts_with([':', '/', '(', '\\']);
    // `image@sha256:…`
    let is_digest = host.starts_with("sha256:");
    (before.contains(':') && !before.ends_with(':') && is_host && !is_digest).then_some(at)
}

fn is_azure(before: &str) -> bool {
    ["abfs://", "abfss://", "wasb://", "wasbs://"]
        .iter()
        .any(|scheme| before.ends_with(scheme))
}

#[cfg(test)]
mod tests;
