use leptos::prelude::*;
use model::{
    error::AppError,
    form::{CONFIRM, Field, OPENED},
    format::visible,
    paths::{Place, Query},
    polaris::{EntityView, Known, Managed},
    posted::Posted,
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    done::Done,
    loaded::Changeable,
    locked::Locked,
    moment::MomentText,
    page_header::{PageHeader, Trail},
    part::Part,
    press::Press,
    read_at::ReadAt,
    refusal::Refusal,
};
use crate::{
    location::use_query,
    posted::use_posted,
    resource::Resource,
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
    /// What the confirmations are about that stand open from the beginning: the one that was refused, and
    /// those that stood open beside the one that was pressed.
    opened: Vec<String>,
    /// What the address says.
    query: Query,
    /// Of what outlives each answer of the server.
    pub page: Owner,
}

impl Entity {
    /// Whether the confirmation about `names` stands open.
    pub fn opens(&self, names: &str) -> bool {
        self.opened.iter().any(|opened| opened == names)
    }

    /// What was typed into the confirmation about `names`, and did not confirm it.
    pub fn typed(&self, names: &str) -> String {
        self.posted.clone().about(names).value(&CONFIRM, "")
    }

    /// What was typed into a field of the form of `operation`, or else what the address says.
    pub fn asked(&self, operation: &str, field: &Field) -> String {
        let typed = self.posted.clone().of(operation);
        typed.value(field, &self.query.text(field.name))
    }
}

/// The page of one thing that can be changed. `children` show what was read.
#[component]
pub fn EntityPage<T, W, L, R, F, V>(
    place: Place,
    name: String,
    /// The word before its name.
    noun: &'static str,
    crumbs: Trail,
    /// Ways on, beside its name.
    ways: W,
    load: L,
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
    let read = Resource::new(
        move || refresh.get(),
        move |_| load(asked.0.clone(), asked.1.clone()),
    );
    let (once, set_once) = signal(String::new());
    let (posted, query) = (use_posted(), use_query());
    let opened = {
        let query = query.read_untracked();
        let refused = posted.refused_about().into_iter();
        let opened = refused.chain(query.all(OPENED)).map(str::to_owned);
        opened.collect()
    };
    let title = match name.as_str() {
        "" => noun.to_owned(),
        name => visible(name),
    };
    let entity = Entity {
        place,
        name,
        locked: None,
        once,
        posted: posted.clone(),
        opened,
        query: query.get_untracked(),
        page: Owner::current().unwrap_or_default(),
    };
    view! {
        <PageHeader title noun crumbs=Signal::stored(crumbs)>{ways}</PageHeader>
        <Told posted />
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

/// What came of a form that the page answers.
#[component]
fn Told(posted: Posted) -> impl IntoView {
    let refused = posted.is_refused();
    view! {
        {posted.error.map(|error| view! { <Refusal error /> })}
        {(!refused).then(|| view! { <Done /> })}
    }
}

/// A form for one of the page's buttons, sent to its own address.
#[component]
pub fn EntityForm(
    entity: Entity,
    /// What the button does; where there are several, each says it.
    #[prop(optional)]
    operation: &'static str,
    /// What its confirmation is about.
    #[prop(optional, into)]
    names: String,
    #[prop(default = "grid gap-2")] class: &'static str,
    children: Children,
) -> impl IntoView {
    let opened = entity.opened;
    view! {
        <form method="post" action="" class=class>
            <Press once=entity.once operation names opened />
            {children()}
        </form>
    }
}
