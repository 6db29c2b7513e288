//! What the head of a page says of the parts that it is made of.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use leptos::prelude::*;

/// For one page: the addresses of each part's files, by its name, and those that its head names.
#[derive(Clone, Debug)]
pub struct Parts {
    files: Arc<HashMap<String, Vec<String>>>,
    named: ArcStoredValue<HashSet<String>>,
}

impl Parts {
    pub fn new(files: Arc<HashMap<String, Vec<String>>>) -> Self {
        let named = ArcStoredValue::default();
        Self { files, named }
    }
}

/// Names a part's files in the head of the page that is made of it: they arrive beside the code that would ask for them.
pub fn announce(part: &str) {
    let Some(Parts { files, named }) = use_context() else {
        return;
    };
    for href in files.get(part).into_iter().flatten() {
        if named.write_value().insert(href.clone()) {
            let link = view! { <leptos_meta::Link rel="preload" href=href.clone() as_="fetch" type_="application/wasm" crossorigin="" /> };
            // The head takes it as it is made into HTML.
            let _ = link.to_html();
        }
    }
}
