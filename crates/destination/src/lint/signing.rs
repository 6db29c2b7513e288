//! AWS Signature Version 4.

use super::report::{Report, shown};
use super::rule::Rule;
use crate::edit::Edit;
use crate::keys::{SIGNING_NAME, SIGNING_REGION, SIGV4};
use crate::kind::{Auth, Kind, Target};
use crate::value::Value;

pub(super) fn check(report: &mut Report, kind: Kind) {
    let file = report.file;
    if file.auth() != Auth::SigV4 && kind != Kind::S3Tables {
        return;
    }
    // OLake sets name and flag itself for catalog_type s3tables.
    let implied = kind == Kind::S3Tables && file.target() == Target::Typed;
    // One that is a string is found by its type.
    let is_string = matches!(file.entry(SIGV4).map(|entry| &entry.value), Some(Value::Json(json)) if json.ty() == "a string");
    if !is_string && !file.is_true(SIGV4) && !implied {
        report
            .found(
                Rule::SigningOff,
                SIGV4,
                "rest_signing_v_4 is not true, so requests go out unsigned and are refused.",
                "Set rest_signing_v_4 to true.",
            )
            .edit(Edit::flag(SIGV4, true));
    }
    if !file.is_set(SIGNING_NAME) && !implied {
        let finding = report.found(
            Rule::NoSigningName,
            SIGNING_NAME,
            "rest_signing_name is missing, so Iceberg signs for execute-api and the service answers 403.",
            "Give the service's signing name: s3tables for S3 Tables, glue for Glue, execute-api for API Gateway.",
        );
        if kind == Kind::S3Tables {
            finding.edit(Edit::text(SIGNING_NAME, "s3tables"));
        }
    } else if let Some(name) = report
        .filled(SIGNING_NAME)
        .filter(|name| kind == Kind::S3Tables && *name != "s3tables")
    {
        report
            .found(
                Rule::SigningName,
                SIGNING_NAME,
                format!("S3 Tables refuses requests signed for {}.", shown(name)),
                "Set rest_signing_name to s3tables.",
            )
            .edit(Edit::text(SIGNING_NAME, "s3tables"));
    }
    if !file.is_set(SIGNING_REGION) {
        let region = crate::derive::region_of_arn(file.text(crate::keys::WAREHOUSE))
            .or(report.filled(crate::keys::REGION))
            .filter(|region| crate::derive::is_region(region));
        let finding = report.found(
            Rule::NoSigningRegion,
            SIGNING_REGION,
            "rest_signing_region is missing, so the region that is signed for depends on the machine OLake runs on.",
            "Give the region of the catalog.",
        );
        if let Some(region) = region {
            finding.edit(Edit::text(SIGNING_REGION, region.to_owned()));
        }
    }
}
