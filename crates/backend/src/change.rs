//! One way to change a catalog: a [`Change`] is made once, runs to its end, says what came of it, and leaves
//! nothing that it touched as it was before. What takes several calls on behalf of a form stands below.

pub mod grants;
pub mod guard;
pub mod offboard;
pub mod onboard;
pub mod press;
pub(crate) mod record;
mod running;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use access::polaris::Kind as Noun;
use model::{
    audit::Changed,
    change::Object,
    error::{AppError, Kind},
    format::bounded,
    person::Role,
};

use crate::{
    Catalog,
    cache::{About, CACHE},
    tasks::to_its_end,
};

use record::Outcome;

/// A change to make, or one that was made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// The call's name in the vendor's API.
    pub operation: &'static str,
    /// What it is made on.
    pub object: Object,
    /// What becomes different, in sentences, for the record.
    pub says: Vec<String>,
    /// The same key by key, without secrets.
    pub changed: Vec<Changed>,
}

/// Sentences and keys of one change that the record has.
const TOLD: usize = 50;

/// A change under way. When this is dropped it has ended, however that is.
struct Making {
    catalog: Arc<Catalog>,
    change: Change,
    outcome: Outcome,
}

impl Change {
    /// By the call's name in the vendor's API.
    pub fn new(operation: &'static str, object: Object) -> Self {
        Self {
            operation,
            object,
            says: Vec::new(),
            changed: Vec::new(),
        }
    }

    /// With what becomes different.
    pub fn telling(self, says: &[String], changed: impl Iterator<Item = Changed>) -> Self {
        Self {
            says: says.iter().take(TOLD).map(bounded).collect(),
            changed: changed.take(TOLD).collect(),
            ..self
        }
    }
}

impl Catalog {
    /// Makes a change with `call`, which is sent to its end whoever leaves meanwhile: if who asks may make it, and
    /// once it is on record that it is about to be made. What it touched is dropped from all that is kept, and what
    /// came of it is recorded, and nothing of what was sent.
    pub async fn change<T: Send + 'static>(
        self: &Arc<Self>,
        change: Change,
        call: impl Future<Output = Result<T, AppError>> + Send + 'static,
    ) -> Result<T, AppError> {
        let catalog = self.clone();
        let made = async move {
            let mut making = Making {
                catalog,
                change,
                outcome: Outcome::Unknown,
            };
            let catalog = making.catalog.clone();
            if let Err(refused) = catalog.permit(&making.change).await {
                making.outcome = Outcome::Refused(refused.kind);
                return Err(refused);
            }
            let intended = match catalog.intend(&making.change).await {
                Ok(intended) => intended,
                Err(error) => {
                    making.outcome = Outcome::Refused(error.kind);
                    return Err(error);
                }
            };
            let made = call.await;
            making.outcome = Outcome::of(&made);
            catalog
                .conclude(intended, &making.change, making.outcome)
                .await;
            made
        };
        let made = to_its_end(made).await;
        made.unwrap_or_else(|_| Err(AppError::lost()))
    }

    /// That who asks may make it here; else the refusal is on record. What is made of several changes asks once, before
    /// it begins.
    pub(crate) async fn permit(&self, change: &Change) -> Result<(), AppError> {
        match self.refuses(change) {
            Some(refused) => {
                self.forbidden(change, &refused.message).await;
                Err(refused)
            }
            None => Ok(()),
        }
    }

    /// Why who asks may not make it here.
    fn refuses(&self, change: &Change) -> Option<AppError> {
        if self.spec.read_only {
            let reason = self.locked().unwrap_or_default();
            return Some(AppError::new(Kind::Forbidden, reason).hint(
                "Remove `read_only` from the connection's configuration to change it here.",
            ));
        }
        let role = match touched(&change.object).contains(&About::Access) {
            true => Role::Admin,
            false => Role::Editor,
        };
        self.by.must_be(role).err()
    }

    /// Nothing that the change touched is shown as it was before.
    fn forget(&self, object: &Object) {
        let touched = [touched(object), &[About::Anything]].concat();
        let before: Vec<_> = touched.iter().map(|about| self.grant(*about)).collect();
        touched.iter().for_each(|about| self.changes.touch(*about));
        CACHE.forget(|grant| before.contains(grant));
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        self.catalog.forget(&self.change.object);
        self.catalog.record(&self.change, self.outcome, None);
    }
}

/// What is another after a change of this object. Who lacked a right asks again anyway.
pub(crate) fn touched(object: &Object) -> &'static [About] {
    if let Object::Granted { .. } = object {
        return &[About::Access];
    }
    match object.named().kind() {
        Noun::Root | Noun::Catalog => &[About::Config, About::Content, About::Access],
        Noun::Namespace | Noun::Table | Noun::View => &[About::Content],
        Noun::Principal | Noun::PrincipalRole | Noun::CatalogRole => &[About::Access],
        Noun::Policy => &[],
    }
}
