//! Where new files of a table go.

use iceberg_rest::{SnapshotsMode::Refs, types::Update};
use model::{
    error::AppError,
    form::{LOCATION, operation::SAVE},
    page::TableTab,
    shown::{MASKED, plain},
};

use super::{
    Asked, Plan,
    table::{Commit, Table},
    vendor,
};
use crate::forms::refused;

/// Properties that say elsewhere where files go.
const BEFORE_IT: [&str; 2] = ["write.data.path", "write.metadata.path"];

pub async fn edit(asked: Asked<'_>) -> Result<Plan, AppError> {
    let typed = asked.fields.text(LOCATION.name);
    let location = without_end(typed.trim()).to_owned();
    if let Some(why) = wrong(&location) {
        return Err(refused(why).at(&LOCATION));
    }
    let table = Table::read(&asked, Refs).await?;
    let metadata = table.metadata();
    let now = metadata.location.clone().unwrap_or_default();
    let same = without_end(&now) == location;
    let mut says = vec![
        format!(
            "New files of the table go below {}; now they go below {}.",
            plain(&location),
            plain(&now)
        ),
        "Files that are there stay where they are, and are read from there.".to_owned(),
        "What cleans up a table’s unused files looks below its location: what lies unused at the old one stays.".to_owned(),
    ];
    let set = BEFORE_IT.into_iter();
    let set = set.filter(|key| metadata.properties.contains_key(*key));
    says.extend(set.map(|key| format!("Its property {key} is set, and goes before the location.")));
    says.extend(vendor::locates(asked.client.dialect()).map(str::to_owned));
    let wanted = location.clone();
    let commit = Commit {
        updates: vec![Update::SetLocation { location }],
        says: match same {
            true => vec!["Nothing.".to_owned()],
            false => says,
        },
        read: now,
        confirm: None,
        off: same.then(|| "Nothing would be different: that is its location.".to_owned()),
        holds: Box::new(move |now| {
            now.location.as_deref().map(without_end) == Some(wanted.as_str())
        }),
        snapshots: Refs,
        to: (asked.place.table_path(TableTab::Overview), SAVE),
    };
    table.commit(asked, commit)
}

/// As servers keep it.
fn without_end(location: &str) -> &str {
    location.trim_end_matches('/')
}

/// Why it is no location; a sentence.
fn wrong(location: &str) -> Option<&'static str> {
    let odd = |letter: char| letter.is_control() || letter.is_whitespace();
    if location.contains(odd) {
        return Some("A location has no spaces or line breaks.");
    }
    if location.contains(MASKED) {
        return Some("A part of it is masked here: type it whole.");
    }
    let (scheme, rest) = location.split_once(":/").unwrap_or_default();
    let known = scheme.starts_with(|first: char| first.is_ascii_alphabetic());
    let path = location.starts_with('/') && location.len() > 1;
    let whole = known && !rest.trim_matches('/').is_empty();
    (!path && !whole)
        .then_some("It is no location: write a URI with a path, such as s3://bucket/path/table.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_a_uri_with_a_path() {
        for location in ["s3://b/t", "file:/tmp/t", "/warehouse/t", "hdfs:///w/t"] {
            assert_eq!(wrong(location), None, "{location}");
        }
        for location in [
            "",
            "/",
            "t",
            "s3:",
            "s3://",
            "://b",
            "s3://b/a b",
            "s3://b\n/c",
        ] {
            assert!(wrong(location).is_some(), "{location}");
        }
        let masked = format!("s3://b/t?{MASKED}");
        assert!(wrong(&masked).is_some_and(|why| why.contains("masked")));
    }
}
