use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};

use super::list::{Map, collect};
use crate::types::{allowance, text::Text};

/// A `T` where an object is sent, which `T` must then take; anything else is passed over.
pub fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(Object::deserialize(deserializer)?.0)
}

/// The objects of a list; what is none is passed over, and so is anything but a list.
pub(crate) fn objects<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_any(ObjectsVisitor(PhantomData))
}

/// The objects of an object, by key; what is none is passed over, and so is anything but an object.
pub(crate) fn object_map<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, T>, D::Error> {
    let map: Option<Map<T, Object<T>>> = object(deserializer)?;
    Ok(map.map_or_else(BTreeMap::new, |map| map.0))
}

/// Hands over every entry of an object whose value is not `null`, as text, until `keep` says `false`.
pub(crate) fn each_string<'de, D: Deserializer<'de>>(
    deserializer: D,
    keep: impl FnMut(String, String) -> bool,
) -> Result<(), D::Error> {
    deserializer.deserialize_map(StringsVisitor(keep))
}

struct Object<T>(Option<T>);

impl<T> From<Object<T>> for Option<T> {
    fn from(object: Object<T>) -> Self {
        object.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(ObjectVisitor(PhantomData))
            .map(Self)
    }
}

/// Passes over a value of any kind that is neither a list nor an object; `null` is nothing.
macro_rules! scalars_are {
    ($missing:expr) => {
        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            allowance::pass_over();
            Ok($missing)
        }

        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            allowance::pass_over();
            Ok($missing)
        }

        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            allowance::pass_over();
            Ok($missing)
        }

        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            allowance::pass_over();
            Ok($missing)
        }

        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            allowance::pass_over();
            Ok($missing)
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok($missing)
        }
    };
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Option<T>;

    scalars_are!(None);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Option<T>, A::Error> {
        while entries.next_element::<IgnoredAny>()?.is_some() {}
        allowance::pass_over();
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Option<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(entries)).map(Some)
    }
}

struct ObjectsVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectsVisitor<T> {
    type Value = Vec<T>;

    scalars_are!(Vec::new());

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, entries: A) -> Result<Vec<T>, A::Error> {
        collect(entries, |object: Object<T>| object.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Vec<T>, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        allowance::pass_over();
        Ok(Vec::new())
    }
}

struct StringsVisitor<F>(F);

impl<'de, F: FnMut(String, String) -> bool> Visitor<'de> for StringsVisitor<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<(), A::Error> {
        while let Some(key) = entries.next_key()? {
            if let Some(value) = entries.next_value_seed(Text)?
                && !(self.0)(key, value)
            {
                return Err(A::Error::custom("too many entries"));
            }
        }
        Ok(())
    }
}
