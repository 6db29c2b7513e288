use iceberg_rest::types::ViewMetadata;

use super::{
    Cell, Column, Fact, Facts, Key,
    from_wire::{OWNER, moment, owner, text},
};
use crate::{format, names::NameKind, shown::plain};

impl Facts {
    /// Of a view.
    pub fn of_view(metadata: &ViewMetadata) -> Self {
        let current = metadata.current_version();
        let schema = current.and_then(|version| metadata.schema_of(version));
        let fact = |column| match column {
            Column::Version => metadata
                .current_version_id
                .as_ref()
                .map_or(Fact::UNTOLD, |id| Fact {
                    key: id.to_string().parse().ok().map(Key::Number),
                    cell: Cell::Text(plain(&id.to_string()), None),
                }),
            Column::Dialects => {
                let texts = current.map_or(&[][..], |version| &version.representations);
                let dialects = texts.iter().filter_map(|text| text.dialect.as_deref());
                let dialects = dialects.collect::<Vec<_>>().join(", ");
                match dialects.is_empty() {
                    true => Fact::UNTOLD,
                    false => text(&plain(&dialects)),
                }
            }
            Column::Columns => schema.map_or(Fact::UNTOLD, |schema| Fact {
                cell: Cell::Text(format::count(schema.fields.len()), None),
                key: i128::try_from(schema.fields.len()).ok().map(Key::Number),
            }),
            Column::Commit => moment(current.and_then(|version| version.timestamp_ms)),
            Column::Owner => owner(metadata.properties.get(OWNER)),
            Column::Records | Column::Size | Column::Files | Column::Format | Column::Health => {
                Fact::UNTOLD
            }
        };
        Self::of(NameKind::Views, fact)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::format::Moment;

    fn cells(metadata: Value) -> Vec<Cell> {
        Facts::of_view(&serde_json::from_value(metadata).unwrap()).cells()
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned(), None)
    }

    #[test]
    fn a_view_that_says_all() {
        let texts = ["spark", "trino"].map(|it| json!({"type": "sql", "sql": "x", "dialect": it}));
        let cells = cells(json!({
            "current-version-id": 7, "properties": {"owner": "finance"},
            "schemas": [{"schema-id": 0, "fields": [{"id": 1, "name": "n", "type": "long"}]}],
            "versions": [
                {"version-id": 3, "schema-id": 0, "timestamp-ms": 1},
                {"version-id": 7, "schema-id": 0, "timestamp-ms": 5, "representations": texts}
            ]
        }));
        let at = Cell::At(Moment::from_ms(5));
        assert_eq!(
            cells,
            [
                text("7"),
                text("spark, trino"),
                text("1"),
                at,
                text("finance")
            ]
        );
    }

    #[test]
    fn what_the_metadata_does_not_tell_is_no_zero() {
        let untold = || Cell::Untold;
        assert_eq!(cells(json!({})), [const { Cell::Untold }; 5]);
        let dangling = cells(json!({"current-version-id": 9, "versions": [{"version-id": 3}]}));
        assert_eq!(
            dangling,
            [text("9"), untold(), untold(), untold(), untold()]
        );
    }
}
