use super::*;

fn inside() -> Place {
    Place::connection("prod")
        .with_warehouse(Some("main".into()))
        .with_reference(Some("dev".into()))
        .with_namespace(&["a".into(), "b".into()])
}

#[test]
fn a_query_keeps_the_order_and_the_repeats() {
    let query = Query::parse("?ns=a&w=main&ns=b+c&ns=%2B&&flag&t=x=y");
    let all: Vec<_> = query.all("ns").collect();
    assert_eq!(all, ["a", "b c", "+"]);
    assert_eq!(query.get("t"), Some("x=y"));
    assert_eq!(query.get("flag"), None, "it has no value");
    assert_eq!(query.get("none"), None);
    assert_eq!(
        query.to_string(),
        "?ns=a&w=main&ns=b%20c&ns=%2B&flag=&t=x%3Dy"
    );
}

#[test]
fn get_passes_over_what_is_empty() {
    let query = Query::parse("q=&q=orders");
    assert_eq!(query.get("q"), Some("orders"));
    assert_eq!(query.text("q"), "orders");
    assert_eq!(query.text("none"), "");
}

#[test]
fn a_value_is_replaced_added_removed_or_said_to_be_none() {
    let query = || Query::parse("q=a&page=2&q=b");
    assert_eq!(query().with("q", "c").link(), "?page=2&q=c");
    assert_eq!(query().with("q", "").link(), "?page=2");
    assert_eq!(query().and("page", "3").link(), "?q=a&page=2&q=b&page=3");
    assert_eq!(query().and("q", ""), query());
    assert_eq!(query().said("q", "").link(), "?page=2&q=");
    assert_eq!(Query::default().link(), "?", "a link to the page itself");
    assert_eq!(Query::default().to_string(), "");
}

#[test]
fn a_page_of_a_list_is_a_number_from_one() {
    let page = |text: &str| Query::parse(text).page();
    assert_eq!(page("page=7"), 7);
    for odd in ["", "page=", "page=0", "page=-1", "page=x", "page=1e3"] {
        assert_eq!(page(odd), 1, "{odd}");
    }
}

#[test]
fn text_that_is_no_utf_8_is_no_end() {
    let query = Query::parse("ns=%FF&w=%&t=%zz");
    assert_eq!(query.get("ns"), Some("\u{fffd}"));
    assert_eq!(query.get("w"), Some("%"));
    assert_eq!(query.get("t"), Some("%zz"));
}

#[test]
fn a_place_is_read_from_path_and_query() {
    let read = |path, search| Place::read(path, search).unwrap();
    let table = inside().with_object("orders");
    let search = "?w=main&ref=dev&ns=a&ns=&ns=b&t=orders";
    assert_eq!(read("/c/prod/t/schema", search), table);
    let view = "?w=main&ref=dev&ns=a&ns=b&v=orders";
    assert_eq!(read("/c/prod/v/sql", view), table);
    assert_eq!(read("/c/prod", ""), Place::connection("prod"));
    assert_eq!(read("/c/a%2Fb/ns", ""), Place::connection("a/b"));
    assert_eq!(read("/destination", "?w=x").connection, "");
}

#[test]
fn what_is_inside_goes_when_what_is_around_changes() {
    let table = inside().with_object("orders");
    let other = table.with_warehouse(Some("lab".into()));
    assert_eq!(other.connection_path(), "/c/prod?w=lab");
    let branch = table.with_reference(None);
    assert_eq!(branch.reference, None);
    assert_eq!(branch.object, table.object, "the same table elsewhere");
    let around = table.with_namespace(&["c".into()]);
    assert_eq!(around.namespace_path(), "/c/prod/ns?w=main&ref=dev&ns=c");
    assert_eq!(around.object, None);
    assert_eq!(table.dotted(), "a.b.orders");
}

#[test]
fn a_place_travels_as_its_address() {
    let table = inside().with_object("orders");
    let sent = serde_json::to_value(&table).unwrap();
    assert_eq!(sent, "/c/prod?w=main&ref=dev&ns=a&ns=b&t=orders");
    assert_eq!(serde_json::from_value::<Place>(sent).unwrap(), table);
    for none in ["", "/", "/c/", "/destination?w=main"] {
        let error = serde_json::from_value::<Place>(none.into()).unwrap_err();
        assert!(error.to_string().contains("no connection"), "{none}");
    }
}

#[test]
fn more_query_is_added_to_either_kind_of_address() {
    let more = Query::default().and("q", "a&b");
    assert_eq!(extend("/c/x".into(), &more), "/c/x?q=a%26b");
    assert_eq!(extend("/c/x?w=m".into(), &more), "/c/x?w=m&q=a%26b");
    assert_eq!(extend("/c/x?w=m".into(), &Query::default()), "/c/x?w=m");
}

#[test]
fn joined_levels_come_apart_again() {
    let levels = ["a/b".to_owned(), "..".into(), "é %2F".into()];
    assert_eq!(join_levels(&levels), "/a%2Fb/../%C3%A9%20%252F");
    assert_eq!(split_levels(&join_levels(&levels)), levels);
    assert_eq!(join_levels(&[]), "/");
    assert!(split_levels("/").is_empty());
    let deep = "/a".repeat(1000);
    assert_eq!(split_levels(&deep).len(), LEVELS + 1, "seen to be too deep");
}

#[test]
fn the_same_name_elsewhere_is_asked_for_by_its_levels() {
    let at = |namespace: &[&str], object: Option<&str>| Place {
        namespace: namespace.iter().map(|level| (*level).to_owned()).collect(),
        object: object.map(str::to_owned),
        ..Place::connection("lake")
    };
    let table = at(&["sales", "eu"], Some("orders"))
        .elsewhere(&Place::connection("other lake"), Noun::Table);
    assert_eq!(
        table,
        "/c/other%20lake/open?name=sales.eu.orders&kind=table&sep=."
    );
    // A dot of a name's own parts nothing.
    let other = Place::connection("b");
    let dotted = at(&["fy2026.q3"], Some("accruals")).elsewhere(&other, Noun::View);
    assert_eq!(
        dotted,
        "/c/b/open?name=fy2026.q3%2Faccruals&kind=view&sep=%2F"
    );
    let namespace = at(&["sales"], Some("orders")).elsewhere(&other, Noun::Namespace);
    assert_eq!(namespace, "/c/b/open?name=sales&kind=namespace&sep=.");
    assert_eq!(at(&[], None).elsewhere(&other, Noun::Namespace), "/c/b");
    let page = Page::Table(TableTab::Schema);
    assert_eq!(
        at(&["sales"], Some("orders")).in_warehouse("lab", page),
        "/c/lake/open?w=lab&name=sales.orders&kind=table&sep=."
    );
    assert_eq!(
        at(&[], None).in_warehouse("lab", Page::Namespace),
        "/c/lake/ns?w=lab"
    );
}

#[test]
fn another_reference_shows_the_same_page_of_the_same_object() {
    let table = inside().with_object("orders");
    let there = table.with_reference(Some("dev 2".into()));
    assert_eq!(
        there.shown_on(Page::Table(TableTab::Schema)),
        "/c/prod/t/schema?w=main&ref=dev%202&ns=a&ns=b&t=orders"
    );
    assert_eq!(
        there.shown_on(Page::Namespace),
        "/c/prod/ns?w=main&ref=dev%202&ns=a&ns=b"
    );
    assert_eq!(
        table.choose_path(Noun::View),
        "/c/prod?w=main&ref=dev&ns=a&ns=b&v=orders"
    );
}
