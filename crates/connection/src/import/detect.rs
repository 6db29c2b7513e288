//! What a text was written for.

use super::Source;

/// By the words that nothing else has; by its form last.
pub(super) fn source(text: &str) -> Option<Source> {
    let lower = text.to_ascii_lowercase();
    let has = |word: &str| lower.contains(word);
    let is_own = |line: &str| {
        let line = line.trim_start();
        line.starts_with("[[connection]]") || line.starts_with("[connection.auth]")
    };
    if text.lines().any(is_own) {
        return Some(Source::Crowsnest);
    }
    if has("spark.sql.catalog.") {
        return Some(Source::Spark);
    }
    if text.starts_with('{')
        && let Some(source) = json(text)
    {
        return Some(source);
    }
    if has("iceberg.rest-catalog.") || has("iceberg.catalog.type") || has("connector.name") {
        return Some(Source::Trino);
    }
    if is_python(text) {
        return Some(Source::PyIceberg);
    }
    if lower.lines().any(|line| line.trim_end() == "catalog:") {
        return Some(Source::PyIceberg);
    }
    if has("create catalog") {
        return Some(Source::Flink);
    }
    if has("attach") || has("create secret") || has("replace secret") || has("persistent secret") {
        return Some(Source::DuckDb);
    }
    has("catalog:").then_some(Source::PyIceberg)
}

/// A call of PyIceberg's.
pub(super) fn is_python(text: &str) -> bool {
    super::python::CALLS.iter().any(|call| {
        text.match_indices(call).any(|(at, _)| {
            let rest = text[at + call.len()..].trim_start();
            rest.starts_with('(')
        })
    })
}

/// Profiles hold a client; OLake's file a writer.
fn json(text: &str) -> Option<Source> {
    let has = |word: &str| text.contains(word);
    if has("\"client_secret\"") && !has("\"writer\"") && !has("catalog_type") {
        return Some(Source::Polaris);
    }
    let is_olake = has("writer") || has("rest_catalog_url") || has("catalog_type");
    is_olake.then_some(Source::Olake)
}
