//! AWS Signature Version 4.

use super::report::{Report, shown, shown_region};
use super::rule::Rule;
use crate::derive::{self, GLUE, S3_TABLES};
use crate::edit::Edit;
use crate::keys::{REGION, SIGNING_NAME, SIGNING_REGION, SIGV4, URL, WAREHOUSE};
use crate::kind::{Auth, Kind, Target};
use crate::url::Url;
use crate::value::Value;

/// What Iceberg signs for where no name is given.
const API_GATEWAY: &str = "execute-api";

pub(super) fn check(report: &mut Report, kind: Kind) {
    let file = report.file;
    let host = report
        .filled(URL)
        .and_then(|url| derive::endpoint(Url::parse(url).ok()?.host));
    // The only services of AWS that are catalogs, or stand before one.
    let service = match kind {
        Kind::S3Tables => Some(S3_TABLES),
        _ => host
            .map(|(service, _)| service)
            .filter(|service| [GLUE, S3_TABLES, API_GATEWAY].contains(service)),
    };
    // Of these each request is signed; what stands behind a gateway may ask for something else.
    let always = matches!(service, Some(GLUE | S3_TABLES));
    if file.auth() != Auth::SigV4 && !always {
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
        if service != Some(API_GATEWAY) {
            let finding = report.found(
                Rule::NoSigningName,
                SIGNING_NAME,
                "rest_signing_name is missing, so Iceberg signs for execute-api and the service answers 403.",
                "Give the service's signing name: s3tables for S3 Tables, glue for Glue, execute-api for API Gateway.",
            );
            if let Some(service) = service {
                finding.edit(Edit::text(SIGNING_NAME, service));
            }
        }
    } else if let Some(name) = report.filled(SIGNING_NAME)
        && let Some(service) = service.filter(|service| *service != name)
    {
        let title = match service {
            S3_TABLES => "S3 Tables",
            GLUE => "AWS Glue",
            _ => "API Gateway",
        };
        report
            .found(
                Rule::SigningName,
                SIGNING_NAME,
                format!("{title} refuses requests signed for {}.", shown(name)),
                format!("Set rest_signing_name to {service}."),
            )
            .edit(Edit::text(SIGNING_NAME, service));
    }
    if !file.is_set(SIGNING_REGION) {
        let region = derive::region_of_arn(file.text(WAREHOUSE))
            .or(host.map(|(_, region)| region))
            .or(report.filled(REGION))
            .filter(|region| derive::is_region(region));
        let finding = report.found(
            Rule::NoSigningRegion,
            SIGNING_REGION,
            "rest_signing_region is missing, so the region that is signed for depends on the machine OLake runs on.",
            "Give the region of the catalog.",
        );
        if let Some(region) = region {
            finding.edit(Edit::text(SIGNING_REGION, region.to_owned()));
        }
    } else if kind != Kind::S3Tables
        && let Some(region) = report.filled(SIGNING_REGION)
        && let Some((_, there)) = host.filter(|(_, there)| *there != region)
    {
        report
            .found(
                Rule::Regions,
                SIGNING_REGION,
                format!("rest_signing_region says {}, but rest_catalog_url says {there}. A request signed for one region is refused by another.", shown_region(region)),
                format!("Use {there}."),
            )
            .edit(Edit::text(SIGNING_REGION, there));
    }
}
