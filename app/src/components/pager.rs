use leptos::prelude::*;
use model::{format, paths::Query, window::Window};

use crate::location::use_query;

/// Which rows of a longer list are shown, and links to those before and after. Nothing of an empty list: whether
/// there is nothing, or nothing that could be read, stands in its place.
#[component]
pub fn Pager(
    /// Rows before those shown.
    start: usize,
    shown: usize,
    total: usize,
    size: usize,
    /// One of the rows.
    noun: &'static str,
) -> impl IntoView {
    let query = use_query();
    let page = start / size.max(1) + 1;
    let pages = total.div_ceil(size.max(1));
    let to = move |page: usize| to_page(query.get(), page).link();
    (total > 0).then(|| view! {
        <div role="group" aria-label=format!("Pages of {}", format::plural(0, noun)) class="flex flex-wrap items-center gap-3 text-sm my-2">
            <span class="tabular-nums">
                {if pages == 1 {
                    format::counted(total, noun)
                } else {
                    format!(
                        "{}–{} of {}",
                        format::count(start + 1),
                        format::count(start + shown),
                        format::counted(total, noun),
                    )
                }}
            </span>
            {(pages > 1).then(|| view! {
                <span class="join">
                    <Step text="First" href=(page > 1).then(|| to(1)) />
                    <Step text="Previous" href=(page > 1).then(|| to(page - 1)) />
                    <Step text="Next" href=(page < pages).then(|| to(page + 1)) />
                    <Step text="Last" href=(page < pages).then(|| to(pages)) />
                </span>
                <span class="text-base-content/70 tabular-nums">
                    {format!("Page {} of {}", format::count(page), format::count(pages))}
                </span>
            })}
        </div>
    })
}

fn to_page(query: Query, page: usize) -> Query {
    let page = if page > 1 {
        page.to_string()
    } else {
        String::new()
    };
    // Where scripts have scrolled a list to says nothing of its pages.
    query.with("row", "").with("page", &page)
}

#[component]
fn Step(text: &'static str, href: Option<String>) -> impl IntoView {
    match href {
        Some(href) => view! { <a class="btn btn-xs join-item" href=href>{text}</a> }.into_any(),
        None => view! { <span class="btn btn-xs join-item btn-disabled" aria-disabled="true">{text}</span> }.into_any(),
    }
}

/// [`Pager`] of a window.
pub fn pager<T>(window: &Window<T>, noun: &'static str) -> impl IntoView + use<T> {
    let (start, shown, total, size) = (window.start, window.rows.len(), window.total, window.size);
    view! { <Pager start shown total size noun /> }
}
