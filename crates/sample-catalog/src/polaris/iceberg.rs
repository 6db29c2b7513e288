//! What each Iceberg REST operation needs, and what becomes of grants when an object goes.

use axum::response::Response;
use serde::Deserialize;

use super::{
    authority::{Authority, Target},
    desk::Desk,
    realm::Realm,
    refusal::refusal,
    securable::Securable,
};
use crate::{
    ask::Ask,
    ident::Ident,
    operation::{Call, Operation::*},
    problem::Problem,
    subject::{Named, NewNamespace, Rename, Transaction},
};

#[derive(Deserialize)]
struct NewTable {
    #[serde(default)]
    name: String,
    #[serde(default, rename = "stage-create")]
    staged: bool,
}

#[derive(Deserialize)]
struct Register {
    name: String,
    overwrite: Option<bool>,
}

#[derive(Deserialize)]
struct Report {
    #[serde(rename = "report-type")]
    kind: String,
}

#[derive(Deserialize)]
struct Commit {
    #[serde(default)]
    requirements: Vec<Tagged>,
    #[serde(default)]
    updates: Vec<Action>,
}

#[derive(Deserialize)]
struct Tagged {
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct Action {
    action: String,
}

/// Looks for the objects first, as the real server does: what is missing is 404, what is refused is there.
pub(crate) fn authorize(desk: &Desk, catalog: &str, call: &Call) -> Result<(), Response> {
    Gate {
        desk,
        catalog,
        call,
    }
    .pass()
}

struct Gate<'a> {
    desk: &'a Desk<'a>,
    catalog: &'a str,
    call: &'a Call,
}

impl Gate<'_> {
    fn pass(&self) -> Result<(), Response> {
        let here = Securable::within(&self.call.namespace);
        let table = || Securable::Table(self.call.ident());
        let view = || Securable::View(self.call.ident());
        match self.call.operation {
            ListNamespaces => self.need("LIST_NAMESPACES", self.parent()),
            CreateNamespace => {
                let NewNamespace { namespace } = self.body()?;
                let parent = namespace.split_last().map_or(&[][..], |(_, parent)| parent);
                self.need("CREATE_NAMESPACE", Securable::within(parent))
            }
            LoadNamespace => self.need("LOAD_NAMESPACE_METADATA", here),
            NamespaceExists => self.need("NAMESPACE_EXISTS", here),
            DropNamespace => {
                self.need("DROP_NAMESPACE", here)?;
                self.ensure_empty()
            }
            UpdateProperties => self.need("UPDATE_NAMESPACE_PROPERTIES", here),
            ListTables => self.need("LIST_TABLES", here),
            CreateTable => self.create(here),
            RegisterTable => {
                let Register { name, overwrite } = self.body()?;
                match overwrite {
                    Some(true) => self.need("REGISTER_TABLE_OVERWRITE", here)?,
                    _ => self.need("REGISTER_TABLE", here)?,
                }
                self.ensure_free(name)
            }
            LoadTable if !self.delegates() => self.need("LOAD_TABLE", table()),
            LoadTable | LoadCredentials => self.load_with_credentials(table()),
            TableExists => self.need("TABLE_EXISTS", table()),
            CommitTable => self.commit(table(), here),
            DropTable => match self.desk.ask.flag("purgeRequested") {
                true => self.need("DROP_TABLE_WITH_PURGE", table()),
                false => self.need("DROP_TABLE_WITHOUT_PURGE", table()),
            },
            RenameTable => self.rename("RENAME_TABLE", Securable::Table),
            ReportMetrics => {
                let Report { kind } = self.body()?;
                match kind.as_str() {
                    "commit-report" => self.need("REPORT_WRITE_METRICS", table()),
                    _ => self.need("REPORT_READ_METRICS", table()),
                }
            }
            CommitTransaction => {
                let Transaction { changes } = self.body()?;
                let mut tables = changes.into_iter().map(|change| change.identifier);
                tables
                    .try_for_each(|ident| self.need("COMMIT_TRANSACTION", Securable::Table(ident)))
            }
            ListViews => self.need("LIST_VIEWS", here),
            CreateView => {
                let Named { name } = self.body()?;
                self.need("CREATE_VIEW", here)?;
                self.ensure_free(name)
            }
            RegisterView => self.need("REGISTER_VIEW", here),
            LoadView => self.need("LOAD_VIEW", view()),
            ViewExists => self.need("VIEW_EXISTS", view()),
            ReplaceView => self.need("REPLACE_VIEW", view()),
            DropView => self.need("DROP_VIEW", view()),
            RenameView => self.rename("RENAME_VIEW", Securable::View),
        }
    }

    fn need(&self, operation: &str, on: Securable) -> Result<(), Response> {
        // A generic table is a table to a grant, but not to the Iceberg API.
        if let Securable::Table(ident) = &on
            && self.desk.realm.catalogs[self.catalog]
                .generic_tables
                .contains_key(ident)
        {
            return Err(refusal(&Problem::NoSuchTable(ident.clone())));
        }
        self.desk.resolve(self.catalog, &on)?;
        self.desk.require(operation, &self.target(on), &None)
    }

    fn target(&self, on: Securable) -> Target<'_> {
        Some((self.catalog, on))
    }

    fn body<T: serde::de::DeserializeOwned>(&self) -> Result<T, Response> {
        self.desk.ask.json().map_err(|problem| refusal(&problem))
    }

    fn delegates(&self) -> bool {
        self.desk
            .ask
            .header("x-iceberg-access-delegation")
            .is_some()
    }

    /// Of a list of namespaces. Java and Python clients encode it twice.
    fn parent(&self) -> Securable {
        let asked = self.desk.ask.query("parent").unwrap_or_default();
        let levels = crate::ident::split_levels(&asked).unwrap_or_default();
        let twice = crate::ident::decode_namespace(&asked);
        let held = &self.desk.held[self.catalog];
        match twice.filter(|twice| held.contains(twice) && !held.contains(&levels)) {
            Some(twice) => Securable::within(&twice),
            None => Securable::within(&levels),
        }
    }

    fn create(&self, here: Securable) -> Result<(), Response> {
        let NewTable { name, staged } = self.body()?;
        let operation = match (staged, self.delegates()) {
            (false, false) => "CREATE_TABLE_DIRECT",
            (false, true) => "CREATE_TABLE_DIRECT_WITH_WRITE_DELEGATION",
            (true, false) => "CREATE_TABLE_STAGED",
            (true, true) => "CREATE_TABLE_STAGED_WITH_WRITE_DELEGATION",
        };
        self.need(operation, here)?;
        self.ensure_free(name)
    }

    /// A generic table keeps its name from tables and views of the call's namespace.
    fn ensure_free(&self, name: String) -> Result<(), Response> {
        self.ensure_not_generic(Ident {
            namespace: self.call.namespace.clone(),
            name,
        })
    }

    fn ensure_not_generic(&self, ident: Ident) -> Result<(), Response> {
        let generic = &self.desk.realm.catalogs[self.catalog].generic_tables;
        match generic.contains_key(&ident) {
            true => Err(refusal(&Problem::TableExists(ident))),
            false => Ok(()),
        }
    }

    /// With keys to write where that is allowed, else with keys to read.
    fn load_with_credentials(&self, table: Securable) -> Result<(), Response> {
        let authority = Authority::new(self.desk.realm, self.desk.session);
        let target = self.target(table.clone());
        match authority.allows("LOAD_TABLE_WITH_WRITE_DELEGATION", &target, &None) {
            true => self.desk.resolve(self.catalog, &table),
            false => self.need("LOAD_TABLE_WITH_READ_DELEGATION", table),
        }
    }

    /// Each update is an operation of its own; all of them are needed.
    fn commit(&self, table: Securable, namespace: Securable) -> Result<(), Response> {
        let Commit {
            requirements,
            updates,
        } = self.body()?;
        if requirements.iter().any(|one| one.kind == "assert-create") {
            self.need("UPDATE_TABLE_FOR_STAGED_CREATE", namespace)?;
            return self.ensure_not_generic(self.call.ident());
        }
        if updates.is_empty() {
            return self.need("UPDATE_TABLE", table);
        }
        let mut updates = updates.iter().map(|update| operation_of(&update.action));
        updates.try_for_each(|operation| self.need(operation, table.clone()))
    }

    /// A name that is taken is said before any right is looked at.
    fn rename(&self, operation: &str, of: impl Fn(Ident) -> Securable) -> Result<(), Response> {
        let Rename {
            source,
            destination,
        } = self.body()?;
        let (from, to) = (of(source), Securable::within(&destination.namespace));
        self.desk.resolve(self.catalog, &from)?;
        self.desk.resolve(self.catalog, &to)?;
        let taken = self.desk.held[self.catalog].ensure_free(&destination);
        taken.map_err(|problem| refusal(&problem))?;
        self.ensure_not_generic(destination)?;
        self.desk
            .require(operation, &self.target(from), &self.target(to))
    }

    /// Policies and generic tables keep a namespace as well.
    fn ensure_empty(&self) -> Result<(), Response> {
        let catalog = &self.desk.realm.catalogs[self.catalog];
        let mut others = catalog.policies.keys().chain(catalog.generic_tables.keys());
        let levels = &self.call.namespace;
        match others.find(|ident| ident.namespace == *levels) {
            Some(_) => Err(refusal(&Problem::NamespaceNotEmpty(
                levels.clone(),
                "policies or generic tables",
            ))),
            None => Ok(()),
        }
    }
}

/// `ENABLE_FINE_GRAINED_UPDATE_TABLE_PRIVILEGES`, which is on as shipped.
fn operation_of(action: &str) -> &'static str {
    match action {
        "assign-uuid" => "ASSIGN_TABLE_UUID",
        "upgrade-format-version" => "UPGRADE_TABLE_FORMAT_VERSION",
        "add-schema" => "ADD_TABLE_SCHEMA",
        "set-current-schema" => "SET_TABLE_CURRENT_SCHEMA",
        "add-spec" => "ADD_TABLE_PARTITION_SPEC",
        "add-sort-order" => "ADD_TABLE_SORT_ORDER",
        "set-default-sort-order" => "SET_TABLE_DEFAULT_SORT_ORDER",
        "add-snapshot" => "ADD_TABLE_SNAPSHOT",
        "set-snapshot-ref" => "SET_TABLE_SNAPSHOT_REF",
        "remove-snapshots" => "REMOVE_TABLE_SNAPSHOTS",
        "remove-snapshot-ref" => "REMOVE_TABLE_SNAPSHOT_REF",
        "set-location" => "SET_TABLE_LOCATION",
        "set-properties" => "SET_TABLE_PROPERTIES",
        "remove-properties" => "REMOVE_TABLE_PROPERTIES",
        "set-statistics" => "SET_TABLE_STATISTICS",
        "remove-statistics" => "REMOVE_TABLE_STATISTICS",
        "remove-partition-specs" => "REMOVE_TABLE_PARTITION_SPECS",
        _ => "UPDATE_TABLE",
    }
}

/// After an operation that succeeded: grants go with their object, or move with it.
pub(crate) fn settle(realm: &mut Realm, ask: &Ask, catalog: &str, call: &Call) {
    let ident = || call.ident();
    let Some(catalog) = realm.catalogs.get_mut(catalog) else {
        return;
    };
    match call.operation {
        DropNamespace => catalog.forget(&Securable::within(&call.namespace)),
        DropTable => catalog.forget(&Securable::Table(ident())),
        DropView => catalog.forget(&Securable::View(ident())),
        RenameTable | RenameView => {
            let Ok(Rename {
                source,
                destination,
            }) = ask.json()
            else {
                return;
            };
            match call.operation {
                RenameTable => {
                    catalog.rename(&Securable::Table(source), &Securable::Table(destination))
                }
                _ => catalog.rename(&Securable::View(source), &Securable::View(destination)),
            }
        }
        _ => {}
    }
}
