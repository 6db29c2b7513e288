use std::{ops::Range, time::Duration};

use leptos::{html, leptos_dom::helpers::debounce, prelude::*};
use wasm_bindgen::JsValue;

use super::window::{ROW, covering, visible};
use crate::{model::names::PAGE, paths::Query};

const SETTLED: Duration = Duration::from_millis(200);

/// Where the list is scrolled to.
#[derive(Clone, Copy)]
pub struct Scroll {
    pub container: NodeRef<html::Div>,
    /// The row that the address names.
    start: Memo<usize>,
    /// Top and height of what is visible, px; `None` until scripts run.
    seen: RwSignal<Option<(f64, f64)>>,
}

impl Scroll {
    pub fn new(live: ReadSignal<bool>, start: Memo<usize>) -> Self {
        let container = NodeRef::<html::Div>::new();
        let scroll = Self {
            container,
            start,
            seen: RwSignal::new(None),
        };
        #[expect(
            clippy::disallowed_methods,
            reason = "the browser keeps the position of a scrolled box itself"
        )]
        Effect::new(move |_| {
            let row = start.get();
            if live.get()
                && let Some(container) = container.get()
            {
                let top = row as f64 * ROW;
                scroll
                    .seen
                    .set(Some((top, f64::from(container.client_height()))));
                // Once the rows above stand in the page, there is something to scroll over.
                request_animation_frame(move || container.set_scroll_top(top as i32));
            }
        });
        scroll
    }

    /// The rows to keep in the page; `None`: all that were loaded.
    pub fn window(self) -> Option<Range<usize>> {
        self.seen.get().map(|(top, height)| visible(top, height))
    }

    /// The rows to ask for.
    pub fn needed(self, before: Option<&Range<usize>>) -> Range<usize> {
        match self.window() {
            Some(window) => covering(before, &window),
            None => {
                let start = self.start.get() / PAGE * PAGE;
                start..start.saturating_add(PAGE)
            }
        }
    }

    /// To be called when the list was scrolled: keeps the rows in step, and the address once it rests.
    pub fn listener(self) -> impl FnMut(leptos::ev::Event) {
        let mut settle = debounce(SETTLED, move |top: f64| remember((top / ROW) as usize));
        move |_| {
            if let Some(container) = self.container.get_untracked() {
                let top = f64::from(container.scroll_top());
                self.seen
                    .set(Some((top, f64::from(container.client_height()))));
                settle(top);
            }
        }
    }
}

/// Behind the router's back: a position is no navigation.
fn remember(row: usize) {
    let search = window().location().search().unwrap_or_default();
    let row = (row > 0).then(|| row.to_string()).unwrap_or_default();
    let query = Query::parse(&search).with("page", "").with("row", &row);
    if let Ok(history) = window().history() {
        let state = history.state().unwrap_or(JsValue::NULL);
        // A browser that refuses only forgets the position.
        let _ = history.replace_state_with_url(&state, "", Some(&query.link()));
    }
}
