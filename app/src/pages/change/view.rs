//! What a view says: made, written anew, taken back to an earlier version.

use leptos::prelude::*;
use model::{
    form::{COLUMNS, KEY, LEVELS, NAME, SQL, SQL_DIALECT, VERSION},
    format::visible,
    open::Noun,
    page::{NamespaceTab, ViewTab},
    posted::Posted,
    preview::Preview,
    views::ViewText,
};

use super::{lines::Lines, object::Head, properties::Wrong, table::Inside};
use crate::{
    api::views::load_view_text,
    components::{
        loaded::LoadedBelow,
        page_header::{PageHeader, crumbs},
        preview::{Steps, unknown},
        properties::PropertyFields,
    },
    location::{use_place, use_query},
    posted::use_posted,
    resource::Resource,
    ui::{text_area::TextArea, text_field::TextField},
};

#[component]
pub fn NewView() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let wrong = |field| posted.wrong(field).unwrap_or_default();
    let (name, key) = (wrong(&NAME), wrong(&KEY));
    let back = place.namespace_tab_path(NamespaceTab::Views);
    view! {
        <PageHeader title="New view" noun="View" crumbs=Signal::stored(crumbs(&place)) />
        <Inside noun="view" place=place.clone() />
        <Steps posted=posted.clone() button="Create the view" back>
            <TextField name=NAME.name label=NAME.label value=posted.value(&NAME, "") required=true wrong=name />
            <Texts texts=Vec::new() posted=posted.form() />
            <Lines
                field=COLUMNS
                initial=String::new()
                help="What it gives, one a line, as SQL writes them: day date, revenue decimal(12, 2) comment 'net'. Or the JSON of a schema."
                posted=posted.form()
            />
            <Lines
                field=LEVELS
                initial=place.namespace.join("\n")
                help="Where names in the SQL without a namespace are looked up."
                posted=posted.form()
            />
            <Wrong text=key />
            <PropertyFields properties=Vec::new() posted=posted.form() />
        </Steps>
    }
}

#[component]
pub fn ReplaceView() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let (asked, back) = (place.clone(), place.view_path(ViewTab::Sql));
    let read = Resource::new(|| (), move |()| load_view_text(asked.clone()));
    let also = unknown(&posted);
    let form = move |view: ViewText| {
        let posted = posted.clone();
        let seen = posted.value(&VERSION, &view.version);
        view! {
            <Steps posted=posted.clone() button="Save the view" back=back.clone()>
                <input type="hidden" name=VERSION.name value=seen />
                <Texts texts=view.texts posted=posted.form() />
                <Lines
                    field=COLUMNS
                    initial=view.columns
                    help="With the field id before each. Empty: they stay as they are."
                    posted=posted.form()
                />
                <Lines
                    field=LEVELS
                    initial=view.namespace
                    help="Where names in the SQL without a namespace are looked up."
                    posted=posted.form()
                />
            </Steps>
        }
    };
    view! {
        <Head verb="Edit the SQL of" place noun=Noun::View />
        <LoadedBelow resource=read also let:text>{form(text.data)}</LoadedBelow>
    }
}

#[component]
pub fn RollBackView() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let version = use_query().get_untracked().text(VERSION.name);
    let said = format!("Version {} becomes what the view is.", visible(&version));
    let back = place.view_path(ViewTab::Versions);
    view! {
        <Head verb="Roll back" place noun=Noun::View />
        <Steps posted=posted.clone() button="Roll back" back>
            <input type="hidden" name=VERSION.name value=version />
            <p class="text-sm wrap-anywhere">{said}</p>
        </Steps>
    }
}

/// A text for each dialect, and room for another.
#[component]
fn Texts(texts: Vec<(String, String)>, posted: Posted) -> impl IntoView {
    let typed = posted.all(&SQL_DIALECT).zip(posted.all(&SQL));
    let typed = typed.map(|(dialect, sql)| (dialect.to_owned(), sql.to_owned()));
    let mut texts: Vec<_> = match posted.is_sent() {
        true => typed.collect(),
        false => texts,
    };
    texts.retain(|(dialect, sql)| !dialect.is_empty() || !sql.is_empty());
    texts.push(Default::default());
    let wrong = [SQL_DIALECT, SQL]
        .iter()
        .find_map(|field| posted.wrong(field));
    let text = |(index, (dialect, sql)): (usize, (String, String))| {
        let number = index + 1;
        view! {
            <fieldset class="grid gap-1 max-w-3xl">
                <legend class="text-sm font-medium">{format!("Text {number}")}</legend>
                <input
                    class="input input-sm w-full sm:w-72 font-mono"
                    name=SQL_DIALECT.name
                    value=dialect
                    placeholder=SQL_DIALECT.help
                    aria-label=format!("Dialect {number}")
                    autocomplete="off"
                    spellcheck="false"
                />
                <label class="grid">
                    <span class="sr-only">{format!("SQL {number}")}</span>
                    <TextArea name=SQL.name value=sql rows="6" class="textarea-sm" />
                </label>
            </fieldset>
        }
    };
    view! {
        {texts.into_iter().enumerate().map(text).collect_view()}
        <p class="text-xs text-base-content/70 max-w-prose">"One text for each dialect of SQL that engines read it in. An emptied one goes."</p>
        <Wrong text=wrong.unwrap_or_default() />
    }
}
