use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error, IgnoredAny, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{allowance, lenient};
use crate::{
    ident::{Namespace, TableIdent, ViewIdent},
    operation::Operation,
};

/// Entries of one page that are kept. Pages are asked for with a size far below it.
pub const MAX_ENTRIES: usize = 100_000;

/// Longest entry, in bytes: no catalog takes names of that length.
const MAX_ENTRY: usize = 64 * 1024;

/// What stands in a paged list.
pub trait Listed: DeserializeOwned + Send + 'static {
    /// The key of the list.
    const KEY: &'static str;
    /// The call that lists it.
    const OPERATION: Operation;

    /// How many names it is made of.
    fn names(&self) -> usize;
}

impl Listed for Namespace {
    const KEY: &'static str = "namespaces";
    const OPERATION: Operation = Operation::ListNamespaces;

    fn names(&self) -> usize {
        self.levels().len()
    }
}

impl Listed for TableIdent {
    const KEY: &'static str = "identifiers";
    const OPERATION: Operation = Operation::ListTables;

    fn names(&self) -> usize {
        self.namespace.names() + 1
    }
}

impl Listed for ViewIdent {
    const KEY: &'static str = "identifiers";
    const OPERATION: Operation = Operation::ListViews;

    fn names(&self) -> usize {
        self.namespace.names() + 1
    }
}

/// One page of namespaces, tables or views.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// What could be read, in the server's order.
    pub items: Vec<T>,
    /// Entries whose name no request could carry (empty, `.` or `..`).
    pub unusable: usize,
    /// Entries beyond [`MAX_ENTRIES`], or beyond what one answer may take in memory.
    pub left_out: usize,
    /// Opaque; `None` on the last page.
    pub next: Option<String>,
}

impl<'de, T: Listed> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawPage::deserialize(deserializer)?;
        let next = raw
            .next
            .into_iter()
            .chain(raw.next_camel)
            .find(|token| !token.is_empty());
        let entries: Option<Entries<T>> = if T::KEY == "namespaces" {
            raw.namespaces
        } else {
            raw.identifiers
        };
        let entries = entries.ok_or_else(|| D::Error::missing_field(T::KEY))?;
        Ok(Self {
            items: entries.items,
            unusable: entries.unusable,
            left_out: entries.left_out,
            next,
        })
    }
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "T: Listed"))]
struct RawPage<T> {
    namespaces: Option<Entries<T>>,
    identifiers: Option<Entries<T>>,
    #[serde(
        default,
        rename = "next-page-token",
        deserialize_with = "lenient::text"
    )]
    next: Option<String>,
    /// S3 Tables.
    #[serde(default, rename = "nextPageToken", deserialize_with = "lenient::text")]
    next_camel: Option<String>,
}

struct Entries<T> {
    items: Vec<T>,
    unusable: usize,
    left_out: usize,
}

impl<'de, T: Listed> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<T>(PhantomData<T>);

impl<'de, T: Listed> Visitor<'de> for EntriesVisitor<T> {
    type Value = Entries<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Entries<T>, A::Error> {
        let (mut items, mut unusable, mut left_out) = (Vec::new(), 0, 0);
        while items.len() < MAX_ENTRIES
            && left_out == 0
            && let Some(entry) = entries.next_element::<Box<RawValue>>()?
        {
            let json = Some(entry.get()).filter(|json| json.len() <= MAX_ENTRY);
            match json.and_then(|json| serde_json::from_str::<T>(json).ok()) {
                None => unusable += 1,
                // A name takes its pointer and, however short, 32 bytes more.
                Some(item) if allowance::spend(size_of::<T>() + 56 * item.names()) => {
                    items.push(item);
                }
                Some(_) => left_out = 1,
            }
        }
        while entries.next_element::<IgnoredAny>()?.is_some() {
            left_out += 1;
        }
        items.shrink_to_fit();
        Ok(Entries {
            items,
            unusable,
            left_out,
        })
    }
}
