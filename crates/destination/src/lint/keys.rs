//! Keys that OLake does not read, reads differently, or reads twice.

use super::report::{Report, shown};
use super::rule::{Rule, Severity};
use crate::edit::Edit;
use crate::keys::{self, Key, Type};
use crate::kind::{Kind, Target};
use crate::placeholder::has_placeholder;
use crate::release::Release;
use crate::secret::Secret;
use crate::url::{self, Url};
use crate::value::{Entry, Value};

pub(super) fn check(report: &mut Report) {
    let file = report.file;
    for (place, entry) in file.entries().iter().enumerate() {
        match keys::find(&entry.key) {
            None => unknown(report, entry),
            Some(key) => {
                let others =
                    |slice: &[Entry]| slice.iter().any(|other| keys::same(&other.key, key.name));
                if others(&file.entries()[place + 1..]) {
                    report
                        .found(
                            Rule::RepeatedKey,
                            &entry.key,
                            format!("{} stands in the file more than once; OLake keeps one value and drops this one.", key.name),
                            "Keep the one that is meant.",
                        )
                        .at(entry.at)
                        .edit(Edit::Merge(key.name));
                } else if entry.key != key.name && !others(&file.entries()[..place]) {
                    report
                        .found(
                            Rule::KeySpelling,
                            &entry.key,
                            format!(
                                "The key is called {}; OLake accepts this spelling too.",
                                key.name
                            ),
                            format!("Write {}.", key.name),
                        )
                        .at(entry.at)
                        .edit(Edit::Rename {
                            from: entry.key.clone(),
                            to: key.name,
                        });
                }
                if key.is_read() {
                    misplaced(report, entry, key);
                    spaces(report, entry, key);
                    wrapped(report, entry, key);
                } else {
                    dead(report, entry, key.meant);
                }
            }
        }
    }
    beside_writer(report);
    legacy(report);
}

/// OLake takes only `type` and the last `writer` from the outer object.
fn beside_writer(report: &mut Report) {
    for entry in &report.file.envelope {
        if keys::same(&entry.key, "type") {
            continue;
        }
        let key = shown(&entry.key);
        let (rule, message, fix) = if keys::same(&entry.key, "writer") {
            (
                Rule::RepeatedWriter,
                format!("{key} stands in the file more than once; OLake reads only the last one."),
                "Keep one, with all settings in it.",
            )
        } else if keys::find(&entry.key).is_some() {
            (
                Rule::KeyBesideWriter,
                format!("{key} stands beside writer, where OLake ignores it without a word."),
                "Move it under writer, or remove it if it is there already.",
            )
        } else {
            (
                Rule::UnknownBesideWriter,
                format!("OLake knows no key {key} beside writer and ignores it without a word."),
                "Remove it, or check its spelling.",
            )
        };
        report.found(rule, &key, message, fix).at(entry.at);
    }
}

/// What the key means under its right name, and whether that is free.
fn unknown(report: &mut Report, entry: &Entry) {
    let value = match &entry.value {
        Value::Json(json) => json.string().unwrap_or_default(),
        _ => String::new(),
    };
    let called = keys::called(&entry.key, &value);
    let meant = called.or_else(|| keys::nearest(&entry.key));
    let key = shown(&entry.key);
    let free = meant.is_some_and(|name| report.file.entry(name).is_none());
    let parts = matches!(
        entry
            .key
            .to_ascii_lowercase()
            .replace(['-', '.'], "_")
            .as_str(),
        "client_id"
            | "client_secret"
            | "oauth2_client_id"
            | "oauth2_client_secret"
            | "clientid"
            | "clientsecret"
    );
    let (message, fix) = match meant {
        _ if parts => (
            format!("OLake knows no key {key}: it takes id and secret together as credential."),
            "Write \"credential\": \"client_id:client_secret\".".to_owned(),
        ),
        Some(name) if called.is_some() => (
            format!("OLake calls it {name} and ignores {key} without a word."),
            match free {
                true => format!("Rename it to {name}."),
                false => format!("{name} is set already: remove {key}."),
            },
        ),
        Some(name) => (
            format!("OLake knows no key {key} and ignores it without a word."),
            match free {
                true => format!("If {name} is meant, rename it."),
                false => format!("If {name} is meant, it is set already: remove this one."),
            },
        ),
        None => (
            format!("OLake knows no key {key} and ignores it without a word."),
            "Remove it, or check its spelling.".to_owned(),
        ),
    };
    let fits = meant
        .and_then(keys::find)
        .is_some_and(|key| fits(entry, key.ty));
    let finding = report
        .found(Rule::UnknownKey, &key, message, fix)
        .at(entry.at);
    if let (Some(name), true, false) = (meant, free && fits, parts) {
        finding.edit(Edit::Rename {
            from: entry.key.clone(),
            to: name,
        });
    }
}

/// Whether the value would be taken under another key: a key that is ignored must not come to refuse the file.
fn fits(entry: &Entry, ty: Type) -> bool {
    let Value::Json(json) = &entry.value else {
        return true;
    };
    match ty {
        Type::Text => json.ty() == "a string",
        Type::Bool => json.ty() == "true or false",
        Type::Int => json.as_str().parse::<i64>().is_ok(),
    }
}

fn dead(report: &mut Report, entry: &Entry, meant: Option<&'static str>) {
    let key = entry.key.as_str();
    let fix = match meant {
        Some(name) => format!("Rename it to {name}, which OLake reads."),
        None if keys::same(key, keys::NORMALIZATION) => {
            "Set normalization, and append_mode for Unity, for each stream in streams.json."
                .to_owned()
        }
        None => "Remove it.".to_owned(),
    };
    let free = meant.filter(|name| report.file.entry(name).is_none());
    let finding = report
        .found(
            Rule::DeadKey,
            key,
            format!("{key} appears in documentation, but OLake does not read it here."),
            fix,
        )
        .at(entry.at);
    if let Some(name) = free {
        finding.edit(Edit::Rename {
            from: entry.key.clone(),
            to: name,
        });
    }
}

/// Words, names, scopes and addresses are short or plain; a key or a token is neither.
fn misplaced(report: &mut Report, entry: &Entry, key: &Key) {
    let names = [keys::SCOPE, keys::DATABASE, keys::WAREHOUSE, keys::PROFILE];
    let text = match &entry.value {
        Value::Text(text) => text.clone(),
        Value::Json(json) => json.string().unwrap_or_default(),
        Value::Bool(_) | Value::Secret(_) => return,
    };
    // What an address carries before its host or behind its path is an error of its own.
    let carries = Url::parse(text.trim()).is_ok_and(|url| url.userinfo.is_some() || url.has_query);
    let hides = !carries && url::has_secrets(&text);
    if hides || (entry.is_sensitive() && !text.is_empty()) {
        report
            .found(
                Rule::Misplaced,
                &entry.key,
                format!(
                    "{} looks like a key or a token that was pasted into the wrong place.",
                    key.name
                ),
                "Put it where it belongs. If the file was shared, make a new one.",
            )
            .at(entry.at)
            .severity(match names.iter().any(|name| keys::same(name, key.name)) {
                // Somebody may have such names.
                true => Severity::Info,
                false => Severity::Warn,
            });
    }
}

fn spaces(report: &mut Report, entry: &Entry, key: &Key) {
    let name = key.name;
    let text = match &entry.value {
        Value::Text(text) => text,
        Value::Secret(secret) => secret.expose(),
        _ => return,
    };
    if key.ty == Type::Text && text.trim() != text {
        report
            .found(
                Rule::WhiteSpace,
                &entry.key,
                format!("{name} begins or ends with white space, which OLake passes on as it is."),
                "Remove the white space.",
            )
            .at(entry.at)
            .edit(Edit::Trim(name));
    }
}

/// What was copied together with the value.
fn wrapped(report: &mut Report, entry: &Entry, key: &'static Key) {
    // A password may be anything, and a service account is JSON.
    if key.ty != Type::Text || ["jdbc_password", "gcp_service_account_json"].contains(&key.name) {
        return;
    }
    let text = match &entry.value {
        Value::Text(text) => text,
        Value::Secret(secret) => secret.expose(),
        _ => return,
    };
    let name = key.name;
    let bare = unwrapped(key, text);
    let value = |text: &str| match key.secret {
        true => Value::Secret(Secret::new(text)),
        false => Value::Text(text.to_owned()),
    };
    if bare != text.trim() {
        report
            .found(
                Rule::Wrapped,
                &entry.key,
                format!("{name} holds more than its value: quotation marks, a name or a word such as Bearer, which OLake passes on with it."),
                "Give the value alone: OLake itself adds what must stand before it.",
            )
            .at(entry.at)
            .edit(Edit::Set(name, value(bare)));
    } else if name == keys::TOKEN
        && bare.contains(['\n', '\r', '\t', ' '])
        && !has_placeholder(bare)
    {
        let finding = report
            .found(
                Rule::Broken,
                &entry.key,
                "token has white space in it, which no token has.",
                "Write it on one line, without blanks.",
            )
            .at(entry.at);
        // A line that was broken by a window; a blank may part it from something else.
        if !bare.contains(' ') {
            let joined: String = bare.split_whitespace().collect();
            finding.edit(Edit::Set(name, value(&joined)));
        }
    }
}

/// How many things around a value are taken off it: each was put there by somebody.
const WRAPPINGS: usize = 8;

/// Without quotation marks around it, the name of its header or variable, and the scheme before a token.
fn unwrapped<'a>(key: &Key, text: &'a str) -> &'a str {
    let mut text = text.trim();
    for _ in 0..WRAPPINGS {
        match inside(key, text).map(str::trim) {
            Some(inside) if !inside.is_empty() => text = inside,
            _ => break,
        }
    }
    text
}

/// Without the outermost of them, where there is one.
fn inside<'a>(key: &Key, text: &'a str) -> Option<&'a str> {
    const MARKS: [(char, char); 7] = [
        ('"', '"'),
        ('\'', '\''),
        ('`', '`'),
        ('“', '”'),
        ('„', '“'),
        ('‘', '’'),
        ('«', '»'),
    ];
    let marked = MARKS
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    let assigned = text
        .split_once(['=', ':'])
        .filter(|(name, _)| key.secret && named(key, name.trim()))
        .map(|(_, value)| value);
    let scheme = text
        .split_once(char::is_whitespace)
        .filter(|(word, _)| key.name == keys::TOKEN && word.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token);
    let broken = text
        .strip_suffix("\\n")
        .or_else(|| text.strip_suffix("\\r"))
        .filter(|_| key.secret);
    marked.or(assigned).or(scheme).or(broken)
}

/// Whether a secret was copied with this name before it.
fn named(key: &Key, name: &str) -> bool {
    let name = name.rsplit(' ').next().unwrap_or(name);
    let is_name = name.len() > 3
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    is_name
        && (keys::same(name, key.name)
            || keys::called(name, "") == Some(key.name)
            || keys::find(name).is_some_and(|other| other.meant == Some(key.name))
            || (key.name == keys::TOKEN && name.eq_ignore_ascii_case("authorization")))
}

fn legacy(report: &mut Report) {
    let file = report.file;
    if file.is_set(keys::DATABASE) {
        report.found(
            Rule::LegacyNamespace,
            keys::DATABASE,
            format!("Since OLake {} discover writes destination_database for each stream, and iceberg_db is used only where that is missing.", Release::V0_2_0),
            "Keep it for older versions. To choose the namespace, run discover with --destination-database-prefix, or edit destination_database in streams.json.",
        );
    }
    if let (Target::Typed, Some(kind)) = (
        file.target(),
        file.kind().filter(|kind| *kind != Kind::Generic),
    ) {
        report.found(
            Rule::TypedTarget,
            keys::CATALOG_TYPE,
            format!(
                "catalog_type {} is understood by OLake {} and later.",
                kind.catalog_type(Target::Typed),
                Target::Typed.since()
            ),
            "For an older OLake choose the classic file, with catalog_type rest.",
        );
    }
    let release = file.release();
    if release.is_hearsay() {
        report.found(
            Rule::Hearsay,
            keys::CATALOG_TYPE,
            format!("What is said of OLake {release} follows its notes and changes; the code that was read is that of {}.", Release::READ),
            "Run OLake's own check before the first sync.",
        );
    }
    let name = report.filled(keys::CATALOG_NAME);
    if name.is_some_and(|name| !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')) {
        report.found(
            Rule::CatalogName,
            keys::CATALOG_NAME,
            "catalog_name has other signs than a-z and _, which OLake's own form refuses.",
            "Use lower-case letters and underscores only.",
        );
    }
}
