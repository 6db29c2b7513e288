//! Pages that change what a catalog holds: a form, what it comes to, and the button that makes it.

mod namespace;

use leptos::prelude::*;
use model::page::ChangePage;

use super::not_found::NoSuchTab;
use crate::parts::parts;

parts! {
    ChangePage or NoSuchTab;
    namespace_changes {
        NewNamespace => namespace::NewNamespace,
        EditNamespace => namespace::EditNamespace,
        DropNamespace => namespace::DropNamespace,
    }
}
