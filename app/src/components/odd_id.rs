use leptos::prelude::*;
use model::format::is_id;

use crate::ui::badge::Badge;

/// Marks an id that stands in the metadata as Iceberg has none: too large, or written as a float. Engines may read
/// another number from the same digits.
#[component]
pub fn OddId(id: String) -> impl IntoView {
    (!is_id(&id)).then(|| view! { " " <Badge text="no 64-bit integer" tone="badge-warning" /> })
}
