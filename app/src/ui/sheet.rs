use leptos::prelude::*;

/// A table that scrolls sideways where the screen is narrow. `class` aligns its columns.
#[component]
pub fn Sheet(
    #[prop(into)] label: String,
    columns: &'static [&'static str],
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    let region = label.clone();
    view! {
        <div class="overflow-x-auto" role="region" aria-label=region tabindex="0">
            <table class=format!("table table-sm [&_td]:py-1 [&_th]:py-1.5 [&_th]:text-base-content/70 {class}") aria-label=label>
                <thead>
                    <tr>
                        {columns.iter().map(|column| view! { <th scope="col">{*column}</th> }).collect_view()}
                    </tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
