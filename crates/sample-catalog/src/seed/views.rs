//! Views: several dialects of SQL and several versions each.

use serde_json::{Value, json};

use super::{
    draft::NOW_MS,
    field::{Field, optional, record},
};
use crate::{
    ident::{Ident, stable_uuid},
    store::Document,
};

const DAY_MS: i64 = 86_400_000;

/// One version of a view: (dialect, SQL) pairs.
type Version = &'static [(&'static str, &'static str)];

pub(crate) struct View {
    pub namespace: &'static [&'static str],
    pub name: &'static str,
    comment: &'static str,
    fields: fn() -> Vec<Field>,
    versions: &'static [Version],
}

pub(crate) const VIEWS: &[View] = &[
    View {
        namespace: &["sales"],
        name: "revenue_by_day",
        comment: "Paid orders by day and currency. The number in the Monday mail.",
        fields: || {
            vec![
                optional(1, "day", "date").doc("UTC day of payment"),
                optional(2, "currency", "string"),
                optional(3, "orders", "long"),
                optional(4, "revenue", "decimal(38, 2)").doc("Gross"),
            ]
        },
        versions: &[
            &[(
                "spark",
                "SELECT CAST(ordered_at AS DATE) AS day, currency, count(*) AS orders, sum(total) AS revenue FROM sales.orders GROUP BY 1, 2",
            )],
            &[
                (
                    "spark",
                    "SELECT CAST(ordered_at AS DATE) AS day, currency, count(*) AS orders, sum(total) AS revenue FROM sales.orders WHERE status <> 'cancelled' GROUP BY 1, 2",
                ),
                (
                    "trino",
                    "SELECT CAST(ordered_at AS date) AS day, currency, count(*) AS orders, sum(total) AS revenue FROM sales.orders WHERE status <> 'cancelled' GROUP BY 1, 2",
                ),
            ],
            &[
                (
                    "spark",
                    "WITH paid AS (SELECT * FROM sales.orders WHERE status IN ('paid', 'shipped', 'delivered')) SELECT CAST(ordered_at AS DATE) AS day, currency, count(*) AS orders, sum(total) AS revenue FROM paid GROUP BY 1, 2",
                ),
                (
                    "trino",
                    "WITH paid AS (SELECT * FROM sales.orders WHERE status IN ('paid', 'shipped', 'delivered')) SELECT CAST(ordered_at AT TIME ZONE 'UTC' AS date) AS day, currency, count(*) AS orders, sum(total) AS revenue FROM paid GROUP BY 1, 2",
                ),
            ],
        ],
    },
    View {
        namespace: &["sales", "eu"],
        name: "open_invoices",
        comment: "Invoices without a payment",
        fields: || {
            vec![
                optional(1, "invoice_no", "string"),
                optional(2, "issued_on", "date"),
                optional(3, "net", "decimal(14, 2)"),
            ]
        },
        versions: &[&[(
            "trino",
            "SELECT i.invoice_no, i.issued_on, i.net FROM sales.eu.invoices i LEFT JOIN finance.payment_events p ON p.reference = i.invoice_no WHERE p.event_id IS NULL",
        )]],
    },
    View {
        namespace: &["iot"],
        name: "latest_readings",
        comment: "The newest value of each metric",
        fields: || {
            vec![
                optional(1, "device_id", "string"),
                optional(2, "metric", "string"),
                optional(3, "value", "double"),
                optional(4, "read_at", "timestamptz"),
            ]
        },
        versions: &[
            &[(
                "spark",
                "SELECT device_id, metric, max_by(value, read_at) AS value, max(read_at) AS read_at FROM iot.readings GROUP BY device_id, metric",
            )],
            &[
                (
                    "spark",
                    "SELECT device_id, metric, max_by(value, read_at) AS value, max(read_at) AS read_at FROM iot.readings WHERE quality > 0 GROUP BY device_id, metric",
                ),
                (
                    "duckdb",
                    "SELECT device_id, metric, arg_max(value, read_at) AS value, max(read_at) AS read_at FROM iot.readings WHERE quality > 0 GROUP BY ALL",
                ),
            ],
        ],
    },
];

impl View {
    /// The metadata file (Iceberg view spec), under the name `ident` in the warehouse at `home`.
    pub fn document(&self, home: &str, ident: &Ident) -> Document {
        let location = format!("{home}/{}/{}", ident.namespace.join("/"), ident.name);
        let mut schema = record((self.fields)());
        schema["schema-id"] = 0.into();
        let count = self.versions.len();
        let made = |index: usize| NOW_MS - (count - index) as i64 * 21 * DAY_MS;
        let versions: Vec<Value> = self
            .versions
            .iter()
            .enumerate()
            .map(|(index, representations)| {
                let sql: Vec<Value> = representations
                    .iter()
                    .map(|(dialect, sql)| json!({"type": "sql", "sql": sql, "dialect": dialect}))
                    .collect();
                json!({"version-id": index + 1, "schema-id": 0, "timestamp-ms": made(index),
                "summary": {"engine-name": representations[0].0, "engine-version": "476"},
                "default-namespace": ident.namespace, "representations": sql})
            })
            .collect();
        let log: Vec<Value> = (0..count)
            .map(|index| json!({"version-id": index + 1, "timestamp-ms": made(index)}))
            .collect();
        let uuid = stable_uuid(&location);
        let metadata = json!({"view-uuid": uuid, "format-version": 1, "location": location,
            "current-version-id": count, "versions": versions, "version-log": log, "schemas": [schema],
            "properties": {"comment": self.comment, "owner": "analytics"}});
        Document {
            location: format!("{location}/metadata/{count:05}-{uuid}.gz.metadata.json"),
            json: metadata.to_string().into(),
        }
    }
}
