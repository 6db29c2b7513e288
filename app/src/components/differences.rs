use leptos::prelude::*;
use model::{
    format::{self, visible},
    schema::{Difference, Differences},
};

use crate::ui::{
    note::Empty,
    table::{
        Column::{Code, Text},
        Table,
    },
};

/// What differs between two schemas or partition specs, by field id.
#[component]
pub fn SchemaDifferences(
    differences: Differences,
    #[prop(default = "Changes of the schema")] label: &'static str,
) -> impl IntoView {
    let more = differences.more;
    view! {
        <Table
            label
            columns=&[Text("Change"), Code("Column"), Text("What")]
            class="table-fixed [&_th:first-child]:w-28"
            rows=differences.rows
            let:row
        >
            <Change row />
        </Table>
        {(more > 0).then(|| view! { <Empty>{format::count(more)} " more are not listed."</Empty> })}
    }
}

#[component]
fn Change(row: Difference) -> impl IntoView {
    view! {
        <tr>
            <td>{row.kind}</td>
            <td>{visible(&row.column)}</td>
            <td class="wrap-anywhere">{visible(&row.said)}</td>
        </tr>
    }
}
