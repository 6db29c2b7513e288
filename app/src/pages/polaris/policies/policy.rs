use leptos::prelude::*;
use model::{
    form::{CONTENT, DESCRIPTION, DETACH_ALL, operation::DELETE},
    format::visible,
    page::PolarisPage,
    paths::Place,
    polaris::{Known, native::PolicyView},
};

use super::{Content as ContentField, attach::Attach};
use crate::{
    api::polaris::policies::load_policy,
    components::{
        entity::{Entity, EntityPage},
        field::FieldInput,
        named::each_named,
        page_header::trail,
        part::Part,
        press::Press,
        properties::is_conflict,
        removal::Danger,
    },
    ui::{
        action::ActionLink,
        facts::{Fact, Facts},
        section::Section,
        table::{Column::Code, TableFrame},
    },
};

/// One policy: what it says, and where it is attached and detached.
#[component]
pub fn PolicyPage() -> impl IntoView {
    each_named(
        PolarisPage::Policy,
        |place, name| view! { <Policy place name /> },
    )
}

#[component]
fn Policy(place: Place, name: String) -> impl IntoView {
    let crumbs = trail(&place, &[("Policies", place.policies_path())]);
    let who = place.with_object(&name).who_path("policy");
    view! {
        <EntityPage
            place
            name
            noun="Policy"
            crumbs
            ways=view! { <ActionLink icon="icon-users" href=who text="Who can use it" /> }
            load=load_policy
            let(view, entity)
        >
            <Content view entity />
        </EntityPage>
    }
}

#[component]
fn Content(view: PolicyView, entity: Entity) -> impl IntoView {
    let detach_all = entity.posted.clone().of(DELETE).value(&DETACH_ALL, "");
    let inherited = match view.inheritable {
        true => "by what lies below where it is attached",
        false => "no",
    };
    let (on_catalog, on_namespace) = (view.on_catalog.clone(), view.on_namespace.clone());
    let (kind, about, version) = (
        view.policy_type.clone(),
        view.description.clone(),
        view.version.clone(),
    );
    view! {
        <Facts>
            <Fact name="Type"><code>{kind}</code></Fact>
            <Fact name="Inherited">{inherited}</Fact>
            <Fact name="Description">{about}</Fact>
            <Fact name="Version"><span class="tabular-nums">{version}</span></Fact>
        </Facts>
        <Section title="Content" clone:entity><Edit view entity /></Section>
        <Section title="Attach and detach" clone:entity>
            <Attached on_catalog on_namespace place=entity.place.clone() />
            <Attach entity />
        </Section>
        <Danger title="Drop this policy…" entity own=false button="Drop the policy">
            <p>"It no longer holds anywhere. The server refuses while it is attached, unless it is detached everywhere too. This cannot be undone."</p>
            <FieldInput field=&DETACH_ALL value=detach_all />
        </Danger>
    }
}

/// Two objects that can be asked at once; the rest says it on pages of its own.
#[component]
fn Attached(on_catalog: Known<bool>, on_namespace: Known<bool>, place: Place) -> impl IntoView {
    let catalog = place.with_namespace(&[]);
    let tables = place.namespace_path();
    let row = |what: &'static str, known: Known<bool>, of: Place| {
        let said = |attached| if attached { "yes" } else { "no" };
        let href = of.policies_path();
        view! {
            <Fact name=what>
                <Part known let:attached>{said(attached)}</Part>
                " " <a class="link text-sm" href=href>"All policies that hold there"</a>
            </Fact>
        }
    };
    view! {
        <Facts>
            {row("Attached to the catalog", on_catalog, catalog)}
            {row("Attached to this namespace", on_namespace, place)}
        </Facts>
        <p class="text-sm text-base-content/70 max-w-prose my-2">
            "No call of Polaris lists where a policy is attached. Each namespace and each table says under “Policies” which hold for it: "
            <a class="link" href=tables>"tables of this namespace"</a> "."
        </p>
    }
}

/// What was typed survives a refusal; a conflict stands beside what is there now.
#[component]
fn Edit(view: PolicyView, entity: Entity) -> impl IntoView {
    let Entity {
        posted,
        locked,
        once,
        ..
    } = entity;
    let posted = posted.of("");
    let conflict = is_conflict(&posted);
    let (content, description) = (view.content.clone(), view.description.clone());
    let shown = visible(&content);
    let fields = [
        posted.value(&DESCRIPTION, &description),
        posted.value(&CONTENT, &content),
    ];
    let [description_field, content_field] = fields;
    let open = posted.is_refused();
    let typed = [posted.value(&DESCRIPTION, ""), posted.value(&CONTENT, "")];
    view! {
        {conflict.then(|| view! {
            <p class="text-sm">{format!("Version {} is there now:", view.version)}</p>
            <TableFrame label="Both versions" columns=&[Code("Field"), Code("There now"), Code("Typed")]>
                <tr><td>"description"</td><td>{description.clone()}</td><td>{typed[0].clone()}</td></tr>
                <tr><td>"content"</td><td>{content.clone()}</td><td>{typed[1].clone()}</td></tr>
            </TableFrame>
        })}
        <pre class="text-xs bg-base-200 rounded-box p-3 whitespace-pre-wrap wrap-anywhere">{shown}</pre>
        {match locked {
            Some(reason) => view! { <button type="button" class="btn btn-xs mt-2" disabled title=reason>"Edit"</button> }.into_any(),
            None => view! {
                <details class="mt-2" open=open>
                    <summary class="btn btn-xs">"Edit"</summary>
                    <form method="post" action="" class="grid gap-3 my-2">
                        <input type="hidden" name="version" value=view.version />
                        <Press once />
                        <FieldInput field=&DESCRIPTION value=description_field />
                        <ContentField value=content_field />
                        <p><button class="btn btn-sm btn-primary">"Save policy"</button></p>
                    </form>
                </details>
            }.into_any(),
        }}
    }
}
