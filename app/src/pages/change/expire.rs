//! Snapshots of a table that expire.

use leptos::prelude::*;
use model::{
    form::{AS_OF, CHOSEN, EXPIRE_BY, Field, OLDER_THAN, RETAIN_LAST, SNAPSHOT, expiry},
    format::{count, counted, visible},
    open::Noun,
    page::TableTab,
    posted::Posted,
    preview::Preview,
    snapshots::expire::{ExpiryPage, FateRow},
};

use super::object::Head;
use crate::{
    api::snapshots::load_expiry,
    components::{
        loaded::LoadedBelow,
        moment::MomentText,
        odd_id::OddId,
        preview::{Steps, unknown},
    },
    location::{use_place, use_query},
    posted::use_posted,
    resource::Resource,
    ui::{
        note::Note,
        table::{
            Column::{self, Code, Text},
            Table,
        },
        text_area::TextArea,
        text_field::TextField,
    },
};

#[component]
pub fn ExpireSnapshots() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let asked = [EXPIRE_BY, OLDER_THAN, RETAIN_LAST, AS_OF].map(|field| posted.value(&field, ""));
    let (source, back) = (place.clone(), place.table_path(TableTab::Snapshots));
    let load = move |()| {
        let [by, older_than, retain_last, as_of] = asked.clone();
        load_expiry(source.clone(), by, older_than, retain_last, as_of)
    };
    let read = Resource::new(|| (), load);
    let also = unknown(&posted);
    let form = move |expiry: ExpiryPage| {
        let (of_form, typed) = (expiry.clone(), posted.form());
        view! {
            {expiry.off.clone().map(|off| view! { <Note>{off}</Note> })}
            <Steps posted=posted.clone() button="Expire them" back=back.clone()>
                <Choices expiry=of_form posted=typed />
            </Steps>
            <Fates expiry />
        }
    };
    view! {
        <Head verb="Expire snapshots of" place noun=Noun::Table />
        <LoadedBelow resource=read also let:expiry>{form(expiry.data)}</LoadedBelow>
    }
}

/// What goes: by the table's policy, by what is typed, or by ids.
#[component]
fn Choices(expiry: ExpiryPage, posted: Posted) -> impl IntoView {
    let one = use_query().get_untracked().text(SNAPSHOT.name);
    let first = if one.is_empty() {
        expiry::POLICY
    } else {
        expiry::CHOSEN
    };
    let by = posted.value(&EXPIRE_BY, first);
    let choice = move |value: &'static str, text: &'static str, help: String| {
        view! {
            <label class="flex items-start gap-2">
                <input type="radio" class="radio radio-xs mt-0.5" name=EXPIRE_BY.name value=value checked=by == value />
                <span class="min-w-0">
                    <span class="font-medium">{text}</span>
                    " "
                    <span class="text-base-content/70">{help}</span>
                </span>
            </label>
        }
    };
    let line = {
        let posted = posted.clone();
        move |field: Field| {
            let wrong = posted.wrong(&field).unwrap_or_default();
            view! { <TextField name=field.name label=field.label value=posted.value(&field, "") help=field.help wrong /> }
        }
    };
    let chosen = posted.value(&CHOSEN, &one);
    let wrong = posted.wrong(&CHOSEN);
    let own = "Branches and tags that say themselves for how long they are kept go by that.";
    let now = posted.value(&AS_OF, &expiry.now.ms.to_string());
    view! {
        <input type="hidden" name=AS_OF.name value=now />
        <fieldset class="grid gap-3 text-sm max-w-xl">
            <legend class="font-medium mb-2">{EXPIRE_BY.label}</legend>
            {choice(expiry::POLICY, "What the table’s own policy says.", format!("{} {own}", expiry.policy))}
            {choice(expiry::TYPED, "By an age and a number.", own.to_owned())}
            <div class="grid gap-3 pl-6">{line(OLDER_THAN)} {line(RETAIN_LAST)}</div>
            {choice(expiry::CHOSEN, "These, whatever their age.", "Nothing else goes.".to_owned())}
            <label class="grid gap-1 pl-6">
                <span class="font-medium">{CHOSEN.label}</span>
                <TextArea name=CHOSEN.name value=chosen rows="3" class="textarea-sm" />
                {wrong.map(|wrong| view! { <span class="text-error wrap-anywhere">{wrong}</span> })}
                <span class="text-xs text-base-content/70">{CHOSEN.help}</span>
            </label>
        </fieldset>
    }
}

/// Each snapshot with what becomes of it, as far as that is shown.
#[component]
fn Fates(expiry: ExpiryPage) -> impl IntoView {
    const GOES: &[Column] = &[Code("Snapshot"), Text("Made")];
    const STAYS: &[Column] = &[Code("Snapshot"), Text("Made"), Text("Why")];
    if expiry.off.is_some() {
        return ().into_any();
    }
    let title = if expiry.typed {
        "By the age and number typed"
    } else {
        "By the table’s own policy"
    };
    let list = |label: &'static str, of: [&str; 2], all: usize, rows: Vec<FateRow>, columns| {
        let [verb, order] = of;
        let shown = match rows.len() {
            shown if shown < all => format!(": the {order} {} of them", count(shown)),
            _ => String::new(),
        };
        let said = format!("{} {verb}{shown}", counted(all, "snapshot"));
        (all > 0).then(|| {
            view! {
                <details class="my-2">
                    <summary class="cursor-pointer text-sm w-fit">{said}</summary>
                    <Table label columns rows let:row>
                        <FateLine row />
                    </Table>
                </details>
            }
        })
    };
    let as_of = format!("Ages are counted back from {}.", expiry.now.utc);
    view! {
        <section aria-labelledby="fates" class="mt-6">
            <h2 id="fates">{title}</h2>
            <p class="text-sm my-1">{as_of}</p>
            {(expiry.goes == 0).then(|| view! { <p class="text-sm my-2">"No snapshot goes."</p> })}
            {expiry.refs.map(|refs| view! { <p class="text-sm my-2 wrap-anywhere">{refs}</p> })}
            {list("Snapshots that go", ["go", "newest"], expiry.goes, expiry.going, GOES)}
            {list("Snapshots that stay", ["stay", "oldest"], expiry.stays, expiry.staying, STAYS)}
        </section>
    }
    .into_any()
}

#[component]
fn FateLine(row: FateRow) -> impl IntoView {
    let href = use_place().get_untracked().snapshot_path(&row.id);
    view! {
        <tr>
            <td><a class="link" href=href>{row.id.clone()}</a><OddId id=row.id /></td>
            <td>{row.at.map(|at| view! { <MomentText moment=at brief=true /> })}</td>
            {(!row.why.is_empty()).then(|| view! { <td class="wrap-anywhere">{visible(&row.why)}</td> })}
        </tr>
    }
}
