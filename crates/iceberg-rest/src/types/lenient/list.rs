use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};

use crate::types::allowance;

/// A list of any length. `null` counts as empty, and in it as nothing.
pub fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let list = Option::<List<T>>::deserialize(deserializer)?;
    Ok(list.map_or_else(Vec::new, |list| list.0))
}

/// An object by key. `null` counts as empty, and in it as nothing.
pub fn map<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, T>, D::Error> {
    let map = Option::<Map<T>>::deserialize(deserializer)?;
    Ok(map.map_or_else(BTreeMap::new, |map| map.0))
}

/// All entries, as far as the answer's allowance goes.
pub(super) fn collect<'de, A: SeqAccess<'de>, T: Deserialize<'de>, U>(
    mut entries: A,
    keep: impl Fn(T) -> Option<U>,
) -> Result<Vec<U>, A::Error> {
    let mut list = Vec::new();
    while let Some(entry) = entries.next_element()? {
        let Some(entry) = keep(entry) else {
            allowance::pass_over();
            continue;
        };
        // However short, a text in it takes 32 bytes more.
        if !allowance::spend(size_of::<U>() + 32) {
            return Err(A::Error::custom("too many entries"));
        }
        if list.len() == list.capacity() {
            list.reserve_exact(list.len() / 4 + 4);
        }
        list.push(entry);
    }
    list.shrink_to_fit();
    Ok(list)
}

struct List<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, entries: A) -> Result<List<T>, A::Error> {
        collect(entries, |entry: Option<T>| entry).map(List)
    }
}

/// An object whose values are read as `E`, each of which may turn out to be nothing.
pub(super) struct Map<T, E = Option<T>>(pub BTreeMap<String, T>, PhantomData<E>);

impl<'de, T, E: Deserialize<'de> + Into<Option<T>>> Deserialize<'de> for Map<T, E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MapVisitor(PhantomData))
    }
}

struct MapVisitor<T, E>(PhantomData<(T, E)>);

impl<'de, T, E: Deserialize<'de> + Into<Option<T>>> Visitor<'de> for MapVisitor<T, E> {
    type Value = Map<T, E>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    /// All entries, as far as the answer's allowance goes. Of a key that comes again the last holds.
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Map<T, E>, A::Error> {
        let mut map = BTreeMap::new();
        while let Some((key, entry)) = entries.next_entry::<_, E>()? {
            let Some(entry) = entry.into() else {
                allowance::pass_over();
                continue;
            };
            if !allowance::spend(2 * size_of::<T>() + 128) {
                return Err(A::Error::custom("too many entries"));
            }
            if map.insert(key, entry).is_some() {
                allowance::pass_over();
            }
        }
        Ok(Map(map, PhantomData))
    }
}
