//! A catalog on the own machine, to try things out: one `docker-compose.yml` per catalog.
//!
//! The four stacks can run side by side: ports, network and volumes are each stack's own. Ports
//! are published on the loopback address only, because passwords are well known.

use crate::destination::Destination;
use crate::keys::*;
use crate::kind::{Auth, Kind, Target};

/// The warehouse of the Lakekeeper stack, as its management API wants it.
pub(crate) const LAKEKEEPER_WAREHOUSE: &str = r#"{"warehouse-name": "olake_warehouse", "project-id": "00000000-0000-0000-0000-000000000000", "storage-profile": {"type": "s3", "bucket": "warehouse", "region": "us-east-1", "endpoint": "http://minio:9000", "path-style-access": true, "flavor": "s3-compat", "sts-enabled": false}, "storage-credential": {"type": "s3", "credential-type": "access-key", "access-key-id": "admin", "secret-access-key": "password"}}"#;

const POLARIS_CATALOG: &str = r#"{"catalog": {"name": "olake_catalog", "type": "INTERNAL", "properties": {"default-base-location": "s3://warehouse"}, "storageConfigInfo": {"storageType": "S3", "allowedLocations": ["s3://warehouse"], "region": "us-east-1", "endpoint": "http://minio:9000", "pathStyleAccess": true, "stsUnavailable": true}}}"#;

/// A port of the own machine that leads to a service of the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Port {
    /// What answers there.
    pub service: &'static str,
    /// On 127.0.0.1.
    pub host: u16,
    /// Inside the stack's network.
    pub container: u16,
}

/// A local stack and the destination that fits it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stack {
    /// The `docker-compose.yml`.
    pub yaml: String,
    /// The Docker network to run OLake in: `docker run --network …`.
    pub network: &'static str,
    /// What is published on the own machine.
    pub ports: Vec<Port>,
    /// What to know before the first sync.
    pub note: &'static str,
    /// User and password of its object store: well known, and no secret.
    pub keys: (&'static str, &'static str),
    /// Settings for an OLake that runs in the stack's network.
    pub destination: Destination,
}

/// What differs between the stacks.
struct Plan {
    project: &'static str,
    services: &'static str,
    /// User and password of the object store.
    store: (&'static str, &'static str),
    /// User, password and name of the database, where there is one.
    database: Option<(&'static str, &'static str, &'static str)>,
    catalog: Port,
    api: Port,
    console: Port,
    health: Option<Port>,
    note: &'static str,
}

const fn port(service: &'static str, host: u16, container: u16) -> Port {
    Port {
        service,
        host,
        container,
    }
}

fn plan(kind: Kind) -> Option<Plan> {
    let console = "MinIO console";
    let api = "S3 API";
    Some(match kind {
        Kind::Generic => Plan {
            project: "olake-generic",
            services: include_str!("compose/generic.yaml"),
            store: ("admin", "password"),
            database: Some(("iceberg", "password", "iceberg")),
            catalog: port("catalog", 8181, 8181),
            api: port(api, 9090, 9090),
            console: port(console, 9091, 9091),
            health: None,
            note: "",
        },
        Kind::Lakekeeper => Plan {
            project: "olake-lakekeeper",
            services: include_str!("compose/lakekeeper.yaml"),
            store: ("admin", "password"),
            database: Some(("iceberg", "password", "iceberg")),
            catalog: port("catalog", 8183, 8181),
            api: port(api, 9010, 9000),
            console: port(console, 9011, 9001),
            health: None,
            note: "The setup service accepts Lakekeeper's terms of use for you and makes the warehouse olake_warehouse.",
        },
        Kind::Nessie => Plan {
            project: "olake-nessie",
            services: include_str!("compose/nessie.yaml"),
            store: ("minio", "minio123"),
            database: Some(("nessie", "nessie", "nessie_db")),
            catalog: port("catalog", 19120, 19120),
            api: port(api, 9000, 9000),
            console: port(console, 9001, 9001),
            health: None,
            note: "",
        },
        Kind::Polaris => Plan {
            project: "olake-polaris",
            services: include_str!("compose/polaris.yaml"),
            store: ("admin", "password"),
            database: None,
            catalog: port("catalog", 8185, 8181),
            api: port(api, 9020, 9000),
            console: port(console, 9021, 9001),
            health: Some(port("health", 8186, 8182)),
            note: "Run docker compose logs setup and put the clientId and clientSecret of olake_user into the file. Polaris keeps them in memory: a restart makes new ones.",
        },
        Kind::S3Tables | Kind::Unity => return None,
    })
}

/// Ports as a person lists them: `8181, 9000`, `8181-8190`.
pub fn listed_ports(text: &str) -> Vec<u16> {
    text.split(|c: char| !c.is_ascii_digit() && c != '-')
        .filter_map(|part| match part.split_once('-') {
            Some((first, last)) => Some(first.parse().ok()?..=last.parse().ok()?),
            None => part.parse().ok().map(|port| port..=port),
        })
        .flatten()
        .take(usize::from(u16::MAX))
        .collect()
}

/// The stack on its usual ports that a file's settings lead to.
pub fn local(file: &Destination) -> Option<Stack> {
    let stack = stack(file.kind()?, file.target(), &[])?;
    let url = |file: &Destination| file.text(URL).trim_end_matches('/').to_owned();
    (url(file) == url(&stack.destination)).then_some(stack)
}

/// The stack for a catalog that can run locally, on ports that are not among those in use.
pub fn stack(kind: Kind, target: Target, in_use: &[u16]) -> Option<Stack> {
    let mut plan = plan(kind)?;
    let mut taken = in_use.to_vec();
    let free = |port: &mut Port, taken: &mut Vec<u16>| {
        while taken.contains(&port.host) && port.host < u16::MAX {
            port.host += 1;
        }
        taken.push(port.host);
    };
    free(&mut plan.catalog, &mut taken);
    free(&mut plan.api, &mut taken);
    free(&mut plan.console, &mut taken);
    plan.health
        .iter_mut()
        .for_each(|health| free(health, &mut taken));
    let ports = [plan.catalog, plan.api, plan.console]
        .into_iter()
        .chain(plan.health)
        .collect();
    Some(Stack {
        yaml: yaml(&plan),
        network: plan.project,
        ports,
        note: plan.note,
        keys: plan.store,
        destination: destination(kind, target, &plan),
    })
}

fn yaml(plan: &Plan) -> String {
    let Plan {
        project,
        services,
        store,
        database,
        ..
    } = plan;
    let storage = include_str!("compose/storage.yaml");
    let mut text = format!(
        "# docker compose up -d\n# For this machine only: the passwords are well known.\nname: {project}\n\nservices:\n{services}\n{storage}"
    );
    if database.is_some() {
        text.push('\n');
        text.push_str(include_str!("compose/database.yaml"));
    }
    text.push_str("\nvolumes:\n  objects:\n");
    if database.is_some() {
        text.push_str("  database:\n");
    }
    text.push_str(&format!("\nnetworks:\n  default:\n    name: {project}\n"));

    let (db_user, db_password, db_name) = database.unwrap_or_default();
    let health = plan.health.map_or(0, |health| health.host);
    for (name, value) in [
        ("warehouse_body", LAKEKEEPER_WAREHOUSE.to_owned()),
        ("catalog_body", POLARIS_CATALOG.to_owned()),
        ("user", store.0.to_owned()),
        ("password", store.1.to_owned()),
        ("db_user", db_user.to_owned()),
        ("db_password", db_password.to_owned()),
        ("db_name", db_name.to_owned()),
        ("catalog_port", plan.catalog.host.to_string()),
        ("health_port", health.to_string()),
        ("api_port", plan.api.host.to_string()),
        ("console_port", plan.console.host.to_string()),
        ("api", plan.api.container.to_string()),
        ("console", plan.console.container.to_string()),
    ] {
        text = text.replace(&format!("{{{{{name}}}}}"), &value);
    }
    text
}

fn destination(kind: Kind, target: Target, plan: &Plan) -> Destination {
    let (auth, url, warehouse) = match kind {
        Kind::Lakekeeper => (
            Auth::None,
            "http://lakekeeper:8181/catalog",
            "olake_warehouse",
        ),
        Kind::Nessie => (Auth::None, "http://nessie:19120/iceberg/", "s3://warehouse"),
        Kind::Polaris => (
            Auth::OAuth2,
            "http://polaris:8181/api/catalog",
            "olake_catalog",
        ),
        _ => (Auth::None, "http://rest:8181", "s3://warehouse"),
    };
    let mut file = Destination::new(kind, auth, target);
    let endpoint = format!("http://minio:{}", plan.api.container);
    for (key, value) in [
        (URL, url),
        (WAREHOUSE, warehouse),
        (S3_ENDPOINT, &endpoint),
        (REGION, "us-east-1"),
        (ACCESS_KEY, plan.store.0),
        (SECRET_KEY, plan.store.1),
    ] {
        file.set(key, value);
    }
    if target == Target::Classic {
        file.set(DATABASE, "olake");
    }
    if auth == Auth::OAuth2 {
        file.set(
            CREDENTIAL,
            "<olake_user_client_id>:<olake_user_client_secret>",
        );
        file.derive();
    }
    file
}
