//! Reading what other programs are configured with.

mod auth;
mod detect;
mod draft;
mod duckdb;
mod flink;
mod left;
mod not_read;
mod olake;
mod own;
mod polaris;
mod properties;
mod python;
mod source;
mod spark;
mod sql;
mod trino;
mod value;
mod why;
mod words;
mod yaml;

use crate::Settings;
use crate::keys;
use draft::Draft;

pub use left::Left;
pub use not_read::NotRead;
pub use source::Source;
pub use why::Why;

/// Longest text that is read, in bytes.
pub const MAX_BYTES: usize = 256 * 1024;
/// Most catalogs of one text.
pub const MAX_CATALOGS: usize = 100;
/// Most keys of one text, all catalogs together.
pub const MAX_KEYS: usize = 1000;
/// Longest key, in bytes.
const MAX_KEY: usize = 512;

/// What was read from a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// What it was written for.
    pub source: Source,
    /// Its catalogs, in order.
    pub found: Vec<Found>,
    /// What belongs to none of them.
    pub left: Vec<Left>,
}

/// One catalog.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What the text calls it, or its host where it has no name; no two are the same.
    pub name: String,
    /// What was taken, `name` included.
    pub settings: Settings,
    /// Every key that was not taken.
    pub left: Vec<Left>,
}

/// What a reader makes of a text: catalogs, and what belongs to none.
#[derive(Default)]
struct Catalogs {
    drafts: Vec<Draft>,
    left: Vec<Left>,
}

/// A key and its value, or why there is none.
type Pair = (String, Result<String, Why>);

/// Reads a text that somebody pasted. Nothing of it is lost in silence: what is not taken is in `left`.
pub fn read(text: &str) -> Result<Read, NotRead> {
    if text.len() > MAX_BYTES {
        return Err(NotRead::TooLarge);
    }
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if text.is_empty() {
        return Err(NotRead::Empty);
    }
    let source = detect::source(text).ok_or(NotRead::Unknown)?;
    let Catalogs { drafts, left } = match source {
        Source::Spark => spark::read(text),
        Source::Trino => trino::read(text),
        Source::PyIceberg if detect::is_python(text) => python::read(text),
        Source::PyIceberg => yaml::read(text),
        Source::Flink => flink::read(text),
        Source::DuckDb => duckdb::read(text),
        Source::Olake => olake::read(text),
        Source::Polaris => polaris::read(text),
        Source::Crowsnest => own::read(text),
    }?;
    if drafts.is_empty() {
        return Err(NotRead::Nothing { source, left });
    }
    if drafts.len() > MAX_CATALOGS {
        return Err(NotRead::TooManyCatalogs);
    }
    let mut read = Read {
        source,
        found: drafts.into_iter().map(Draft::finish).collect(),
        left,
    };
    part_names(&mut read.found);
    left::hush(&mut read);
    Ok(read)
}

/// A name is an address, so that none may be there twice.
fn part_names(found: &mut [Found]) {
    for index in 1..found.len() {
        let (before, rest) = found.split_at_mut(index);
        let is_taken = |name: &str| before.iter().any(|found| found.name == name);
        let first = rest[0].name.clone();
        let mut number = 2;
        while is_taken(&rest[0].name) {
            // With the number it is no longer than a name may be.
            let start: String = first.chars().take(60).collect();
            rest[0].name = format!("{start}-{number}");
            number += 1;
        }
        let _ = rest[0].settings.set(keys::NAME, rest[0].name.clone());
    }
}

/// Refuses what has too many keys before more is made of it.
fn bounded(keys: usize) -> Result<(), NotRead> {
    match keys > MAX_KEYS {
        true => Err(NotRead::TooManyKeys),
        false => Ok(()),
    }
}
