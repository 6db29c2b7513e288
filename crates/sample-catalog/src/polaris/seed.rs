//! The seed's people and services, and what they may do in `lakehouse` and `lab`.

use super::{
    entity::Entity,
    native::policies::Policy,
    realm::{Catalog, CatalogRole, Principal, ROOT, Realm},
    securable::{Grant, Securable},
};
use crate::{
    Options,
    ident::Ident,
    seed::Random,
    store::{Properties, Warehouses},
};

/// Grants of each of the many roles.
const GRANTS_PER_ROLE: usize = 100;

/// Name, what it is, and its principal roles.
const PRINCIPALS: &[(&str, &str, &[&str])] = &[
    (
        "olake_ingest",
        "replicates databases into the lakehouse",
        &["ingestion"],
    ),
    ("flink_iot", "streams sensor readings", &["streaming"]),
    ("spark_etl", "nightly jobs", &["data_engineers"]),
    (
        "dbt_runner",
        "builds marts",
        &["data_engineers", "analysts"],
    ),
    ("trino_bi", "dashboards", &["analysts"]),
    ("finance_reports", "month-end closing", &["finance"]),
    ("ml_notebooks", "experiments", &["data_scientists"]),
    (
        "maintenance",
        "compaction and snapshot expiry",
        &["table_maintenance"],
    ),
    (
        "anna.steward",
        "owns the catalog's structure and its grants",
        &["stewards", "analysts"],
    ),
    ("audit_bot", "reads settings, never data", &["auditors"]),
    ("legacy_loader", "switched off, kept for its history", &[]),
];

/// Catalog, catalog role, the principal roles that hold it, and its grants.
type RoleEntry = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [GrantEntry],
);

/// Kind (`catalog`, `namespace`, `table`, `view` or `policy`), levels, name and privilege.
type GrantEntry = (
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static str,
);

const CATALOG_ROLES: &[RoleEntry] = &[
    (
        "lakehouse",
        "content_manager",
        &["platform"],
        &[("catalog", &[], "", "CATALOG_MANAGE_CONTENT")],
    ),
    (
        "lakehouse",
        "sales_writer",
        &["ingestion", "data_engineers"],
        &[
            ("namespace", &["sales"], "", "TABLE_CREATE"),
            ("namespace", &["sales"], "", "TABLE_WRITE_DATA"),
            ("namespace", &["sales"], "", "NAMESPACE_LIST"),
            ("catalog", &[], "", "NAMESPACE_LIST"),
        ],
    ),
    (
        "lakehouse",
        "logistics_writer",
        &["data_engineers"],
        &[
            ("namespace", &["logistics"], "", "TABLE_FULL_METADATA"),
            ("namespace", &["logistics"], "", "TABLE_WRITE_DATA"),
            (
                "namespace",
                &["logistics", "last mile"],
                "",
                "VIEW_FULL_METADATA",
            ),
        ],
    ),
    (
        "lakehouse",
        "sensor_writer",
        &["streaming"],
        &[
            ("table", &["iot"], "readings", "TABLE_WRITE_DATA"),
            ("table", &["iot"], "alarms", "TABLE_WRITE_DATA"),
            ("namespace", &["iot"], "", "TABLE_LIST"),
        ],
    ),
    (
        "lakehouse",
        "reader",
        &["analysts", "data_scientists"],
        &[
            ("catalog", &[], "", "NAMESPACE_READ_PROPERTIES"),
            ("catalog", &[], "", "TABLE_LIST"),
            ("catalog", &[], "", "VIEW_READ_PROPERTIES"),
            ("namespace", &["sales"], "", "TABLE_READ_DATA"),
            ("namespace", &["marketing"], "", "TABLE_READ_DATA"),
            ("table", &["logistics"], "shipments", "TABLE_READ_DATA"),
        ],
    ),
    (
        "lakehouse",
        "finance_reader",
        &["finance"],
        &[
            ("view", &["sales"], "revenue_by_day", "VIEW_READ_PROPERTIES"),
            ("namespace", &["finance"], "", "NAMESPACE_LIST"),
            ("namespace", &["finance"], "", "TABLE_READ_DATA"),
            ("table", &["sales", "eu"], "invoices", "TABLE_READ_DATA"),
            ("table", &["sales", "us"], "invoices", "TABLE_READ_DATA"),
        ],
    ),
    (
        "lakehouse",
        "table_maintainer",
        &["table_maintenance"],
        &[
            ("catalog", &[], "", "NAMESPACE_LIST"),
            ("catalog", &[], "", "TABLE_READ_DATA"),
            ("catalog", &[], "", "TABLE_REMOVE_SNAPSHOTS"),
            ("catalog", &[], "", "TABLE_ADD_SNAPSHOT"),
            ("catalog", &[], "", "POLICY_READ"),
            ("policy", &["sales"], "compact_orders", "POLICY_ATTACH"),
        ],
    ),
    (
        "lakehouse",
        "settings_reader",
        &["auditors"],
        &[("catalog", &[], "", "CATALOG_READ_PROPERTIES")],
    ),
    (
        "lakehouse",
        "retired",
        &[],
        &[("namespace", &["partners"], "", "TABLE_READ_PROPERTIES")],
    ),
    (
        "lab",
        "experimenter",
        &["data_scientists"],
        &[("catalog", &[], "", "CATALOG_MANAGE_CONTENT")],
    ),
    (
        "lab",
        "content_manager",
        &["platform"],
        &[("catalog", &[], "", "CATALOG_MANAGE_CONTENT")],
    ),
];

const POLICIES: &[(&[&str], &str, &str, &str, &str)] = &[
    (
        &["sales"],
        "compact_orders",
        "system.data-compaction",
        "Small files of busy tables, every night",
        r#"{"version":"2025-02-03","enable":true,"config":{"target_file_size_bytes":134217728}}"#,
    ),
    (
        &["finance"],
        "keep_seven_years",
        "system.snapshot-expiry",
        "Closing needs its history",
        r#"{"version":"2025-02-03","enable":true,"config":{"max_snapshot_age_days":2557}}"#,
    ),
];

/// The ordinary realm over the ordinary warehouses.
pub(crate) fn realm(options: &Options, held: &Warehouses) -> Realm {
    let mut realm = Realm::bare(held.values());
    // Root manages access and metadata by birth; as the platform team it also gets at data.
    assign(&mut realm, ROOT, "platform");
    for (name, purpose, roles) in PRINCIPALS {
        let principal = Principal::new(described(purpose));
        realm.principals.insert((*name).to_owned(), principal);
        roles.iter().for_each(|role| assign(&mut realm, name, role));
    }
    for (catalog, name, holders, grants) in CATALOG_ROLES {
        let mut role = CatalogRole::new(Properties::new());
        role.holders = holders.iter().map(|holder| (*holder).to_owned()).collect();
        role.grants = grants.iter().map(grant).collect();
        holders
            .iter()
            .for_each(|holder| ensure_role(&mut realm, holder));
        if let Some(catalog) = realm.catalogs.get_mut(*catalog) {
            catalog.roles.insert((*name).to_owned(), role);
        }
    }
    // Stewards look after access and structure, like the one who made the catalog.
    ensure_role(&mut realm, "stewards");
    if let Some(lakehouse) = realm.catalogs.get_mut("lakehouse") {
        if let Some(admin) = lakehouse.roles.get_mut(super::realm::CATALOG_ADMIN) {
            admin.holders.insert("stewards".to_owned());
        }
        policies(lakehouse);
        if options.roles > 0 {
            scale(&mut realm, options.roles, held);
        }
    }
    realm
}

fn policies(catalog: &mut Catalog) {
    for (levels, name, kind, description, content) in POLICIES {
        let mut policy = Policy::new(kind, description, content);
        policy.targets.insert(Securable::Namespace(owned(levels)));
        catalog.policies.insert(ident(levels, name), policy);
    }
}

/// Many roles, with a principal for every fifth and a principal role for every tenth.
fn scale(realm: &mut Realm, roles: usize, held: &Warehouses) {
    let mut random = Random::new("roles");
    let feeds: Vec<String> = held["lakehouse"]
        .contents(&["partners".to_owned()])
        .map(|contents| contents.tables.keys().cloned().collect())
        .unwrap_or_default();
    let privileges = [
        "TABLE_READ_DATA",
        "TABLE_WRITE_DATA",
        "TABLE_LIST",
        "TABLE_READ_PROPERTIES",
        "TABLE_DROP",
    ];
    for number in 0..roles / 10 {
        ensure_role(realm, &format!("team_{number:04}"));
    }
    let mut pick = |count: usize| usize::try_from(random.next() % count.max(1) as u64).unwrap_or(0);
    for number in 0..roles / 5 {
        let name = format!("service_{number:04}");
        realm
            .principals
            .insert(name.clone(), Principal::new(Properties::new()));
        assign(realm, &name, &format!("team_{:04}", pick(roles / 10)));
    }
    for number in 0..roles {
        let mut role = CatalogRole::new(Properties::new());
        role.holders.insert(format!("team_{:04}", pick(roles / 10)));
        ensure_role(realm, &role.holders[0]);
        while role.grants.len() < GRANTS_PER_ROLE {
            let Some(feed) = feeds.get(pick(feeds.len())) else {
                break;
            };
            role.grants.insert(Grant {
                on: Securable::Table(ident(&["partners"], feed)),
                privilege: privileges[pick(privileges.len())].to_owned(),
            });
        }
        realm.catalogs["lakehouse"]
            .roles
            .insert(format!("role_{number:04}"), role);
    }
}

fn assign(realm: &mut Realm, principal: &str, role: &str) {
    ensure_role(realm, role);
    if let Some(principal) = realm.principals.get_mut(principal) {
        principal.roles.insert(role.to_owned());
    }
}

fn ensure_role(realm: &mut Realm, role: &str) {
    let roles = &mut realm.principal_roles;
    roles
        .entry(role.to_owned())
        .or_insert_with(|| Entity::new(Properties::new()));
}

fn grant(entry: &GrantEntry) -> Grant {
    let (kind, levels, name, privilege) = entry;
    let on = match *kind {
        "table" => Securable::Table(ident(levels, name)),
        "view" => Securable::View(ident(levels, name)),
        "policy" => Securable::Policy(ident(levels, name)),
        _ => Securable::within(&owned(levels)),
    };
    Grant {
        on,
        privilege: (*privilege).to_owned(),
    }
}

fn described(purpose: &str) -> Properties {
    Properties::from([("purpose".to_owned(), purpose.to_owned())])
}

fn owned(levels: &[&str]) -> Vec<String> {
    levels.iter().map(|level| (*level).to_owned()).collect()
}

fn ident(levels: &[&str], name: &str) -> Ident {
    Ident {
        namespace: owned(levels),
        name: name.to_owned(),
    }
}
