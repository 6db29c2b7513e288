//! Tables and views.

use iceberg_rest::Dialect;
use leptos::prelude::*;
use model::{
    files,
    form::{LEVELS, NAME, PURGE},
    open::Noun,
    page::{ChangePage, TableTab, ViewTab},
    paths::Place,
    posted::Posted,
    preview::Preview,
};

use crate::{
    components::{
        connection::OfKind,
        page_header::{PageHeader, crumbs},
        preview::{AtOnce, Steps},
    },
    location::use_place,
    posted::use_posted,
    ui::{note::Note, text_area::TextArea, text_field::TextField},
};

#[component]
pub fn RenameTable() -> impl IntoView {
    view! { <Rename noun=Noun::Table /> }
}

#[component]
pub fn RenameView() -> impl IntoView {
    view! { <Rename noun=Noun::View /> }
}

/// To another name, or into another namespace.
#[component]
fn Rename(noun: Noun) -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let wrong = |field| posted.wrong(field).unwrap_or_default();
    let (name, elsewhere) = (wrong(&NAME), wrong(&LEVELS));
    let called = posted.value(&NAME, place.object.as_deref().unwrap_or_default());
    let levels = posted.value(&LEVELS, &place.namespace.join("\n"));
    let invalid = (!elsewhere.is_empty()).then_some("text-error wrap-anywhere");
    view! {
        <Head verb="Rename" place=place.clone() noun />
        <Steps posted=posted.clone() button="Rename or move" back=back(&place, noun)>
            <TextField name=NAME.name label="Name" value=called required=true wrong=name />
            <label class="grid gap-1 text-sm max-w-xl">
                <span class="font-medium">{LEVELS.label}</span>
                <TextArea name=LEVELS.name value=levels rows="3" class="textarea-sm" />
                {invalid.map(|class| view! { <span class=class>{elsewhere}</span> })}
                <span class="text-xs text-base-content/70">"Another namespace moves it there. Its files stay where they are."</span>
            </label>
        </Steps>
    }
}

#[component]
pub fn DropTable() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    view! {
        <Head verb="Drop" place=place.clone() noun=Noun::Table />
        <Steps posted=posted.clone() button="Drop the table" back=back(&place, Noun::Table)>
            <Files posted=posted.form() />
        </Steps>
    }
}

#[component]
pub fn DropView() -> impl IntoView {
    let place = use_place().get_untracked();
    let back = back(&place, Noun::View);
    view! {
        <Head verb="Drop" place noun=Noun::View />
        <AtOnce change=ChangePage::DropView button="Drop the view" back back_text="Back to the view" />
    }
}

/// What becomes of a table's files: chosen where the catalog lets that be chosen.
#[component]
pub fn Files(posted: Posted) -> impl IntoView {
    let deleted = posted.value(&PURGE, "") == "yes";
    let files = move |dialect: Option<Dialect>| {
        let choice = |purge: bool, text| {
            let value = if purge { "yes" } else { "no" };
            view! {
                <label class="flex items-start gap-2">
                    <input type="radio" class="radio radio-xs mt-0.5" name=PURGE.name value=value checked=deleted == purge />
                    <span class="min-w-0">
                        <span class="font-medium">{text}</span>
                        " "
                        <span class="text-base-content/70">{files::told(dialect, purge)}</span>
                    </span>
                </label>
            }
        };
        match dialect.and_then(files::only) {
            Some(purge) => view! {
                <Note>{files::told(dialect, purge)}</Note>
                {purge.then(|| view! { <input type="hidden" name=PURGE.name value="yes" /> })}
            }
            .into_any(),
            None => view! {
                <fieldset class="grid gap-3 text-sm max-w-xl">
                    <legend class="font-medium mb-2">{PURGE.label}</legend>
                    {choice(false, "Leave them.")}
                    {choice(true, "Delete them, too.")}
                </fieldset>
            }
            .into_any(),
        }
    };
    view! { <OfKind children=files /> }
}

#[component]
pub fn Head(verb: &'static str, place: Place, noun: Noun) -> impl IntoView {
    let name = place.object.as_deref().unwrap_or_default();
    let title = format!("{verb} {name}");
    let kind = match noun {
        Noun::View => "View",
        _ => "Table",
    };
    view! { <PageHeader title noun=kind crumbs=Signal::stored(crumbs(&place)) /> }
}

/// Where it is looked at.
fn back(place: &Place, noun: Noun) -> String {
    match noun {
        Noun::View => place.view_path(ViewTab::Overview),
        _ => place.table_path(TableTab::Overview),
    }
}
