use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error, IgnoredAny, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{PageToken, allowance};
use crate::{
    ident::{Namespace, TableIdent, ViewIdent},
    listing::{Completeness, Listing},
    operation::Operation,
    walk,
};

/// Entries of one page that are kept. Pages are asked for with a size far below it.
pub const MAX_ENTRIES: usize = 100_000;

/// Longest entry that is read, in bytes: no catalog takes names of that length.
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

/// One page of a list: of the Iceberg API read as it is, of another made with [`Page::new`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// What could be read, in the server's order.
    pub items: Vec<T>,
    /// Entries that cannot be read, or whose name no request could carry (empty, `.` or `..`).
    pub unusable: usize,
    /// Entries beyond [`MAX_ENTRIES`], or beyond what one answer may take in memory.
    pub left_out: usize,
    /// Opaque; `None` on the last page.
    pub next: Option<String>,
    /// The token of the next page cannot be read, so this is the last that can be had.
    pub cut: bool,
}

impl<T> Page<T> {
    /// The entries of a page, and the token of the next.
    pub fn new(entries: Entries<T>, next: PageToken) -> Self {
        Self {
            items: entries.items,
            unusable: entries.unusable,
            left_out: entries.left_out,
            cut: next == PageToken::Unreadable,
            next: next.text(),
        }
    }

    /// The same page, with the entries that `item` makes something of.
    pub fn filter_map<U>(self, item: impl Fn(&T) -> Option<U>) -> Page<U> {
        Page {
            items: self.items.iter().filter_map(item).collect(),
            unusable: self.unusable,
            left_out: self.left_out,
            next: self.next,
            cut: self.cut,
        }
    }
}

impl<T> Page<T> {
    /// The page as the whole list of an API that has no other pages: what is missing of it is said.
    pub fn whole(self) -> Listing<T> {
        let mut doubts = Vec::new();
        if self.cut || self.next.is_some() {
            doubts.push(
                "The server holds more than it sent, and has no call for the rest.".to_owned(),
            );
        }
        match self.unusable + self.left_out {
            0 => {}
            1 => doubts.push("One entry is left out: it cannot be read.".to_owned()),
            count => doubts.push(format!(
                "{count} entries are left out: they cannot be read."
            )),
        }
        Listing {
            items: self.items,
            completeness: match doubts.is_empty() {
                true => Completeness::Complete,
                false => Completeness::Capped {
                    reason: doubts.join(" "),
                },
            },
        }
    }
}

/// An empty page, the last.
impl<T> Default for Page<T> {
    fn default() -> Self {
        Self::new(Entries::default(), PageToken::None)
    }
}

impl<'de, T: Listed> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawPage::deserialize(deserializer)?;
        let next = match raw.next {
            PageToken::None => raw.next_camel,
            next => next,
        };
        let entries: Option<Named<T>> = if T::KEY == "namespaces" {
            raw.namespaces
        } else {
            raw.identifiers
        };
        let Named(entries) = entries.ok_or_else(|| D::Error::missing_field(T::KEY))?;
        Ok(Self::new(entries, next))
    }
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "T: Listed"))]
struct RawPage<T> {
    #[serde(default = "Option::default", deserialize_with = "sent")]
    namespaces: Option<Named<T>>,
    #[serde(default = "Option::default", deserialize_with = "sent")]
    identifiers: Option<Named<T>>,
    #[serde(default, rename = "next-page-token")]
    next: PageToken,
    /// S3 Tables.
    #[serde(default, rename = "nextPageToken")]
    next_camel: PageToken,
}

/// A field that is there; `null`, as Go writes a list without entries, is one.
fn sent<'de, D: Deserializer<'de>, T: Listed>(
    deserializer: D,
) -> Result<Option<Named<T>>, D::Error> {
    Named::deserialize(deserializer).map(Some)
}

/// The entries of a page, as a field of a page's own type: one that is no `T`, or longer than 64 KiB, costs itself
/// and not the page, and no more than [`MAX_ENTRIES`] are kept. `null` counts as empty.
///
/// Lists inside a `T` are to be read by [`lenient::list`], so that they are bounded too.
#[derive(Debug)]
pub struct Entries<T> {
    items: Vec<T>,
    unusable: usize,
    left_out: usize,
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            unusable: 0,
            left_out: 0,
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // However short, a text in it takes 32 bytes more.
        deserializer.deserialize_option(EntriesVisitor(|_: &T| size_of::<T>() + 32))
    }
}

/// Entries that are made of names alone.
struct Named<T>(Entries<T>);

impl<'de, T: Listed> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A name takes its pointer and, however short, 32 bytes more.
        let bytes = |item: &T| size_of::<T>() + 56 * item.names();
        deserializer
            .deserialize_option(EntriesVisitor(bytes))
            .map(Self)
    }
}

/// An entry by itself. Of keys that come twice in it the last holds, as in the answer around it.
fn single<T: DeserializeOwned>(json: &str) -> Option<T> {
    match serde_json::from_str(json) {
        Ok(entry) => Some(entry),
        Err(error) if error.is_data() => {
            let entry = serde_json::from_slice(&walk::without_doubles(json.as_bytes())?).ok()?;
            allowance::pass_over();
            Some(entry)
        }
        Err(_) => None,
    }
}

/// With what an entry takes in memory, in bytes.
struct EntriesVisitor<T>(fn(&T) -> usize);

impl<'de, T: DeserializeOwned> Visitor<'de> for EntriesVisitor<T> {
    type Value = Entries<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_none<E>(self) -> Result<Entries<T>, E> {
        Ok(Entries::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Entries<T>, D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Entries<T>, A::Error> {
        let (mut items, mut unusable, mut left_out) = (Vec::new(), 0, 0);
        while items.len() < MAX_ENTRIES
            && left_out == 0
            && let Some(entry) = entries.next_element::<Box<RawValue>>()?
        {
            let json = Some(entry.get()).filter(|json| json.len() <= MAX_ENTRY);
            match json.and_then(single::<T>) {
                None => unusable += 1,
                Some(item) if allowance::spend((self.0)(&item)) => items.push(item),
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
