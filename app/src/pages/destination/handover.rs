//! A new secret on its way from the page that shows it to the destination wizard: in this page's
//! memory only, never in an address or in storage. Lost with a reload, as it should be.

use leptos::prelude::*;

struct NewSecret {
    client_id: String,
    secret: String,
}

/// In the context of every page.
#[derive(Clone, Copy)]
pub struct Handover(RwSignal<Option<NewSecret>>);

pub fn provide_handover() {
    provide_context(Handover(RwSignal::new(None)));
}

impl Handover {
    /// `None` outside of the application.
    pub fn of_page() -> Option<Self> {
        use_context()
    }

    /// Leaves a secret for the wizard. The link that leads there is an ordinary one, such as
    /// [`model::paths::polaris_destination_path`] makes: followed without a reload, it finds it.
    pub fn give(self, client_id: &str, secret: &str) {
        self.0.set(Some(NewSecret {
            client_id: client_id.to_owned(),
            secret: secret.to_owned(),
        }));
    }

    /// The secret left for `client_id`, once.
    pub fn take(self, client_id: &str) -> Option<String> {
        let found = self.0.with_untracked(|left| {
            left.as_ref()
                .is_some_and(|left| left.client_id == client_id)
        });
        let left = self.0.try_update_untracked(Option::take).flatten()?;
        found.then_some(left.secret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_taken_once_and_by_its_owner_only() {
        Owner::new().with(|| {
            let handover = Handover(RwSignal::new(None));
            handover.give("olake", "CANARY");
            assert_eq!(handover.take("olake").as_deref(), Some("CANARY"));
            assert_eq!(handover.take("olake"), None);
            handover.give("olake", "CANARY");
            assert_eq!(handover.take("spark"), None);
            assert_eq!(handover.take("olake"), None);
        });
    }
}
