use leptos::prelude::*;
use model::{
    format::{self, visible},
    schema::{FieldRow, SchemaChoice, SchemaPage},
};

use crate::{
    components::{filter_box::FilterBox, pager::pager},
    location::use_query,
    ui::{
        badge::Badge,
        note::{Empty, Note},
        table::{
            Column::{Code, Number, Text},
            Table,
        },
    },
};

/// A schema as a tree of fields, with a filter and links to the other schemas.
#[component]
pub fn SchemaTable(schema: SchemaPage) -> impl IntoView {
    let fields = schema.fields;
    let none = fields.rows.is_empty();
    let summary = pager(&fields, "field");
    let title = format::counted(schema.columns, "column");
    let nothing = match schema.columns {
        0 => "This schema has no columns, as far as it could be read.",
        _ => "No column matches the filter.",
    };
    view! {
        {schema.note.map(|note| view! { <Note>{note}</Note> })}
        <Choices schemas=schema.schemas />
        <div class="flex flex-wrap items-center gap-x-4 my-2">
            <div class="w-72 max-w-full"><FilterBox name="q" label="Filter columns by name, type or doc" drops=&["page"] /></div>
            <span class="text-sm text-base-content/70">{title}</span>
        </div>
        {none.then(|| view! { <Empty>{nothing}</Empty> })}
        {(!none).then(|| view! {
            <Table
                label="Columns"
                columns=&[Number("Id"), Text("Name"), Code("Type"), Text("Required"), Text("Default"), Text("Doc")]
                class="min-w-3xl [&_:is(td,th):first-child]:w-12"
                rows=fields.rows
                let:field
            >
                <FieldLine field />
            </Table>
            {summary}
        })}
    }
}

/// Links to every schema there is.
#[component]
fn Choices(schemas: Vec<SchemaChoice>) -> impl IntoView {
    let query = use_query();
    if schemas.len() < 2 {
        return ().into_any();
    }
    let link = move |schema: SchemaChoice| {
        let id = if schema.current { "" } else { &schema.id };
        let href = query.get().with("page", "").with("schema", id).link();
        let text = match (schema.id.is_empty(), schema.current) {
            (true, _) => "only".to_owned(),
            (_, true) => format!("{} (current)", schema.id),
            _ => schema.id.clone(),
        };
        view! {
            <a
                href=href
                class="btn btn-xs join-item aria-[current=true]:btn-primary"
                aria-current=schema.shown.then_some("true")
            >
                {text}
            </a>
        }
    };
    view! {
        <nav aria-label="Schemas" class="flex flex-wrap items-center gap-2 text-sm mt-2 max-h-32 overflow-y-auto" tabindex="0">
            <span>"Schema"</span>
            <span class="join flex-wrap">{schemas.into_iter().map(link).collect_view()}</span>
        </nav>
    }
    .into_any()
}

#[component]
fn FieldLine(field: FieldRow) -> impl IntoView {
    let default = |label: &'static str, value: Option<String>| {
        value.map(|value| view! {
            <div><span class="text-base-content/70">{label} " "</span><code class="wrap-anywhere">{visible(&value)}</code></div>
        })
    };
    view! {
        <tr>
            <td>{field.id}</td>
            <td>
                <div class=indent(field.depth)>
                    <span class="font-mono wrap-anywhere">{visible(&field.name)}</span>
                    {field.identifier.then(|| view! { " " <Badge text="identifier" tone="badge-primary" /> })}
                </div>
            </td>
            <td>{visible(&field.kind)}</td>
            <td>{if field.required { "required" } else { "" }}</td>
            <td>{default("initial", field.initial_default)} {default("write", field.write_default)}</td>
            <td class="wrap-anywhere">{field.doc.map(|doc| visible(&doc))}</td>
        </tr>
    }
}

/// Members stand further right than what they belong to, down to a depth that still fits.
fn indent(depth: usize) -> &'static str {
    match depth {
        0 => "",
        1 => "ml-4 border-l border-base-300 pl-2",
        2 => "ml-8 border-l border-base-300 pl-2",
        3 => "ml-12 border-l border-base-300 pl-2",
        4 => "ml-16 border-l border-base-300 pl-2",
        5 => "ml-20 border-l border-base-300 pl-2",
        6 => "ml-24 border-l border-base-300 pl-2",
        _ => "ml-28 border-l border-base-300 pl-2",
    }
}
