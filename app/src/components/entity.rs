use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    error::AppError,
    format::visible,
    paths::Place,
    polaris::{EntityView, Known, Managed},
    posted::Posted,
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    back::Back,
    loaded::Changeable,
    locked::Locked,
    moment::MomentText,
    page_header::{Crumb, PageHeader},
    part::Part,
    press::Press,
    read_at::ReadAt,
    refusal::Refusal,
};
use crate::{
    posted::use_posted,
    ui::facts::{Fact, Facts},
};

/// What the parts of a page about one thing share.
#[derive(Clone)]
pub struct Entity {
    pub place: Place,
    pub name: String,
    /// Why nothing may be changed, where that is so.
    pub locked: Option<String>,
    /// The id of its forms.
    pub once: ReadSignal<String>,
    /// What the page answers.
    pub posted: Posted,
    /// Of what outlives each answer of the server.
    pub page: Owner,
}

/// A change that a page makes and stays at: it reads anew what it shows, or says what failed.
#[derive(Clone, Copy)]
pub struct Change {
    tried: Signal<usize>,
    failed: Signal<Option<AppError>>,
}

impl<S> From<ServerAction<S>> for Change
where
    S: ServerFn<Output = (), Error = AppError> + Clone + Send + Sync + 'static,
{
    fn from(action: ServerAction<S>) -> Self {
        Self {
            tried: Signal::derive(move || action.version().get()),
            failed: failed(action),
        }
    }
}

impl Change {
    /// Where a part of the page says itself what came of it.
    pub fn told_by_its_part<S>(action: ServerAction<S>) -> Self
    where
        S: ServerFn<Output = (), Error = AppError> + Clone + Send + Sync + 'static,
    {
        Self {
            failed: Signal::stored(None),
            ..action.into()
        }
    }
}

/// Why the last try failed.
pub fn failed<S>(action: ServerAction<S>) -> Signal<Option<AppError>>
where
    S: ServerFn<Output = (), Error = AppError> + Clone + Send + Sync + 'static,
{
    Signal::derive(move || action.value().get().and_then(Result::err))
}

/// The page of one thing that can be changed. `children` show what was read.
#[component]
pub fn EntityPage<T, W, L, R, F, V>(
    place: Place,
    name: String,
    /// The word before its name.
    noun: &'static str,
    crumbs: Vec<Crumb>,
    /// Ways on, beside its name.
    ways: W,
    load: L,
    #[prop(optional)] changes: Vec<Change>,
    children: F,
) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    W: IntoView + 'static,
    L: Fn(Place, String) -> R + Send + Sync + 'static,
    R: Future<Output = Result<Managed<T>, AppError>> + Send + 'static,
    F: Fn(T, Entity) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let refresh = RwSignal::new(0);
    let asked = (place.clone(), name.clone());
    let tried = changes.clone();
    let read = Resource::new(
        move || {
            let tried: Vec<usize> = tried.iter().map(|change| change.tried.get()).collect();
            (refresh.get(), tried)
        },
        move |_| load(asked.0.clone(), asked.1.clone()),
    );
    let (once, set_once) = signal(String::new());
    let failed = move || changes.iter().find_map(|change| change.failed.get());
    let posted = use_posted();
    let refused = posted.error.clone();
    let title = visible(&name);
    let entity = Entity {
        place,
        name,
        locked: None,
        once,
        posted,
        page: Owner::current().unwrap_or_default(),
    };
    view! {
        <PageHeader title noun crumbs=Signal::stored(crumbs)>{ways}</PageHeader>
        {refused.map(|error| view! { <Refusal error /> })}
        {move || failed().map(|error| view! { <Refusal error /> })}
        <Changeable resource=read let(read, locked)>
            {
                set_once.set(read.once);
                let entity = Entity { locked: locked.clone(), ..entity.clone() };
                view! {
                    <Locked reason=locked />
                    <ReadAt moment=read.at refresh />
                    {children(read.data, entity)}
                }
            }
        </Changeable>
    }
}

/// Version, dates and kind of an entity.
#[component]
pub fn EntityFacts(
    entity: Known<EntityView>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let facts = move |entity: EntityView| {
        view! {
            <Facts>
                {children.map(|children| children())}
                {entity.federated.then(|| view! { <Fact name="Known from">"an identity provider: it cannot be changed here"</Fact> })}
                {entity.created.map(|created| view! { <Fact name="Created"><MomentText moment=created /></Fact> })}
                {entity.changed.map(|changed| view! { <Fact name="Changed"><MomentText moment=changed /></Fact> })}
                {entity.version.map(|version| view! { <Fact name="Version"><span class="tabular-nums">{version}</span></Fact> })}
            </Facts>
        }
    };
    view! { <Part known=entity let:entity>{facts(entity)}</Part> }
}

/// Hidden fields of a form about the thing that its page shows.
#[component]
pub fn About(entity: Entity) -> impl IntoView {
    view! {
        <Back />
        <input type="hidden" name="place" value=entity.place.to_string() />
        <input type="hidden" name="name" value=entity.name />
        <Press once=entity.once />
    }
}
