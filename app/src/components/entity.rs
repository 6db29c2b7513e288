use leptos::prelude::*;
use model::polaris::{EntityView, Known};

use super::{moment::MomentText, part::Part};
use crate::ui::facts::{Fact, Facts};

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
