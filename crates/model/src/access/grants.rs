//! The grant editor: what a catalog role holds on one object, and what could be granted there.

use access::polaris::Object;
use serde::{Deserialize, Serialize};

use crate::{batch::PartState, error::AppError};

/// One catalog role and one object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Desk {
    /// What is granted on.
    pub object: Object,
    /// The catalog role.
    pub role: String,
    /// Every privilege that can be granted on this kind of object.
    pub rows: Vec<Row>,
    /// Granted here, but not among the privileges that Crowsnest knows.
    pub unfamiliar: Vec<String>,
    /// Grants that the role holds on kinds of objects that Crowsnest does not know.
    pub odd: usize,
    /// Why what the role holds could not be read.
    pub unread: Option<AppError>,
    /// Why nothing may be granted on this object.
    pub barred: Option<String>,
    /// The id of the form.
    pub once: String,
}

/// A privilege, as the editor lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// As Polaris calls it.
    pub privilege: String,
    /// The kind of object that it is about.
    pub about: String,
    /// What it is for, in a few words.
    pub meaning: String,
    /// Privileges that come with it.
    pub implies: Vec<String>,
    /// How it stands now.
    pub standing: Standing,
    /// The address asks for it.
    pub chosen: bool,
}

/// How a privilege stands for the role on the object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Neither granted nor implied.
    Free,
    /// What the role holds could not be read.
    Unknown,
    /// Granted on this very object.
    Granted,
    /// Held through what else is granted, on the object or on what holds it.
    Implied(Vec<(String, Object)>),
}

/// What granting the chosen privileges comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// To be granted.
    pub grant: Vec<Row>,
    /// Granted already.
    pub granted: Vec<Row>,
    /// Held already, through others.
    pub implied: Vec<Row>,
    /// Implied by another one that is to be granted.
    pub contained: Vec<(Row, String)>,
}

impl Desk {
    /// `explicit` grants what is implied, too.
    pub fn preview(&self, explicit: bool) -> Preview {
        let mut preview = Preview::default();
        let chosen = || self.rows.iter().filter(|row| row.chosen);
        for row in chosen() {
            let within = chosen().find(|other| {
                other.privilege != row.privilege && other.implies.contains(&row.privilege)
            });
            match (&row.standing, within) {
                (Standing::Granted, _) => preview.granted.push(row.clone()),
                (_, _) if explicit => preview.grant.push(row.clone()),
                (Standing::Implied(_), _) => preview.implied.push(row.clone()),
                (Standing::Free | Standing::Unknown, Some(other)) => {
                    preview
                        .contained
                        .push((row.clone(), other.privilege.clone()));
                }
                (Standing::Free | Standing::Unknown, None) => preview.grant.push(row.clone()),
            }
        }
        preview
    }
}

/// What came of granting or revoking, privilege by privilege.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcomes {
    /// Revoked, not granted.
    pub revoked: bool,
    /// Privilege, and what came of it.
    pub items: Vec<(String, PartState)>,
    /// Privileges that were as asked before, so that nothing was sent.
    pub already: Vec<String>,
    /// Nothing was sent, and why.
    pub refused: Option<String>,
    /// It was told before.
    pub again: bool,
    /// The id of the form that tries what failed once more.
    pub once: String,
}

/// Where to begin: the catalogs, or the roles of the one that is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beginning {
    /// Those there are.
    pub catalogs: Vec<String>,
    /// Of the catalog that is chosen.
    pub roles: Vec<String>,
    /// Why names are to be typed.
    pub unlisted: Option<String>,
}

mod build {
    use access::polaris::{Grant, Object, Privilege, PrivilegeSet};

    use super::*;
    use crate::paths::Query;

    impl Desk {
        /// `grants` is all that the role holds; `privilege` of the query chooses, as often as it stands there.
        pub fn new(object: Object, role: String, grants: &[Grant], query: &Query) -> Self {
            let levels: Vec<Object> = object.levels().collect();
            let above: Vec<(Privilege, &Object)> = grants
                .iter()
                .filter(|grant| levels.contains(&grant.object))
                .filter_map(|grant| Some((Privilege::named(&grant.privilege)?, &grant.object)))
                .collect();
            let here = grants.iter().filter(|grant| grant.object == object);
            let (known, unfamiliar): (Vec<_>, Vec<_>) =
                here.partition(|grant| Privilege::named(&grant.privilege).is_some());
            let granted: PrivilegeSet = known
                .iter()
                .filter_map(|grant| Privilege::named(&grant.privilege))
                .collect();
            let chosen: Vec<&str> = query.all("privilege").collect();
            let row = |privilege: Privilege| {
                let by: Vec<_> = above
                    .iter()
                    .filter(|(other, _)| other.implies().contains(privilege))
                    .map(|(other, object)| (other.name().to_owned(), (*object).clone()))
                    .collect();
                Row {
                    privilege: privilege.name().to_owned(),
                    about: privilege.securable().replace('_', " "),
                    meaning: privilege.meaning().unwrap_or_default().to_owned(),
                    implies: privilege
                        .implies()
                        .iter()
                        .filter(|implied| *implied != privilege && implied.meaning().is_some())
                        .map(|implied| implied.name().to_owned())
                        .collect(),
                    standing: match (granted.contains(privilege), by.is_empty()) {
                        (true, _) => Standing::Granted,
                        (false, false) => Standing::Implied(by),
                        (false, true) => Standing::Free,
                    },
                    chosen: chosen.contains(&privilege.name()),
                }
            };
            // What is granted here stays in sight, even where it cannot be granted any more.
            let shown = Privilege::grantable_on(object.kind()).union(granted);
            let mut rows: Vec<_> = shown.iter().map(row).collect();
            let first = object.kind();
            rows.sort_by_key(|row| rank(&row.about, first));
            Desk {
                rows,
                unfamiliar: unfamiliar
                    .into_iter()
                    .map(|grant| grant.privilege.clone())
                    .collect(),
                object,
                role,
                odd: 0,
                unread: None,
                barred: None,
                once: String::new(),
            }
        }

        /// Where what the role holds could not be read: it can be granted and revoked all the same.
        pub fn unread(self, why: AppError) -> Self {
            let rows = self.rows.into_iter().map(|row| Row {
                standing: Standing::Unknown,
                ..row
            });
            Desk {
                rows: rows.collect(),
                unread: Some(why),
                ..self
            }
        }
    }

    /// What is about the object's own kind comes first.
    fn rank(about: &str, kind: access::polaris::Kind) -> usize {
        use access::polaris::Kind;
        let order = match kind {
            Kind::Table | Kind::View => ["table like", "namespace", "catalog", "policy"],
            Kind::Policy => ["policy", "namespace", "table like", "catalog"],
            Kind::Namespace => ["namespace", "table like", "policy", "catalog"],
            _ => ["catalog", "namespace", "table like", "policy"],
        };
        order
            .iter()
            .position(|word| *word == about)
            .unwrap_or(order.len())
    }
}

/// What an object is chosen from, inside of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pick {
    /// The namespaces right inside.
    Namespaces,
    /// The tables of a namespace.
    Tables,
    /// The views of a namespace.
    Views,
    /// The policies of a namespace.
    Policies,
}

/// Objects to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picks {
    /// Their names, in the catalog's order.
    pub names: Vec<String>,
    /// What there is to say of the list: that it goes on, or why it is not whole.
    pub note: Option<String>,
}

#[cfg(test)]
mod tests {
    use access::polaris::Grant;

    use super::*;
    use crate::paths::Query;

    fn catalog() -> Object {
        Object::Catalog {
            catalog: "main".into(),
        }
    }

    fn table() -> Object {
        Object::Table {
            catalog: "main".into(),
            namespace: vec!["sales".into()],
            name: "orders".into(),
        }
    }

    fn desk(chosen: &str) -> Desk {
        let grant = |object, privilege: &str| Grant {
            object,
            privilege: privilege.into(),
        };
        let grants = [
            grant(catalog(), "TABLE_READ_DATA"),
            grant(table(), "TABLE_DROP"),
            grant(table(), "TABLE_SING"),
        ];
        Desk::new(table(), "role".into(), &grants, &Query::parse(chosen))
    }

    #[test]
    fn each_privilege_says_how_it_stands() {
        let desk = desk("");
        let standing = |name: &str| {
            let row = desk.rows.iter().find(|row| row.privilege == name);
            row.map(|row| row.standing.clone())
        };
        assert_eq!(standing("TABLE_DROP"), Some(Standing::Granted));
        assert_eq!(
            standing("TABLE_READ_PROPERTIES"),
            Some(Standing::Implied(vec![(
                "TABLE_READ_DATA".into(),
                catalog()
            )]))
        );
        assert_eq!(standing("TABLE_WRITE_DATA"), Some(Standing::Free));
        assert_eq!(standing("CATALOG_MANAGE_CONTENT"), None, "not on a table");
        assert_eq!(desk.unfamiliar, ["TABLE_SING"]);
        assert!(desk.rows.iter().all(|row| !row.meaning.is_empty()));
    }

    #[test]
    fn the_preview_grants_only_what_is_not_held() {
        let names = |rows: &[Row]| -> Vec<String> {
            rows.iter().map(|row| row.privilege.clone()).collect()
        };
        let desk = desk(
            "?privilege=TABLE_DROP&privilege=TABLE_LIST&privilege=TABLE_FULL_METADATA&privilege=TABLE_WRITE_PROPERTIES",
        );
        let preview = desk.preview(false);
        assert_eq!(names(&preview.grant), ["TABLE_FULL_METADATA"]);
        assert_eq!(names(&preview.granted), ["TABLE_DROP"]);
        assert_eq!(names(&preview.implied), ["TABLE_LIST"]);
        let (row, by) = &preview.contained[0];
        assert_eq!(
            (row.privilege.as_str(), by.as_str()),
            ("TABLE_WRITE_PROPERTIES", "TABLE_FULL_METADATA")
        );
        assert_eq!(desk.preview(true).grant.len(), 3);
    }
}
