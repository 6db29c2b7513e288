//! A new secret on its way from the page that shows it to the destination wizard: in this page's
//! memory only, never in an address or in storage. Lost with a reload, as it should be.

use leptos::prelude::*;
use model::draft;

/// In the context of every page.
#[derive(Clone, Copy)]
pub struct Handover(StoredValue<draft::Handover>);

pub fn provide_handover() {
    provide_context(Handover(StoredValue::default()));
}

/// The application provides it.
pub fn use_handover() -> Handover {
    expect_context()
}

impl Handover {
    /// Leaves a secret for the wizard. The link that leads there is an ordinary one, such as
    /// [`model::paths::polaris_destination_path`] makes: followed without a reload, it finds it.
    pub fn give(self, client_id: &str, secret: &str) {
        self.0.write_value().give(client_id, secret);
    }

    /// The secret left for `client_id`, once.
    pub fn take(self, client_id: &str) -> Option<String> {
        self.0.write_value().take(client_id)
    }
}
