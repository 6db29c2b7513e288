//! Which warehouses a server starts with, and how a flat vendor holds the same data.

use std::{env, sync::Arc};

use super::{Draft, Recipe, finance, iot, lab, logistics, marketing, sales, scale, views};
use crate::{
    Options,
    dialect::Dialect,
    faults,
    ident::{Ident, Namespace},
    store::{Properties, Table, Warehouse},
};

/// Namespace, name and recipe of one table.
pub(crate) type Entry = (&'static [&'static str], &'static str, fn(Draft) -> Draft);

/// More than one page of anybody's list.
const PARTNER_FEEDS: usize = 230;

/// The two warehouses of every server: `lakehouse`, the one to look around in, and `lab`.
pub(crate) fn warehouses(options: &Options) -> [Warehouse; 2] {
    let mut lakehouse = World::new(options.dialect, "lakehouse");
    for entries in [
        sales::TABLES,
        logistics::TABLES,
        finance::TABLES,
        iot::TABLES,
        marketing::TABLES,
    ] {
        lakehouse.entries(entries);
    }
    lakehouse.views();
    let feed = scale::small();
    for number in 1..=PARTNER_FEEDS {
        lakehouse.table(&["partners"], &format!("feed_{number:03}"), &feed);
    }
    lakehouse.namespace(&["sandbox"]);
    for number in 0..options.tables {
        lakehouse.table(&["scale_tables"], &format!("table_{number:06}"), &feed);
    }
    if options.snapshots > 0 {
        lakehouse.table(
            &["scale_history"],
            "events",
            &scale::long_history(options.snapshots),
        );
    }

    let mut laboratory = World::new(options.dialect, "lab");
    laboratory.entries(lab::TABLES);
    for name in faults::NAMES {
        laboratory.table(&["faults"], name, &feed);
        if options.dialect.is_flat() {
            laboratory.namespace(&[name]);
        } else {
            laboratory.namespace(&["faults", name]);
        }
    }
    [lakehouse.warehouse, laboratory.warehouse]
}

/// Fills one warehouse under the naming rules of its vendor.
struct World {
    dialect: Dialect,
    warehouse: Warehouse,
}

impl World {
    fn new(dialect: Dialect, name: &str) -> Self {
        let home = format!("s3://acme-{name}/{dialect}");
        let root = format!(
            "file://{}/crowsnest-sample/{dialect}/{name}",
            env::temp_dir().display()
        );
        let mut warehouse = Warehouse::new(name, home, root);
        if dialect == Dialect::Lakekeeper {
            // Storage keys come with a load unless the client declines them.
            warehouse.properties = [("sts-enabled", "true"), ("delete-profile", "soft")]
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .into();
        }
        Self { dialect, warehouse }
    }

    fn entries(&mut self, entries: &[Entry]) {
        for (namespace, name, recipe) in entries {
            self.table(namespace, name, &(Arc::new(*recipe) as Recipe));
        }
    }

    /// Leaves out what the vendor has no name for.
    fn table(&mut self, namespace: &[&str], name: &str, recipe: &Recipe) {
        let Some(name) = self.name(name) else { return };
        let Some(levels) = self.namespace(namespace) else {
            return;
        };
        if let Ok(contents) = self.warehouse.contents_mut(&levels) {
            let recipe = recipe.clone();
            let build = move |home: &str, ident: &Ident| recipe(Draft::new(home, ident)).finish();
            contents.tables.insert(name, Table::Seeded(Arc::new(build)));
        }
    }

    fn views(&mut self) {
        if self.dialect.is_flat() {
            return;
        }
        for view in views::VIEWS {
            let Some(namespace) = self.namespace(view.namespace) else {
                continue;
            };
            let ident = Ident {
                namespace,
                name: view.name.to_owned(),
            };
            let document = view.document(&self.warehouse.home, &ident);
            if let Ok(contents) = self.warehouse.contents_mut(&ident.namespace) {
                contents.views.insert(ident.name, Arc::new(document));
            }
        }
    }

    /// Creates the namespace and those above it; `None` when the vendor cannot name it.
    fn namespace(&mut self, levels: &[&str]) -> Option<Namespace> {
        let named: Option<Vec<String>> = levels.iter().map(|level| self.name(level)).collect();
        let named = named?;
        if self.dialect.is_flat() {
            let flat = vec![named.join("_")];
            self.create(&flat);
            return Some(flat);
        }
        for depth in 1..=named.len() {
            self.create(&named[..depth]);
        }
        Some(named)
    }

    fn create(&mut self, levels: &[String]) {
        if self.warehouse.contains(levels) {
            return;
        }
        let owner = format!("{}-team", levels[0].to_lowercase());
        let mut properties = Properties::from([("owner".to_owned(), owner)]);
        if !self.dialect.is_flat() {
            properties.insert(
                "location".into(),
                format!("{}/{}", self.warehouse.home, levels.join("/")),
            );
        }
        // The parent was created just before, and the levels are not empty.
        let _ = self.warehouse.create_namespace(levels.to_vec(), properties);
    }

    fn name(&self, name: &str) -> Option<String> {
        match self.dialect {
            Dialect::Unity | Dialect::S3Tables => plain(name),
            // real-catalogs.md: `.` and `+` in a namespace and `+` in a table are refused.
            Dialect::Lakekeeper => Some(name.replace(['.', '+'], "_")),
            _ => Some(name.to_owned()),
        }
    }
}

/// Lower-case letters, digits and single underscores; `None` for other scripts.
fn plain(name: &str) -> Option<String> {
    if !name.is_ascii() {
        return None;
    }
    let words: Vec<String> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    Some(words.join("_"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use iceberg::spec::{TableMetadata, ViewMetadata};

    fn both(dialect: Dialect) -> [Warehouse; 2] {
        warehouses(&Options {
            dialect,
            ..Options::default()
        })
    }

    #[test]
    fn every_dialect_has_more_than_forty_different_tables() {
        for dialect in Dialect::ALL {
            let [lakehouse, lab] = both(dialect);
            let own = |w: &Warehouse| -> usize {
                w.namespaces()
                    .filter(|(n, _)| *n != &["partners"] && *n != &["faults"])
                    .map(|(_, c)| c.tables.len() + c.views.len())
                    .sum()
            };
            assert!(
                own(&lakehouse) + own(&lab) >= 40,
                "{dialect}: {}",
                own(&lakehouse) + own(&lab)
            );
        }
    }

    #[test]
    fn seeded_metadata_is_valid_iceberg() {
        for warehouse in both(Dialect::Generic) {
            for (namespace, contents) in warehouse.namespaces() {
                for name in contents.tables.keys() {
                    let ident = Ident {
                        namespace: namespace.clone(),
                        name: name.clone(),
                    };
                    let document = warehouse.load_table(&ident).expect("is there");
                    let parsed = serde_json::from_str::<TableMetadata>(&document.json);
                    let read_only = ["v3_variant_and_geometry", "v3_multi_argument_transform"]
                        .contains(&name.as_str());
                    assert_eq!(
                        parsed.is_err(),
                        read_only,
                        "{}: {:?}",
                        ident.dotted(),
                        parsed.err()
                    );
                }
                for (name, document) in &contents.views {
                    serde_json::from_str::<ViewMetadata>(&document.json)
                        .unwrap_or_else(|error| panic!("{name}: {error}"));
                }
            }
        }
    }

    #[test]
    fn a_seed_is_the_same_in_every_run() {
        let load = || {
            let [lakehouse, _] = both(Dialect::Generic);
            lakehouse
                .load_table(&Ident {
                    namespace: vec!["sales".into()],
                    name: "orders".into(),
                })
                .expect("is there")
        };
        assert_eq!(load().json, load().json);
        assert!(load().json.contains("\"snapshots\":[{"));
    }
}
