//! How an object under Polaris' access control stands in an address: `w`, `ns` and one of `t`, `v`
//! and `policy`, as elsewhere; what lies outside of the tree is said by `on` and `name`.

use access::polaris::{Barrier, Kind, Object, Refusal};

use super::{Place, Query, bounds::shallow, extend, read_levels, split_levels};
use crate::page::{PolarisPage, TableTab, ViewTab};

/// Under the page about access: where a form asks to collect the grants anew.
pub const COLLECT: &str = "/collect";
/// Under the page about access: where a form asks to stop collecting them.
pub const CANCEL: &str = "/cancel";

/// Under the page about access: who can do what, as a file.
pub const EXPORT: &str = "/export";

/// Before the keys of the second object of a question.
pub const SECOND: &str = "to-";

/// The kinds that `on` says, and how.
const OUTSIDE: [(&str, Kind); 4] = [
    ("service", Kind::Root),
    ("principal", Kind::Principal),
    ("principal-role", Kind::PrincipalRole),
    ("catalog-role", Kind::CatalogRole),
];

const LEAVES: [(&str, Kind); 3] = [
    ("t", Kind::Table),
    ("v", Kind::View),
    ("policy", Kind::Policy),
];

/// Every kind by the word that forms send as `on`.
pub const KINDS: [(&str, Kind); 9] = [
    ("catalog", Kind::Catalog),
    ("namespace", Kind::Namespace),
    ("table", Kind::Table),
    ("view", Kind::View),
    ("policy", Kind::Policy),
    OUTSIDE[0],
    OUTSIDE[1],
    OUTSIDE[2],
    OUTSIDE[3],
];

/// What names the object of a page, in its address.
pub const OBJECT_KEYS: [&str; 8] = ["w", "ns", "t", "v", "policy", "on", "name", "role"];

/// Longest list of roles that goes along in an address, in bytes.
const LONGEST_ROLES: usize = 400;

/// The message, its list of roles cut where that is long: what is left says that it is cut.
fn without_roles(message: &str) -> String {
    let roles = message.find("PrincipalRoles '[").map(|at| at + 17);
    let end = roles.and_then(|start| Some(start + message[start..].find("' and activated")?));
    match (roles, end) {
        (Some(start), Some(end)) if end - start > LONGEST_ROLES => {
            format!("{}…]{}", &message[..start], &message[end..])
        }
        _ => message.to_owned(),
    }
}

/// The object that a query names, its keys after `prefix`; `None` where it names none. `catalog` is
/// meant where the query says no `w`. Forms send `on` for every kind, with `path` (levels joined by
/// `/`) and `name`.
pub fn read_object(query: &Query, prefix: &str, catalog: Option<&str>) -> Option<Object> {
    let get = |key: &str| query.get(&format!("{prefix}{key}"));
    let name = || get("name").map(str::to_owned);
    let on = get("on").and_then(|on| KINDS.into_iter().find(|(word, _)| *word == on));
    match on.map(|(_, kind)| kind) {
        Some(Kind::Root) => return Some(Object::Root),
        Some(Kind::Principal) => return name().map(|name| Object::Principal { name }),
        Some(Kind::PrincipalRole) => return name().map(|name| Object::PrincipalRole { name }),
        _ => {}
    }
    let catalog = get("w").or(catalog)?.to_owned();
    let namespace = shallow(match get("path") {
        Some(path) => split_levels(path),
        None => read_levels(query, &format!("{prefix}ns")),
    })
    .ok()?;
    let (kind, name) = match on {
        Some((_, Kind::Catalog)) => return Some(Object::Catalog { catalog }),
        Some((_, Kind::CatalogRole)) => {
            return name().map(|name| Object::CatalogRole { catalog, name });
        }
        Some((_, kind)) => (kind, name()),
        None => {
            let leaf = |(key, kind)| get(key).map(|name| (kind, Some(name.to_owned())));
            let leaf = LEAVES.into_iter().find_map(leaf);
            leaf.unwrap_or((Kind::Namespace, None))
        }
    };
    if namespace.is_empty() {
        return (on.is_none() && name.is_none()).then_some(Object::Catalog { catalog });
    }
    match kind {
        Kind::Namespace => Some(Object::Namespace { catalog, namespace }),
        kind => leaf(kind, catalog, namespace, name?),
    }
}

fn leaf(kind: Kind, catalog: String, namespace: Vec<String>, name: String) -> Option<Object> {
    Some(match kind {
        Kind::Table => Object::Table {
            catalog,
            namespace,
            name,
        },
        Kind::View => Object::View {
            catalog,
            namespace,
            name,
        },
        Kind::Policy => Object::Policy {
            catalog,
            namespace,
            name,
        },
        _ => return None,
    })
}

/// Adds what names the object to a query, its keys after `prefix`.
pub fn write_object(query: Query, prefix: &str, object: &Object) -> Query {
    let key = |key: &str| format!("{prefix}{key}");
    let query = query.and(&key("w"), object.catalog().unwrap_or_default());
    let outside = OUTSIDE.into_iter().find(|(_, kind)| *kind == object.kind());
    if let Some((on, _)) = outside {
        return query
            .and(&key("on"), on)
            .and(&key("name"), object_name(object).unwrap_or_default());
    }
    let query = levels(object)
        .iter()
        .fold(query, |query, level| query.and(&key("ns"), level));
    let leaf = LEAVES.into_iter().find(|(_, kind)| *kind == object.kind());
    match leaf {
        Some((leaf, _)) => query.and(&key(leaf), object_name(object).unwrap_or_default()),
        None => query,
    }
}

/// The namespace that it is or lies in.
pub fn levels(object: &Object) -> &[String] {
    match object {
        Object::Namespace { namespace, .. }
        | Object::Table { namespace, .. }
        | Object::View { namespace, .. }
        | Object::Policy { namespace, .. } => namespace,
        _ => &[],
    }
}

/// Its own name; `None` for the service, catalogs and namespaces.
pub fn object_name(object: &Object) -> Option<&str> {
    match object {
        Object::Table { name, .. }
        | Object::View { name, .. }
        | Object::Policy { name, .. }
        | Object::Principal { name }
        | Object::PrincipalRole { name }
        | Object::CatalogRole { name, .. } => Some(name),
        Object::Root | Object::Catalog { .. } | Object::Namespace { .. } => None,
    }
}

impl Place {
    /// Where a form asks to collect the grants anew.
    pub fn collect_path(&self) -> String {
        format!("{}{COLLECT}", self.access_path())
    }

    /// Where a form asks to stop collecting them.
    pub fn cancel_path(&self) -> String {
        format!("{}{CANCEL}", self.access_path())
    }

    /// Who can do what, as a file; `format` is `csv` or `json`.
    pub fn export_path(&self, format: &str) -> String {
        let asked = Query::default().and("format", format);
        format!("{}{EXPORT}{asked}", self.access_path())
    }

    /// The tables of a namespace with what is known of them, as a file; `format` is `csv` or `json`.
    pub fn tables_export_path(&self, format: &str) -> String {
        let asked = self.namespaced().and("format", format);
        format!(
            "{}{EXPORT}{asked}",
            Self::connection(&self.connection).namespace_path()
        )
    }

    /// Who can do what with the object.
    pub fn who_of(&self, object: &Object) -> String {
        self.page(
            PolarisPage::Who,
            &write_object(Query::default(), "", object),
        )
    }

    /// Why a principal may or may not do something with the object. `asked` holds its `principal`, and
    /// an `operation` or a `privilege`.
    pub fn explain_of(&self, asked: Query, object: &Object) -> String {
        extend(self.explain_path(), &write_object(asked, "", object))
    }

    /// Why the server refused what a page asked, whose query is `query`; `None` where `message` is no
    /// refusal of Polaris. What names the object goes along as the page has it: it may leave out the
    /// connection's own catalog, and the operation tells which of its levels is meant.
    pub fn explain_refusal(&self, message: &str, query: &Query) -> Option<String> {
        let is_one = Refusal::is_in(message) || Barrier::of(message).is_some();
        if self.connection.is_empty() || !is_one {
            return None;
        }
        let begin = message.find("Principal '").unwrap_or_default();
        let asked = Query::default().and("message", &without_roles(&message[begin..]));
        let named = query.pairs().iter();
        let named = named.filter(|(key, _)| OBJECT_KEYS.contains(&key.as_str()));
        let asked = named.fold(asked, |asked, (key, value)| asked.and(key, value));
        Some(extend(self.explain_path(), &asked))
    }

    /// The graph of what leads to the object and on from it.
    pub fn graph_of(&self, object: &Object) -> String {
        let query = match object {
            Object::Root => Query::default().and("on", "service"),
            object => write_object(Query::default(), "", object),
        };
        extend(self.graph_path(), &query)
    }

    /// The grants on the object, of a catalog role if one is named.
    pub fn grants_of(&self, role: Option<&str>, object: &Object) -> String {
        let query = Query::default().and("role", role.unwrap_or_default());
        self.page(PolarisPage::Grants, &write_object(query, "", object))
    }

    /// The page that shows the object itself.
    pub fn page_of(&self, object: &Object) -> String {
        let connection = Place::connection(&self.connection);
        let inside = connection
            .with_warehouse(object.catalog().map(str::to_owned))
            .with_namespace(levels(object));
        match object {
            Object::Root => connection.access_path(),
            Object::Catalog { catalog } => connection.catalog_path(catalog),
            Object::Namespace { .. } => inside.namespace_path(),
            Object::Table { name, .. } => inside.with_object(name).table_path(TableTab::Overview),
            Object::View { name, .. } => inside.with_object(name).view_path(ViewTab::Overview),
            Object::Policy { name, .. } => inside.policy_path(name),
            Object::Principal { name } => connection.principal_path(name),
            Object::PrincipalRole { name } => connection.principal_role_path(name),
            Object::CatalogRole { catalog, name } => connection.catalog_role_path(catalog, name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objects() -> Vec<Object> {
        let catalog = || "a/b".to_owned();
        let name = || "x&y=z".to_owned();
        let namespace = || vec!["sales".to_owned(), "last mile".to_owned()];
        let mut all = vec![
            Object::Root,
            Object::Catalog { catalog: catalog() },
            Object::Namespace {
                catalog: catalog(),
                namespace: namespace(),
            },
            Object::Principal { name: name() },
            Object::PrincipalRole { name: name() },
            Object::CatalogRole {
                catalog: catalog(),
                name: name(),
            },
        ];
        all.extend(
            [Kind::Table, Kind::View, Kind::Policy]
                .into_iter()
                .filter_map(|kind| leaf(kind, catalog(), namespace(), name())),
        );
        all
    }

    #[test]
    fn every_kind_of_object_comes_back_from_its_address() {
        assert_eq!(objects().len(), KINDS.len());
        for object in objects() {
            for prefix in ["", SECOND] {
                let query = write_object(Query::default(), prefix, &object).to_string();
                let read = read_object(&Query::parse(&query), prefix, None);
                assert_eq!(read.as_ref(), Some(&object), "{query}");
            }
        }
    }

    #[test]
    fn a_refusal_leads_to_its_explanation_with_its_roles_and_the_object_of_the_page() {
        let message = |roles: &str| {
            format!(
                "The catalog says: Principal 'svc' with activated PrincipalRoles '[{roles}]' and activated grants via '[c]' is not authorized for op LIST_TABLES."
            )
        };
        let place = Place::connection("p");
        let asked = |message: &str, query: &str| {
            let href = place.explain_refusal(message, &Query::parse(query))?;
            let (_, query) = href.split_once("/c/p/explain?").unwrap();
            Some(Query::parse(query))
        };
        let led = asked(&message("a, b"), "?ns=sales&ns=eu&q=x").unwrap();
        let (said, _) = led.get("message").unwrap().split_once("LIST").unwrap();
        assert!(
            said.starts_with("Principal 'svc'") && said.contains("[a, b]"),
            "{said}"
        );
        let names: Vec<_> = led.all("ns").collect();
        assert_eq!(
            (names, led.get("w"), led.get("q")),
            (vec!["sales", "eu"], None, None)
        );
        let led = asked(&message("a"), "?w=main&name=svc").unwrap();
        assert_eq!((led.get("w"), led.get("name")), (Some("main"), Some("svc")));
        let long = asked(&message(&"role, ".repeat(100)), "").unwrap();
        let said = long.text("message");
        assert!(
            said.contains("PrincipalRoles '[…]' and") && said.len() < 200,
            "{said}"
        );
        assert!(asked("Unable to purge entity: v1. To enable", "").is_some());
        assert_eq!(asked("The catalog says: No.", ""), None);
    }

    #[test]
    fn a_form_names_an_object_by_its_kind() {
        let read = |search| read_object(&Query::parse(search), "", Some("main"));
        assert_eq!(
            read("?on=table&path=sales%2Feu&name=orders"),
            leaf(
                Kind::Table,
                "main".into(),
                vec!["sales".into(), "eu".into()],
                "orders".into()
            )
        );
        assert_eq!(
            read("?on=catalog&w=lab&path=ignored"),
            Some(Object::Catalog {
                catalog: "lab".into()
            })
        );
        assert_eq!(read("?on=table&name=orders"), None, "it has no namespace");
        assert_eq!(read("?on=namespace"), None);
        assert_eq!(read_object(&Query::parse("?ns=a"), "", None), None);
    }
}
