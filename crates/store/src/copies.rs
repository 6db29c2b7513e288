//! Copies of what is written to the record, for whatever collects logs: a line of a file, a message to syslog. The store
//! is the record: what cannot be copied is logged and counted, and stops nothing.

mod lines;
mod syslog;

use std::{
    io,
    path::Path,
    sync::{Mutex, PoisonError},
};

use crate::audit::Recorded;
use lines::Lines;
use syslog::Syslog;

/// A row, as it is copied.
pub struct Line {
    /// When it was written, by RFC 3339.
    pub at: String,
    /// All of it, without a line break.
    pub json: String,
}

/// Where rows are copied to.
pub struct Copies {
    line: fn(&Recorded) -> Line,
    file: Option<Mutex<Lines>>,
    syslog: Option<Syslog>,
    missed: Mutex<Option<Missed>>,
}

/// What is missing from a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Rows since the start, once for each place that they are missing from.
    pub rows: usize,
    /// Where to, and why not, the last time; no sentence.
    pub why: String,
}

impl Copies {
    /// Nowhere yet; `line` says how a row is written.
    pub fn new(line: fn(&Recorded) -> Line) -> Self {
        Self {
            line,
            file: None,
            syslog: None,
            missed: Mutex::default(),
        }
    }

    /// Also to the end of this file, an object a line. It is opened anew where it was moved or removed meanwhile. Fails
    /// where it cannot be written.
    pub fn file(self, path: &Path) -> io::Result<Self> {
        let file = Some(Mutex::new(Lines::open(path)?));
        Ok(Self { file, ..self })
    }

    /// Also to syslog (RFC 5424): at a socket such as `/dev/log`, or by UDP at `udp://10.0.0.5:514`. Fails where there is
    /// no such socket, or the name leads to no address.
    pub fn syslog(self, to: &str) -> io::Result<Self> {
        let syslog = Some(Syslog::open(to)?);
        Ok(Self { syslog, ..self })
    }

    /// Copies a row that is written. A few microseconds: a file's line goes to the system at once, and syslog is not
    /// waited for.
    pub(crate) fn copy(&self, row: &Recorded) {
        let line = (self.line)(row);
        if let Some(file) = &self.file {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            if let Err(error) = file.write(&line.json) {
                self.miss(row, file.path().display(), &error);
            }
        }
        if let Some(syslog) = &self.syslog
            && let Err(error) = syslog.send(&line)
        {
            self.miss(row, syslog, &error);
        }
    }

    /// What was not copied since the start; `None` where nothing is missing.
    pub fn missed(&self) -> Option<Missed> {
        let missed = self.missed.lock().unwrap_or_else(PoisonError::into_inner);
        missed.clone()
    }

    fn miss(&self, row: &Recorded, to: impl std::fmt::Display, error: &io::Error) {
        tracing::error!(%to, %error, seq = row.seq, "a row of the record was not copied; the store has it");
        let mut missed = self.missed.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = missed.take().map_or(0, |missed| missed.rows) + 1;
        let why = format!("{to}: {error}");
        *missed = Some(Missed { rows, why });
    }
}
