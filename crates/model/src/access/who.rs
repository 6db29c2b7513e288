//! Who can do what with one object.

mod build;

use access::polaris::{Ability, Object};
use serde::{Deserialize, Serialize};

use super::{Held, PathView, Tally, noun};
use crate::{
    format::{count, counted},
    window::Window,
};

/// Rows on a page.
const PAGE: usize = 100;

/// Names in the sentence that answers a question.
const NAMES: usize = 5;

/// Which principals are asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhoAsk {
    /// What they have to be able to do; otherwise anything.
    pub can: Option<Ability>,
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
    /// What they have to be able to do, where that was asked and makes sense here.
    pub can: Option<Ability>,
    /// Some of those who certainly can.
    pub names: Vec<String>,
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
    /// One way in which what was asked is held.
    pub way: Option<PathView>,
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

impl Who {
    /// How many can do it, some of them by name, and of how many that is unknown.
    pub fn sentence(&self) -> String {
        let what = match self.can {
            None => "do something here".to_owned(),
            Some(ability) => {
                let kind = self.object.kind();
                format!("{} this {}", ability.verb(kind), noun(kind))
            }
        };
        let names = match (self.names.as_slice(), self.holders) {
            ([], _) => String::new(),
            (names, holders) if holders > names.len() => {
                format!(
                    ": {} and {} more",
                    names.join(", "),
                    count(holders - names.len())
                )
            }
            (names, _) => format!(": {}", names.join(", ")),
        };
        let holders = match (self.holders, self.principals.more) {
            (0, true) => format!("Who can {what} is unknown: principals could not be listed."),
            (holders, true) => format!(
                "{} can {what}{names}; of how many is unknown.",
                counted(holders, "principal")
            ),
            (holders, false) => format!(
                "{} of {} can {what}{names}.",
                count(holders),
                counted(self.principals.known, "principal")
            ),
        };
        match self.perhaps {
            0 => holders,
            perhaps => format!(
                "{holders} Of {} it is unknown.",
                counted(perhaps, "principal")
            ),
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
    fn a_question_is_answered_in_a_sentence_with_a_way_for_each() {
        let ask = |can| WhoAsk {
            can: Some(can),
            ..WhoAsk::default()
        };
        let readers = who(&ask(Ability::Read));
        let names = ["reader", "root"].map(str::to_owned);
        assert_eq!((readers.rows.total, &readers.names[..]), (2, &names[..]));
        assert_eq!(
            readers.sentence(),
            "2 of 3 principals can read this table: reader, root."
        );
        let way = readers.rows.rows[0].way.as_ref().expect("a way");
        assert_eq!(way.privilege, "TABLE_READ_DATA");
        let droppers = who(&ask(Ability::Drop));
        assert_eq!(
            droppers.sentence(),
            "1 of 3 principals can drop this table: root."
        );
        // Reading brings no right to drop along, and is not shown as one.
        assert!(droppers.rows.rows.iter().all(|row| row.principal == "root"));
        let no_question = who(&ask(Ability::Create));
        assert_eq!(
            (no_question.can, no_question.rows.total),
            (None, 2),
            "nothing is created in a table"
        );
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
