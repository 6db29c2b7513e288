use leptos::prelude::*;

use super::note::Empty;

/// The head of a column, and how its cells stand.
#[derive(Clone, Copy, Debug)]
pub enum Column {
    Text(&'static str),
    /// Names, keys and types, letter by letter.
    Code(&'static str),
    /// To the right, digit under digit.
    Number(&'static str),
}

/// How the first column is ordered, and the address that turns it around.
#[derive(Clone, Copy)]
pub struct Order {
    pub descending: Signal<bool>,
    pub turned: Signal<String>,
}

/// By the place of the column: cells need no classes of their own, of which there may be thousands.
/// On a phone what breaks anywhere would else be a letter wide: there the table scrolls.
const CODE: [&str; 10] = [
    "[&_td:nth-child(1)]:font-mono [&_td:nth-child(1)]:wrap-anywhere max-sm:[&_td:nth-child(1)]:min-w-28",
    "[&_td:nth-child(2)]:font-mono [&_td:nth-child(2)]:wrap-anywhere max-sm:[&_td:nth-child(2)]:min-w-28",
    "[&_td:nth-child(3)]:font-mono [&_td:nth-child(3)]:wrap-anywhere max-sm:[&_td:nth-child(3)]:min-w-28",
    "[&_td:nth-child(4)]:font-mono [&_td:nth-child(4)]:wrap-anywhere max-sm:[&_td:nth-child(4)]:min-w-28",
    "[&_td:nth-child(5)]:font-mono [&_td:nth-child(5)]:wrap-anywhere max-sm:[&_td:nth-child(5)]:min-w-28",
    "[&_td:nth-child(6)]:font-mono [&_td:nth-child(6)]:wrap-anywhere max-sm:[&_td:nth-child(6)]:min-w-28",
    "[&_td:nth-child(7)]:font-mono [&_td:nth-child(7)]:wrap-anywhere max-sm:[&_td:nth-child(7)]:min-w-28",
    "[&_td:nth-child(8)]:font-mono [&_td:nth-child(8)]:wrap-anywhere max-sm:[&_td:nth-child(8)]:min-w-28",
    "[&_td:nth-child(9)]:font-mono [&_td:nth-child(9)]:wrap-anywhere max-sm:[&_td:nth-child(9)]:min-w-28",
    "[&_td:nth-child(10)]:font-mono [&_td:nth-child(10)]:wrap-anywhere max-sm:[&_td:nth-child(10)]:min-w-28",
];
const NUMBER: [&str; 10] = [
    "[&_:is(td,th):nth-child(1)]:text-right [&_td:nth-child(1)]:tabular-nums",
    "[&_:is(td,th):nth-child(2)]:text-right [&_td:nth-child(2)]:tabular-nums",
    "[&_:is(td,th):nth-child(3)]:text-right [&_td:nth-child(3)]:tabular-nums",
    "[&_:is(td,th):nth-child(4)]:text-right [&_td:nth-child(4)]:tabular-nums",
    "[&_:is(td,th):nth-child(5)]:text-right [&_td:nth-child(5)]:tabular-nums",
    "[&_:is(td,th):nth-child(6)]:text-right [&_td:nth-child(6)]:tabular-nums",
    "[&_:is(td,th):nth-child(7)]:text-right [&_td:nth-child(7)]:tabular-nums",
    "[&_:is(td,th):nth-child(8)]:text-right [&_td:nth-child(8)]:tabular-nums",
    "[&_:is(td,th):nth-child(9)]:text-right [&_td:nth-child(9)]:tabular-nums",
    "[&_:is(td,th):nth-child(10)]:text-right [&_td:nth-child(10)]:tabular-nums",
];

impl Column {
    fn head(self) -> &'static str {
        match self {
            Self::Text(head) | Self::Code(head) | Self::Number(head) => head,
        }
    }

    fn class(self, at: usize) -> &'static str {
        let classes = match self {
            Self::Text(_) => return "",
            Self::Code(_) => CODE,
            Self::Number(_) => NUMBER,
        };
        classes.get(at).copied().unwrap_or_default()
    }
}

/// A row for each of `rows`, made by `children`.
#[component]
pub fn Table<T, F, V>(
    #[prop(into)] label: String,
    columns: &'static [Column],
    rows: Vec<T>,
    /// Stands in the place of a table without rows.
    #[prop(optional, into)]
    empty: String,
    #[prop(optional)] class: &'static str,
    children: F,
) -> impl IntoView
where
    T: 'static,
    F: FnMut(T) -> V + 'static,
    V: IntoView + 'static,
{
    if rows.is_empty() && !empty.is_empty() {
        return view! { <Empty>{empty}</Empty> }.into_any();
    }
    let rows = rows.into_iter().map(children).collect_view().into_any();
    view! { <TableFrame label columns class>{rows}</TableFrame> }.into_any()
}

/// A table that scrolls sideways where the screen is narrow, around rows that its page makes.
#[component]
pub fn TableFrame(
    #[prop(into)] label: String,
    columns: &'static [Column],
    #[prop(optional)] class: &'static str,
    /// Of the first column.
    #[prop(optional)]
    order: Option<Order>,
    children: Children,
) -> impl IntoView {
    let region = label.clone();
    let mut classes = String::from(
        "table table-sm [&_td]:py-1 [&_th]:py-1.5 [&_thead_th]:text-base-content/70 [&_:is(td,th)]:align-baseline",
    );
    let places = columns.iter().enumerate();
    for class in places
        .map(|(at, column)| column.class(at))
        .chain([class])
        .filter(|class| !class.is_empty())
    {
        classes.push(' ');
        classes.push_str(class);
    }
    let heads = columns.iter().enumerate().map(|(at, column)| {
        let head = column.head();
        match order.filter(|_| at == 0) {
            Some(order) => view! { <OrderedHead head order /> }.into_any(),
            None => view! { <th scope="col">{head}</th> }.into_any(),
        }
    });
    let heads = heads.collect_view();
    view! {
        <div class="overflow-x-auto" role="region" aria-label=region tabindex="0">
            <table class=classes aria-label=label>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// The head of a column that can be turned around.
#[component]
pub fn OrderedHead(head: &'static str, order: Order) -> impl IntoView {
    let Order { descending, turned } = order;
    view! {
        <th scope="col" aria-sort=move || if descending.get() { "descending" } else { "ascending" }>
            <a href=turned class="inline-flex gap-1 link link-hover" data-noscroll="">
                {head} <span aria-hidden="true">{move || if descending.get() { "↓" } else { "↑" }}</span>
            </a>
        </th>
    }
}
