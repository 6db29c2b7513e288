//! `iceberg_s3_path`, which means something else to every catalog.

use super::report::{Report, shown, shown_region};
use super::rule::{Rule, Severity};
use crate::derive;
use crate::edit::Edit;
use crate::keys::{DATABASE, REGION, SIGNING_REGION, URL, WAREHOUSE};
use crate::kind::Kind;
use crate::placeholder::has_placeholder;
use crate::url::Url;

pub(super) fn check(report: &mut Report, kind: Kind) {
    database(report);
    elsewhere(report);
    match kind {
        Kind::Generic => generic(report),
        Kind::Nessie => nessie(report),
        Kind::Lakekeeper | Kind::Polaris | Kind::Unity => name(report, kind),
        Kind::S3Tables => {
            arn(report);
            regions(report);
            namespace(report);
        }
    }
}

/// Stores that are not S3.
fn elsewhere(report: &mut Report) {
    let Some(path) = report.filled(WAREHOUSE) else {
        return;
    };
    if path.starts_with("gs://") {
        report.found(
            Rule::GoogleStore,
            WAREHOUSE,
            "Tables on Google Cloud Storage are written with the credentials of OLake's container: the file has no keys for them.",
            "Run OLake on a machine with a service account, or mount its key and name it in GOOGLE_APPLICATION_CREDENTIALS.",
        );
    } else if ["abfs", "wasb"]
        .iter()
        .any(|scheme| path.starts_with(scheme))
    {
        report.found(
            Rule::AzureStore,
            WAREHOUSE,
            "OLake's writer is not known to write to Azure: no release that was read has keys or file access for it.",
            "Run OLake's own check, which writes, before the first sync; or choose a catalog on S3 or Google.",
        );
    }
}

fn database(report: &mut Report) {
    if report
        .filled(DATABASE)
        .is_some_and(|name| name.contains('/') || name.starts_with("arn:"))
    {
        report.found(
            Rule::DatabaseName,
            DATABASE,
            "iceberg_db is a location, where OLake takes the name of a namespace.",
            "Give a name such as raw; the location belongs in iceberg_s3_path.",
        );
    }
}

/// A bucket that no store would create; `true` if it was found.
fn bucket_name(report: &mut Report, rule: Rule) -> bool {
    let Some(path) = report.filled(WAREHOUSE) else {
        return false;
    };
    let bucket = ["s3://", "s3a://"]
        .iter()
        .find_map(|scheme| path.strip_prefix(scheme))
        .map(|rest| rest.split('/').next().unwrap_or_default());
    let Some(bucket) = bucket.filter(|_| !is_location(path)) else {
        return false;
    };
    report.found(
        rule,
        WAREHOUSE,
        format!(
            "{} is not the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens.",
            shown(bucket)
        ),
        "Copy the name from the object store; it is compared letter by letter.",
    );
    true
}

fn generic(report: &mut Report) {
    if bucket_name(report, Rule::GenericWarehouse) {
        return;
    }
    if report
        .filled(WAREHOUSE)
        .is_some_and(|path| !is_location(path) && !is_elsewhere(path) && !is_account(path))
    {
        let bare = report
            .filled(WAREHOUSE)
            .is_some_and(|path| !path.contains(':'));
        let finding = report.found(
            Rule::GenericWarehouse,
            WAREHOUSE,
            "The S3 path is not of the form s3://bucket/path. Some servers take a bare name; most want the location.",
            "Use s3://<BUCKET_NAME>, or the name that the server was configured with.",
        );
        if bare {
            finding.severity(Severity::Info);
        }
    }
}

fn nessie(report: &mut Report) {
    if bucket_name(report, Rule::NessieWarehouse) {
        return;
    }
    let is_name = |text: &str| {
        text.chars()
            .all(|c| c.is_alphanumeric() || "_.-".contains(c))
    };
    if report
        .filled(WAREHOUSE)
        .is_some_and(|path| !is_location(path) && !is_elsewhere(path) && !is_name(path))
    {
        report.found(
            Rule::NessieWarehouse,
            WAREHOUSE,
            "Nessie knows its warehouses by name and by location; this is neither, and it would answer: Warehouse is not known.",
            "Use the name or the location from nessie.catalog.warehouses in Nessie's configuration.",
        );
    }
}

/// Judged even while a placeholder is in it: `s3://<BUCKET_NAME>` is wrong however it is filled.
fn name(report: &mut Report, kind: Kind) {
    let path = report.file.text(WAREHOUSE).trim();
    let location = path.contains("://") || path.starts_with("arn:");
    let project = kind == Kind::Lakekeeper
        && path.split_once('/').is_some_and(|(project, name)| {
            !project.is_empty() && !name.is_empty() && !name.contains('/')
        });
    if !location && (project || !path.contains('/')) {
        return;
    }
    let (what, instead) = match kind {
        Kind::Lakekeeper => ("the name of a warehouse", "<WAREHOUSE_NAME>"),
        Kind::Polaris => ("the name of a catalog", "<POLARIS_CATALOG_NAME>"),
        _ => ("the name of a catalog", "<CATALOG_NAME>"),
    };
    let finding = report.found(
        Rule::WarehouseName,
        WAREHOUSE,
        format!("{kind} takes {what} here, not a location. It would look for one called {} and answer 404.", shown(path)),
        format!("Give {what} as {kind} lists it, for example {}.", example(kind)),
    );
    if !location {
        finding.severity(Severity::Warn);
    }
    // Nothing is lost when one placeholder stands for another; a typed bucket stays.
    if has_placeholder(path) {
        finding.edit(Edit::text(WAREHOUSE, instead));
    }
}

fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Lakekeeper => "olake_warehouse",
        Kind::Polaris => "olake_catalog",
        _ => "main",
    }
}

fn arn(report: &mut Report) {
    let Some(path) = report.filled(WAREHOUSE) else {
        return;
    };
    // What imitates S3 Tables may know its buckets by other names.
    let at_aws = report
        .filled(URL)
        .and_then(|url| Url::parse(url).ok())
        .is_none_or(|url| derive::is_aws(url.host));
    let judged = if at_aws {
        Severity::Error
    } else {
        Severity::Info
    };
    let parts: Vec<&str> = path.splitn(6, ':').collect();
    let bucket = match parts.as_slice() {
        ["arn", partition, "s3tables", region, account, resource]
            if derive::is_partition(partition)
                && derive::is_region(region)
                && account.len() == 12
                && account.bytes().all(|b| b.is_ascii_digit()) =>
        {
            resource.strip_prefix("bucket/")
        }
        _ => None,
    };
    let Some(bucket) = bucket else {
        report.found(
            Rule::BucketArn,
            WAREHOUSE,
            format!("S3 Tables takes the ARN of a table bucket here, not {}.", shown(path)),
            "Use arn:aws:s3tables:<REGION>:<ACCOUNT_ID>:bucket/<BUCKET_NAME>, with twelve digits for the account.",
        )
        .severity(judged);
        return;
    };
    if !is_bucket(bucket) {
        report.found(
            Rule::BucketName,
            WAREHOUSE,
            format!("{} cannot be the name of a table bucket: 3 to 63 lower-case letters, digits and hyphens, and none of AWS's reserved prefixes and suffixes.", shown(bucket)),
            "Copy the ARN from the S3 console, Table buckets.",
        )
        .severity(judged);
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-buckets-naming.html>
fn is_bucket(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    (3..=63).contains(&name.len())
        && name.bytes().all(|b| plain(b) || b == b'-')
        && name.bytes().next().is_some_and(plain)
        && name.bytes().last().is_some_and(plain)
        && !["xn--", "sthree-", "amzn-s3-demo-", "aws"]
            .iter()
            .any(|start| name.starts_with(start))
        && !["-s3alias", "--ol-s3", "--x-s3", "--table-s3"]
            .iter()
            .any(|end| name.ends_with(end))
}

/// One region in four places; SigV4 signs with one of them and each of the others can refuse it.
fn regions(report: &mut Report) {
    let url = report
        .filled(URL)
        .and_then(|url| derive::region_of_s3_tables(Url::parse(url).ok()?));
    let arn = report.filled(WAREHOUSE).and_then(derive::region_of_arn);
    // The ARN says where the data is; the address is the next best witness.
    let stated = [
        (WAREHOUSE, arn),
        (URL, url),
        (REGION, report.filled(REGION)),
        (SIGNING_REGION, report.filled(SIGNING_REGION)),
    ];
    let said = stated
        .into_iter()
        .find_map(|(key, region)| Some((key, region?)));
    let Some((witness, truth)) = said else { return };
    for (key, region) in stated {
        let Some(region) = region.filter(|region| *region != truth) else {
            continue;
        };
        let address = report.file.text(URL);
        let finding = report.found(
            Rule::Regions,
            key,
            format!("{key} says {}, but {witness} says {}. A request signed for one region is refused by another.", shown_region(region), shown_region(truth)),
            format!("Use {} everywhere.", shown_region(truth)),
        );
        // The address stays of its kind: public, FIPS, dual-stack, private.
        let right = if key == URL {
            address.replace(region, truth)
        } else {
            truth.to_owned()
        };
        if arn.is_some() {
            finding.edit(Edit::text(key, right));
        }
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-buckets-naming.html>
fn namespace(report: &mut Report) {
    let Some(name) = report.filled(DATABASE) else {
        return;
    };
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let legal = name.len() <= 255
        && name.bytes().next().is_some_and(plain)
        && name.bytes().all(|b| plain(b) || b == b'_')
        && !name.starts_with("aws");
    if !legal {
        report.found(
            Rule::S3TablesNamespace,
            DATABASE,
            format!("S3 Tables refuses a namespace called {}.", shown(name)),
            "Use up to 255 lower-case letters, digits and underscores, not beginning with an underscore or with aws.",
        );
    }
}

/// `s3://bucket/path` and its kin.
fn is_location(path: &str) -> bool {
    let Some((scheme, rest)) = path.split_once("://") else {
        return false;
    };
    let bucket = rest.split('/').next().unwrap_or_default();
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    match scheme {
        "s3" | "s3a" => {
            (3..=63).contains(&bucket.len())
                && bucket.bytes().all(|b| plain(b) || b == b'.' || b == b'-')
                && bucket.bytes().next().is_some_and(plain)
                && bucket.bytes().last().is_some_and(plain)
        }
        _ => false,
    }
}

/// The account that Glue's Iceberg endpoint takes for a warehouse, with a catalog of its own perhaps.
fn is_account(path: &str) -> bool {
    let account = path.split(':').next().unwrap_or_default();
    account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit())
}

/// A location of a store that is not S3: what becomes of it is the server's business.
fn is_elsewhere(path: &str) -> bool {
    [
        "gs://", "abfs://", "abfss://", "wasb://", "wasbs://", "oss://", "hdfs://",
    ]
    .iter()
    .any(|scheme| {
        path.strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty())
    })
}
