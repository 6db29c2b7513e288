//! What a change is made on: people confirm it as one text, the log has its parts as fields.

use std::fmt;

use access::polaris::{Grant, Object as Named};

use crate::{
    paths::{levels, object_name},
    refusal::noun,
};

/// What a change is made on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Object {
    /// One thing.
    One(Named),
    /// A role to who holds it, a policy to what it holds for.
    Given {
        /// What is given or attached.
        what: Named,
        /// Who holds it, or what it holds for.
        to: Named,
    },
    /// A privilege on something, to a catalog role; `None`: some of them.
    Granted {
        /// As Polaris calls it.
        privilege: Option<String>,
        /// What it is granted on.
        on: Named,
        /// The catalog role.
        to: Named,
    },
}

impl Object {
    /// A catalog.
    pub fn catalog(name: &str) -> Self {
        Self::One(Named::Catalog {
            catalog: name.into(),
        })
    }

    /// A principal.
    pub fn principal(name: &str) -> Self {
        Self::One(Named::Principal { name: name.into() })
    }

    /// A principal role.
    pub fn principal_role(name: &str) -> Self {
        Self::One(Named::PrincipalRole { name: name.into() })
    }

    /// A role of one catalog.
    pub fn catalog_role(catalog: &str, name: &str) -> Self {
        Self::One(catalog_role(catalog, name))
    }

    /// That a principal holds a principal role.
    pub fn membership(principal: &str, role: &str) -> Self {
        Self::Given {
            what: Named::PrincipalRole { name: role.into() },
            to: Named::Principal {
                name: principal.into(),
            },
        }
    }

    /// That a principal role holds a catalog role.
    pub fn assignment(principal_role: &str, catalog: &str, role: &str) -> Self {
        Self::Given {
            what: catalog_role(catalog, role),
            to: Named::PrincipalRole {
                name: principal_role.into(),
            },
        }
    }

    /// That a catalog role holds a grant.
    pub fn grant(catalog: &str, role: &str, grant: Grant) -> Self {
        Self::Granted {
            privilege: Some(grant.privilege),
            on: grant.object,
            to: catalog_role(catalog, role),
        }
    }

    /// What a catalog role holds on something.
    pub fn grants(catalog: &str, role: &str, on: Named) -> Self {
        Self::Granted {
            privilege: None,
            on,
            to: catalog_role(catalog, role),
        }
    }

    /// What it is, of what is given what is given, of a privilege what it is on.
    pub fn named(&self) -> &Named {
        match self {
            Self::One(named)
            | Self::Given { what: named, .. }
            | Self::Granted { on: named, .. } => named,
        }
    }

    /// The word for it.
    pub fn noun(&self) -> &'static str {
        noun(self.named().kind())
    }

    /// Without what it lies in.
    pub fn name(&self) -> &str {
        let (named, last) = (self.named(), levels(self.named()).last());
        let name = object_name(named).or(last.map(String::as_str));
        name.or(named.catalog()).unwrap_or_default()
    }
}

fn catalog_role(catalog: &str, name: &str) -> Named {
    Named::CatalogRole {
        catalog: catalog.into(),
        name: name.into(),
    }
}

/// For people, and what a confirmation is held against.
impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(named) => f.write_str(&dotted(named)),
            Self::Given { what, to } => write!(f, "{} ← {}", dotted(to), dotted(what)),
            Self::Granted { privilege, on, to } => {
                let privilege = privilege.as_deref().unwrap_or("Privileges");
                write!(f, "{privilege} on {on} for {to}")
            }
        }
    }
}

fn dotted(named: &Named) -> String {
    let around = named.catalog().into_iter();
    let levels = levels(named).iter().map(String::as_str);
    let names: Vec<&str> = around.chain(levels).chain(object_name(named)).collect();
    names.join(".")
}

mod record {
    use super::{Named, Object, levels, noun, object_name};
    use crate::{format::bounded, shown::plain};

    /// The parts of an object as a record has them, bounded, and without what looks like a secret.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Parts {
        /// `principal`, `catalog role`: of what is given, and of what a privilege is on.
        pub kind: &'static str,
        /// The catalog that it is, or is in.
        pub catalog: Option<String>,
        /// Its levels with dots between them; a level that holds one stands in quotes.
        pub namespace: Option<String>,
        /// Its name, where catalog and namespace do not say it.
        pub name: Option<String>,
        /// Of a grant.
        pub privilege: Option<String>,
        /// Who or what gets or loses it.
        pub grantee_kind: Option<&'static str>,
        /// Its name in its catalog; of a catalog its own.
        pub grantee: Option<String>,
    }

    impl Parts {
        /// All of it in one text, to look for: `table lake.sales.orders`.
        pub fn text(&self) -> String {
            let path = [&self.catalog, &self.namespace, &self.name];
            let path: Vec<&str> = path.into_iter().flatten().map(String::as_str).collect();
            let mut text = format!("{} {}", self.kind, path.join("."));
            if let Some(privilege) = &self.privilege {
                text = format!("{privilege} on {text}");
            }
            if let (Some(kind), Some(grantee)) = (self.grantee_kind, &self.grantee) {
                text = format!("{text} for {kind} {grantee}");
            }
            text
        }
    }

    impl Object {
        /// What a record says of it.
        pub fn parts(&self) -> Parts {
            let named = self.named();
            let (privilege, grantee) = match self {
                Self::One(_) => (None, None),
                Self::Given { to, .. } => (None, Some(to)),
                Self::Granted { privilege, to, .. } => (privilege.as_deref(), Some(to)),
            };
            Parts {
                kind: noun(named.kind()),
                catalog: named.catalog().map(told),
                namespace: path(levels(named), None).as_deref().map(told),
                name: object_name(named).map(told),
                privilege: privilege.map(told),
                grantee_kind: grantee.map(|to| noun(to.kind())),
                grantee: grantee.map(|to| told(&within(to))),
            }
        }
    }

    fn told(text: &str) -> String {
        bounded(plain(text))
    }

    /// Its name in its catalog; a catalog's own.
    fn within(named: &Named) -> String {
        let name = object_name(named);
        let path = path(levels(named), name);
        let outside = || name.or(named.catalog()).unwrap_or_default().to_owned();
        path.unwrap_or_else(outside)
    }

    /// `None` outside of namespaces.
    fn path(levels: &[String], name: Option<&str>) -> Option<String> {
        let quoted = |level: &str| match level.contains(['.', '"']) {
            true => format!("\"{}\"", level.replace('"', "\"\"")),
            false => level.to_owned(),
        };
        let path = levels.iter().map(String::as_str).chain(name).map(quoted);
        (!levels.is_empty()).then(|| path.collect::<Vec<_>>().join("."))
    }
}

pub use record::Parts;

#[cfg(test)]
mod tests {
    use super::*;

    fn table(namespace: &[&str]) -> Named {
        Named::Table {
            catalog: "lake".into(),
            namespace: namespace.iter().map(|level| (*level).into()).collect(),
            name: "orders".into(),
        }
    }

    #[test]
    fn people_read_one_text() {
        let policy = Named::Policy {
            catalog: "lake".into(),
            namespace: vec!["sales".into()],
            name: "keep".into(),
        };
        let grant = Grant {
            object: table(&["sales"]),
            privilege: "TABLE_DROP".into(),
        };
        let attached = Object::Given {
            what: policy,
            to: table(&["sales"]),
        };
        for (object, text) in [
            (Object::principal("svc"), "svc"),
            (Object::catalog_role("lake", "reader"), "lake.reader"),
            (Object::membership("svc", "ops"), "svc ← ops"),
            (
                Object::assignment("ops", "lake", "reader"),
                "ops ← lake.reader",
            ),
            (attached, "lake.sales.orders ← lake.sales.keep"),
            (
                Object::grant("lake", "reader", grant),
                "TABLE_DROP on table lake.sales.orders for catalog role lake.reader",
            ),
        ] {
            assert_eq!(object.to_string(), text);
        }
    }

    #[test]
    fn a_record_tells_two_levels_from_one_with_a_dot() {
        let grant = |object| {
            let privilege = "TABLE_DROP".into();
            Object::grant("lake", "reader", Grant { object, privilege }).parts()
        };
        let parts = grant(table(&["eu.west", "sales"]));
        assert_eq!(parts.namespace.as_deref(), Some("\"eu.west\".sales"));
        assert_eq!(
            (parts.kind, parts.name.as_deref()),
            ("table", Some("orders"))
        );
        assert_eq!(parts.grantee.as_deref(), Some("reader"));
        assert_eq!(
            parts.text(),
            "TABLE_DROP on table lake.\"eu.west\".sales.orders for catalog role reader"
        );
        assert_ne!(grant(table(&["eu", "west"])), grant(table(&["eu.west"])));
    }

    #[test]
    fn a_record_is_bounded_and_tells_no_secret() {
        let told = |name: &str| Object::principal(name).parts().name.unwrap_or_default();
        assert_eq!(told("svc.a"), "svc.a");
        assert!(told(&"é".repeat(100_000)).chars().count() <= 500);
        assert!(!told("jdbc:db?user=a&password=hunter2").contains("hunter2"));
    }
}
