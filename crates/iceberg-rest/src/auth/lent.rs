//! A token that somebody else keeps and renews.

use std::{
    fmt,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use secrecy::{ExposeSecret, SecretString};

type Giving = Pin<Box<dyn Future<Output = Option<SecretString>> + Send>>;

/// Gives another token in the place of one that a catalog refused; `None` where there is none to be had.
#[derive(Clone)]
pub struct Renewal(Arc<dyn Fn(SecretString) -> Giving + Send + Sync>);

impl Renewal {
    /// By a function of the refused token. It is asked by each call that was refused, also at once, and it is for the
    /// function to give the same token to all of them.
    pub fn new<F>(give: impl Fn(SecretString) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Option<SecretString>> + Send + 'static,
    {
        Self(Arc::new(move |refused| Box::pin(give(refused))))
    }
}

impl fmt::Debug for Renewal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Renewal")
    }
}

pub(crate) struct Lent {
    token: Mutex<SecretString>,
    renewal: Renewal,
}

impl Lent {
    pub fn new(token: SecretString, renewal: Renewal) -> Self {
        let token = Mutex::new(token);
        Self { token, renewal }
    }

    pub fn token(&self) -> SecretString {
        self.current().clone()
    }

    /// Sees to another token in the place of the refused one; `false` where there is none.
    pub async fn renew(&self, refused: &SecretString) -> bool {
        if self.current().expose_secret() != refused.expose_secret() {
            return true;
        }
        let given = (self.renewal.0)(refused.clone()).await;
        given.map(|other| *self.current() = other).is_some()
    }

    fn current(&self) -> MutexGuard<'_, SecretString> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
