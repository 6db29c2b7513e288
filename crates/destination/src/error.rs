use crate::value::Position;
use std::fmt;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// The most keys that one object of the file may have.
pub const MAX_KEYS: usize = 1000;

/// Why a file holds no destination that could be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// Nothing but white space.
    Empty,
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// The first byte that is no UTF-8.
    NotUtf8 {
        /// Where it stands.
        at: Position,
    },
    /// No JSON.
    Syntax {
        /// The first thing that is wrong, without the place.
        problem: String,
        /// How many more there are.
        more: usize,
        /// [`Destination::mended`](crate::Destination::mended) reads it all the same.
        mends: bool,
        /// Where it stands.
        at: Position,
    },
    /// OLake encrypts the whole file into one JSON string when it runs with `--encryption-key`.
    Encrypted {
        /// Where it stands.
        at: Position,
    },
    /// JSON, but no object.
    NotObject {
        /// What it is instead: a list, a string, …
        found: &'static str,
        /// Where it stands.
        at: Position,
    },
    /// More than [`MAX_KEYS`] in one object.
    TooManyKeys {
        /// How many it has.
        count: usize,
        /// Where the object begins.
        at: Position,
    },
    /// OLake's other destination: files without a catalog.
    Parquet {
        /// Where its type stands, if it is told.
        at: Option<Position>,
    },
}

impl ImportError {
    /// The stable name, for scripts.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Empty => "file.empty",
            Self::TooLarge => "file.size",
            Self::NotUtf8 { .. } => "file.utf8",
            Self::Syntax { .. } => "file.json",
            Self::Encrypted { .. } => "file.encrypted",
            Self::NotObject { .. } => "file.object",
            Self::TooManyKeys { .. } => "file.keys",
            Self::Parquet { .. } => "file.parquet",
        }
    }

    /// Where in the text, if it is one place.
    pub fn at(&self) -> Option<Position> {
        match self {
            Self::Empty | Self::TooLarge => None,
            Self::NotUtf8 { at }
            | Self::Syntax { at, .. }
            | Self::Encrypted { at }
            | Self::NotObject { at, .. }
            | Self::TooManyKeys { at, .. } => Some(*at),
            Self::Parquet { at } => *at,
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("The file is empty. Paste or choose a destination.json.")?,
            Self::TooLarge => write!(
                f,
                "The file has more than {} MB; a destination.json has a few hundred bytes. \
                 Check that this is the right file.",
                MAX_BYTES / (1024 * 1024)
            )?,
            Self::NotUtf8 { .. } => f.write_str(
                "The file is not UTF-8 text from here on. Save it as UTF-8 and try again.",
            )?,
            Self::Syntax {
                problem,
                more,
                mends,
                ..
            } => {
                write!(f, "The file is not valid JSON: {problem}")?;
                if *more > 0 {
                    write!(f, ", and {more} more")?;
                }
                f.write_str(". OLake would refuse it as well.")?;
                if *mends {
                    f.write_str(" It can be mended as it was meant.")?;
                }
            }
            Self::Encrypted { .. } => f.write_str(
                "The file is one JSON string, which is how OLake stores an encrypted configuration. \
                 Decrypt it with the key given to --encryption-key, then import the result.",
            )?,
            Self::NotObject { found, .. } => write!(
                f,
                "The file holds {found}, but a destination.json is an object: \
                 {{\"type\": \"ICEBERG\", \"writer\": {{…}}}}."
            )?,
            Self::TooManyKeys { count, .. } => write!(
                f,
                "An object in the file has {count} keys; OLake knows about 40, and at most {MAX_KEYS} are read. \
                 The first one too many stands here."
            )?,
            Self::Parquet { .. } => f.write_str(
                "The key \"type\" says PARQUET: a valid OLake destination, but not one for an Iceberg catalog. \
                 Nothing was changed; set \"type\" to \"ICEBERG\" and describe the catalog under \"writer\" to use it here.",
            )?,
        }
        match self.at() {
            Some(at) => write!(f, " ({at})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ImportError {}
