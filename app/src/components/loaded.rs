use leptos::{either::Either, prelude::*};
use model::error::{AppError, Kind};
use serde::{Serialize, de::DeserializeOwned};

use crate::{components::failed::Failed, ui::skeleton::Skeleton};

/// What a page reads from the server: content when it is there, a skeleton before, and an error
/// with a way out. Keeps the old content while new content is on its way.
#[component]
pub fn Loaded<T, F, V>(resource: Resource<Result<T, AppError>>, children: F) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let children = StoredValue::new(children);
    view! {
        <Transition fallback=Skeleton>
            {move || Suspend::new(async move {
                match resource.await {
                    Ok(data) => Either::Left(children.with_value(|children| children(data))),
                    Err(error) => {
                        resume(&error, resource);
                        Either::Right(view! { <Failed error /> })
                    }
                }
            })}
        </Transition>
    }
    .into_any()
}

/// A page that stopped waiting for a slow catalog asks again once it runs in the browser.
fn resume<T>(error: &AppError, resource: Resource<Result<T, AppError>>)
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
{
    if error.kind == Kind::StillWaiting {
        #[expect(
            clippy::disallowed_methods,
            reason = "runs in the browser only, once it has taken over"
        )]
        Effect::new(move |_| resource.refetch());
    }
}
