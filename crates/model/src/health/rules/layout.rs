//! How a table is written at all.

use super::{Look, finding};
use crate::{
    format::counted,
    health::{Finding, Severity},
    page::ChangePage,
};

const SPECS: usize = 3;
const SCHEMAS: usize = 10;

pub fn old_format(look: &Look) -> Option<Finding> {
    let figure =
        "Format version 1: rows cannot be deleted or updated without writing whole files anew.";
    (look.metadata.format_version == Some(1)).then(|| {
        finding(
            Severity::Warning,
            "Format version",
            figure.to_owned(),
            "Below 2, Iceberg’s default for new tables.".to_owned(),
        )
        .mended(
            look.table
                .property(
                    "Raises the version. It cannot be lowered again.",
                    "format-version",
                    "2",
                )
                .by(ChangePage::UpgradeFormat),
        )
    })
}

pub fn layouts(look: &Look) -> Option<Finding> {
    let (specs, schemas) = (
        look.metadata.partition_specs.len(),
        look.metadata.schemas.len(),
    );
    (specs > SPECS || schemas > SCHEMAS).then(|| {
        finding(
            Severity::Warning,
            "Changes of layout",
            format!(
                "{}, {}",
                counted(specs, "partition spec"),
                counted(schemas, "schema")
            ),
            format!(
                "More than {SPECS} specs or {SCHEMAS} schemas, as Lakekeeper’s console has it: files stay in the partitions that they were written in."
            ),
        )
    })
}
