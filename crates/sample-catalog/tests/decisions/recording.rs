//! Worlds of grants and what a real Polaris allowed in them, one world a line.

use std::{fs::File, io::Read, path::Path};

use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub struct Recorded {
    pub catalog: String,
    pub namespaces: Vec<Vec<String>>,
    pub tables: Vec<Named>,
    pub views: Vec<Named>,
    pub principals: Vec<String>,
    pub principal_roles: Vec<String>,
    pub catalog_roles: Vec<String>,
    pub assignments: Vec<Assignment>,
    pub catalog_role_assignments: Vec<CatalogRoleAssignment>,
    pub grants: Vec<Grant>,
    pub checks: Vec<Check>,
}

#[derive(Deserialize)]
pub struct Named {
    pub namespace: Vec<String>,
    pub name: String,
}

#[derive(Deserialize)]
pub struct Assignment {
    pub principal: String,
    pub principal_role: String,
}

#[derive(Deserialize)]
pub struct CatalogRoleAssignment {
    pub principal_role: String,
    pub catalog_role: String,
}

#[derive(Deserialize)]
pub struct Grant {
    pub catalog_role: String,
    /// As the management API takes it.
    pub grant: Value,
}

/// One request, made with the principal's own token, and whether the server let it pass.
#[derive(Debug, Deserialize)]
pub struct Check {
    pub principal: String,
    pub operation: String,
    pub object: Object,
    pub allowed: bool,
}

#[derive(Debug, Deserialize)]
pub struct Object {
    #[serde(default)]
    pub namespace: Vec<String>,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub to_namespace: Vec<String>,
    #[serde(default)]
    pub grant: Value,
}

/// All worlds of the recording, which lies with the calculator's own tests.
pub fn read() -> Vec<Recorded> {
    let file = "../access/tests/decisions/polaris-1.7.0-decisions.jsonl.gz";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let mut text = String::new();
    MultiGzDecoder::new(File::open(file).expect("the recording"))
        .read_to_string(&mut text)
        .expect("gzip");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a world"))
        .collect()
}
