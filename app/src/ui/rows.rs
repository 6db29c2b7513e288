use leptos::{
    prelude::*,
    tachys::{reactive_graph::OwnedView, view::keyed::keyed},
};

/// The rows of a list, by name. Each stays for as long as its object is there, and goes with it: what
/// is open in it never becomes another's. They belong to `page`, which outlives each answer that the
/// list is made of.
pub fn rows<N>(
    page: Owner,
    names: Vec<String>,
    row: impl Fn(String) -> N + Send + 'static,
) -> impl IntoView
where
    N: IntoView + 'static,
{
    keyed(names, Clone::clone, move |_, name| {
        let own = page.with(Owner::new);
        let view = own.with(|| row(name));
        (drop::<usize>, OwnedView::new_with_owner(view, own))
    })
}
