use std::{ops::Range, time::Duration};

use leptos::{html, leptos_dom::helpers::debounce, prelude::*};
use model::{
    names::{
        PAGE,
        scroll::{blocks, covering, visible},
    },
    paths::Query,
};
use wasm_bindgen::JsValue;

const SETTLED: Duration = Duration::from_millis(200);

/// Where the list is scrolled to.
#[derive(Clone, Copy)]
pub struct Scroll {
    pub container: NodeRef<html::Div>,
    /// The row that the address names.
    start: Memo<usize>,
    /// Height of a row, px.
    row: Memo<f64>,
    /// How far the list is scrolled, px; `None` until scripts run.
    top: RwSignal<Option<f64>>,
    /// Where it came to rest.
    rest: RwSignal<Option<f64>>,
}

/// Rows whose facts a page waits for, and not for long.
const FIRST: usize = 50;

impl Scroll {
    pub fn new(live: ReadSignal<bool>, start: Memo<usize>, row: Memo<f64>) -> Self {
        let (top, rest) = (RwSignal::new(None), RwSignal::new(None));
        #[expect(
            clippy::disallowed_methods,
            reason = "a window over the rows begins in the browser, after hydration"
        )]
        Effect::new(move |_| {
            if live.get() {
                let first = Some(start.get() as f64 * row.get());
                top.set(first);
                rest.set(first);
            }
        });
        Self {
            container: NodeRef::new(),
            start,
            row,
            top,
            rest,
        }
    }

    /// Scrolls to the row that the address names, once there are rows, and again for each new `order`.
    pub fn follow<T: PartialEq + 'static>(
        self,
        shown: impl Fn() -> bool + 'static,
        order: impl Fn() -> T + 'static,
    ) {
        #[expect(
            clippy::disallowed_methods,
            reason = "the browser keeps the position of a scrolled box itself"
        )]
        Effect::new(move |before: Option<Option<(usize, T)>>| {
            let now = (self.start.get(), order());
            let before = before.flatten();
            let Some(container) = self.container.get().filter(|_| shown()) else {
                return before;
            };
            if before.as_ref() != Some(&now) {
                let top = now.0 as f64 * self.row.get();
                self.top.set(Some(top));
                self.rest.set(Some(top));
                // Once the rows above have their place, there is something to scroll over.
                request_animation_frame(move || container.set_scroll_top(top as i32));
            }
            Some(now)
        });
    }

    /// The rows to keep in the page; `None`: all that were loaded.
    pub fn window(self) -> Option<Range<usize>> {
        let row = self.row.get();
        self.top.get().map(|top| visible(top, screen_height(), row))
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

    /// The rows whose facts to ask for: not those that are scrolled past. `all`: before scripts run, those of the
    /// whole page.
    pub fn looked_at(self, all: bool) -> Range<usize> {
        match self.rest.get() {
            Some(top) => blocks(&visible(top, screen_height(), self.row.get())),
            None => {
                let start = self.start.get() / PAGE * PAGE;
                start..start.saturating_add(if all { PAGE } else { FIRST })
            }
        }
    }

    /// To be called when the list was scrolled: keeps the rows in step, and the address once it rests.
    pub fn listener(self) -> impl FnMut(leptos::ev::Event) {
        let mut settle = debounce(SETTLED, move |top: f64| {
            self.rest.set(Some(top));
            remember((top / self.row.get_untracked()) as usize);
        });
        move |_| {
            if let Some(container) = self.container.get_untracked() {
                let top = f64::from(container.scroll_top());
                self.top.set(Some(top));
                settle(top);
            }
        }
    }
}

/// No box is taller, and the box itself has no height before its first rows.
fn screen_height() -> f64 {
    let height = window().inner_height().ok();
    height.and_then(|height| height.as_f64()).unwrap_or(1000.0)
}

/// Behind the router's back: a position is no navigation.
fn remember(row: usize) {
    let search = window().location().search().unwrap_or_default();
    let row = if row > 0 {
        row.to_string()
    } else {
        String::new()
    };
    let query = Query::parse(&search).with("page", "").with("row", &row);
    if let Ok(history) = window().history() {
        let state = history.state().unwrap_or(JsValue::NULL);
        // A browser that refuses only forgets the position.
        let _ = history.replace_state_with_url(&state, "", Some(&query.link()));
    }
}
