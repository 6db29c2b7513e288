/// A new secret on its way from the page that shows it to the destination wizard.
#[derive(Default)]
pub struct Handover(Option<NewSecret>);

struct NewSecret {
    client_id: String,
    secret: String,
}

impl Handover {
    /// Leaves a secret, in the place of what was left before.
    pub fn give(&mut self, client_id: &str, secret: &str) {
        self.0 = Some(NewSecret {
            client_id: client_id.to_owned(),
            secret: secret.to_owned(),
        });
    }

    /// The secret left for `client_id`, once; nothing is left afterwards.
    pub fn take(&mut self, client_id: &str) -> Option<String> {
        let left = self.0.take()?;
        (left.client_id == client_id).then_some(left.secret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_taken_once_and_by_its_owner_only() {
        let mut handover = Handover::default();
        handover.give("olake", "CANARY");
        assert_eq!(handover.take("olake").as_deref(), Some("CANARY"));
        assert_eq!(handover.take("olake"), None);
        handover.give("olake", "CANARY");
        assert_eq!(handover.take("spark"), None);
        assert_eq!(handover.take("olake"), None);
    }
}
