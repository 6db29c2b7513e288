//! What a page waits for, in words.

use crate::{
    format::visible,
    page::{NamespaceTab, Page},
    paths::Place,
    query::Query,
    section::Section,
};

/// What a page at this address is made of: `the table list of sales in prod`. `None` where that is of no connection.
pub fn waited_for(path: &str, search: &str) -> Option<String> {
    let page = Page::parse(path)?;
    let place = Place::read(path, search).unwrap_or_default();
    let named = format!("{} in {}", place.dotted(), place.connection);
    let around = match place.namespace.is_empty() {
        true => &place.connection,
        false => &named,
    };
    let words = match page {
        Page::Namespace => {
            let tab = NamespaceTab::read(&Query::parse(search), place.namespace.is_empty());
            match tab.names() {
                Some(kind) => format!("the {} list of {around}", kind.noun()),
                None => format!("the properties of {around}"),
            }
        }
        Page::Table(_) | Page::View(_) => format!("the {} {named}", page.noun().word()),
        Page::Polaris(_) => match Section::of(page) {
            Some(Section::Access | Section::Graph | Section::Onboard | Section::Offboard)
            | None => format!("roles and grants of {}", place.connection),
            Some(section) => {
                format!("{} of {}", section.label().to_lowercase(), place.connection)
            }
        },
        Page::Change(_) | Page::Compare => around.clone(),
        Page::Connection | Page::Open | Page::Connect => place.connection,
    };
    Some(visible(&words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_of_a_connection_says_what_it_waits_for() {
        for (path, search, words) in [
            ("/c/prod/ns", "", "the namespace list of prod"),
            ("/c/prod/ns", "?ns=a&ns=b", "the table list of a.b in prod"),
            (
                "/c/prod/ns",
                "?ns=a&tab=views",
                "the view list of a in prod",
            ),
            (
                "/c/prod/ns",
                "?ns=a&tab=properties",
                "the properties of a in prod",
            ),
            ("/c/prod/t/schema", "?ns=a&t=b", "the table a.b in prod"),
            ("/c/prod/v/sql", "?ns=a&v=b", "the view a.b in prod"),
            (
                "/c/prod/principal-role",
                "?name=x",
                "principal roles of prod",
            ),
            ("/c/prod/who", "?ns=a", "roles and grants of prod"),
            ("/c/prod", "", "prod"),
        ] {
            assert_eq!(
                waited_for(path, search).as_deref(),
                Some(words),
                "{path}{search}"
            );
        }
        assert_eq!(waited_for("/search", "?q=a"), None);
    }
}
