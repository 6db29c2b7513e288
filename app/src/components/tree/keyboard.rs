use leptos::{ev::KeyboardEvent, html, prelude::*, wasm_bindgen::JsCast};
use model::tree::keys::{Item, Step, step};
use web_sys::{Element, HtmlElement};

/// Moves focus among the lines of a tree: the tree is one stop of the Tab key.
#[derive(Clone, Copy)]
pub struct Keyboard {
    list: NodeRef<html::Ul>,
    pub inside: RwSignal<bool>,
}

impl Keyboard {
    pub fn new(list: NodeRef<html::Ul>) -> Self {
        Self {
            list,
            inside: RwSignal::new(false),
        }
    }

    /// Of the list itself: it takes part until one of its lines has the focus.
    pub fn tabindex(self) -> &'static str {
        if self.inside.get() { "-1" } else { "0" }
    }

    /// Hands the focus on to the current line, else to the first.
    pub fn enter(self) {
        let lines = self.lines();
        let current = lines.iter().find(|line| line.has_attribute("aria-current"));
        if let Some(line) = current.or(lines.first()) {
            focus(line);
        }
    }

    pub fn press(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let lines = self.lines();
        let focused = document().active_element();
        let at = lines.iter().position(|line| Some(line) == focused.as_ref());
        let items: Vec<Item> = lines.iter().map(item).collect();
        let Some((at, step)) = at.and_then(|at| Some((at, step(&event.key(), at, &items)?))) else {
            return;
        };
        event.prevent_default();
        match step {
            Step::Focus(to) => focus(&lines[to]),
            Step::Toggle => click(&lines[at], "[data-toggle]"),
            Step::Follow => click(&lines[at], "a:not([data-toggle])"),
        }
    }

    fn lines(self) -> Vec<Element> {
        let Some(list) = self.list.get_untracked() else {
            return Vec::new();
        };
        let lines = list.children();
        (0..lines.length())
            .filter_map(|index| lines.item(index))
            .filter(|line| line.get_attribute("role").as_deref() == Some("treeitem"))
            .collect()
    }
}

fn item(line: &Element) -> Item {
    let attribute = |name| line.get_attribute(name);
    Item {
        level: attribute("aria-level")
            .and_then(|level| level.parse().ok())
            .unwrap_or(1),
        expanded: attribute("aria-expanded").map(|expanded| expanded == "true"),
        busy: line.has_attribute("aria-busy"),
        text: line.text_content().unwrap_or_default().trim().to_owned(),
    }
}

fn focus(line: &Element) {
    if let Some(line) = line.dyn_ref::<HtmlElement>() {
        // A line that is gone meanwhile cannot take it.
        let _ = line.focus();
    }
}

fn click(line: &Element, what: &str) {
    let target = line.query_selector(what).ok().flatten();
    if let Some(target) = target
        .as_ref()
        .and_then(|target| target.dyn_ref::<HtmlElement>())
    {
        target.click();
    }
}
