use std::sync::{Arc, Mutex};

use model::issued::Issued;

/// Credentials on their way to whoever is answered first.
#[derive(Clone, Default)]
pub struct Untold(Arc<Mutex<Option<Issued>>>);

impl Untold {
    pub fn new(issued: Option<Issued>) -> Self {
        Self(Arc::new(issued.into()))
    }

    /// Once.
    pub fn take(&self) -> Option<Issued> {
        let mut issued = self.0.lock();
        let issued = issued.as_deref_mut().ok()?;
        issued.take()
    }
}
