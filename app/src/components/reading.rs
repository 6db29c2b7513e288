use leptos::prelude::*;
use model::{Read, error::AppError};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    loaded::Loaded,
    read_at::{ReadAt, new_asks},
};
use crate::{resource::Resource, ui::note::Notes};

/// [`Loaded`] of what the address asks for, with when it was read and a way to read it again.
#[component]
pub fn Reading<K, A, L, R, T, F, V>(
    /// What is asked for; another is read anew.
    ask: A,
    /// Reads it; from the catalog itself where that is `true`.
    load: L,
    /// Counts the asks to read it again, where more than this is read again.
    #[prop(optional)]
    refresh: Option<RwSignal<u32>>,
    children: F,
) -> impl IntoView
where
    K: Clone + PartialEq + Send + Sync + 'static,
    A: Fn() -> K + Send + Sync + 'static,
    L: Fn(K, bool) -> R + Send + Sync + 'static,
    R: Future<Output = Result<Read<T>, AppError>> + Send + 'static,
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let refresh = refresh.unwrap_or_else(|| RwSignal::new(0));
    let is_new = new_asks();
    let resource = Resource::new(
        move || (ask(), refresh.get()),
        move |(asked, asks)| load(asked, is_new(asks)),
    );
    view! {
        <Loaded resource let:read>
            <ReadAt moment=read.at refresh />
            <Notes notes=read.notes />
            {children(read.data)}
        </Loaded>
    }
}
