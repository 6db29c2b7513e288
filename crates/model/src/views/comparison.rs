use std::collections::BTreeSet;

use iceberg_rest::types::{Strings, ViewMetadata};
use serde::{Deserialize, Serialize};

use super::{VersionRow, ViewSql};
use crate::{
    shown::{Reveal, Shown},
    sql::Sql,
    text::LineDiff,
};

/// Keys that are listed.
const LISTED: usize = 200;

/// Two versions of a view beside each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VersionComparison {
    /// The one that was named first.
    pub from: VersionRow,
    /// The one that was named second.
    pub to: VersionRow,
    /// One for each dialect that either is written in.
    pub texts: Vec<TextComparison>,
    /// What their writers say about them, where that differs: a key, what the first says and the second.
    pub properties: Vec<[String; 3]>,
}

/// The texts of two versions in one dialect, line by line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextComparison {
    /// Whose SQL it is.
    pub dialect: String,
    /// How they relate; a sentence.
    pub said: String,
    /// Both, laid out.
    pub diff: LineDiff,
}

impl VersionComparison {
    /// Fails with a sentence about the version that is not there.
    pub fn new(metadata: &ViewMetadata, from: &str, to: &str) -> Result<Self, String> {
        let properties = properties(metadata, from, to);
        let (from, to) = (ViewSql::new(metadata, from)?, ViewSql::new(metadata, to)?);
        let mut dialects: Vec<&str> = Vec::new();
        for sql in from.texts.iter().chain(&to.texts) {
            if !dialects.contains(&sql.dialect.as_str()) {
                dialects.push(&sql.dialect);
            }
        }
        let of = |sql: &ViewSql, dialect: &str| {
            let mut texts = sql.texts.iter();
            texts.find(|it| it.dialect == dialect).cloned()
        };
        let texts = dialects
            .iter()
            .map(|dialect| text(dialect, of(&from, dialect), of(&to, dialect)))
            .collect();
        Ok(Self {
            texts,
            from: from.version,
            to: to.version,
            properties,
        })
    }
}

/// Of their summaries: a view's own properties are not kept by version. What may be a secret is masked, and said to
/// differ.
fn properties(metadata: &ViewMetadata, from: &str, to: &str) -> Vec<[String; 3]> {
    let summary = |id: &str| {
        let mut versions = metadata.versions.iter();
        let version = versions.find(|one| one.version_id.to_string() == id);
        version.map(|version| &version.summary)
    };
    let (old, new) = (summary(from), summary(to));
    let keys: BTreeSet<&str> = [old, new]
        .into_iter()
        .flatten()
        .flat_map(|summary| summary.iter().map(|(key, _)| key))
        .collect();
    let said = |summary: Option<&Strings>, key: &str| match summary.and_then(|it| it.get(key)) {
        Some(value) => Shown::new(key, value, &Reveal::default()).text().to_owned(),
        None => "—".to_owned(),
    };
    let value = |summary: Option<&Strings>, key: &str| summary?.get(key).map(str::to_owned);
    let differ = keys
        .into_iter()
        .filter(|key| value(old, key) != value(new, key));
    let row = |key: &str| [key.to_owned(), said(old, key), said(new, key)];
    differ.take(LISTED).map(row).collect()
}

fn text(dialect: &str, from: Option<Sql>, to: Option<Sql>) -> TextComparison {
    let laid_out = |sql: &Option<Sql>| -> String {
        let tokens = sql.iter().flat_map(|sql| &sql.tokens);
        tokens.map(|(_, text)| text.as_str()).collect()
    };
    let (old, new) = (laid_out(&from), laid_out(&to));
    let said = match (&from, &to) {
        (Some(from), Some(to)) if from.text == to.text => "The same text.",
        _ if old == new => "They differ in white space alone.",
        (None, _) => "Only the second is written in this dialect.",
        (_, None) => "Only the first is written in this dialect.",
        _ => "Lines that differ are marked, − for the first and + for the second.",
    };
    TextComparison {
        dialect: dialect.to_owned(),
        said: said.to_owned(),
        diff: LineDiff::new(&old, &new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Line;

    fn metadata(old: &str, new: &str) -> ViewMetadata {
        let version = |id: u8, sql: &str| {
            serde_json::json!({"version-id": id, "schema-id": 0, "representations": [
                {"type": "sql", "sql": sql, "dialect": "spark"}]})
        };
        serde_json::from_value(serde_json::json!({
            "view-uuid": "u", "format-version": 1, "location": "s3://b/v", "current-version-id": 2,
            "versions": [version(1, old), version(2, new)]
        }))
        .unwrap()
    }

    fn compared(old: &str, new: &str) -> TextComparison {
        let both = VersionComparison::new(&metadata(old, new), "1", "2").unwrap();
        both.texts.into_iter().next().expect("one dialect")
    }

    #[test]
    fn a_line_stands_beside_what_replaced_it() {
        let text = compared("select a\nfrom t", "select a, b\nfrom t\nwhere a > 1");
        let lines = &text.diff.lines;
        let changed = lines.iter().filter(|line| !line.same).count();
        assert!(changed > 0 && changed < lines.len());
        assert!(text.said.contains("marked"), "{}", text.said);
        let both = |side: fn(&Line) -> &Option<String>| {
            let lines = lines.iter().filter_map(|line| side(line).as_deref());
            lines.collect::<Vec<_>>().join(" ")
        };
        assert!(both(|line| &line.from).ends_with('t'));
        assert!(both(|line| &line.to).contains("> 1"));
    }

    #[test]
    fn white_space_is_no_difference_and_a_version_that_is_not_there_is_said() {
        assert_eq!(compared("select 1", "select 1").said, "The same text.");
        let spaces = compared("select  1", "select 1");
        assert_eq!(spaces.said, "They differ in white space alone.");
        assert_eq!(spaces.diff, LineDiff::default());
        let gone = VersionComparison::new(&metadata("", ""), "1", "9").unwrap_err();
        assert!(gone.contains("no version 9"), "{gone}");
    }

    #[test]
    fn what_writers_say_of_two_versions_is_told_where_it_differs_and_no_secret_is() {
        let key = "AKIAIOSFODNN7EXAMPLE";
        let mut metadata = metadata("", "");
        for (version, summary) in metadata.versions.iter_mut().zip([
            serde_json::json!({"engine-name": "spark", "operation": "create"}),
            serde_json::json!({"engine-name": "trino", "operation": "create", "team": key}),
        ]) {
            version.summary = serde_json::from_value(summary).unwrap();
        }
        let both = VersionComparison::new(&metadata, "1", "2").unwrap();
        assert_eq!(
            both.properties,
            [["engine-name", "spark", "trino"], ["team", "—", "[masked]"]]
        );
    }
}
