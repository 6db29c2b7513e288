use leptos::prelude::*;
use model::{
    format::{counted, visible},
    text::{Line, LineDiff},
};

use crate::ui::note::Empty;

/// Two texts beside each other, with what differs marked; nothing where they are the same.
#[component]
pub fn LineDiffView(
    diff: LineDiff,
    #[prop(into)] label: String,
    /// What each of them is.
    heads: [&'static str; 2],
) -> impl IntoView {
    let LineDiff { lines, more } = diff;
    let region = label.clone();
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> });
    (!lines.is_empty()).then(|| view! {
        <div class="overflow-x-auto border border-base-300 rounded-box my-2" tabindex="0" role="region" aria-label=region>
            <table class="table table-xs table-fixed min-w-2xl font-mono [&_td]:whitespace-pre [&_td]:py-0 [&_td]:align-top" aria-label=label>
                <thead><tr>{heads.collect_view()}</tr></thead>
                <tbody>{lines.into_iter().map(line).collect_view()}</tbody>
            </table>
        </div>
        {(more > 0).then(|| view! { <Empty>{counted(more, "line")} " more are not listed."</Empty> })}
    })
}

fn line(line: Line) -> AnyView {
    let Line {
        from,
        to,
        same,
        skipped,
    } = line;
    if skipped > 0 {
        let same = format!("… {} that are the same …", counted(skipped, "line"));
        return view! { <tr><td colspan="2" class="text-base-content/70">{same}</td></tr> }
            .into_any();
    }
    let side = |text: Option<String>, mark: &'static str, tone: &'static str| {
        let changed = !same && text.is_some();
        let class = if changed { tone } else { "" };
        let mark = if changed { mark } else { "  " };
        view! { <td class=class>{text.map(|text| format!("{mark}{}", visible(&text)))}</td> }
    };
    view! {
        <tr>
            {side(from, "− ", "bg-error/10")}
            {side(to, "+ ", "bg-success/10")}
        </tr>
    }
    .into_any()
}
