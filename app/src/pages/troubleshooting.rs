use destination::{Problem, diagnose, problems};
use leptos::{ev::SubmitEvent, html, prelude::*};

use super::destination::Code;
use crate::{
    components::typed::bind_typed,
    location::use_query,
    ui::{text_area::TextArea, title::Title},
};

/// Known problems of OLake with Iceberg catalogs: by symptom, or by a pasted error.
#[component]
pub fn TroubleshootingPage() -> impl IntoView {
    let query = use_query();
    let asked = RwSignal::new(query.with_untracked(|query| query.text("q")));
    let node = NodeRef::<html::Textarea>::new();
    bind_typed(node, move || asked.get(), move |typed| asked.set(typed));
    let found = Memo::new(move |_| {
        asked.with(|asked| match asked.trim() {
            "" => problems().collect::<Vec<_>>(),
            asked => diagnose(asked, None),
        })
    });
    view! {
        <Title text="Troubleshooting" />
        <main id="main" class="p-4 max-w-4xl mx-auto">
            <h1>"Troubleshooting"</h1>
            <p class="text-sm text-base-content/70 mb-2">"What goes wrong between OLake and an Iceberg catalog, and what to do. With JavaScript, what you paste stays in this browser."</p>
            <form method="get" role="search" class="grid gap-2" on:submit=move |event: SubmitEvent| event.prevent_default()>
                <label class="text-sm font-medium" for="q">"A symptom, or an error as OLake prints it"</label>
                <TextArea
                    name="q"
                    value=asked.get_untracked()
                    rows="3"
                    class="text-xs"
                    node_ref=node
                    attr:id="q"
                    attr:placeholder="Unable to find warehouse s3://bucket"
                    on:input=move |event| asked.set(event_target_value(&event))
                />
                <noscript><button class="btn btn-sm" type="submit">"Search"</button></noscript>
            </form>
            <p class="text-sm my-3" role="status">
                {move || match found.with(Vec::len) {
                    0 => "Nothing known matches. Try fewer words, or the line that begins with “Caused by”.".to_owned(),
                    1 => "1 entry".to_owned(),
                    many => format!("{many} entries"),
                }}
            </p>
            <For each=move || found.get() key=|problem| problem.id let:problem>
                <Entry problem />
            </For>
        </main>
    }
}

#[component]
fn Entry(problem: &'static Problem) -> impl IntoView {
    let kinds: Vec<String> = problem.kinds.iter().map(ToString::to_string).collect();
    view! {
        <article id=problem.id class="border-t border-base-300 py-3 scroll-mt-16 min-w-0">
            <h2 class="wrap-anywhere"><a class="link link-hover" href=format!("#{}", problem.id)>{problem.symptom}</a></h2>
            {(!kinds.is_empty()).then(|| view! { <p class="text-xs text-base-content/70">{kinds.join(", ")}</p> })}
            <dl class="text-sm grid grid-cols-[3.5rem_minmax(0,1fr)] gap-x-2 mt-1 wrap-anywhere">
                <dt class="text-base-content/70">"Cause"</dt>
                <dd>{problem.cause}</dd>
                <dt class="text-base-content/70">"Fix"</dt>
                <dd>{problem.fix}</dd>
            </dl>
            {(!problem.command.is_empty()).then(|| view! { <Code text=problem.command what=format!("command: {}", problem.symptom) /> })}
        </article>
    }
}
