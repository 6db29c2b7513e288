//! Flink's `CREATE CATALOG name WITH ('type' = 'iceberg', 'catalog-type' = 'rest', …)`: properties of Iceberg.

use super::draft::Draft;
use super::left::{Left, shown};
use super::why::Why;
use super::{Catalogs, NotRead, Pair, bounded, sql, words};
use crate::keys;

pub(super) fn read(text: &str) -> Result<Catalogs, NotRead> {
    let found = sql::catalogs(text);
    bounded(found.iter().map(|(_, pairs)| pairs.len()).sum())?;
    let mut catalogs = Catalogs::default();
    for (name, pairs) in found {
        match not_rest(&pairs) {
            Some(kind) => catalogs.left.push(Left::new(&name, Why::NotRest(kind))),
            None => catalogs.drafts.push(draft(&name, pairs)),
        }
    }
    Ok(catalogs)
}

/// A draft of properties of Iceberg's.
pub(super) fn draft(name: &str, pairs: Vec<Pair>) -> Draft {
    let mut draft = Draft::new(name);
    for (key, value) in pairs {
        property(&mut draft, &key, &key, value);
    }
    draft
}

/// One property of Iceberg's, which the text calls `called`.
pub(super) fn property(draft: &mut Draft, called: &str, key: &str, value: Result<String, Why>) {
    let header = key
        .get(..7)
        .filter(|start| start.eq_ignore_ascii_case("header."));
    if header.is_some() {
        let taken = value.and_then(|value| draft.header(&key[7..], &value));
        return taken.unwrap_or_else(|why| draft.leave(called, why));
    }
    match words::find(words::ICEBERG, words::ICEBERG_PREFIXES, key) {
        Some(means) => draft.take(called, means, value),
        None => {
            let known = words::ICEBERG.iter().map(|(known, _)| *known);
            draft.unknown(called, keys::nearest(key, known));
        }
    }
}

/// The type of a catalog that is no REST catalog. Without a word on it an http address is one of REST.
pub(super) fn not_rest(pairs: &[Pair]) -> Option<String> {
    let text = |name: &str| {
        let pair = pairs.iter().find(|(key, _)| key == name);
        pair.and_then(|(_, value)| value.as_deref().ok())
            .map(str::trim)
    };
    let is_http = text("uri").is_some_and(|uri| uri.starts_with("http"));
    let implementation = text("catalog-impl").or_else(|| text("py-catalog-impl"));
    if let Some(class) = implementation {
        let class = class.rsplit('.').next().unwrap_or(class);
        let is_rest = class.eq_ignore_ascii_case("RESTCatalog");
        return (!is_rest).then(|| shown(class));
    }
    let stated = text("catalog-type").or_else(|| text("type").filter(|kind| *kind != "iceberg"));
    match stated {
        Some(kind) if kind.eq_ignore_ascii_case("rest") => None,
        Some(kind) => Some(shown(kind)),
        None if is_http => None,
        // What Iceberg takes it for.
        None => Some("hive".to_owned()),
    }
}
