use super::step::{Step, step};
use crate::commands::value;
use crate::destination::Destination;
use crate::keys::WAREHOUSE;
use crate::kind::Kind;

pub(super) fn steps(file: &Destination) -> Vec<Step> {
    let catalog = value(file, Kind::Unity, WAREHOUSE);
    vec![
        step(
            "Open the metastore to others",
            "Catalog, Settings, Metastore: switch External data access on.",
        ),
        step(
            "Create a user for OLake",
            "Settings, Identity and access, Users: add a user of its own. Settings, Advanced, Access control: switch personal access tokens on, and let the user make them.",
        ),
        step(
            "Create the token",
            "As that user: Settings, Developer, Access tokens, Manage. Choose how long it lasts and copy it: it is shown once.",
        ),
        step(
            "Create an external location",
            "Catalog, Create an external location: the bucket that the tables are to live in.",
        ),
        step(
            "Create the schema",
            format!(
                "In the catalog {catalog}, on that location. Permissions: grant the user ALL PRIVILEGES, EXTERNAL USE SCHEMA and MANAGE. OLake's check needs a schema test_olake as well, or the right to create it."
            ),
        ),
        step(
            "Append only",
            "Set append_mode and normalization to true for each stream in streams.json.",
        ),
    ]
}
