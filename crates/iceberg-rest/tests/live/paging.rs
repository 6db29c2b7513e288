use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use axum::{body::Body, http::Response};
use iceberg_rest::{Client, Completeness, Dialect, ErrorKind, Limits, Namespace, Settings};
use serde_json::{Value, json};

use crate::auth::oauth;
use crate::server::{Mock, Seen, config, json as answer, serve, server, settings, status};

fn sales() -> Namespace {
    Namespace::try_new(["sales"]).unwrap()
}

/// The page token of a request for a list.
fn token(seen: &Seen) -> String {
    let query = seen.target.split_once('?').unwrap().1;
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("pageToken="))
        .unwrap()
        .to_owned()
}

fn page(names: &[&str], next: Value) -> Response<Body> {
    let identifiers: Vec<Value> = names
        .iter()
        .map(|name| json!({"namespace": ["sales"], "name": name}))
        .collect();
    answer(json!({"identifiers": identifiers, "next-page-token": next}))
}

/// A server whose list of tables is `pages` by token.
async fn tables(
    limits: Limits,
    pages: impl Fn(&str) -> Response<Body> + Send + Sync + 'static,
) -> (Mock, Client) {
    let mock = serve(move |seen| {
        if seen.target.starts_with("/v1/config") {
            config("p")
        } else {
            pages(&token(seen))
        }
    })
    .await;
    let client = server(Settings {
        limits,
        ..settings(&mock.url)
    })
    .connect(None, None)
    .await
    .unwrap();
    (mock, client)
}

async fn names(client: &Client) -> (Vec<String>, Completeness) {
    let list = client.list_tables(&sales()).await.unwrap();
    (
        list.items
            .iter()
            .map(|table| table.name().to_owned())
            .collect(),
        list.completeness,
    )
}

#[tokio::test]
async fn follows_both_spellings_through_short_and_empty_pages_without_doubles() {
    let (mock, client) = tables(Limits::default(), |token| match token {
        "" => page(&["a", "b"], json!("x=1+2/é")),
        "x%3D1%2B2%2F%C3%A9" => page(&[], json!("second")),
        "second" => answer(json!({"identifiers": [{"namespace": ["sales"], "name": "b"}, {"namespace": ["sales"], "name": "c"}], "nextPageToken": "last"})),
        _ => page(&["d"], Value::Null),
    })
    .await;
    assert_eq!(
        names(&client).await,
        (
            ["a", "b", "c", "d"].map(str::to_owned).to_vec(),
            Completeness::Complete
        )
    );
    assert!(
        mock.targets()[1..]
            .iter()
            .all(|target| target.contains("pageSize=1000")),
        "the size goes with every page"
    );
    assert_eq!(mock.seen().len(), 5);
}

#[tokio::test]
async fn the_first_page_is_there_before_the_second_is_asked_for() {
    let (mock, client) = tables(Limits::default(), |token| {
        if token.is_empty() {
            page(&["a"], json!("t"))
        } else {
            page(&["b"], Value::Null)
        }
    })
    .await;
    let mut pager = client.tables_pager(&sales()).unwrap();
    assert_eq!(pager.next_page().await.unwrap().unwrap().len(), 1);
    assert_eq!((mock.seen().len(), pager.completeness()), (2, None));
    assert_eq!(pager.next_page().await.unwrap().unwrap().len(), 1);
    assert_eq!(pager.next_page().await.unwrap(), None);
    assert_eq!(pager.completeness(), Some(&Completeness::Complete));
}

#[tokio::test]
async fn lists_without_end_are_cut_and_say_so() {
    let endless = |token: &str| {
        let next = token.parse::<u32>().unwrap_or_default() + 1;
        page(&[&format!("t{token}")], json!(next.to_string()))
    };
    let repeated = |_: &str| page(&["a"], json!("again"));
    let (_, pages) = tables(
        Limits {
            list_pages: 7,
            ..Limits::default()
        },
        endless,
    )
    .await;
    let (_, items) = tables(
        Limits {
            list_items: 5,
            ..Limits::default()
        },
        endless,
    )
    .await;
    let (_, bytes) = tables(
        Limits {
            list_bytes: 16 * 1024,
            ..Limits::default()
        },
        |token| {
            let next = token.parse::<u32>().unwrap_or_default() + 1;
            page(&[&format!("{next:0>6000}")], json!(next.to_string()))
        },
    )
    .await;
    let (_, time) = tables(
        Limits {
            list_time: Duration::from_millis(300),
            ..Limits::default()
        },
        endless,
    )
    .await;
    let (mock, again) = tables(Limits::default(), repeated).await;
    let long = "x".repeat(20_000);
    let (_, absurd) = tables(Limits::default(), move |_| page(&["a"], json!(long))).await;
    for (client, count, word) in [
        (pages, Some(7), "7 pages"),
        (items, Some(5), "5 entries"),
        (bytes, Some(3), "0.015625 MiB"),
        (time, None, "0.3 s"),
        (again, Some(1), "repeated"),
        (absurd, Some(1), "absurd"),
    ] {
        let (names, completeness) = names(&client).await;
        assert!(
            count.is_none_or(|count| count == names.len()),
            "{word}: {}",
            names.len()
        );
        let Completeness::Capped { reason } = completeness else {
            panic!("{word}: not capped")
        };
        assert!(reason.contains(word), "{reason}");
    }
    assert_eq!(
        mock.seen().len(),
        3,
        "config, the first page, the page that repeats the token"
    );
}

#[tokio::test]
async fn a_later_page_that_fails_leaves_the_earlier_ones() {
    let (_, client) = tables(Limits::default(), |token| {
        if token.is_empty() {
            page(&["a"], json!("t"))
        } else {
            status(500, "")
        }
    })
    .await;
    let (names, completeness) = names(&client).await;
    assert_eq!(names, ["a"]);
    assert!(matches!(completeness, Completeness::Capped { .. }));
    let (_, client) = tables(Limits::default(), |_| status(403, "")).await;
    assert_eq!(
        client.list_tables(&sales()).await.unwrap_err().kind,
        ErrorKind::Forbidden
    );
}

#[tokio::test]
async fn names_that_no_request_can_carry_are_left_out_and_counted() {
    let (_, client) = tables(Limits::default(), |_| page(&["a", "..", ""], Value::Null)).await;
    let (names, completeness) = names(&client).await;
    assert_eq!(names, ["a"]);
    assert!(
        matches!(completeness, Completeness::Capped { reason } if reason.starts_with("2 entries"))
    );
}

#[tokio::test]
async fn children_are_one_level_below_their_parent() {
    let mock = serve(|seen| match seen.target.starts_with("/v1/config") {
        true => config("p"),
        false => answer(json!({"namespaces": [["sales"], ["sales", "eu"], ["sales", "eu", "x"], ["hr", "eu"], ["hr"]]})),
    })
    .await;
    let client = server(settings(&mock.url))
        .connect(None, None)
        .await
        .unwrap();
    assert_eq!(
        client.list_namespaces(Some(&sales())).await.unwrap().items,
        [Namespace::try_new(["sales", "eu"]).unwrap()]
    );
    assert_eq!(client.list_namespaces(None).await.unwrap().items.len(), 2);
}

#[tokio::test]
async fn levels_that_only_deeper_names_tell_of_are_listed() {
    let mock = serve(|seen| match seen.target.starts_with("/v1/config") {
        true => config("p"),
        false => {
            answer(json!({"namespaces": [["db", "schema"], ["db", "other", "x"], ["a", "b", "c"]]}))
        }
    })
    .await;
    let client = server(settings(&mock.url))
        .connect(None, None)
        .await
        .unwrap();
    let list = async |parent: &[&str]| {
        let parent = Namespace::try_new(parent.iter().copied()).ok();
        let list = client.list_namespaces(parent.as_ref()).await.unwrap();
        assert_eq!(list.completeness, Completeness::Complete);
        list.items
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(list(&[]).await, ["db", "a"]);
    assert_eq!(list(&["db"]).await, ["db.schema", "db.other"]);
    assert_eq!(list(&["a"]).await, ["a.b"]);
}

#[tokio::test]
async fn a_list_of_what_lies_elsewhere_is_not_called_empty() {
    for (listed, complete) in [
        (json!([["eu"], ["us"]]), false),
        (json!([["sales"]]), true),
        (json!([["hr"], ["sales"], ["sales", "eu"]]), true),
        (json!([]), true),
    ] {
        let body = json!({"namespaces": listed});
        let mock = serve(move |seen| match seen.target.starts_with("/v1/config") {
            true => config("p"),
            false => answer(body.clone()),
        })
        .await;
        let client = server(settings(&mock.url))
            .connect(None, None)
            .await
            .unwrap();
        let list = client.list_namespaces(Some(&sales())).await.unwrap();
        assert_eq!(
            list.completeness == Completeness::Complete,
            complete,
            "{listed}"
        );
    }
}

#[tokio::test]
async fn a_flat_catalog_is_not_asked_for_children() {
    for dialect in [Dialect::S3Tables, Dialect::Unity] {
        let mock = serve(|_| config("p")).await;
        let client = server(Settings {
            dialect: Some(dialect),
            ..settings(&mock.url)
        })
        .connect(None, None)
        .await
        .unwrap();
        assert!(
            client
                .list_namespaces(Some(&sales()))
                .await
                .unwrap()
                .items
                .is_empty()
        );
        assert_eq!(mock.seen().len(), 1);
    }
}

#[tokio::test]
async fn what_lies_in_another_namespace_is_not_listed_and_is_counted() {
    async fn listed(kind: &str, namespaces: Value) -> (Vec<String>, Completeness) {
        let mock = serve(move |seen| match seen.target.starts_with("/v1/config") {
            true => config("lake"),
            false => {
                let namespaces = namespaces.as_array().unwrap().iter().enumerate();
                let entry = |(at, namespace): (usize, &Value)| json!({"namespace": namespace, "name": format!("t{at}")});
                answer(json!({"identifiers": namespaces.map(entry).collect::<Vec<_>>()}))
            }
        })
        .await;
        let client = server(settings(&mock.url))
            .connect(Some("wh"), None)
            .await
            .unwrap();
        if kind == "tables" {
            return names(&client).await;
        }
        let views = client.list_views(&sales()).await.unwrap();
        let views = views.map(|view| view.name().to_owned());
        (views.items, views.completeness)
    }
    for kind in ["tables", "views"] {
        // Another case, the catalog before it.
        let same = json!([
            ["sales"],
            ["SALES"],
            ["wh", "sales"],
            ["lake", "sales"],
            ["wh.sales"]
        ]);
        let (here, completeness) = listed(kind, same).await;
        assert_eq!(here, ["t0", "t1", "t2", "t3", "t4"], "{kind}");
        assert_eq!(completeness, Completeness::Complete, "{kind}");
        let some = json!([
            ["sales"],
            ["sales", "deep"],
            ["presales"],
            ["other", "sales"],
            ["hr"]
        ]);
        let (here, completeness) = listed(kind, some).await;
        assert_eq!(here, ["t0"], "{kind}");
        let why = completeness.capped().unwrap();
        assert!(
            why.contains("4 entries") && why.contains("other namespaces"),
            "{why}"
        );
        let (here, completeness) = listed(kind, json!([["hr"]])).await;
        assert!(here.is_empty(), "{kind}");
        let why = completeness.capped().unwrap();
        assert!(why.contains("elsewhere"), "{why}");
    }
}

#[tokio::test]
async fn a_page_token_that_is_no_text_ends_the_list_or_is_sent_as_its_digits() {
    let read = |next: Value| async move {
        let (mock, client) = tables(Limits::default(), move |token| match token {
            "" => page(&["a"], next.clone()),
            _ => page(&["b"], Value::Null),
        })
        .await;
        let (names, completeness) = names(&client).await;
        let last = mock.targets().pop().unwrap();
        (names, completeness.capped(), mock.seen().len() - 1, last)
    };
    for none in [json!(null), json!(""), json!(false), json!(0), json!(-1)] {
        let (names, why, pages, _) = read(none.clone()).await;
        assert_eq!(
            (&*names, why, pages),
            (&["a".to_owned()][..], None, 1),
            "{none}"
        );
    }
    let (names, why, _, last) = read(json!(17)).await;
    assert_eq!((names.len(), why), (2, None));
    assert!(last.contains("pageToken=17"), "{last}");
    for odd in [
        json!({}),
        json!([]),
        json!(true),
        json!({"token": "x"}),
        json!(1.5),
    ] {
        let (names, why, pages, _) = read(odd.clone()).await;
        assert_eq!((&*names, pages), (&["a".to_owned()][..], 1), "{odd}");
        let why = why.unwrap_or_else(|| panic!("{odd}: called complete"));
        assert!(why.contains("no text"), "{why}");
    }
}

#[tokio::test]
async fn a_token_that_ends_between_pages_is_renewed_and_the_list_is_whole() {
    let pages = |living: fn(&str, &str) -> bool| {
        let given = AtomicUsize::new(0);
        move |seen: &Seen| {
            if seen.target == "/v1/oauth/tokens" {
                let number = given.fetch_add(1, Ordering::SeqCst) + 1;
                return answer(
                    json!({"access_token": format!("token-{number}"), "token_type": "bearer"}),
                );
            }
            if seen.target.starts_with("/v1/config") {
                return config("p");
            }
            let (page_token, bearer) = (token(seen), seen.header("authorization").unwrap());
            match (living(&page_token, bearer), &*page_token) {
                (false, _) => status(
                    401,
                    r#"{"error":{"message":"Token is over","type":"NotAuthorizedException","code":401}}"#,
                ),
                (true, "") => page(&["a"], json!("2")),
                (true, "2") => page(&["b"], json!("3")),
                (true, _) => page(&["c"], Value::Null),
            }
        }
    };
    let mock = serve(pages(|page, bearer| {
        page.is_empty() || bearer.ends_with("-2")
    }))
    .await;
    let client = oauth(&mock).connect(None, None).await.unwrap();
    let (listed, completeness) = names(&client).await;
    assert_eq!(listed, ["a", "b", "c"]);
    assert_eq!(completeness, Completeness::Complete);
    // Two pages, the refused one once more, and what comes before.
    assert_eq!(mock.seen().len(), 2 + 1 + 3 + 1, "{:?}", mock.targets());
    let mock = serve(pages(|page, _| page.is_empty() || page == "2")).await;
    let client = oauth(&mock).connect(None, None).await.unwrap();
    let (listed, completeness) = names(&client).await;
    assert_eq!(listed, ["a", "b"]);
    let why = completeness.capped().unwrap();
    assert!(
        why.contains("Token is over") && why.contains("401"),
        "{why}"
    );
}

#[tokio::test]
async fn a_list_or_a_name_in_it_that_stands_twice_is_said() {
    for (body, name, said) in [
        (
            r#"{"identifiers":[{"namespace":["sales"],"name":"a"}],"identifiers":[{"namespace":["sales"],"name":"b"}]}"#,
            "b",
            "identifiers stands twice",
        ),
        (
            r#"{"identifiers":[{"namespace":["sales"],"name":"a","name":"c"}]}"#,
            "c",
            "identifiers[0].name stands twice",
        ),
    ] {
        let (_mock, client) = tables(Limits::default(), move |_| status(200, body)).await;
        let (listed, completeness) = names(&client).await;
        assert_eq!(listed, [name]);
        let why = completeness.capped().unwrap();
        assert!(why.contains(said), "{why}");
    }
}
