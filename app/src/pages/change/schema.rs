//! The columns of a table, as lines.

use leptos::prelude::*;
use model::{
    form::{SCHEMA_LINES, SEEN_SCHEMA},
    open::Noun,
    page::TableTab,
    posted::Posted,
    preview::Preview,
    schema::SchemaLines,
};

use super::{lines::Lines, object::Head};
use crate::{
    api::tables::load_schema_lines,
    components::{
        loaded::LoadedBelow,
        preview::{Steps, unknown},
    },
    location::use_place,
    posted::use_posted,
    resource::Resource,
    ui::table::{
        Column::{Code, Text},
        Table,
    },
};

#[component]
pub fn EditSchema() -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let back = place.table_path(TableTab::Schema);
    let asked = place.clone();
    let read = Resource::new(|| (), move |()| load_schema_lines(asked.clone()));
    let also = unknown(&posted);
    view! {
        <Head verb="Edit the schema of" place noun=Noun::Table />
        <LoadedBelow resource=read also let:schema>
            <Edit schema=schema.data posted=posted.clone() back=back.clone() />
            <Grammar />
        </LoadedBelow>
    }
}

#[component]
fn Edit(schema: SchemaLines, posted: Posted<Preview>, back: String) -> impl IntoView {
    let seen = posted.value(&SEEN_SCHEMA, &schema.schema);
    view! {
        <Steps posted=posted.clone() button="Save the schema" back>
            <input type="hidden" name=SEEN_SCHEMA.name value=seen />
            <Lines field=SCHEMA_LINES initial=schema.lines rows="20" posted=posted.form() />
        </Steps>
    }
}

/// What is typed for what, and an example.
const EDITS: &[(&str, &str)] = &[
    ("Rename", "3: amount decimal(12, 2)"),
    ("Add", "channel string"),
    (
        "Add with a value for the rows that are there (format version 3)",
        "channel string default 'web'",
    ),
    ("Drop", "Take its line out."),
    ("Move", "Put its line elsewhere."),
    ("Widen", "3: amount decimal(18, 2)"),
    ("Let it be null", "Take “not null” off its line."),
    ("Say what it is", "3: amount decimal(12, 2) comment 'gross'"),
    ("Tell rows apart by it", "1: id long not null identifier"),
    (
        "A field inside",
        "4: price struct<5: net double, gross double>",
    ),
    (
        "What is in a list or a map",
        "7: tags list<8: string not null>, 9: labels map<10: string, 11: long>",
    ),
];

/// How lines are written, folded.
#[component]
fn Grammar() -> impl IntoView {
    view! {
        <details class="my-4">
            <summary class="cursor-pointer text-sm">"How to type what"</summary>
            <Table label="How to type what" columns=&[Text("What"), Code("Line")] rows=EDITS.to_vec() let:edit>
                <tr>
                    <td>{edit.0}</td>
                    <td>{edit.1}</td>
                </tr>
            </Table>
            <p class="text-xs text-base-content/70 max-w-prose">"Names that are no plain words stand in backticks. Empty lines and what stands behind -- count for nothing. What can be widened: int to long, float to double, a decimal to more digits before its point."</p>
        </details>
    }
}
