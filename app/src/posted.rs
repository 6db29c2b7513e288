use leptos::prelude::*;
use model::posted::Posted;

/// What the page at hand answers; the same in the browser as on the server.
pub fn use_posted() -> Posted {
    SharedValue::new(|| use_context::<Posted>().unwrap_or_default()).into_inner()
}
