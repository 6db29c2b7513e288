use leptos::{either::Either, prelude::*, reactive::computed::ScopedFuture};
use leptos_router::hooks::use_location;
use model::{
    error::{AppError, Kind},
    page::Page,
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    connection::use_facts,
    failed::Failed,
    waiting::{Patient, Waiting},
};

/// What a page reads from the server: content when it is there, what is waited for before, and an error
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
        <Patient>
            <Transition fallback=Waiting>
                {move || Suspend::new(async move {
                    match resource.await {
                        Ok(data) => Either::Left(children.with_value(|children| children(data))),
                        Err(error) => Either::Right(failed(error, resource)),
                    }
                })}
            </Transition>
        </Patient>
    }
    .into_any()
}

/// [`Loaded`], of what can be changed: its content is also told why nothing may be changed, where that
/// is so. What else becomes known of the connection later does not touch what is typed there.
#[component]
pub fn Changeable<T, F, V>(resource: Resource<Result<T, AppError>>, children: F) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Fn(T, Option<String>) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let (facts, page) = (
        use_facts(),
        use_location()
            .pathname
            .with_untracked(|path| Page::parse(path)),
    );
    let children = StoredValue::new(children);
    view! {
        <Patient>
            <Transition fallback=Waiting>
                {move || {
                    let facts = ScopedFuture::new_untracked(facts.into_future());
                    Suspend::new(async move {
                        let read = match resource.await {
                            Ok(data) => facts.await.map(|facts| (data, facts)),
                            Err(error) => Err(error),
                        };
                        match read {
                            Ok((data, facts)) => {
                                let locked = facts.locked_on(page);
                                Either::Left(children.with_value(|children| children(data, locked)))
                            }
                            Err(error) => Either::Right(failed(error, resource)),
                        }
                    })
                }}
            </Transition>
        </Patient>
    }
    .into_any()
}

fn failed<T>(error: AppError, resource: Resource<Result<T, AppError>>) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
{
    resume(&error, resource);
    view! { <Failed error /> }
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
