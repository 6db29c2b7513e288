use js_sys::{Function, Reflect};
use leptos::{html::ElementType, prelude::*};
use wasm_bindgen::{JsCast, JsValue};

/// Keeps an input and the value that it stands for the same. What was typed before the page came
/// alive is newer than what it was rendered with.
pub fn bind_typed<E>(
    node: NodeRef<E>,
    value: impl Fn() -> String + 'static,
    set: impl Fn(String) + 'static,
) where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + 'static,
{
    #[expect(
        clippy::disallowed_methods,
        reason = "the input is the DOM's own state"
    )]
    Effect::new(move |first: Option<()>| {
        let (Some(input), value) = (node.get(), value()) else {
            return;
        };
        let input: &JsValue = input.unchecked_ref();
        let shown = Reflect::get(input, &"value".into())
            .ok()
            .and_then(|shown| shown.as_string())
            .unwrap_or_default();
        if shown == value {
            return;
        }
        if first.is_none() && !shown.is_empty() {
            set(shown);
        } else {
            // Cannot fail: every input has a value.
            let _ = Reflect::set(input, &"value".into(), &value.into());
            // Filled in under somebody's fingers: what they type replaces it.
            let active = document().active_element();
            if shown.is_empty() && active.is_some_and(|active| *input == JsValue::from(active)) {
                let _ = Reflect::get(input, &"select".into())
                    .and_then(|select| select.dyn_into::<Function>())
                    .and_then(|select| select.call0(input));
            }
        }
    });
}
