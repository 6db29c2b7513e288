//! BigLake metastore of Google Cloud. Source: the page on its Iceberg REST catalog.

use super::{Preset, hint};
use crate::keys::*;

pub(super) static BIGLAKE: Preset = Preset {
    id: "biglake",
    label: "Google BigLake",
    says: "The Iceberg REST catalog of BigLake metastore, for tables in Cloud Storage.",
    kind: "generic",
    address: "https://biglake.googleapis.com/iceberg/v1/restcatalog",
    example: "https://biglake.googleapis.com/iceberg/v1/restcatalog",
    auth: &["bearer", "person", "passed-on"],
    first: &[NAME, URL, WAREHOUSE, HEADERS, TOKEN],
    says_of: &[
        hint(
            WAREHOUSE,
            "gs://lakehouse-bucket",
            "The bucket of the catalog, as gs://bucket, or bl://projects/my-project/catalogs/lake for one of several buckets.",
        ),
        hint(
            HEADERS,
            "x-goog-user-project: my-project",
            "x-goog-user-project names the project that is billed: Google refuses calls without it.",
        ),
        hint(
            TOKEN,
            "ya29.…",
            "An access token of Google's, which lasts an hour; with passed-on whoever signed in by Google brings a new one.",
        ),
    ],
    defaults: &[(URL, "https://biglake.googleapis.com/iceberg/v1/restcatalog")],
};
