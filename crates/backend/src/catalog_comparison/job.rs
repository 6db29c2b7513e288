//! A comparison under way, or what came of it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use iceberg_rest::{Client, client::in_background};
use model::{
    catalog_comparison::{Ask, Aspect, CatalogComparison, Found, PAGE, Row, State, Totals},
    format::counted,
    names::NameKind,
    window::Window,
};
use tokio::{
    sync::watch,
    task::AbortHandle,
    time::{Instant, timeout},
};

use super::{Key, walk};
use crate::attendance::{Attendance, Attending};

/// How long it goes on when nobody asks how far it is: browsers let a tab in the background ask but once a minute.
const GRACE: Duration = Duration::from_secs(150);
/// How long what came of it is shown before it is done anew.
const KEPT: Duration = Duration::from_secs(600);
/// Rows that are kept, and what their names take in bytes.
const ROWS: usize = 50_000;
const BYTES: usize = 16 * 1024 * 1024;
/// Reasons that are told.
const NOTES: usize = 50;

pub struct Job {
    pub(super) key: Key,
    begun: (SystemTime, Instant),
    found: Arc<Mutex<Known>>,
    /// Ends with the work.
    over: watch::Receiver<()>,
    attendance: Arc<Attendance>,
    task: AbortHandle,
}

/// What is known by now.
#[derive(Default)]
pub(super) struct Known {
    rows: BTreeMap<(Vec<String>, u8), Row>,
    pub totals: Totals,
    aspects: BTreeMap<Aspect, usize>,
    pub namespaces: (usize, usize),
    pub objects: (usize, usize),
    bytes: usize,
    /// By reason: where first, and in how many places more.
    notes: BTreeMap<String, (String, usize)>,
    more_notes: usize,
    done: Option<Duration>,
    stopped: Option<Duration>,
    /// Nobody asked any more.
    left: bool,
}

impl Known {
    /// Adds a row; counts it alone where there are too many.
    pub fn add(&mut self, kind: NameKind, levels: Vec<String>, found: Found) {
        self.totals.count(&found);
        if let Found::Differs(aspects) = &found {
            for aspect in aspects {
                *self.aspects.entry(*aspect).or_default() += 1;
            }
        }
        self.bytes += levels.iter().map(|level| level.len() + 64).sum::<usize>();
        if self.rows.len() >= ROWS || self.bytes > BYTES {
            let why = "There are more names that are not the same than are listed";
            return self.note(why.to_owned(), String::new());
        }
        let row = Row {
            kind,
            levels: levels.clone(),
            found,
        };
        self.rows.insert((levels, kind as u8), row);
    }

    /// Says why it is not complete, and where.
    pub fn note(&mut self, why: String, place: String) {
        let full = self.notes.len() >= NOTES;
        match self.notes.get_mut(&why) {
            Some((_, more)) => *more += 1,
            None if full => self.more_notes += 1,
            None => drop(self.notes.insert(why, (place, 0))),
        }
    }

    fn told(&self) -> Vec<String> {
        let line = |(why, (place, more)): (&String, &(String, usize))| match (&**place, more) {
            ("", _) => format!("{why}."),
            (place, 0) => format!("{} ({place})", why.trim_end_matches('.')),
            (place, more) => format!(
                "{} ({place}, and {} more)",
                why.trim_end_matches('.'),
                counted(*more, "place")
            ),
        };
        let more = (self.more_notes > 0).then(|| {
            format!(
                "And {} of other kinds.",
                counted(self.more_notes, "failure")
            )
        });
        self.notes.iter().map(line).chain(more).collect()
    }
}

pub(super) fn lock(known: &Mutex<Known>) -> MutexGuard<'_, Known> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Job {
    pub fn begin(key: Key, from: Client, to: Client) -> Arc<Self> {
        let found = Arc::new(Mutex::new(Known::default()));
        let (attendance, here) = Attendance::begin();
        let (ends, over) = watch::channel(());
        let begun = (SystemTime::now(), Instant::now());
        let (into, attended) = (found.clone(), attendance.clone());
        let work = async move {
            let _ends = ends;
            tokio::select! {
                () = in_background(walk::walk([from, to], &into)) => {
                    lock(&into).done = Some(begun.1.elapsed());
                }
                () = attended.deserted(GRACE) => {
                    lock(&into).left = true;
                }
            }
        };
        let task = tokio::spawn(work).abort_handle();
        // Who asks attends by themselves.
        drop(here);
        Arc::new(Self {
            key,
            begun,
            found,
            over,
            attendance,
            task,
        })
    }

    /// Keeps it going until this is dropped.
    pub fn attend(&self) -> Option<Attending> {
        self.attendance.attend()
    }

    /// Whether it is to be done anew.
    pub fn is_over(&self) -> bool {
        let found = lock(&self.found);
        let took = found.done.or(found.stopped);
        found.left || took.is_some_and(|took| self.begun.1.elapsed() > took + KEPT)
    }

    /// Whether nothing more comes of it.
    pub fn is_done(&self) -> bool {
        self.over.has_changed().is_err()
    }

    /// Waits for its end.
    pub async fn wait(&self, patience: Duration) {
        let mut over = self.over.clone();
        // Nothing is ever sent: it ends with the sender.
        let _ = timeout(patience, over.changed()).await;
    }

    pub fn stop(&self) {
        self.task.abort();
        let mut found = lock(&self.found);
        if found.done.is_none() {
            found.stopped.get_or_insert(self.begun.1.elapsed());
        }
    }

    /// What an address asks for of it.
    pub fn shown(&self, ask: &Ask) -> CatalogComparison {
        let known = lock(&self.found);
        let rows: Vec<&Row> = known.rows.values().filter(|row| ask.has(row)).collect();
        let (state, took) = match (known.done, known.stopped) {
            (Some(took), _) => (State::Done, took),
            (None, Some(took)) => (State::Stopped, took),
            // It ended, and nobody knows how.
            (None, None) if self.over.has_changed().is_err() => {
                (State::Stopped, self.begun.1.elapsed())
            }
            (None, None) => (State::Running, self.begun.1.elapsed()),
        };
        CatalogComparison {
            state,
            at: self.begun.0.into(),
            seconds: took.as_secs(),
            namespaces: known.namespaces,
            objects: known.objects,
            totals: known.totals,
            aspects: known.aspects.clone().into_iter().collect(),
            rows: Window::new(rows.len(), ask.page, PAGE, |index| rows[index].clone()),
            notes: known.told(),
        }
    }

    /// All rows, as they are now.
    pub fn rows(&self) -> Vec<Row> {
        lock(&self.found).rows.values().cloned().collect()
    }
}
