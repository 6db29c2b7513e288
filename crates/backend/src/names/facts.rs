//! What a list says of its tables or views beside their names: read for the rows that somebody looks at, a few
//! at a time, and kept without their metadata.

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, LazyLock},
    time::{Duration, SystemTime},
};

use futures_util::{StreamExt, stream};
use iceberg_rest::{
    Client, Error, ErrorKind, Loaded, Namespace, SnapshotsMode, TableIdent, ViewIdent,
    client::in_background, types::LoadTableResult,
};
use model::{
    error::AppError,
    format::Moment,
    names::{Arrival, Facts, Figures, NameKind, Names, NamesAsk, RowFacts, by_facts},
    paths::Place,
};
use tokio::time::{Instant, timeout_at};

use crate::{
    Catalog,
    blocking::blocking,
    cache::{About, CACHE, Grant, Question, Scope},
    reads::{FRESH, Read, Reads},
};

/// How long facts are shown again: all those of a long list are read in less.
const KEPT: Duration = Duration::from_secs(600);
/// Rows that one answer waits for at a time.
const AHEAD: usize = 8;
/// What the rows of one answer may take on the wire before the next one goes on.
const BYTES: usize = 64 * 1024 * 1024;
/// Rows of one list that are read for whoever asks for all.
const MOST: usize = 10_000;
/// How long a catalog is left alone that has had enough, or that does not answer.
const BUSY: Duration = Duration::from_secs(5);

/// Which table or view of a warehouse and reference.
#[derive(Clone, PartialEq, Eq, Hash)]
struct FactsOf(Scope, Object);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Object {
    Table(TableIdent),
    View(ViewIdent),
}

impl Question for FactsOf {
    type Answer = Read<Told>;
    const KEPT: Duration = KEPT;
}

/// What came of reading it.
struct Told {
    facts: Result<Facts, Refused>,
    /// Length of the answer.
    length: usize,
}

struct Refused {
    why: String,
    /// How long all are left alone, where more than this one failed.
    pause: Option<Duration>,
}

static FACTS: LazyLock<Reads<FactsOf, Told, Infallible>> = LazyLock::new(|| Reads::new(KEPT));

/// The tables or views of a namespace.
#[derive(Clone)]
pub struct Rows {
    kind: NameKind,
    catalog: Arc<Catalog>,
    client: Client,
    namespace: Namespace,
    grant: Grant,
    scope: Scope,
}

impl Rows {
    pub fn new(
        kind: NameKind,
        catalog: &Arc<Catalog>,
        client: &Client,
        namespace: Namespace,
    ) -> Self {
        Self {
            kind,
            catalog: catalog.clone(),
            client: client.clone(),
            namespace,
            grant: catalog.grant(About::Content),
            scope: catalog.scope(client.warehouse(), client.reference()),
        }
    }

    /// The rows of a list that are asked for, with what is known of them, after reading some of those that are
    /// not; `fresh` reads them anew.
    pub async fn names(
        &self,
        all: Arc<Vec<String>>,
        arrival: Arrival,
        ask: &NamesAsk,
        fresh: bool,
    ) -> Result<Names, AppError> {
        if !ask.is_by_facts() && ask.figures != Figures::All {
            let asked = ask.clone();
            let names = blocking(move || Names::new(&all, arrival, &asked)).await?;
            return Ok(self.fill(names, ask.figures, &[], fresh).await);
        }
        let (names, due) = self.by_facts(&all, &arrival, ask).await?;
        let names = self.fill(names, ask.figures, &due, fresh).await;
        if ask.figures == Figures::None {
            return Ok(names);
        }
        // What was read may stand elsewhere by now.
        let pause = names.pause;
        let (names, due) = self.by_facts(&all, &arrival, ask).await?;
        let names = self.told(names);
        let rest = (!due.is_empty()).then_some(0);
        Ok(Names {
            pause: names.pause.or(rest).map(|_| pause.unwrap_or_default()),
            ..names
        })
    }

    /// Those in the order that their facts give, and which of the whole list are not known, if all are wanted.
    async fn by_facts(
        &self,
        all: &Arc<Vec<String>>,
        arrival: &Arrival,
        ask: &NamesAsk,
    ) -> Result<(Names, Vec<String>), AppError> {
        let (rows, all, arrival, ask) = (self.clone(), all.clone(), arrival.clone(), ask.clone());
        blocking(move || rows.arranged(&all, arrival, &ask)).await
    }

    fn arranged(&self, all: &[String], arrival: Arrival, ask: &NamesAsk) -> (Names, Vec<String>) {
        let filter = ask.filter.to_lowercase();
        let matching = all
            .iter()
            .filter(|name| name.to_lowercase().contains(&filter));
        let known: Vec<_> = matching.map(|name| (name, self.known(name))).collect();
        let unread = |(name, known): &&(&String, Option<Arc<Read<Told>>>)| {
            known.is_none() && self.question(name).is_some()
        };
        let read = known.len() - known.iter().filter(unread).count();
        let most = if ask.figures == Figures::All { MOST } else { 0 };
        let due = known.iter().take(most).filter(unread);
        let due = due.map(|(name, _)| (*name).clone()).collect();
        let facts = known.iter().map(|(name, known)| {
            let facts = known
                .as_ref()
                .and_then(|read| read.value.facts.as_ref().ok());
            (*name, facts)
        });
        let ordered = match ask.is_by_facts() {
            true => by_facts(facts.collect(), ask),
            false => known.iter().map(|(name, _)| (*name).clone()).collect(),
        };
        let rows = NamesAsk {
            filter: String::new(),
            descending: ask.descending && !ask.is_by_facts(),
            ..ask.clone()
        };
        let names = Names {
            total: all.len(),
            read: Some((read, known.len())),
            ..Names::new(&ordered, arrival, &rows)
        };
        (names, due)
    }

    /// With what is known of the rows, after reading some of those that are not, and then of `others`.
    async fn fill(&self, names: Names, figures: Figures, others: &[String], fresh: bool) -> Names {
        let budget = match figures {
            Figures::None => return names,
            Figures::Glance => Duration::from_millis(30),
            Figures::View => Duration::from_millis(500),
            Figures::Page | Figures::All => Duration::from_secs(1),
        };
        if fresh {
            for question in names.names.iter().filter_map(|name| self.question(name)) {
                CACHE.drop_answer(self.grant, question);
            }
        }
        let wanted = names.names.iter().chain(others);
        let pause = self.read(wanted, Instant::now() + budget).await;
        let pause = u64::try_from(pause.as_millis()).unwrap_or_default();
        let names = self.told(names);
        Names {
            pause: names.pause.map(|_| pause),
            ..names
        }
    }

    /// With what is known of the rows.
    fn told(&self, names: Names) -> Names {
        let known: Vec<_> = names.names.iter().map(|name| self.known(name)).collect();
        let oldest = known.iter().flatten().map(|read| read.at).min();
        let rows = names.names.iter().zip(&known);
        let facts: Vec<_> = rows
            .map(|(name, read)| self.row(name, read.as_deref()))
            .collect();
        Names {
            pause: facts.contains(&RowFacts::Unread).then_some(0),
            facts,
            oldest: oldest.map(Moment::from),
            ..names
        }
    }

    /// Reads those that are not known until the time is over, and says when to go on.
    async fn read(&self, names: impl Iterator<Item = &String>, end: Instant) -> Duration {
        let due: Vec<_> = names.filter_map(|name| self.due(name)).collect();
        let reads = due.into_iter();
        let reads = reads.map(|(question, again)| self.read_one(question, again));
        let mut reads = stream::iter(reads).buffer_unordered(AHEAD);
        let mut bytes = 0;
        while let Ok(Some(read)) = timeout_at(end, reads.next()).await {
            if let Err(Refused {
                pause: Some(pause), ..
            }) = read.value.facts
            {
                return pause;
            }
            bytes += read.value.length;
            if bytes > BYTES {
                break;
            }
        }
        Duration::ZERO
    }

    /// What to ask for a row, and whether it was asked before; `None` where what is known holds.
    fn due(&self, name: &str) -> Option<(FactsOf, bool)> {
        let known = self.known(name);
        let holds = known
            .as_ref()
            .is_some_and(|read| !read.value.is_due(read.at));
        let question = self.question(name).filter(|_| !holds)?;
        Some((question, known.is_some()))
    }

    async fn read_one(&self, question: FactsOf, again: bool) -> Read<Told> {
        // Nobody closes it. It is kept to the end of the read, who ever still waits for that.
        let turn = self.catalog.rows.clone().acquire_owned().await;
        let (client, object) = (self.client.clone(), question.1.clone());
        let read = |kept: Option<Read<Told>>| async move {
            let _turn = turn;
            Ok(in_background(told(client, object, kept)).await)
        };
        let Ok(read) = FACTS.get(self.grant, question, again, read).await;
        read
    }

    fn row(&self, name: &str, read: Option<&Read<Told>>) -> RowFacts {
        match read.map(|read| &read.value.facts) {
            None if self.question(name).is_none() => {
                RowFacts::Failed(format!("No address can name this {}.", self.kind.noun()))
            }
            None => RowFacts::Unread,
            Some(Err(refused)) => RowFacts::Failed(refused.why.clone()),
            Some(Ok(facts)) => RowFacts::Known(facts.cells()),
        }
    }

    /// What is known of a row, or why nothing is; `None` where it was not read.
    pub fn facts(&self, name: &str) -> Option<Result<Facts, String>> {
        Some(match &self.known(name)?.value.facts {
            Ok(facts) => Ok(facts.clone()),
            Err(refused) => Err(refused.why.clone()),
        })
    }

    fn known(&self, name: &str) -> Option<Arc<Read<Told>>> {
        CACHE.get(self.grant, &self.question(name)?)
    }

    /// `None` for what no address can name: nothing is asked of it.
    fn question(&self, name: &str) -> Option<FactsOf> {
        let namespace = self.namespace.clone();
        let object = match self.kind {
            NameKind::Views => Object::View(ViewIdent::try_new(namespace, name).ok()?),
            _ => Object::Table(TableIdent::try_new(namespace, name).ok()?),
        };
        Some(FactsOf(self.scope.clone(), object))
    }
}

/// Tables that were listed with their facts, of one connection.
const LISTED: usize = 2_000;
/// Those whose whole metadata is kept and looked through.
const OPENED: usize = 100;

/// A table as it was written to this place, of which so many snapshots came: it is judged once.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Written(String, usize);

impl Question for Written {
    type Answer = Facts;
    const KEPT: Duration = KEPT;
}

impl Catalog {
    /// The tables that were read lately, wherever they stand, with what is known of them.
    pub fn read_tables(&self) -> HashMap<Place, Arc<Facts>> {
        let grant = self.grant(About::Content);
        let listed = CACHE.answers::<FactsOf>(grant);
        let listed = listed.filter_map(|(FactsOf(scope, object), read)| {
            let Object::Table(table) = object else {
                return None;
            };
            let facts = read.value.facts.as_ref().ok()?.clone();
            Some((self.place_of(scope, &table), Arc::new(facts)))
        });
        let now = Moment::from(SystemTime::now()).ms;
        let single = self.known_dialect();
        let single = single.is_some_and(|dialect| dialect.profile().single_snapshot);
        let opened = self.opened_tables(OPENED).into_iter();
        let opened = opened.map(|one| (one.place, judged(grant, &one.table, now, single)));
        listed.take(LISTED).chain(opened).collect()
    }
}

fn judged(grant: Grant, table: &LoadTableResult, now: i64, single: bool) -> Arc<Facts> {
    let location = table.metadata_location.clone();
    let written = location.map(|location| Written(location, table.metadata.snapshots.len()));
    if let Some(facts) = written.as_ref().and_then(|it| CACHE.get(grant, it)) {
        return facts;
    }
    let facts = Arc::new(Facts::new(&table.metadata, now, single));
    if let Some(written) = written {
        CACHE.keep(grant, written, facts.clone(), facts.bytes());
    }
    facts
}

impl Told {
    /// A failure is asked for again sooner.
    fn is_due(&self, at: SystemTime) -> bool {
        self.facts.is_err() && at.elapsed().is_ok_and(|age| age > FRESH)
    }
}

/// The same again, where its ETag still holds.
async fn told(client: Client, object: Object, kept: Option<Read<Told>>) -> Read<Told> {
    let table = match object {
        Object::Table(table) => table,
        Object::View(view) => return told_of_view(client, view).await,
    };
    let kept = kept.filter(|kept| kept.value.facts.is_ok());
    let etag = kept.as_ref().and_then(|kept| kept.etag.as_deref());
    let loaded = client.load_table(&table, SnapshotsMode::Refs, etag).await;
    let (facts, etag, length) = match (loaded, kept) {
        (Ok(Loaded::NotModified), Some(kept)) => {
            return Read::new(kept.value, kept.etag, kept.bytes);
        }
        (Ok(Loaded::NotModified), None) => (Err(Refused::unasked()), None, 0),
        (
            Ok(Loaded::Table {
                result,
                etag,
                bytes_len,
            }),
            _,
        ) => {
            let now = Moment::from(SystemTime::now()).ms;
            let single = client.dialect().profile().single_snapshot;
            (
                Ok(Facts::new(&result.metadata, now, single)),
                etag,
                bytes_len,
            )
        }
        (Err(error), _) => (Err(error.into()), None, 0),
    };
    read(facts, etag, length)
}

async fn told_of_view(client: Client, view: ViewIdent) -> Read<Told> {
    let loaded = client.load_view(&view).await;
    let facts = loaded.map(|view| Facts::of_view(&view.metadata));
    read(facts.map_err(Refused::from), None, 0)
}

fn read(facts: Result<Facts, Refused>, etag: Option<String>, length: usize) -> Read<Told> {
    let bytes = match &facts {
        Ok(facts) => facts.bytes(),
        Err(refused) => refused.why.len(),
    };
    Read::new(Arc::new(Told { facts, length }), etag, bytes)
}

impl Refused {
    fn unasked() -> Self {
        let why = "The catalog answered “not modified” to a request without a condition.";
        Self {
            why: why.to_owned(),
            pause: None,
        }
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        let pause = match error.kind {
            ErrorKind::RateLimited => Some(
                error
                    .retry_after
                    .map_or(BUSY, Duration::from_secs)
                    .clamp(BUSY, 12 * BUSY),
            ),
            ErrorKind::Unreachable(_) | ErrorKind::TimedOut | ErrorKind::Unauthenticated => {
                Some(BUSY)
            }
            _ => None,
        };
        Self {
            why: AppError::from(error).message,
            pause,
        }
    }
}

#[cfg(test)]
mod tests;
