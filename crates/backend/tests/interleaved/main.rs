//! People change one table at the same time, each with a Crowsnest of their own, in every order of what is read and
//! sent, and some requests and answers are lost: what somebody is told is done is there once, what is refused is not
//! there, and what nobody knows is told as it is.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod gate;
mod kind;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    sync::Arc,
};

use axum::{
    http::{HeaderMap, Uri},
    middleware::from_fn_with_state,
};
use backend::{
    Registry, Session, Spec, Ways, Who,
    plan::{Sent, submit},
};
use iceberg_rest::{Client, Dialect, Namespace, SnapshotsMode, TableIdent, types::Update};
use model::error::{AppError, Kind as Failure};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinSet};

use gate::{Gate, Log, WRITER};
use kind::{ALL, Kind, Table, oldest_first};

/// So many orders are tried, where nobody asks for more.
const CASES: u32 = if cfg!(debug_assertions) { 100 } else { 1_000 };
/// How often somebody confirms before giving up.
const TRIES: usize = 4;

/// What somebody was told.
#[derive(Debug)]
enum Told {
    Done,
    /// No answer came, and the catalog was asked again.
    Found,
    Unknown(String),
    Refused,
}

#[derive(Debug)]
struct Try {
    told: Told,
    /// Requests that were sent for it.
    sent: usize,
    /// The commit that came of it.
    made: Option<usize>,
    /// Whether the table was as it was to be when it was told, and whether as when it was shown.
    so: bool,
    as_before: bool,
}

impl Try {
    fn end(&self) -> &'static str {
        match (&self.told, self.made) {
            (Told::Done, _) => "done",
            (Told::Found, _) => "found",
            (Told::Refused, _) => "refused",
            (Told::Unknown(_), None) => "lost",
            (Told::Unknown(_), Some(_)) => "made, and undone by somebody else",
        }
    }
}

struct Person {
    writer: usize,
    kind: Kind,
    tries: Vec<Try>,
}

/// Fills in a form, looks at what it comes to, and confirms that, again where it is shown again.
async fn change(session: Session, writer: usize, kind: Kind, table: Table, gate: Gate) -> Person {
    let (path, page) = (format!("/c/c/{}", kind.page()), kind.page());
    let search = format!("?ns=sandbox&t={}", table.name);
    let typed = kind.typed(writer, &session, &table).await;
    let mut person = Person {
        writer,
        kind,
        tries: Vec::new(),
    };
    let mut shown = match submit(&session, &path, &search, &typed).await {
        Ok(Sent::Shown(preview)) => preview,
        Ok(Sent::Go(to)) => panic!("{page} was not confirmed, and led to {to}"),
        // What it was to change is gone, or refers to what is.
        Err(_) => return person,
    };
    while person.tries.len() < TRIES && shown.off.is_none() {
        let (before, made, seen) = {
            let log = gate.log();
            let knows = log.knows.get(&writer).copied().unwrap_or_default();
            let seen = kind.part(writer, log.after(knows, &table));
            (log.sent_by(writer), log.made.len(), seen)
        };
        let confirmed = typed
            .clone()
            .and("shown", &shown.shown)
            .and("once", &shown.once)
            .and("at", &shown.at)
            .and("confirm", shown.confirm.as_deref().unwrap_or_default());
        let told = submit(&session, &path, &search, &confirmed).await;
        let of = |error: &AppError| match error.kind {
            Failure::OutcomeUnknown => Told::Unknown(error.message.clone()),
            _ => Told::Refused,
        };
        let (told, next) = match told {
            Ok(Sent::Go(to)) if to.contains("found") => (Told::Found, None),
            Ok(Sent::Go(_)) => (Told::Done, None),
            Ok(Sent::Shown(again)) => (of(again.refused.as_ref().unwrap()), Some(again)),
            Err(error) => (of(&error), None),
        };
        let log = gate.log();
        // As the catalog was when it was asked last: others go on meanwhile.
        let knows = log.knows.get(&writer).copied().unwrap_or_default();
        let now = log.after(knows, &table);
        let mut own = log.made[made..].iter();
        let own = own.position(|made| made.writer == writer);
        person.tries.push(Try {
            told,
            sent: log.sent_by(writer) - before,
            made: own.map(|at| at + made),
            so: kind.is_in(writer, &table, now),
            as_before: kind.part(writer, now) == seen,
        });
        match next {
            Some(next) => shown = next,
            None => break,
        }
    }
    person
}

impl Person {
    /// That what was told is true.
    fn is_told(&self, table: &Table, log: &Log, people: &[Person]) {
        let made = &log.made;
        let Self {
            writer,
            kind,
            tries,
        } = self;
        let what = || format!("{kind:?} of {writer}: {tries:?}");
        for (at, one) in tries.iter().enumerate() {
            assert!(one.sent <= 1, "sent twice: {}", what());
            match &one.told {
                Told::Done => assert!(one.made.is_some(), "told, and not made: {}", what()),
                Told::Found => assert!(one.so, "found, and not there: {}", what()),
                Told::Refused => assert!(one.made.is_none(), "refused, and made: {}", what()),
                Told::Unknown(why) => {
                    let told = why.contains("Now it is as it was before");
                    assert!(!told || one.as_before, "as before, and is not: {}", what());
                }
            }
            // Who is told that it may be made confirms it once more knowing that.
            let is_last = tries[at + 1..].iter().all(|later| later.made.is_none());
            let again = matches!(one.told, Told::Unknown(_)) || one.made.is_none() || is_last;
            assert!(again, "made twice: {}", what());
        }
        let own = tries.iter().filter_map(|one| one.made).next_back();
        let end = log.after(made.len(), table);
        let Some(own) = own else {
            let is_in = kind.is_own() && kind.is_in(*writer, table, end);
            assert!(!is_in, "nobody made it: {}", what());
            return;
        };
        assert!(
            kind.is_in(*writer, table, &made[own].metadata),
            "not in what came of it: {}",
            what()
        );
        let mut later = made.iter().skip(own + 1);
        let Some(undone) = later.find(|later| !kind.is_in(*writer, table, &later.metadata)) else {
            return;
        };
        let by = people
            .iter()
            .find(|one| one.writer == undone.writer)
            .unwrap();
        // Others may have made and undone it before: whoever read it then undoes what was read.
        let read = log.after(undone.knew, table);
        assert!(
            undone.knew > own || kind.is_in(*writer, table, read) || by.kind.is_unheld(*kind),
            "lost to {:?}, which did not know: {}",
            by.kind,
            what()
        );
    }
}

/// A catalog, and as many consoles as there are people.
struct World {
    gate: Gate,
    client: Client,
    sessions: Vec<Session>,
    file: String,
    first: Arc<Value>,
    ids: Vec<i64>,
    /// How often people were told what.
    ends: RefCell<BTreeMap<&'static str, usize>>,
}

impl World {
    async fn start() -> Self {
        let gate = Gate::default();
        let catalog = sample_catalog::router(sample_catalog::Options::default());
        let catalog = catalog.layer(from_fn_with_state(gate.clone(), Gate::pass));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, catalog).await });
        let console = |headers: Vec<(String, String)>| {
            let registry = Registry::new(None, Ways::default()).unwrap();
            let spec = Spec {
                kind: Some(Dialect::Generic),
                headers,
                ..Spec::new("c", &url)
            };
            registry.put(spec).unwrap();
            registry
        };
        let session = |writer: usize| {
            let registry = console(vec![(WRITER.to_owned(), writer.to_string())]);
            Session::new(
                &registry,
                Who::local(),
                &Uri::from_static("/api/x"),
                &HeaderMap::new(),
            )
        };
        let sessions = (0..3).map(session).collect();
        let others = console(Vec::new()).now().named("c").unwrap();
        let client = others.client(None, None).await.unwrap();

        let table = ident("sales", "order_lines");
        let (_, metadata) = raw(&client, &table).await;
        let mut ids = oldest_first(&metadata);
        ids.truncate(ids.len() - 6);
        // A few snapshots are read faster.
        let old = [Update::RemoveSnapshots { snapshot_ids: ids }];
        let write = client.commit_table(&table, &old, &[]).unwrap();
        client.send(write, "").await.unwrap();
        let (file, metadata) = raw(&client, &table).await;
        Self {
            gate,
            client,
            sessions,
            file,
            ids: oldest_first(&metadata),
            first: Arc::new(metadata),
            ends: RefCell::default(),
        }
    }

    async fn table(&self, name: String) -> Table {
        let of = ident("sandbox", &name);
        let write = self.client.register_table(&of, &self.file, false).unwrap();
        self.client.send(write, "").await.unwrap();
        Table {
            name,
            ids: self.ids.clone(),
            first: self.first.clone(),
        }
    }

    async fn play(&self, name: String, kinds: &[Kind], order: &[(u8, u8)]) {
        let table = self.table(name).await;
        *self.gate.log() = Log::default();
        let mut people = JoinSet::new();
        for (writer, kind) in kinds.iter().enumerate() {
            let session = self.sessions[writer].clone();
            let (table, gate) = (table.clone(), self.gate.clone());
            people.spawn(change(session, writer, *kind, table, gate));
        }
        let people = self.gate.conduct(people, order).await;
        let log = std::mem::take(&mut *self.gate.log());
        for person in &people {
            person.is_told(&table, &log, &people);
            for one in &person.tries {
                *self.ends.borrow_mut().entry(one.end()).or_default() += 1;
            }
        }
    }
}

fn ident(namespace: &str, name: &str) -> TableIdent {
    TableIdent::try_new(Namespace::try_new([namespace]).unwrap(), name).unwrap()
}

async fn raw(client: &Client, table: &TableIdent) -> (String, Value) {
    let raw = client.load_table_raw(table, SnapshotsMode::All).await;
    let raw = raw.unwrap();
    let metadata = serde_json::from_str(&raw.metadata).unwrap();
    (raw.metadata_location.unwrap(), metadata)
}

#[test]
fn nothing_is_lost_or_doubled_in_whatever_order_people_change_a_table() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let world = runtime.block_on(World::start());
    let any_kind = || prop::sample::select(&ALL[..]);
    let kinds = prop_oneof![
        prop::collection::vec(any_kind(), 2..=3),
        // They are after the same thing.
        (any_kind(), 2..=3_usize).prop_map(|(kind, people)| vec![kind; people]),
    ];
    let order = prop::collection::vec(any::<(u8, u8)>(), 60);
    let number = Cell::new(0);
    let config = Config {
        failure_persistence: None,
        max_shrink_iters: 50,
        ..Config::default()
    };
    #[expect(clippy::disallowed_methods, reason = "as proptest reads it")]
    let more = std::env::var("PROPTEST_CASES");
    let mut runner = match more {
        Ok(_) => TestRunner::new(config),
        // The gate tries the same ones each time.
        Err(_) => TestRunner::new_with_rng(
            Config {
                cases: CASES,
                ..config
            },
            TestRng::deterministic_rng(RngAlgorithm::ChaCha),
        ),
    };
    let played = runner.run(&(kinds, order), |(kinds, order)| {
        number.set(number.get() + 1);
        let name = format!("t{}", number.get());
        runtime.block_on(world.play(name, &kinds, &order));
        Ok(())
    });
    played.unwrap_or_else(|error| panic!("{error}"));
    let ends = world.ends.borrow();
    assert!(ends.len() > 3, "not all of it came about: {ends:?}");
}
