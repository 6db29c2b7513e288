//! What the form of a new table begins with: nothing, or how another table is.

use serde::{Deserialize, Serialize};

use crate::settings::Setting;

/// The fields of the form, as they are typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Lines of [`crate::schema::lines`].
    pub columns: String,
    /// Lines of [`crate::partitions::lines`].
    pub partitions: String,
    /// Lines of [`crate::partitions::lines`], too.
    pub sort: String,
    /// `2`; empty where it is not told.
    pub version: String,
    /// Those that are shown in full.
    pub properties: Vec<Setting>,
    /// What of the other table is not taken over; sentences.
    pub notes: Vec<String>,
}

mod from_wire {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use super::*;
    use crate::{
        partitions::{
            evolve::fields_of,
            lines::{order_lines, spec_lines},
        },
        properties::is_of_answer,
        schema::lines::{Column, Wrong, each_mut, from_json, print, unheld, without_ids},
        shown::{Reveal, Shown, plain},
        written::Written,
    };

    /// Where its files go: another table's must not go there, too.
    const LOCATIONS: [&str; 3] = [
        "write.data.path",
        "write.metadata.path",
        "write.object-storage.path",
    ];
    /// What is named in a sentence.
    const NAMED: usize = 8;

    impl Template {
        /// How a table is, by its metadata file. What lines cannot say is left out, and told.
        ///
        /// # Errors
        /// That it is no JSON of a table.
        pub fn new(metadata: &str, reveal: &Reveal) -> Result<Self, serde_json::Error> {
            let written = Written::new(metadata)?;
            let schema = written.current_schema().unwrap_or(&Value::Null);
            let mut notes = Vec::new();
            let columns = from_json(schema).unwrap_or_else(|Wrong { line, why }| {
                notes.push(format!(
                    "Its schema cannot be written as lines. Column {line}: {why}"
                ));
                Vec::new()
            });
            let mut lines = |what: &str, lines: Result<String, String>| {
                lines.unwrap_or_else(|why| {
                    if !columns.is_empty() {
                        notes.push(format!("{what} cannot be written as lines: {why}"));
                    }
                    String::new()
                })
            };
            let partitions = lines(
                "Its partition fields",
                spec_lines(fields_of(written.current_spec()), &columns),
            );
            let sort = lines(
                "Its sort order",
                order_lines(fields_of(written.current_order()), &columns),
            );
            let mut columns = without_ids(columns);
            let unsaid = [unheld(schema), withheld(&mut columns)].concat();
            notes.extend(left("Not taken over of its columns", unsaid));
            let (properties, masked) = properties(&written.metadata.properties, reveal);
            notes.extend(left("Not taken over of its properties", masked));
            Ok(Self {
                columns: print(&columns),
                partitions,
                sort,
                version: match written.metadata.format_version {
                    Some(version) => version.to_string(),
                    None => String::new(),
                },
                properties,
                notes,
            })
        }
    }

    /// Takes out comments and defaults that are not shown, since something in them may be secret.
    fn withheld(columns: &mut [Column]) -> Vec<String> {
        let mut found = Vec::new();
        let secret = |text: &str| plain(text) != text;
        each_mut(columns, &mut |column| {
            if column.doc.take_if(|doc| secret(doc)).is_some() {
                found.push(format!("{}: doc", column.name));
            }
            let default = &mut column.default;
            if default
                .take_if(|value| secret(&value.to_string()))
                .is_some()
            {
                found.push(format!("{}: write-default", column.name));
            }
        });
        found
    }

    /// Those that are shown in full, and the keys of all others.
    fn properties(all: &BTreeMap<String, String>, reveal: &Reveal) -> (Vec<Setting>, Vec<String>) {
        let (mut shown, mut left) = (Vec::new(), Vec::new());
        for (key, value) in all.iter().filter(|(key, _)| !is_of_answer(key)) {
            let value = Shown::new(key, value, reveal);
            match value.whole().is_some() && !LOCATIONS.contains(&key.as_str()) {
                true => shown.push(Setting {
                    key: key.clone(),
                    value,
                }),
                false => left.push(key.clone()),
            }
        }
        (shown, left)
    }

    fn left(what: &str, names: Vec<String>) -> Option<String> {
        let more = names.len().saturating_sub(NAMED);
        let rest = (more > 0).then(|| format!("{more} more"));
        let names: Vec<_> = names.into_iter().take(NAMED).chain(rest).collect();
        (!names.is_empty()).then(|| format!("{what}: {}.", names.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::shown::Reveal;

    fn template(metadata: serde_json::Value) -> Template {
        Template::new(&metadata.to_string(), &Reveal::default()).unwrap()
    }

    #[test]
    fn a_table_is_written_as_it_would_be_typed() {
        let of = template(json!({
            "format-version": 2, "current-schema-id": 1, "default-spec-id": 1, "default-sort-order-id": 3,
            "schemas": [
                {"schema-id": 0, "fields": [{"id": 1, "name": "old", "required": false, "type": "int"}]},
                {"schema-id": 1, "identifier-field-ids": [1], "fields": [
                    {"id": 1, "name": "id", "required": true, "type": "long", "doc": "key"},
                    {"id": 7, "name": "at", "required": false, "type": "timestamptz", "x-kept": 1},
                ]},
            ],
            "partition-specs": [{"spec-id": 1, "fields": [
                {"source-id": 7, "field-id": 1000, "name": "at_day", "transform": "day"},
                {"source-id": 1, "field-id": 1001, "name": "b", "transform": "bucket[4]"},
            ]}],
            "sort-orders": [{"order-id": 3, "fields": [
                {"source-id": 7, "transform": "identity", "direction": "desc", "null-order": "nulls-last"},
            ]}],
            "properties": {"owner": "ana", "pin": "1234", "write.data.path": "s3://b/t"},
            "snapshots": [{"snapshot-id": 9007199254740993i64}],
        }));
        assert_eq!(
            of.columns,
            "id long not null identifier comment 'key'\nat timestamptz\n"
        );
        assert_eq!(of.partitions, "day(at)\nbucket(4, id) as b\n");
        assert_eq!(
            (of.sort.as_str(), of.version.as_str()),
            ("at desc nulls last\n", "2")
        );
        let keys: Vec<_> = of
            .properties
            .iter()
            .map(|setting| setting.key.as_str())
            .collect();
        assert_eq!(keys, ["owner"]);
        assert_eq!(
            of.notes,
            [
                "Not taken over of its columns: at: x-kept.",
                "Not taken over of its properties: pin, write.data.path."
            ]
        );
    }

    #[test]
    fn what_may_be_secret_stays_behind() {
        let of = template(json!({"schema": {"fields": [
            {"id": 1, "name": "a", "type": {"type": "struct", "fields": [
                {"id": 2, "name": "b", "type": "string", "doc": "postgres://u:hunter2@h/d", "write-default": "Bearer hunter2hunter2"},
            ]}},
        ]}, "properties": {"jdbc": "postgres://u:hunter2@h/d"}}));
        assert!(!format!("{of:?}").contains("hunter2"), "{of:?}");
        assert_eq!(of.columns, "a struct<b string>\n");
        assert_eq!(
            of.notes[0],
            "Not taken over of its columns: b: doc, b: write-default."
        );
    }

    #[test]
    fn what_lines_cannot_say_is_told() {
        let of = template(json!({
            "current-schema-id": 0, "default-spec-id": 0,
            "schemas": [{"schema-id": 0, "fields": [{"id": 1, "name": "a", "required": false, "type": "int"}]}],
            "partition-specs": [{"spec-id": 0, "fields": [{"source-id": 1, "name": "z", "transform": "zorder"}]}],
        }));
        assert!(of.notes[0].contains("“zorder”"), "{:?}", of.notes);
        assert_eq!(
            (of.columns.as_str(), of.partitions.as_str()),
            ("a int\n", "")
        );
        let of =
            template(json!({"schema": {"fields": [{"id": 1, "name": "a", "type": "interval"}]}}));
        assert!(of.notes[0].contains("interval"), "{:?}", of.notes);
        assert!(Template::new("[", &Reveal::default()).is_err());
    }
}
