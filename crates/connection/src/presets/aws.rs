//! AWS: table buckets, and Glue's Data Catalog. Sources: the guides of Amazon S3 and of AWS Glue on their Iceberg REST endpoints.

use super::{Preset, hint};
use crate::keys::*;

const FIRST: &[&str] = &[
    NAME,
    URL,
    WAREHOUSE,
    REGION,
    ACCESS_KEY_ID,
    SECRET_ACCESS_KEY,
    ROLE_ARN,
];

pub(super) static S3_TABLES: Preset = Preset {
    id: "s3-tables",
    label: "Amazon S3 Tables",
    says: "A table bucket of Amazon S3, over its own Iceberg REST endpoint.",
    kind: "s3-tables",
    address: "https://s3tables.<REGION>.amazonaws.com/iceberg",
    example: "https://s3tables.eu-central-1.amazonaws.com/iceberg",
    auth: &["sigv4"],
    first: FIRST,
    says_of: &[
        hint(
            URL,
            "https://s3tables.eu-central-1.amazonaws.com/iceberg",
            "Follows from the region of the table bucket.",
        ),
        hint(
            WAREHOUSE,
            "arn:aws:s3tables:eu-central-1:111122223333:bucket/analytics",
            "The ARN of the table bucket.",
        ),
        hint(REGION, "eu-central-1", "The region of the table bucket."),
        hint(SIGNING_NAME, "s3tables", "Always s3tables."),
    ],
    defaults: &[(SIGNING_NAME, "s3tables")],
};

pub(super) static GLUE: Preset = Preset {
    id: "glue",
    label: "AWS Glue",
    says: "The Data Catalog of an AWS account, over Glue's Iceberg REST endpoint.",
    kind: "generic",
    address: "https://glue.<REGION>.amazonaws.com/iceberg",
    example: "https://glue.eu-central-1.amazonaws.com/iceberg",
    auth: &["sigv4"],
    first: FIRST,
    says_of: &[
        hint(
            URL,
            "https://glue.eu-central-1.amazonaws.com/iceberg",
            "Follows from the region of the Data Catalog.",
        ),
        hint(
            WAREHOUSE,
            "111122223333",
            "The account's number; with a colon and a name for a catalog within it, such as 111122223333:s3tablescatalog/analytics.",
        ),
        hint(SIGNING_NAME, "glue", "Always glue."),
    ],
    defaults: &[(SIGNING_NAME, "glue")],
};
