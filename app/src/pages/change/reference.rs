//! Branches and tags of a table.

use leptos::prelude::*;
use model::{
    age::age_text,
    form::{MAX_REF_AGE, MAX_SNAPSHOT_AGE, MIN_SNAPSHOTS, NAME, NEW_NAME, SNAPSHOT, TYPE},
    format::visible,
    open::Noun,
    page::TableTab,
    paths::Place,
    posted::Posted,
    preview::Preview,
    refs::{MAIN, RefRow},
};

use super::object;
use crate::{
    api::tables::load_ref,
    components::{
        loaded::LoadedBelow,
        page_header::{PageHeader, crumbs},
        preview::{Steps, unknown},
    },
    location::{use_place, use_query},
    posted::use_posted,
    resource::Resource,
    ui::text_field::TextField,
};

#[component]
pub fn NewRef() -> impl IntoView {
    let (place, query) = (use_place().get_untracked(), use_query().get_untracked());
    let posted: Posted<Preview> = use_posted();
    let wrong = |field| posted.wrong(field).unwrap_or_default();
    let (name, kind, snapshot) = (wrong(&NAME), wrong(&TYPE), wrong(&SNAPSHOT));
    let tag = posted.value(&TYPE, "branch") == "tag";
    let at = posted.value(&SNAPSHOT, &query.text(SNAPSHOT.name));
    view! {
        <object::Head verb="New branch or tag of" place=place.clone() noun=Noun::Table />
        <Steps posted=posted.clone() button="Create it" back=back(&place)>
            <TextField name=NAME.name label=NAME.label value=posted.value(&NAME, "") required=true wrong=name />
            <label class="grid gap-1 text-sm max-w-xl">
                <span class="font-medium">{TYPE.label}</span>
                <select class="select select-sm w-72 max-w-full" name=TYPE.name>
                    <option value="branch">"Branch: engines can write to it"</option>
                    <option value="tag" selected=tag>"Tag: it stays where it is"</option>
                </select>
                {(!kind.is_empty()).then(|| view! { <span class="text-error wrap-anywhere">{kind}</span> })}
            </label>
            <TextField
                name=SNAPSHOT.name
                label=SNAPSHOT.label
                value=at
                help="The id of one that the table has, or the name of a branch or tag that points at it. Empty: the current one."
                wrong=snapshot
            />
            <Retention posted=posted.form() kept=None />
        </Steps>
    }
}

#[component]
pub fn EditRef() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let also = unknown(&posted);
    let form = move |reference: RefRow| {
        let posted = posted.clone();
        let [name, wrong] =
            [NEW_NAME, SNAPSHOT].map(|field| posted.wrong(&field).unwrap_or_default());
        let called = (reference.name != MAIN).then(|| {
            let value = posted.value(&NEW_NAME, &reference.name);
            view! { <TextField name=NEW_NAME.name label=NEW_NAME.label value required=true wrong=name /> }
        });
        let back = back(&use_place().get_untracked());
        view! {
            <Steps posted=posted.clone() button="Change it" back>
                <input type="hidden" name=NAME.name value=reference.name.clone() />
                {called}
                <TextField
                    name=SNAPSHOT.name
                    label=SNAPSHOT.label
                    value=posted.value(&SNAPSHOT, &reference.snapshot)
                    help="The id of one that the table has, or the name of a branch or tag that points at it: an earlier one rolls it back, a later one takes it forward."
                    required=true
                    wrong
                />
                <Retention posted=posted.form() kept=Some(reference) />
            </Steps>
        }
    };
    view! {
        <Head verb="Change" place=place.clone() />
        <Named place also children=form />
    }
}

#[component]
pub fn DropRef() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let also = unknown(&posted);
    let form = move |reference: RefRow| {
        let back = back(&use_place().get_untracked());
        let said = format!(
            "The {} {} points at snapshot {}.",
            reference.kind,
            visible(&reference.name),
            reference.snapshot
        );
        view! {
            <Steps posted=posted.clone() button="Delete it" back>
                <input type="hidden" name=NAME.name value=reference.name />
                <p class="text-sm wrap-anywhere">{said}</p>
            </Steps>
        }
    };
    view! {
        <Head verb="Delete" place=place.clone() />
        <Named place also children=form />
    }
}

/// The one that the address names, as it is now.
#[component]
fn Named<F, V>(place: Place, also: ViewFn, children: F) -> impl IntoView
where
    F: Fn(RefRow) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let name = use_query().get_untracked().text(NAME.name);
    let load = move |()| load_ref(place.clone(), name.clone());
    let read = Resource::new(|| (), load);
    view! { <LoadedBelow resource=read also let:reference>{children(reference.data)}</LoadedBelow> }
}

#[component]
fn Head(verb: &'static str, place: Place) -> impl IntoView {
    let name = use_query().get_untracked().text(NAME.name);
    let title = format!("{verb} {}", visible(&name));
    view! { <PageHeader title noun="Table" crumbs=Signal::stored(crumbs(&place)) /> }
}

/// How long it is kept, and what is on it.
#[component]
fn Retention(posted: Posted, kept: Option<RefRow>) -> impl IntoView {
    let kept = kept.as_ref();
    let is_tag = kept.is_some_and(|kept| kept.kind == "tag");
    let age = |of: fn(&RefRow) -> Option<i64>| kept.and_then(of).map(age_text).unwrap_or_default();
    let least = kept.and_then(|kept| kept.min_snapshots);
    let least = least.map(|least| least.to_string()).unwrap_or_default();
    let fields = [
        (MAX_REF_AGE, age(|kept| kept.max_ref_age)),
        (MAX_SNAPSHOT_AGE, age(|kept| kept.max_snapshot_age)),
        (MIN_SNAPSHOTS, least),
    ];
    let shown = if is_tag { 1 } else { 3 };
    let field = move |(field, value): (model::form::Field, String)| {
        let wrong = posted.wrong(&field).unwrap_or_default();
        view! {
            <TextField name=field.name label=field.label value=posted.value(&field, &value) help=field.help wrong />
        }
    };
    fields.into_iter().take(shown).map(field).collect_view()
}

fn back(place: &Place) -> String {
    place.table_path(TableTab::Refs)
}
