use leptos::{form::ActionForm, prelude::*};
use model::{format::visible, page::PolarisPage, paths::Place, polaris::native::PolicyView};

use super::{Content as ContentField, attach::Attach};
use crate::{
    api::polaris::policies::{AttachPolicy, DropPolicy, load_policy},
    components::{
        entity::{About, Change, Entity, EntityPage, failed},
        named::each_named,
        page_header::crumbs_to,
        press::Press,
        properties::is_conflict,
        removal::{Confirm, Danger},
    },
    ui::{
        facts::{Fact, Facts},
        section::Section,
        table::{Column::Code, TableFrame},
        text_field::TextField,
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
    let attach = ServerAction::<AttachPolicy>::new();
    let drop = ServerAction::<DropPolicy>::new();
    let crumbs = crumbs_to(&place, &[("Policies", place.policies_path())]);
    let who = place.with_object(&name).who_path("policy");
    view! {
        <EntityPage
            place
            name
            noun="Policy"
            crumbs
            ways=view! { <a class="link text-sm ml-auto" href=who>"Who can use it"</a> }
            load=load_policy
            changes=vec![Change::told_by_its_part(attach)]
            let(view, entity)
        >
            <Content view entity attach drop />
        </EntityPage>
    }
}

#[component]
fn Content(
    view: PolicyView,
    entity: Entity,
    attach: ServerAction<AttachPolicy>,
    drop: ServerAction<DropPolicy>,
) -> impl IntoView {
    let inherited = match view.inheritable {
        true => "by what lies below where it is attached",
        false => "no",
    };
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
        <Section title="Attach and detach" clone:entity><Attach entity attach /></Section>
        <Danger title="Drop this policy…" locked=entity.locked.clone() failed=failed(drop)>
            <p>"It no longer holds anywhere. The server refuses while it is attached, unless it is detached everywhere too. This cannot be undone."</p>
            <ActionForm action=drop attr:class="grid gap-2">
                <About entity=entity.clone() />
                <label class="flex items-center gap-2">
                    <input type="checkbox" class="checkbox checkbox-sm" name="detach_all" value="true" />
                    "Detach it everywhere"
                </label>
                <Confirm name=entity.name own=false button="Drop the policy" busy=drop.pending() />
            </ActionForm>
        </Danger>
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
    let conflict = is_conflict(&posted);
    let (content, description) = (view.content.clone(), view.description.clone());
    let shown = visible(&content);
    let fields = [
        posted.value("description", &description),
        posted.value("content", &content),
    ];
    let [description_field, content_field] = fields;
    let open = posted.is_refused();
    let typed = [posted.value("description", ""), posted.value("content", "")];
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
                        <TextField name="description" label="Description" value=description_field />
                        <ContentField value=content_field />
                        <p><button class="btn btn-sm btn-primary">"Save policy"</button></p>
                    </form>
                </details>
            }.into_any(),
        }}
    }
}
