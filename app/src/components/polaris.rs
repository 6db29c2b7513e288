//! Pieces of the pages about Polaris' access control.

mod entity_list;
mod fields;
mod frame;
mod links;
mod lock;
mod press;
mod properties;
mod removal;
mod rows;

pub use entity_list::EntityList;
pub use fields::{NameField, TextField};
pub use frame::{EntityFacts, Locked, Part, Refusal, Section, each_named, trail, use_named};
pub use links::{NamespaceLinks, ObjectLinks};
pub use lock::Lockable;
pub use press::Press;
pub use properties::{Compared, PropertiesForm, PropertyFields};
pub use removal::{Confirm, Danger, Removal, RemoveButton};
pub use rows::rows;
