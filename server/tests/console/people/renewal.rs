//! Tokens of people that end while they are here.

use std::sync::{Arc, OnceLock};

use axum::{Router, http::StatusCode};
use backend::Acts;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use store::{Key, Place, Store};

use super::{
    Browser,
    lake::Lake,
    provider::{Provider, ends_in, kept},
};
use crate::support::{OFTEN, ask, request, team, team_over};

const PAGE: &str = "/c/lake/ns?ns=ns";
/// What the page reads, which waits for it as long as it takes.
const READ: &str = "/api/namespace?place=%2Fc%2Flake%2Fns%3Fns%3Dns";

struct World {
    console: Router,
    store: Store,
    provider: Provider,
    lake: Lake,
}

impl World {
    async fn new() -> Self {
        let (provider, lake) = (Provider::new().await, Lake::new().await);
        let specs = vec![lake.spec("lake", Acts::PassedOn)];
        let (console, store) = team(&provider.settings(), specs).await;
        Self {
            console,
            store,
            provider,
            lake,
        }
    }

    /// Somebody whose access token has ended.
    async fn ada(&self) -> Browser<'_> {
        let mut ada = Browser::new(&self.console);
        ada.sign_in_at_provider("ada").await;
        ends_in(&self.store, &ada, -1).await;
        ada
    }
}

#[tokio::test]
async fn two_hundred_requests_on_a_token_that_has_ended_ask_for_one() {
    let world = World::new().await;
    let ada = world.ada().await;
    let pages = futures_util::future::join_all((0..200).map(|_| ada.get(READ))).await;
    for page in pages {
        assert!(page.body.contains("property_of_ada"), "{}", page.body);
    }
    assert_eq!(world.provider.asked("refresh_token"), 1);
    assert!(
        world
            .lake
            .tokens()
            .iter()
            .all(|token| token == "access-ada-2")
    );
}

#[tokio::test]
async fn two_servers_on_one_store_ask_for_one_token() {
    let (provider, lake) = (Provider::new().await, Lake::new().await);
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("two-servers");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let place = Place::File(folder.join("crowsnest.db"));
    let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    let key = Key::parse(&key.into()).unwrap();
    let mut consoles = Vec::new();
    for _ in 0..2 {
        let store = Store::open(&place, &key).await.unwrap();
        let specs = vec![lake.spec("lake", Acts::PassedOn)];
        let console = team_over(store.clone(), &provider.settings(), specs);
        consoles.push((console, store));
    }
    let mut ada = Browser::new(&consoles[0].0);
    ada.sign_in_at_provider("ada").await;
    ends_in(&consoles[0].1, &ada, -1).await;
    let elsewhere = Browser {
        console: &consoles[1].0,
        cookie: ada.cookie.clone(),
    };
    let both = (0..50).flat_map(|_| [&ada, &elsewhere]);
    let pages = futures_util::future::join_all(both.map(|browser| browser.get(READ))).await;
    for page in pages {
        assert!(page.body.contains("property_of_ada"), "{}", page.body);
    }
    assert_eq!(provider.asked("refresh_token"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_next_refresh_token_is_kept_before_the_access_token_that_came_with_it_is_used() {
    let world = World::new().await;
    let ada = world.ada().await;
    let used = Arc::new(OnceLock::new());
    let (store, secret, noted) = (world.store.clone(), ada.secret(), used.clone());
    let runtime = tokio::runtime::Handle::current();
    world.lake.instead(move |token| {
        if token == "access-ada-2" {
            // The catalog answers where nothing can be waited for; what else is under way goes on elsewhere.
            let read = tokio::task::block_in_place(|| runtime.block_on(store.kept(&secret)));
            let kept: SecretString = read.unwrap().unwrap();
            let has = kept.expose_secret().contains("\"refresh_token\":\"ada-2\"");
            let _ = noted.set(has);
        }
        None
    });
    ada.get(PAGE).await;
    assert_eq!(used.get(), Some(&true));
}

#[tokio::test]
async fn what_else_a_session_keeps_meanwhile_does_not_lose_the_next_refresh_token() {
    let world = World::new().await;
    let ada = world.ada().await;
    world.provider.hold(true);
    let asking = async { ada.get(PAGE).await };
    let changing = async {
        world.provider.came.acquire().await.unwrap().forget();
        // As signing in to a catalog does.
        let before = world.store.kept_now(&ada.secret()).await.unwrap().unwrap();
        let mut changed = kept(&world.store, &ada).await;
        changed["catalogs"] = json!({ "other": { "token": "t" } });
        let text = changed.to_string().into();
        let secret = ada.secret();
        let done = world.store.keep(&secret, before.version, &text);
        assert!(done.await.unwrap());
        world.provider.gate.add_permits(1);
    };
    let (page, ()) = tokio::join!(asking, changing);
    assert!(page.body.contains("property_of_ada"), "{}", page.body);
    let kept = kept(&world.store, &ada).await;
    assert_eq!(kept["refresh_token"], "ada-2");
    assert_eq!(kept["catalogs"]["other"]["token"], "t");
}

#[tokio::test]
async fn whose_token_somebody_else_renewed_meanwhile_is_still_here() {
    let world = World::new().await;
    let ada = world.ada().await;
    let over = json!({ "error": "invalid_grant" });
    let provider = &world.provider;
    provider.instead(move |_| Some((400, over.clone())));
    provider.hold(true);
    let asking = async { ada.get(PAGE).await };
    let changing = async {
        provider.came.acquire().await.unwrap().forget();
        let before = world.store.kept_now(&ada.secret()).await.unwrap().unwrap();
        let mut changed = kept(&world.store, &ada).await;
        changed["refresh_token"] = json!("ada-of-another");
        let text = changed.to_string().into();
        let secret = ada.secret();
        let done = world.store.keep(&secret, before.version, &text);
        assert!(done.await.unwrap());
        provider.gate.add_permits(1);
    };
    tokio::join!(asking, changing);
    let there = kept(&world.store, &ada).await;
    assert_eq!(there["refresh_token"], "ada-of-another");
}

#[tokio::test]
async fn who_leaves_while_a_token_is_renewed_loses_none() {
    let world = World::new().await;
    let ada = world.ada().await;
    world.provider.hold(true);
    for round in 0..100 {
        let (console, cookie) = (world.console.clone(), ada.cookie.clone());
        let leaves = tokio::spawn(async move {
            ask(&console, request("GET", PAGE, &[("cookie", &cookie)])).await
        });
        world.provider.came.acquire().await.unwrap().forget();
        leaves.abort();
        world.provider.gate.add_permits(1);
        let next = format!("ada-{}", round + 2);
        for _ in 0..OFTEN {
            if kept(&world.store, &ada).await["refresh_token"] == next {
                break;
            }
            tokio::task::yield_now().await;
        }
        assert_eq!(kept(&world.store, &ada).await["refresh_token"], next);
        ends_in(&world.store, &ada, -1).await;
    }
    world.provider.hold(false);
    let page = ada.get(PAGE).await;
    assert!(page.body.contains("property_of_ada"), "{}", page.body);
    assert_eq!(world.provider.asked("refresh_token"), 101);
}

#[tokio::test]
async fn whom_the_provider_does_not_know_any_more_signs_in_again() {
    let world = World::new().await;
    world.provider.instead(|form| {
        form.contains_key("refresh_token")
            .then(|| (400, json!({ "error": "invalid_grant" })))
    });
    for (path, status) in [
        (PAGE, StatusCode::SEE_OTHER),
        ("/api/you", StatusCode::UNAUTHORIZED),
    ] {
        let ada = world.ada().await;
        let answer = ada.get(path).await;
        assert_eq!(answer.status, status, "{}", answer.body);
        let said = format!("{}{}", answer.header("location"), answer.body);
        assert!(
            said.contains("/sign-in?to=") || said.contains("Sign in"),
            "{said}"
        );
        let kept = world.store.kept(&ada.secret()).await.unwrap();
        assert!(kept.is_none(), "the session is still there");
    }
    assert!(world.lake.tokens().is_empty());
}

#[tokio::test]
async fn while_the_provider_fails_a_token_is_used_as_long_as_it_lives() {
    let world = World::new().await;
    let ada = world.ada().await;
    ends_in(&world.store, &ada, 20_000).await;
    world
        .provider
        .instead(|form| form.contains_key("refresh_token").then(|| (503, json!({}))));
    let page = ada.get(PAGE).await;
    assert!(page.body.contains("property_of_ada"), "{}", page.body);
    world.provider.came.acquire().await.unwrap().forget();
    while kept(&world.store, &ada).await["failed"] == 0 {
        tokio::task::yield_now().await;
    }
    let page = ada.get(PAGE).await;
    assert!(page.body.contains("property_of_ada"), "{}", page.body);

    ends_in(&world.store, &ada, -1).await;
    let page = ada.get(PAGE).await;
    assert!(
        page.body
            .contains("the provider could not be asked for another"),
        "{}",
        page.body
    );
    assert_eq!(ada.get("/you").await.status, StatusCode::OK, "still here");
    world.provider.behave();
    ends_in(&world.store, &ada, -1).await;
    let page = ada.get(PAGE).await;
    assert!(page.body.contains("property_of_ada"), "{}", page.body);
}

#[tokio::test]
async fn nobody_waits_for_a_silent_provider_while_their_token_lives() {
    let world = World::new().await;
    let ada = world.ada().await;
    ends_in(&world.store, &ada, 20_000).await;
    world.provider.hold(true);
    for _ in 0..3 {
        let page = ada.get(READ).await;
        assert!(page.body.contains("property_of_ada"), "{}", page.body);
    }
    assert_eq!(world.provider.asked("refresh_token"), 1);
    world.provider.gate.add_permits(1);
}
