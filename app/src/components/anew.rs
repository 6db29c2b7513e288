use leptos::prelude::*;

/// What `view` makes of a value, made anew for each other one: what was opened, ticked or typed for one does not become
/// another's.
pub fn anew<T: Clone + PartialEq + Send + Sync + 'static>(
    of: Memo<T>,
    view: impl Fn(T) -> AnyView + Send + 'static,
) -> impl IntoView {
    let shown = StoredValue::new((of.get_untracked(), false));
    move || {
        let value = of.get();
        shown.update_value(|(shown, second)| {
            if *shown != value {
                *shown = value.clone();
                *second = !*second;
            }
        });
        let made = view(value);
        // Of two views of one type the browser's nodes would stay, with what they hold: two types take turns.
        match shown.with_value(|(_, second)| *second) {
            true => (made, ()).into_any(),
            false => made,
        }
    }
}
