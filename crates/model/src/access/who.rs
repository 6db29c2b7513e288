//! Who can do what with one object.

use access::polaris::Object;
use serde::{Deserialize, Serialize};

use super::{Held, Tally};
use crate::window::Window;

/// Rows on a page.
const PAGE: usize = 100;

/// Which principals are asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhoAsk {
    /// Part of a principal's name, in any case.
    pub filter: String,
    /// Those that hold nothing, too; and in the matrix the privileges that nobody holds.
    pub all: bool,
    /// From 1.
    pub page: usize,
}

/// The principals that hold something on an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// What is asked about.
    pub object: Object,
    /// Those of the matrix.
    pub columns: Vec<Column>,
    /// Privileges that could be granted here, but that nobody on this page holds.
    pub unheld: usize,
    /// A page of those that the filter lets through.
    pub rows: Window<Row>,
    /// Principals that certainly hold something here.
    pub holders: usize,
    /// Of whom it is unknown whether they hold anything here.
    pub perhaps: usize,
    /// All of whom anything was read.
    pub principals: Tally,
}

/// A privilege of the matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// As Polaris calls it.
    pub privilege: String,
    /// What it is for, in a few words.
    pub meaning: String,
}

/// What one principal holds on the object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its name.
    pub principal: String,
    /// What it holds, without what that implies.
    pub strongest: Vec<Held>,
    /// Through which principal roles.
    pub through: Vec<String>,
    /// How many privileges it may hold besides: it depends on what could not be read.
    pub perhaps: usize,
    /// One for each column.
    pub cells: Vec<Cell>,
}

/// Whether one privilege is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// It is not.
    #[serde(rename = "-")]
    No,
    /// It is.
    #[serde(rename = "+")]
    Held,
    /// It depends on what could not be read.
    #[serde(rename = "?")]
    Unknown,
}

mod build {
    use std::collections::BTreeSet;

    use access::polaris::{
        Access, Holder, Holding, Kind, Object, Privilege, PrivilegeSet, Requirement, Subject,
    };

    use super::{super::strongest, *};

    impl Who {
        /// What follows from the collected grants.
        pub fn new(access: &Access, object: Object, ask: &WhoAsk) -> Self {
            let mut holders = access.holders(&object);
            let about = about(object.kind());
            for holder in &mut holders {
                let Holding { holds, may_hold } = &mut holder.holding;
                *holds = holds.intersection(about);
                *may_hold = may_hold.intersection(about);
            }
            let principals = Tally {
                known: holders.len(),
                more: access.world().principals.why().is_some(),
            };
            let holds = |holder: &Holder| !all(&holder.holding).is_empty();
            let certain = |holder: &&Holder| !holder.holding.holds.is_empty();
            let certain = holders.iter().filter(certain).count();
            let perhaps = holders.iter().filter(|holder| holds(holder)).count() - certain;
            let filter = ask.filter.to_lowercase();
            let matches = |holder: &&Holder| {
                (ask.all || holds(holder)) && holder.principal.to_lowercase().contains(&filter)
            };
            let shown: Vec<_> = holders.iter().filter(matches).collect();
            let grantable = Privilege::grantable_on(object.kind());
            let mut columns = grantable;
            let page = Window::new(shown.len(), ask.page, PAGE, |index| *shown[index]);
            if !ask.all {
                let held = page.rows.iter().map(|holder| all(&holder.holding));
                columns = held
                    .fold(PrivilegeSet::default(), PrivilegeSet::union)
                    .intersection(grantable);
            }
            let rows = page.rows.iter();
            let rows = rows
                .map(|holder| row(access, &object, columns, holder))
                .collect();
            Who {
                columns: columns.iter().map(Column::from).collect(),
                unheld: grantable.difference(columns).len(),
                rows: Window {
                    rows,
                    start: page.start,
                    total: page.total,
                    size: page.size,
                },
                holders: certain,
                perhaps,
                principals,
                object,
            }
        }
    }

    /// Those that say something of this kind of object: what could be granted on it, what brings that
    /// along, and what manages access to it. The rest is held on something above, for others below that.
    fn about(kind: Kind) -> PrivilegeSet {
        let grantable = Privilege::grantable_on(kind);
        let manages = [
            Privilege::SERVICE_MANAGE_ACCESS,
            Privilege::CATALOG_MANAGE_ACCESS,
        ];
        let is_about = |privilege: &Privilege| {
            let brings = privilege.implies().intersection(grantable);
            manages.contains(privilege) || !brings.is_empty()
        };
        Privilege::all().filter(is_about).collect()
    }

    fn all(holding: &Holding) -> PrivilegeSet {
        holding.holds.union(holding.may_hold)
    }

    fn row(access: &Access, object: &Object, columns: PrivilegeSet, holder: &Holder) -> Row {
        let Holding { holds, may_hold } = holder.holding;
        let cell = |privilege| match (holds.contains(privilege), may_hold.contains(privilege)) {
            (true, _) => Cell::Held,
            (false, true) => Cell::Unknown,
            (false, false) => Cell::No,
        };
        let subject = Subject::Principal(holder.principal);
        let through: BTreeSet<&str> = strongest(holds)
            .flat_map(|privilege| access.paths(subject, &Requirement::new(privilege, object)))
            .map(|path| path.principal_role)
            .collect();
        Row {
            principal: holder.principal.to_owned(),
            strongest: strongest(holds).map(Held::from).collect(),
            through: through.into_iter().map(str::to_owned).collect(),
            perhaps: may_hold.len(),
            cells: columns.iter().map(cell).collect(),
        }
    }

    impl From<Privilege> for Column {
        fn from(privilege: Privilege) -> Self {
            Column {
                privilege: privilege.name().to_owned(),
                meaning: privilege.meaning().unwrap_or_default().to_owned(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::tests::access;

    fn who(ask: &WhoAsk) -> Who {
        let object = Object::Table {
            catalog: "main".into(),
            namespace: vec!["sales".into()],
            name: "orders".into(),
        };
        Who::new(&access(), object, ask)
    }

    #[test]
    fn a_row_says_what_is_held_and_through_which_role() {
        let who = who(&WhoAsk {
            filter: "reader".into(),
            ..WhoAsk::default()
        });
        assert_eq!(
            (who.holders, who.principals.known, who.rows.total),
            (2, 3, 1)
        );
        assert!(!who.principals.more);
        let reader = &who.rows.rows[0];
        assert_eq!(reader.principal, "reader");
        assert_eq!(reader.through, ["analysts"]);
        assert_eq!(reader.strongest[0].privilege, "TABLE_READ_DATA");
        let column = |name: &str| {
            let at = who
                .columns
                .iter()
                .position(|column| column.privilege == name);
            at.map(|at| reader.cells[at])
        };
        assert_eq!(column("TABLE_READ_DATA"), Some(Cell::Held));
        assert_eq!(column("TABLE_LIST"), Some(Cell::Held), "it is implied");
        assert_eq!(column("TABLE_SET_LOCATION"), None, "nobody holds it");
        assert!(who.unheld > 0);
    }

    #[test]
    fn everybody_and_every_privilege_are_shown_when_asked_for() {
        let who = who(&WhoAsk {
            all: true,
            ..WhoAsk::default()
        });
        assert_eq!((who.rows.total, who.unheld), (3, 0));
        assert!(who.rows.rows.iter().any(|row| row.strongest.is_empty()));
    }

    #[test]
    fn the_filter_is_for_names() {
        let ask = WhoAsk {
            filter: "READ".into(),
            ..WhoAsk::default()
        };
        assert_eq!(who(&ask).rows.total, 1);
    }

    #[test]
    fn where_lists_were_refused_nobody_is_counted_out() {
        use access::polaris::{Access, Part};
        let mut world = crate::access::tests::world();
        world.principals = Part::Unknown("403".into());
        world.principal_roles = Part::Unknown("403".into());
        let object = Object::Catalog {
            catalog: "main".into(),
        };
        let who = Who::new(
            &Access::new(world.clone()),
            object.clone(),
            &WhoAsk::default(),
        );
        assert!(who.principals.more);
        assert_eq!(who.principals.text(), "unknown");
        world.principals = Part::Known(vec!["reader".into()]);
        let who = Who::new(&Access::new(world), object, &WhoAsk::default());
        assert_eq!((who.holders, who.perhaps, who.rows.total), (0, 1, 1));
    }

    #[test]
    fn a_table_lists_what_is_about_tables() {
        use access::polaris::{Access, Change, Grant};
        let sales = Object::Namespace {
            catalog: "main".into(),
            namespace: vec!["sales".into()],
        };
        let mut world = crate::access::tests::world();
        for privilege in ["VIEW_LIST", "NAMESPACE_LIST"] {
            world.add(&Change::Grant {
                catalog: "main".into(),
                catalog_role: "reading".into(),
                grant: Grant {
                    object: sales.clone(),
                    privilege: privilege.into(),
                },
            });
        }
        let access = Access::new(world);
        let held = |object: Object| {
            let ask = WhoAsk {
                filter: "reader".into(),
                ..WhoAsk::default()
            };
            let who = Who::new(&access, object, &ask);
            let held = who.rows.rows[0].strongest.iter();
            held.map(|held| held.privilege.clone()).collect::<Vec<_>>()
        };
        let table = Object::Table {
            catalog: "main".into(),
            namespace: vec!["sales".into()],
            name: "orders".into(),
        };
        assert_eq!(held(table), ["TABLE_READ_DATA"]);
        let all = held(sales);
        assert!(all.iter().any(|held| held == "VIEW_LIST"), "{all:?}");
    }
}
