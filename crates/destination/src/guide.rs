//! What to have and to do before OLake can write to a catalog.

mod lakekeeper;
mod polaris;
mod step;
mod unity;

use crate::commands::value;
use crate::compose::{local, stack};
use crate::destination::Destination;
use crate::keys::{REGION, WAREHOUSE};
use crate::kind::Kind;
use crate::quoting::arg;
use step::step;

pub use step::Step;

/// A catalog in a few words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guide {
    /// What it is, in a sentence.
    pub about: &'static str,
    /// What must exist.
    pub prerequisites: &'static [&'static str],
    /// Who must be allowed what.
    pub permissions: &'static [&'static str],
    /// What OLake cannot do with it.
    pub limits: &'static [&'static str],
}

const STORE: &str = "An object store: S3, MinIO or another that speaks S3.";
const CREATE: &str = "OLake's own check creates the namespace test_olake, so its user must be allowed to create namespaces and tables.";

/// What to say about a catalog before anything is typed.
pub fn guide(kind: Kind) -> Guide {
    match kind {
        Kind::Generic => Guide {
            about: "Any server that implements the Iceberg REST protocol and asks for nothing special.",
            prerequisites: &[
                STORE,
                "A database for the catalog, usually PostgreSQL, with a user of its own.",
                "The REST service itself.",
            ],
            permissions: &[
                "The service reads and writes the buckets.",
                "Its database user may change schema and data.",
                CREATE,
            ],
            limits: &[],
        },
        Kind::Lakekeeper => Guide {
            about: "A catalog service in Rust with warehouses, projects and fine-grained permissions.",
            prerequisites: &[
                "A Lakekeeper server, bootstrapped once.",
                STORE,
                "PostgreSQL for the catalog.",
            ],
            permissions: &[
                "Lakekeeper reads and writes the bucket.",
                "Its PostgreSQL user may change schema and data.",
                CREATE,
            ],
            limits: &[],
        },
        Kind::Nessie => Guide {
            about: "A catalog with branches, tags and a history across all tables.",
            prerequisites: &[
                STORE,
                "A database for the history, usually PostgreSQL.",
                "A Nessie server with a warehouse in its configuration.",
            ],
            permissions: &[
                "Nessie lists, reads, writes and deletes objects.",
                "Its database user may change data in its schema.",
                CREATE,
            ],
            limits: &[],
        },
        Kind::S3Tables => Guide {
            about: "Table buckets of AWS, with an Iceberg endpoint that takes signed requests.",
            prerequisites: &[
                "An AWS account with S3 Tables in the region.",
                "A table bucket.",
                "Keys or a role for OLake.",
            ],
            permissions: &[
                "s3tables:* on the table bucket and its tables.",
                "s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket.",
                CREATE,
            ],
            limits: &[
                "Namespaces have one level; names are lower-case letters, digits and underscores.",
                "There is no local stand-in: try it on AWS.",
                "A token and OAuth2, which OLake's own tables list as optional, are left out here: AWS takes signed requests only.",
            ],
        },
        Kind::Unity => Guide {
            about: "The catalog of a Databricks workspace, through its Iceberg REST endpoint.",
            prerequisites: &[
                "Administrator rights in the workspace.",
                "A bucket for the external location, where the workspace uses AWS storage.",
            ],
            permissions: &[
                "ALL PRIVILEGES, EXTERNAL USE SCHEMA and MANAGE on the schema.",
                CREATE,
            ],
            limits: &[
                "Rows are appended only; updates and deletes are not applied.",
                "Managed Iceberg tables only.",
                "Storage keys and signing, which OLake's own tables list as optional, are left out here: the workspace hands out its own keys and takes tokens only.",
                "A personal access token is the tried way; OAuth2 has been seen to fail with internal server errors.",
            ],
        },
        Kind::Polaris => Guide {
            about: "A catalog with principals, roles and privileges, and OAuth2 built in.",
            prerequisites: &[
                "A Polaris server.",
                STORE,
                "A principal for OLake, with roles.",
            ],
            permissions: &[
                "Polaris reads and writes the bucket, on AWS through a role that it may assume.",
                "CATALOG_MANAGE_CONTENT on the catalog for OLake's principal.",
            ],
            limits: &[
                "OLake asks for no storage keys from Polaris: give it keys of its own, or a role.",
            ],
        },
    }
}

/// What to do for this catalog, with the values of the file filled in.
pub fn steps(file: &Destination) -> Vec<Step> {
    let Some(kind) = file.kind() else {
        return Vec::new();
    };
    let mut all = match kind {
        // The local stack sets itself up.
        _ if local(file).is_some() => Vec::new(),
        Kind::Lakekeeper => lakekeeper::steps(file),
        Kind::Polaris => polaris::steps(file),
        Kind::Unity => unity::steps(file),
        Kind::S3Tables => s3_tables(file),
        Kind::Generic | Kind::Nessie => Vec::new(),
    };
    if let Some(stack) = stack(kind, file.target(), &[]) {
        let text = format!(
            "Save the stack as docker-compose.yml and start it, or use a server you have. OLake reaches it in the Docker network {}. {}",
            stack.network, stack.note
        );
        all.insert(
            0,
            step("Start the services", text.trim_end()).command("docker compose up -d"),
        );
    }
    all.push(step("Let OLake reach it", "OLake, the catalog and the object store must reach one another: one Docker network, or addresses that work from everywhere. localhost is each container itself."));
    all
}

fn s3_tables(file: &Destination) -> Vec<Step> {
    let region = value(file, Kind::S3Tables, REGION);
    let arn = value(file, Kind::S3Tables, WAREHOUSE);
    let bucket = arn.rsplit('/').next().unwrap_or_default();
    vec![
        step("Create the table bucket", "Its ARN is the warehouse.").command(format!(
            "aws s3tables create-table-bucket --region {} --name {}",
            arg(&region),
            arg(bucket)
        )),
        step("Allow OLake", "Give OLake's user or role s3tables:* on the bucket, and check that no bucket policy stands in its way.")
            .command(format!("aws s3tables get-table-bucket --region {} --table-bucket-arn {}", arg(&region), arg(&arn))),
        step("Check the keys", "Temporary keys expire; a role on the machine that runs OLake does not.").command("aws sts get-caller-identity"),
    ]
}
