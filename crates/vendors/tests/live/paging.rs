//! Lists that the vendors' own APIs send in pages, on servers that end them and servers that do not.

use std::time::Duration;

use axum::{body::Body, http::Response};
use iceberg_rest::{Completeness, Dialect, Error, ErrorKind, Limits, Listing, Namespace, Settings};
use serde_json::{Value, json};
use vendors::{list_warehouses, nessie::Nessie, polaris::CatalogService};

use crate::server::{Mock, config, json as answer, serve, server, settings};

/// Every paged list of the vendors.
#[derive(Debug, Clone, Copy)]
enum List {
    Policies,
    ApplicablePolicies,
    GenericTables,
    References,
    Catalogs,
}

const ALL: [List; 5] = [
    List::Policies,
    List::ApplicablePolicies,
    List::GenericTables,
    List::References,
    List::Catalogs,
];

impl List {
    fn page(self, names: &[&str], next: Option<&str>) -> Response<Body> {
        self.answer(names, json!(next))
    }

    fn answer(self, names: &[&str], next: Value) -> Response<Body> {
        let entry = |name: &&str| match self {
            Self::Policies | Self::GenericTables => json!({"namespace": ["sales"], "name": name}),
            Self::ApplicablePolicies => {
                json!({"name": name, "policy-type": "system.data-compaction", "version": 0, "inherited": false, "namespace": []})
            }
            Self::References => json!({"type": "BRANCH", "name": name, "hash": "aa"}),
            Self::Catalogs => json!({"name": name}),
        };
        let entries: Value = names.iter().map(entry).collect();
        answer(match self {
            Self::Policies | Self::GenericTables => {
                json!({"identifiers": entries, "next-page-token": next})
            }
            Self::ApplicablePolicies => {
                json!({"applicable-policies": entries, "next-page-token": next})
            }
            Self::References => {
                json!({"references": entries, "token": next, "hasMore": next.as_str().is_some_and(|next| !next.is_empty())})
            }
            Self::Catalogs => json!({"catalogs": entries, "next_page_token": next}),
        })
    }

    /// The names on a server whose pages are `pages` by token.
    async fn read(
        self,
        limits: Limits,
        pages: impl Fn(&str) -> Response<Body> + Send + Sync + 'static,
    ) -> (Mock, Result<Listing<String>, Error>) {
        let mock = serve(move |seen| match seen.target.contains("/v1/config") {
            true => config("p"),
            false => pages(token(&seen.target)),
        })
        .await;
        let (dialect, path) = match self {
            Self::References => (Dialect::Nessie, "/iceberg/main"),
            Self::Catalogs => (Dialect::Unity, "/api/2.1/unity-catalog/iceberg"),
            _ => (Dialect::Polaris, "/api/catalog"),
        };
        let server = server(Settings {
            dialect: Some(dialect),
            limits,
            ..settings(&format!("{}{path}", mock.url))
        });
        let sales = Namespace::try_new(["sales"]).unwrap();
        let service = || async {
            let client = server.connect(Some("p"), None).await.unwrap();
            CatalogService::new(client)
        };
        let listing = match self {
            Self::Policies => service().await.list_policies(&sales, None).await,
            Self::GenericTables => service().await.list_generic_tables(&sales).await,
            Self::ApplicablePolicies => {
                let applicable = service().await;
                let applicable = applicable.applicable_policies(Some(&sales), None, None);
                applicable.await.map(|list| list.map(|one| one.policy.name))
            }
            Self::References => {
                let references = Nessie::new(server.clone()).references().await;
                references.map(|list| list.map(|one| one.name))
            }
            Self::Catalogs => {
                let catalogs = list_warehouses(&server, None).await;
                catalogs.map(|list| list.map(|one| one.name))
            }
        };
        (mock, listing)
    }
}

/// The page token of a request, encoded as it came; empty on the first page.
fn token(target: &str) -> &str {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let found = pairs.find(|(key, _)| key.to_lowercase().replace(['-', '_'], "") == "pagetoken");
    found.map_or("", |(_, token)| token)
}

/// Requests for pages: for all but a config.
fn asked(mock: &Mock) -> usize {
    let pages = mock.targets();
    pages
        .iter()
        .filter(|target| !target.contains("/v1/config"))
        .count()
}

fn reason(list: List, listing: &Listing<String>) -> &str {
    match &listing.completeness {
        Completeness::Capped { reason } => reason,
        Completeness::Complete => panic!("{list:?} is called complete: {:?}", listing.items),
    }
}

#[tokio::test]
async fn short_and_empty_pages_are_followed_to_the_last_without_doubles() {
    for list in ALL {
        let (mock, listing) = list
            .read(Limits::default(), move |token| match token {
                "" => list.page(&["a", "b"], Some("x=1+2/é")),
                "x%3D1%2B2%2F%C3%A9" => list.page(&[], Some("third")),
                "third" => list.page(&["b", "c"], Some("last")),
                "last" => list.page(&["d"], Some("")),
                other => panic!("{other}"),
            })
            .await;
        let whole = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        assert_eq!(listing.unwrap(), Listing::complete(whole), "{list:?}");
        assert_eq!(asked(&mock), 4, "{list:?}");
    }
}

#[tokio::test]
async fn a_list_that_is_stuck_is_cut_and_says_so() {
    for list in ALL {
        let again = move |_: &str| list.page(&["a"], Some("again"));
        let cycle = move |token: &str| match token {
            "one" => list.page(&["b"], Some("two")),
            "two" => list.page(&["c"], Some("one")),
            _ => list.page(&["a"], Some("one")),
        };
        let long = "x".repeat(20_000);
        let absurd = move |_: &str| list.page(&["a"], Some(&long));
        let (once, listing) = list.read(Limits::default(), again).await;
        let listing = listing.unwrap();
        assert_eq!(listing.items, ["a"], "{list:?}");
        assert!(reason(list, &listing).contains("repeated"), "{list:?}");
        assert_eq!(asked(&once), 2, "{list:?}");
        let (twice, listing) = list.read(Limits::default(), cycle).await;
        let listing = listing.unwrap();
        assert_eq!(listing.items, ["a", "b", "c"], "{list:?}");
        assert!(reason(list, &listing).contains("repeated"), "{list:?}");
        assert_eq!(asked(&twice), 3, "{list:?}");
        let (_, listing) = list.read(Limits::default(), absurd).await;
        assert!(
            reason(list, &listing.unwrap()).contains("absurd"),
            "{list:?}"
        );
    }
}

#[tokio::test]
async fn a_list_without_end_is_cut_at_each_limit_and_says_at_which() {
    let usual = Limits::default;
    let limits = [
        (
            Limits {
                list_pages: 7,
                ..usual()
            },
            "7 pages",
            Some(7),
        ),
        (
            Limits {
                list_items: 5,
                ..usual()
            },
            "5 entries",
            Some(5),
        ),
        (
            Limits {
                list_bytes: 32 * 1024,
                ..usual()
            },
            "0.03125 MiB",
            Some(4),
        ),
        (
            Limits {
                list_time: Duration::from_millis(300),
                ..usual()
            },
            "0.3 s",
            None,
        ),
    ];
    for list in ALL {
        for (limits, word, pages) in limits {
            let endless = move |token: &str| {
                let next = token.parse::<u32>().unwrap_or_default() + 1;
                let name = format!("{next:0>9000}");
                list.page(&[&name], Some(&next.to_string()))
            };
            let (mock, listing) = list.read(limits, endless).await;
            let listing = listing.unwrap();
            let reason = reason(list, &listing);
            assert!(reason.contains(word), "{list:?}: {reason}");
            assert!(
                pages.is_none_or(|pages| pages == asked(&mock)),
                "{list:?}: {word}"
            );
        }
        let hollow = move |token: &str| {
            let next = token.parse::<u32>().unwrap_or_default() + 1;
            list.page(&[], Some(&next.to_string()))
        };
        let (mock, listing) = list
            .read(
                Limits {
                    list_pages: 9,
                    ..usual()
                },
                hollow,
            )
            .await;
        assert!(
            reason(list, &listing.unwrap()).contains("9 pages"),
            "{list:?}"
        );
        assert_eq!(asked(&mock), 9, "{list:?}");
    }
}

#[tokio::test]
async fn a_page_that_is_too_long_is_an_error_and_a_later_one_cuts_the_list() {
    for list in ALL {
        let limits = Limits {
            body_bytes: 4096,
            ..Limits::default()
        };
        let long = move || list.page(&[&"x".repeat(5000)], None);
        let (_, listing) = list.read(limits, move |_| long()).await;
        let error = listing.unwrap_err();
        let limit_bytes = limits.body_bytes;
        assert_eq!(error.kind, ErrorKind::TooLarge { limit_bytes }, "{list:?}");
        let later = move |token: &str| match token {
            "" => list.page(&["a"], Some("t")),
            _ => long(),
        };
        let (_, listing) = list.read(limits, later).await;
        let listing = listing.unwrap();
        assert_eq!(listing.items, ["a"], "{list:?}");
        assert!(!reason(list, &listing).is_empty());
    }
}

#[tokio::test]
async fn what_is_no_entry_costs_itself_and_is_counted() {
    for (list, body) in [
        (
            List::Policies,
            json!({"identifiers": [{"name": "a"}, 7, {}]}),
        ),
        (
            List::GenericTables,
            json!({"identifiers": [{"name": "a"}, null, []]}),
        ),
        (
            List::References,
            json!({"references": [{"name": "a"}, "b", {"hash": "aa"}]}),
        ),
        (
            List::Catalogs,
            json!({"catalogs": [{"name": "a"}, {}, {"name": 1}]}),
        ),
    ] {
        let (_, listing) = list
            .read(Limits::default(), move |_| answer(body.clone()))
            .await;
        let listing = listing.unwrap();
        assert_eq!(listing.items, ["a"], "{list:?}");
        assert!(reason(list, &listing).starts_with("2 entries"), "{list:?}");
    }
}

#[tokio::test]
async fn a_page_token_that_is_no_text_never_loops_and_never_costs_the_list() {
    for list in ALL {
        for (next, complete) in [
            (json!(false), true),
            (json!(0), true),
            (json!({}), false),
            (json!(true), false),
        ] {
            let with = next.clone();
            let (mock, listing) = list
                .read(Limits::default(), move |_| {
                    list.answer(&["a"], with.clone())
                })
                .await;
            let listing = listing.unwrap();
            assert_eq!(listing.items, ["a"], "{list:?} {next}");
            assert_eq!(
                listing.completeness == Completeness::Complete,
                complete,
                "{list:?} {next}"
            );
            assert_eq!(asked(&mock), 1, "{list:?} {next}");
        }
    }
}

#[tokio::test]
async fn a_generic_table_or_policy_of_another_namespace_is_left_out_and_counted() {
    for list in [List::Policies, List::GenericTables] {
        let body = json!({"identifiers": [
            {"namespace": ["sales"], "name": "a"},
            {"namespace": ["hr"], "name": "b"},
            {"namespace": ["sales", "eu"], "name": "c"},
            {"name": "d"},
        ]});
        let (_, listing) = list
            .read(Limits::default(), move |_| answer(body.clone()))
            .await;
        let listing = listing.unwrap();
        assert_eq!(listing.items, ["a", "d"], "{list:?}");
        assert!(reason(list, &listing).contains("2 entries"), "{list:?}");
    }
}

#[tokio::test]
async fn nessie_that_has_more_and_does_not_say_where_is_not_called_whole() {
    for (more, complete) in [(json!(false), true), (json!(true), false)] {
        let body = json!({"references": [{"type": "BRANCH", "name": "main"}], "hasMore": more, "token": null});
        let (_, listing) = List::References
            .read(Limits::default(), move |_| answer(body.clone()))
            .await;
        let listing = listing.unwrap();
        assert_eq!(listing.items, ["main"]);
        assert_eq!(
            listing.completeness == Completeness::Complete,
            complete,
            "{more}"
        );
    }
}
