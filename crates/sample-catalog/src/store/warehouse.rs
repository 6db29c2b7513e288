//! One warehouse: namespaces with their tables and views, in order of creation.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use indexmap::IndexMap;
use uuid::Uuid;

use super::{Document, Table};
use crate::{
    ident::{Ident, Namespace, stable_uuid},
    problem::Problem,
};

pub(crate) type Properties = BTreeMap<String, String>;

/// What stands directly in one namespace.
#[derive(Default)]
pub(crate) struct Contents {
    pub properties: Properties,
    pub tables: IndexMap<String, Table>,
    pub views: IndexMap<String, Arc<Document>>,
}

impl Contents {
    /// Names of the tables at these places, but for those of other formats.
    pub fn table_names(&self, start: usize, end: usize) -> Vec<&str> {
        let places = (start..end).filter_map(|place| self.tables.get_index(place));
        places
            .filter(|(_, table)| !matches!(table, Table::Other))
            .map(|(name, _)| name.as_str())
            .collect()
    }

    /// Names of the views at these places.
    pub fn view_names(&self, start: usize, end: usize) -> Vec<&str> {
        (start..end)
            .filter_map(|place| Some(self.views.get_index(place)?.0.as_str()))
            .collect()
    }
}

fn tables((namespace, contents): (&Namespace, &Contents)) -> Vec<Ident> {
    let named = |name: &String| Ident {
        namespace: namespace.clone(),
        name: name.clone(),
    };
    contents.tables.keys().map(named).collect()
}

pub(crate) struct Warehouse {
    pub name: String,
    /// Where seeded tables say they are; also what ids of this warehouse are derived from.
    pub home: String,
    /// Where tables are created that do not say where.
    pub root: String,
    pub properties: Properties,
    /// Ids of what is not dropped unless by force.
    pub protected: HashSet<Uuid>,
    /// The commit of its reference that was made last; empty before the first one.
    pub head: String,
    namespaces: IndexMap<Namespace, Contents>,
    /// Metadata of tables that was dropped or replaced, by location, so that it can be registered again.
    left: HashMap<String, Arc<Document>>,
}

impl Warehouse {
    pub fn new(name: &str, home: String, root: String) -> Self {
        Self {
            name: name.to_owned(),
            home,
            root,
            properties: Properties::new(),
            protected: HashSet::new(),
            head: String::new(),
            namespaces: IndexMap::new(),
            left: HashMap::new(),
        }
    }

    /// The same name gives the same id in every run.
    pub fn id(&self) -> Uuid {
        stable_uuid(&self.home)
    }

    /// Puts namespaces, tables and views in order of their names.
    pub fn sort(&mut self) {
        self.namespaces.sort_keys();
        for contents in self.namespaces.values_mut() {
            contents.tables.sort_keys();
            contents.views.sort_keys();
        }
    }

    /// Leaves out a namespace and all below it, as a reference may that was cut before it was made.
    pub fn forget(&mut self, top: &str) {
        self.namespaces.retain(|levels, _| levels[0] != top);
    }

    pub fn contains(&self, namespace: &[String]) -> bool {
        self.namespaces.contains_key(namespace)
    }

    /// The stored spelling of a name that is asked for in any case; the name itself where there is none.
    pub fn in_stored_case(&self, ident: Ident) -> Ident {
        let same = |stored: &Namespace| {
            stored.len() == ident.namespace.len()
                && stored
                    .iter()
                    .zip(&ident.namespace)
                    .all(|(a, b)| a.to_lowercase() == b.to_lowercase())
        };
        let Some((namespace, contents)) = self.namespaces.iter().find(|(stored, _)| same(stored))
        else {
            return ident;
        };
        let mut names = contents.tables.keys().chain(contents.views.keys());
        let name = names
            .find(|name| name.to_lowercase() == ident.name.to_lowercase())
            .cloned();
        Ident {
            namespace: namespace.clone(),
            name: name.unwrap_or(ident.name),
        }
    }

    /// Every namespace with its contents.
    pub fn namespaces(&self) -> impl Iterator<Item = (&Namespace, &Contents)> {
        self.namespaces.iter()
    }

    /// Namespaces exactly one level below `parent`.
    pub fn children(&self, parent: &[String]) -> Vec<&Namespace> {
        let below =
            |levels: &&Namespace| levels.len() == parent.len() + 1 && levels.starts_with(parent);
        self.namespaces.keys().filter(below).collect()
    }

    pub fn contents(&self, namespace: &[String]) -> Result<&Contents, Problem> {
        self.namespaces
            .get(namespace)
            .ok_or_else(|| Problem::NoSuchNamespace(namespace.to_vec()))
    }

    pub fn contents_mut(&mut self, namespace: &[String]) -> Result<&mut Contents, Problem> {
        self.namespaces
            .get_mut(namespace)
            .ok_or_else(|| Problem::NoSuchNamespace(namespace.to_vec()))
    }

    /// Puts a whole namespace in place.
    pub fn put_namespace(&mut self, levels: Namespace, contents: Contents) {
        self.namespaces.insert(levels, contents);
    }

    /// The parent must exist.
    pub fn create_namespace(
        &mut self,
        levels: Namespace,
        properties: Properties,
    ) -> Result<(), Problem> {
        let parent = levels.len().checked_sub(1).map(|depth| &levels[..depth]);
        let parent = parent
            .ok_or_else(|| Problem::Invalid("A namespace needs at least one level".into()))?;
        if !parent.is_empty() {
            self.contents(parent)?;
        }
        if self.contains(&levels) {
            return Err(Problem::NamespaceExists(levels));
        }
        self.namespaces.insert(
            levels,
            Contents {
                properties,
                ..Contents::default()
            },
        );
        Ok(())
    }

    /// What keeps a namespace from being dropped by itself.
    pub fn left_in(&self, levels: &[String]) -> Result<Option<&'static str>, Problem> {
        let contents = self.contents(levels)?;
        Ok(if !contents.tables.is_empty() {
            Some("tables")
        } else if !contents.views.is_empty() {
            Some("views")
        } else if !self.children(levels).is_empty() {
            Some("child namespaces")
        } else {
            None
        })
    }

    pub fn drop_namespace(&mut self, levels: &[String]) -> Result<(), Problem> {
        if let Some(what) = self.left_in(levels)? {
            return Err(Problem::NamespaceNotEmpty(levels.to_vec(), what));
        }
        self.namespaces.shift_remove(levels);
        Ok(())
    }

    /// With all that it holds, on every level.
    pub fn drop_all(&mut self, levels: &[String], purge: bool) -> Result<(), Problem> {
        self.contents(levels)?;
        let tables: Vec<_> = self.below(levels).flat_map(tables).collect();
        for table in &tables {
            // One that cannot be loaded leaves nothing that could be registered again.
            let _ = self.drop_table(table, purge);
        }
        self.namespaces.retain(|at, _| !at.starts_with(levels));
        Ok(())
    }

    /// A namespace and those in it, on every level.
    pub fn below<'a>(
        &'a self,
        levels: &'a [String],
    ) -> impl Iterator<Item = (&'a Namespace, &'a Contents)> {
        self.namespaces
            .iter()
            .filter(move |(at, _)| at.starts_with(levels))
    }

    /// Where a table or view goes that is created without a location.
    pub fn default_location(&self, ident: &Ident) -> String {
        format!("{}/{}/{}", self.root, ident.namespace.join("/"), ident.name)
    }

    pub fn load_table(&self, ident: &Ident) -> Result<Arc<Document>, Problem> {
        match self.contents(&ident.namespace)?.tables.get(&ident.name) {
            Some(Table::Stored(document)) => Ok(document.clone()),
            Some(Table::Seeded(build)) => Ok(Arc::new(build(&self.home, ident))),
            Some(Table::Unreadable {
                status,
                kind,
                message,
            }) => Err(Problem::Typed(*status, kind, message.clone())),
            // Unity, in the words of its Iceberg API.
            Some(Table::Other) => Err(Problem::Typed(
                404,
                "NoSuchTableException",
                format!("Table does not exist: {}", ident.dotted()),
            )),
            None => Err(Problem::NoSuchTable(ident.clone())),
        }
    }

    /// Whether there is such a table, readable or not.
    pub fn has_table(&self, ident: &Ident) -> Result<bool, Problem> {
        let found = self.contents(&ident.namespace)?.tables.get(&ident.name);
        Ok(found.is_some_and(|table| !matches!(table, Table::Other)))
    }

    pub fn load_view(&self, ident: &Ident) -> Result<Arc<Document>, Problem> {
        let found = self.contents(&ident.namespace)?.views.get(&ident.name);
        found
            .cloned()
            .ok_or_else(|| Problem::NoSuchView(ident.clone()))
    }

    /// Tables and views share their names.
    pub fn ensure_free(&self, ident: &Ident) -> Result<(), Problem> {
        let contents = self.contents(&ident.namespace)?;
        if contents.tables.contains_key(&ident.name) {
            return Err(Problem::TableExists(ident.clone()));
        }
        if contents.views.contains_key(&ident.name) {
            return Err(Problem::ViewExists(ident.clone()));
        }
        Ok(())
    }

    /// Creates the table, or replaces its metadata.
    pub fn put_table(&mut self, ident: &Ident, document: Arc<Document>) -> Result<(), Problem> {
        if let Ok(replaced) = self.load_table(ident) {
            self.left.insert(replaced.location.clone(), replaced);
        }
        self.contents_mut(&ident.namespace)?
            .tables
            .insert(ident.name.clone(), Table::Stored(document));
        Ok(())
    }

    /// Creates the view, or replaces its metadata.
    pub fn put_view(
        &mut self,
        ident: &Ident,
        document: Document,
    ) -> Result<Arc<Document>, Problem> {
        let document = Arc::new(document);
        self.contents_mut(&ident.namespace)?
            .views
            .insert(ident.name.clone(), document.clone());
        Ok(document)
    }

    /// What is left of it can be registered, unless it is purged.
    pub fn drop_table(&mut self, ident: &Ident, purge: bool) -> Result<(), Problem> {
        let document = self.load_table(ident)?;
        self.contents_mut(&ident.namespace)?
            .tables
            .shift_remove(&ident.name);
        if purge {
            let home = |location: &str| location.split("/metadata/").next().map(str::to_owned);
            let purged = home(&document.location);
            self.left.retain(|location, _| home(location) != purged);
        } else {
            self.left.insert(document.location.clone(), document);
        }
        Ok(())
    }

    pub fn drop_view(&mut self, ident: &Ident) -> Result<(), Problem> {
        let removed = self
            .contents_mut(&ident.namespace)?
            .views
            .shift_remove(&ident.name);
        removed
            .map(drop)
            .ok_or_else(|| Problem::NoSuchView(ident.clone()))
    }

    /// Makes a table of metadata that was written here: the sample reads no files.
    pub fn register_table(
        &mut self,
        ident: &Ident,
        location: &str,
        overwrite: bool,
    ) -> Result<Arc<Document>, Problem> {
        match self.ensure_free(ident) {
            Err(Problem::TableExists(_)) if overwrite => {}
            free => free?,
        }
        let found = self.left.get(location).cloned();
        let document = found
            .or_else(|| self.current(location))
            .ok_or_else(|| Problem::NoSuchFile(location.to_owned()))?;
        self.put_table(ident, document.clone())?;
        Ok(document)
    }

    /// The table whose newest metadata stands at `location`.
    fn current(&self, location: &str) -> Option<Arc<Document>> {
        let stored = |(levels, contents): (&Namespace, &Contents)| {
            contents
                .tables
                .iter()
                .find_map(|(name, table)| match table {
                    Table::Stored(document) => {
                        (document.location == location).then(|| document.clone())
                    }
                    // The location of a seeded table holds its name.
                    Table::Seeded(_) if location.contains(&format!("/{name}/")) => {
                        let namespace = levels.clone();
                        let name = name.clone();
                        let document = self.load_table(&Ident { namespace, name }).ok()?;
                        (document.location == location).then_some(document)
                    }
                    _ => None,
                })
        };
        self.namespaces.iter().find_map(stored)
    }

    pub fn rename_table(&mut self, from: &Ident, to: &Ident) -> Result<(), Problem> {
        let document = self.load_table(from)?;
        self.ensure_free(to)?;
        self.contents_mut(&from.namespace)?
            .tables
            .shift_remove(&from.name);
        self.contents_mut(&to.namespace)?
            .tables
            .insert(to.name.clone(), Table::Stored(document));
        Ok(())
    }

    pub fn rename_view(&mut self, from: &Ident, to: &Ident) -> Result<(), Problem> {
        let document = self.load_view(from)?;
        self.ensure_free(to)?;
        self.contents_mut(&from.namespace)?
            .views
            .shift_remove(&from.name);
        self.contents_mut(&to.namespace)?
            .views
            .insert(to.name.clone(), document);
        Ok(())
    }
}
