use leptos::{form::ActionForm, prelude::*};
use model::{
    error::Kind, format::visible, page::PolarisPage, paths::Place, polaris::native::PolicyView,
    posted::Posted,
};

use super::{Content, attach::Attach};
use crate::{
    api::polaris::policies::{AttachPolicy, DropPolicy, load_policy},
    components::{
        back::Back,
        loaded::Changeable,
        locked::Locked,
        named::each_named,
        page_header::{PageHeader, crumbs_to},
        press::Press,
        read_at::ReadAt,
        refusal::Refusal,
        removal::{Confirm, Danger},
    },
    posted::use_posted,
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
    let refresh = RwSignal::new(0);
    let asked = (place.clone(), name.clone());
    let policy = Resource::new(
        move || (refresh.get(), attach.version().get()),
        move |_| load_policy(asked.0.clone(), asked.1.clone()),
    );
    let (once, set_once) = signal(String::new());
    let kept = Signal::derive(move || drop.value().get().and_then(Result::err));
    let posted = StoredValue::new(use_posted());
    let refused = posted.with_value(|posted| posted.error.clone());
    let trail = crumbs_to(&place, &[("Policies", place.policies_path())]);
    let mut object = place.clone();
    object.object = Some(name.clone());
    let (title, who) = (visible(&name), object.who_path("policy"));
    let (place, name) = (StoredValue::new(place), StoredValue::new(name));
    view! {
        <PageHeader title noun="Policy" crumbs=Signal::stored(trail)>
            <a class="link text-sm ml-auto" href=who>"Who can use it"</a>
        </PageHeader>
        {refused.map(|error| view! { <Refusal error /> })}
        <Changeable resource=policy let(read, locked)>
            {
                let view = StoredValue::new(read.data);
                set_once.set(read.once);
                let locked = StoredValue::new(locked);
                view! {
                    <Locked reason=locked.get_value() />
                    <ReadAt moment=read.at refresh />
                    <Facts>
                        <Fact name="Type"><code>{view.get_value().policy_type}</code></Fact>
                        <Fact name="Inherited">{if view.with_value(|view| view.inheritable) { "by what lies below where it is attached" } else { "no" }}</Fact>
                        <Fact name="Description">{view.get_value().description}</Fact>
                        <Fact name="Version"><span class="tabular-nums">{view.get_value().version}</span></Fact>
                    </Facts>
                    <Section title="Content">
                        <Edit view=view.get_value() posted=posted.get_value() locked=locked.get_value() once />
                    </Section>
                    <Section title="Attach and detach">
                        <Attach place=place.get_value() name=name.get_value() locked=locked.get_value() attach once />
                    </Section>
                    <Danger title="Drop this policy…" locked=locked.get_value() failed=kept>
                        <p>"It no longer holds anywhere. The server refuses while it is attached, unless it is detached everywhere too. This cannot be undone."</p>
                        <ActionForm action=drop attr:class="grid gap-2">
                            <Back />
                            <input type="hidden" name="place" value=place.get_value().to_string() />
                            <input type="hidden" name="name" value=name.get_value() />
                            <Press once />
                            <label class="flex items-center gap-2">
                                <input type="checkbox" class="checkbox checkbox-sm" name="detach_all" value="true" />
                                "Detach it everywhere"
                            </label>
                            <Confirm name=name.get_value() own=false button="Drop the policy" busy=drop.pending() />
                        </ActionForm>
                    </Danger>
                }
            }
        </Changeable>
    }
}

/// What was typed survives a refusal; a conflict stands beside what is there now.
#[component]
fn Edit(
    view: PolicyView,
    posted: Posted,
    locked: Option<String>,
    once: ReadSignal<String>,
) -> impl IntoView {
    let conflict = posted
        .error
        .as_ref()
        .is_some_and(|error| error.kind == Kind::Conflict);
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
                        <Content value=content_field />
                        <p><button class="btn btn-sm btn-primary">"Save policy"</button></p>
                    </form>
                </details>
            }.into_any(),
        }}
    }
}
