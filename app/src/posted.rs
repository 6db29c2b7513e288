use leptos::prelude::*;
use model::posted::Posted;
use serde::{Serialize, de::DeserializeOwned};

/// What the page at hand answers; the same in the browser as on the server.
pub fn use_posted<T>() -> Posted<T>
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
{
    SharedValue::new(|| use_context::<Posted<T>>().unwrap_or_default()).into_inner()
}
