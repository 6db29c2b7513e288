//! Two tables in the address of the page that compares them: the first is that of the page, the second stands under keys
//! of its own.

use super::{Place, Query, SECOND, bounds::shallow, read_levels};
use crate::{
    comparison::{OTHER_CONNECTION, OTHER_NAME, OTHER_REFERENCE, OTHER_WAREHOUSE},
    page::Page,
};

/// The second table of a comparison, as an address names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// The table; where its name was typed, what it is looked for in.
    pub place: Place,
    /// Its full name as it was typed: `sales.eu.orders`. Empty where the address names it level by level.
    pub typed: String,
}

impl Other {
    /// What an address says beside its own place; `None` where it names no second table.
    pub fn read(place: &Place, query: &Query) -> Option<Self> {
        let get = |key: &str| query.get(key).map(str::to_owned);
        let connection = get(OTHER_CONNECTION.name).unwrap_or_else(|| place.connection.clone());
        let (warehouse, reference) = (get(OTHER_WAREHOUSE.name), get(OTHER_REFERENCE.name));
        let own = (connection == place.connection).then(|| place.clone());
        let own = own.unwrap_or_default();
        let typed = query.text(OTHER_NAME.name);
        let place = match typed.is_empty() {
            false => Place {
                warehouse: warehouse.or(own.warehouse),
                reference: reference.or(own.reference),
                ..Place::connection(connection)
            },
            true => Place {
                warehouse,
                reference,
                namespace: shallow(read_levels(query, &format!("{SECOND}ns"))).ok()?,
                object: Some(get(&format!("{SECOND}t"))?),
                connection,
            },
        };
        Some(Self { place, typed })
    }
}

impl Place {
    /// Where another table is chosen to compare this one with.
    pub fn compare_with_path(&self) -> String {
        self.page(Page::Compare, &self.named("t"))
    }

    /// This table beside another one.
    pub fn compare_tables_path(&self, other: &Self) -> String {
        let and = |query: Query, key: &str, value: &Option<String>| {
            query.and(key, value.as_deref().unwrap_or_default())
        };
        let query = self
            .named("t")
            .and(OTHER_CONNECTION.name, &other.connection);
        let query = and(query, OTHER_WAREHOUSE.name, &other.warehouse);
        let query = and(query, OTHER_REFERENCE.name, &other.reference);
        let level = |query: Query, level: &String| query.and(&format!("{SECOND}ns"), level);
        let query = other.namespace.iter().fold(query, level);
        let query = and(query, &format!("{SECOND}t"), &other.object);
        self.page(Page::Compare, &query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(connection: &str, warehouse: Option<&str>) -> Place {
        Place {
            warehouse: warehouse.map(str::to_owned),
            reference: warehouse.map(|name| format!("{name}/#1")),
            namespace: vec!["a.b".into(), "c/d".into()],
            object: Some("t&to-t=x".into()),
            ..Place::connection(connection)
        }
    }

    fn read(address: &str) -> (Place, Option<Other>) {
        let (path, search) = address.split_once('?').unwrap();
        let own = Place::read(path, search).unwrap();
        let other = Other::read(&own, &Query::parse(search));
        (own, other)
    }

    #[test]
    fn an_address_is_read_back_as_both_tables() {
        let all = [
            place("a", None),
            place("a", Some("w")),
            place("b ü", Some("w")),
        ];
        for one in &all {
            for other in &all {
                let found = Other {
                    place: other.clone(),
                    typed: String::new(),
                };
                let address = one.compare_tables_path(other);
                assert_eq!(read(&address), (one.clone(), Some(found)), "{address}");
            }
            assert_eq!(read(&one.compare_with_path()).1, None);
        }
    }

    #[test]
    fn a_typed_name_is_looked_for_where_the_first_is_unless_it_says_where() {
        let own = place("a", Some("w"));
        let typed = |search: &str| Other::read(&own, &Query::parse(search)).unwrap().place;
        assert_eq!(typed("to-name=x.y"), own.with_namespace(&[]));
        let there = typed("to-name=x.y&to-c=b");
        assert_eq!(there, Place::connection("b"));
        let at = typed("to-name=x.y&to-c=a&to-w=v");
        assert_eq!(at.warehouse.as_deref(), Some("v"));
        assert_eq!(at.reference, own.reference);
    }
}
