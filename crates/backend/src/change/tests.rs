//! Changes of a Polaris, whose calls end as each test says.

use std::{
    io,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use access::polaris::{Grant, Object as Named};
use http::HeaderMap;
use iceberg_rest::SnapshotsMode;
use model::{paths::Query, polaris::lists::Listing};
use serde_json::{Value, json};
use tokio::{sync::oneshot, time::timeout};
use tracing::subscriber::DefaultGuard;

use super::{press::Press, *};
use crate::{
    Session,
    catalog::{Age, State},
    forms,
    listing::ListKind,
    mock::{Mock, SECRET, orders, polaris},
};

/// More than what is tested takes.
const SOON: Duration = Duration::from_secs(10);

fn unknown() -> AppError {
    AppError::new(Kind::OutcomeUnknown, "No answer came.")
}

async fn no_call() -> Result<(), AppError> {
    Ok(())
}

/// Reads something of each kind that is kept.
async fn read(catalog: &Catalog) {
    let client = catalog.client(None, None).await.unwrap();
    let orders = orders();
    let table = catalog.table(&client, &orders, SnapshotsMode::Refs, false);
    table.await.unwrap();
    let raw = catalog.raw_table(&client, &orders, SnapshotsMode::All, false);
    raw.await.unwrap();
    let list = catalog.list(&client, ListKind::Namespaces(None), false);
    list.so_far().await;
    let rows = catalog.entities(Listing::Principals, None, false);
    rows.await.unwrap();
}

/// What [`read`] asks for when nothing is kept: configuration, content and access.
const EACH: [usize; 3] = [1, 3, 1];

fn asked(mock: &Mock) -> [usize; 3] {
    ["v1/config", "v1/namespaces", "v1/principals"].map(|path| mock.asked(path))
}

/// What is asked for anew after a change.
async fn asked_after(
    mock: &Mock,
    change: Change,
    call: impl Future<Output = Result<(), AppError>> + Send + 'static,
) -> ([usize; 3], Result<(), AppError>) {
    let catalog = mock.catalog();
    read(&catalog).await;
    let before = asked(mock);
    let made = catalog.change(change, call).await;
    read(&catalog).await;
    let after = asked(mock);
    (std::array::from_fn(|i| after[i] - before[i]), made)
}

fn drop_catalog() -> Change {
    Change::new("deleteCatalog", Object::catalog("lake"))
}

fn drop_principal() -> Change {
    Change::new("deletePrincipal", Object::principal("svc"))
}

fn add_grant(object: Named) -> Change {
    let privilege = "TABLE_LIST".into();
    let grant = Object::grant("lake", "reader", Grant { object, privilege });
    Change::new("addGrantToCatalogRole", grant)
}

fn drop_table() -> Change {
    let table = Named::Table {
        catalog: "lake".into(),
        namespace: vec!["sales".into()],
        name: "orders".into(),
    };
    Change::new("dropGenericTable", Object::One(table))
}

#[tokio::test]
async fn a_change_drops_what_it_touched_and_nothing_of_other_connections() {
    let (mock, other) = (Mock::polaris().await, Mock::polaris().await);
    read(&other.catalog()).await;
    read(&mock.catalog()).await;
    assert_eq!(asked(&mock), EACH);
    let [config, content, access] = EACH;
    let on_catalog = add_grant(Named::Catalog {
        catalog: "lake".into(),
    });
    for (change, anew) in [
        (drop_principal(), [0, 0, access]),
        (on_catalog, [0, 0, access]),
        (drop_table(), [0, content, 0]),
        (drop_catalog(), [config, content, access]),
    ] {
        let (asked, made) = asked_after(&mock, change.clone(), no_call()).await;
        assert_eq!((asked, made), (anew, Ok(())), "{change:?}");
    }
    mock.catalog()
        .change(drop_catalog(), no_call())
        .await
        .unwrap();
    assert_eq!(mock.catalog().kept(), 0, "it leaves room at once");
    read(&other.catalog()).await;
    assert_eq!(asked(&other), EACH);
}

#[tokio::test]
async fn whatever_may_have_happened_drops_what_it_touched_and_says_so() {
    let mock = Mock::polaris().await;
    let (asked, made) = asked_after(&mock, drop_catalog(), async { Err(unknown()) }).await;
    assert_eq!(
        (asked, made.unwrap_err().kind),
        (EACH, Kind::OutcomeUnknown)
    );
    let panics = async { panic!("as a call may") };
    let (asked, made) = asked_after(&mock, drop_catalog(), panics).await;
    assert_eq!(
        (asked, made.unwrap_err().kind),
        (EACH, Kind::OutcomeUnknown)
    );
}

#[tokio::test]
async fn what_was_being_read_when_something_changed_is_read_anew() {
    let (go, wait) = oneshot::channel::<()>();
    let wait = Arc::new(Mutex::new(Some(wait)));
    // The first table is answered late.
    let mock = Mock::serve(move |request| {
        let is_table = request.uri().path().contains("/tables/");
        let wait = is_table.then(|| wait.lock().unwrap().take()).flatten();
        async move {
            if let Some(wait) = wait {
                wait.await.unwrap();
            }
            polaris(&request)
        }
    })
    .await;
    let catalog = mock.catalog();
    let client = catalog.client(None, None).await.unwrap();
    let table = async || {
        let orders = orders();
        let table = catalog.table(&client, &orders, SnapshotsMode::Refs, false);
        timeout(SOON, table).await.unwrap().unwrap()
    };
    let after = async {
        while mock.asked("/tables/") == 0 {
            tokio::task::yield_now().await;
        }
        catalog.change(drop_table(), no_call()).await.unwrap();
        let after = table().await;
        go.send(()).unwrap();
        after
    };
    let (before, after) = tokio::join!(table(), after);
    assert!(!Arc::ptr_eq(&before.value, &after.value), "not joined");
    assert!(
        Arc::ptr_eq(&table().await.value, &after.value),
        "what came late is not shown"
    );
    assert_eq!(mock.asked("/tables/"), 2);
}

#[tokio::test]
async fn collected_grants_hold_until_they_change() {
    let mock = Mock::polaris().await;
    let catalog = mock.catalog();
    let collection = catalog.collection(catalog.management().unwrap(), Age::Any);
    let State::Collected(_) = collection.state(SOON).await else {
        panic!("not collected");
    };
    catalog.change(drop_table(), no_call()).await.unwrap();
    assert!(catalog.is_collected(), "it is about something else");
    catalog.change(drop_principal(), no_call()).await.unwrap();
    assert!(!catalog.is_collected());
}

#[tokio::test]
async fn a_second_press_is_told_the_first_outcome_though_the_connection_was_put_anew() {
    let (mock, calls) = (Mock::polaris().await, Arc::new(AtomicUsize::new(0)));
    let press = async |id: &str, outcome: Result<(), AppError>| {
        let calls = calls.clone();
        let call = async move {
            calls.fetch_add(1, Ordering::SeqCst);
            outcome
        };
        let press = Press::plain(id.into());
        mock.catalog().press(press, drop_principal(), call).await
    };
    assert_eq!(press("one", Ok(())).await, Ok(()));
    assert_eq!(press("one", Ok(())).await.unwrap_err().kind, Kind::Already);
    mock.put();
    assert_eq!(press("one", Ok(())).await.unwrap_err().kind, Kind::Already);
    assert_eq!(press("two", Err(unknown())).await, Err(unknown()));
    let again = press("two", Ok(())).await.unwrap_err();
    assert_eq!(again.kind, Kind::OutcomeUnknown);
    assert!(again.message.contains("was not sent again"), "{again}");
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn who_leaves_cuts_no_change() {
    let mock = Mock::polaris().await;
    let catalog = mock.catalog();
    let (go, wait) = oneshot::channel::<()>();
    let (tell, done) = oneshot::channel();
    let call = async move {
        wait.await.unwrap();
        tell.send(()).unwrap();
        Ok(())
    };
    let left = timeout(Duration::ZERO, catalog.change(drop_principal(), call));
    assert!(left.await.is_err(), "gives up");
    go.send(()).unwrap();
    timeout(SOON, done).await.unwrap().unwrap();
    let recorded = async {
        while catalog.changes.count(About::Access) == 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(SOON, recorded)
        .await
        .expect("it is dropped and recorded");
}

/// What the log says of changes while this is here.
struct Log {
    lines: Lines,
    _logging: DefaultGuard,
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn start() -> Self {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = tracing_subscriber::fmt()
            .json()
            .flatten_event(true)
            .with_writer(move || writer.clone());
        Self {
            lines,
            _logging: tracing::subscriber::set_default(subscriber.finish()),
        }
    }

    fn text(&self) -> String {
        String::from_utf8(self.lines.0.lock().unwrap().clone()).unwrap()
    }

    fn changes(&self) -> Vec<Value> {
        let text = self.text();
        let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
        lines
            .filter(|line: &Value| line["target"] == "change")
            .collect()
    }
}

#[tokio::test]
async fn the_record_has_the_parts_as_fields() {
    let (log, mock) = (Log::start(), Mock::polaris().await);
    let catalog = mock.catalog();
    let grant = add_grant(Named::Namespace {
        catalog: "lake".into(),
        namespace: vec!["eu.west".into(), "sales".into()],
    });
    let already = async { Err::<(), _>(AppError::new(Kind::Already, "It is so.")) };
    catalog.change(grant, already).await.unwrap_err();
    let refused = async { Err::<(), _>(AppError::new(Kind::Forbidden, "You may not.")) };
    catalog.change(drop_principal(), refused).await.unwrap_err();
    let changes = log.changes();
    let fields = |line: &Value, names: &[&str]| -> Vec<String> {
        let field = |name: &&str| line[*name].as_str().unwrap_or("-").to_owned();
        names.iter().map(field).collect()
    };
    let [grant, refused] = &changes[..] else {
        panic!("{changes:?}");
    };
    assert_eq!(
        fields(grant, &["connection", "identity", "operation", "outcome"]),
        ["c", "none", "addGrantToCatalogRole", "already"]
    );
    assert_eq!(
        fields(
            grant,
            &[
                "kind",
                "catalog",
                "namespace",
                "name",
                "privilege",
                "grantee_kind",
                "grantee"
            ]
        ),
        [
            "namespace",
            "lake",
            "\"eu.west\".sales",
            "-",
            "TABLE_LIST",
            "catalog role",
            "reader"
        ]
    );
    assert_eq!(
        fields(refused, &["kind", "name", "outcome", "why", "grantee"]),
        ["principal", "svc", "refused", "Forbidden", "-"]
    );
}

#[tokio::test]
async fn the_record_of_new_credentials_has_no_secret() {
    let (log, mock) = (Log::start(), Mock::polaris().await);
    let path = "/c/c/principal-new";
    let session = Session::new(
        mock.registry(),
        crate::Who::local(),
        &path.parse().unwrap(),
        &HeaderMap::new(),
    );
    let fields = Query::parse("name=svc&once=id");
    let told = forms::submit(&session, path, "", &fields).await.unwrap();
    let forms::Done::Issued(issued) = told else {
        panic!("no credentials");
    };
    assert_eq!(issued.client_secret, SECRET);
    let changes = log.changes();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0]["outcome"], "done");
    assert!(!log.text().contains(SECRET), "{}", log.text());
}

#[tokio::test]
async fn a_batch_has_a_record_of_its_plan_and_one_of_its_end() {
    let (log, mock) = (Log::start(), Mock::polaris().await);
    let onboard = Change::new("onboard", Object::principal("svc"));
    let parts = vec!["one".into(), "two".into()];
    let running = mock.catalog().begin(onboard, "Onboard svc".into(), parts);
    running.set(0, model::batch::PartState::Done);
    drop(running);
    let changes = log.changes();
    let told = |it: &Value| json!([it["outcome"], it["done"], it["untried"]]);
    assert_eq!(
        changes.iter().map(told).collect::<Vec<_>>(),
        [json!(["planned", 0, 2]), json!(["ended", 1, 1])]
    );
    let last = mock
        .catalog()
        .changes
        .batches
        .last(&Object::principal("svc"));
    assert_eq!(last.map(|batch| batch.done()), Some(1));
}
