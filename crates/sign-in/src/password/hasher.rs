use std::sync::Arc;

use secrecy::SecretString;
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::{Unsuitable, hash, verify};

/// Hashes at a time: each takes a core and 19 MiB, and others have pages to make.
const AT_ONCE: usize = 2;

/// Hashes passwords beside what is async, two at a time; others wait their turn. Cheap to clone.
#[derive(Clone)]
pub struct Hasher(Arc<Semaphore>);

impl Default for Hasher {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Hasher {
    /// [`hash`] without blocking who calls.
    pub async fn hash(&self, password: SecretString, name: String) -> Result<String, Unsuitable> {
        let hashed = self.run(move || hash(&password, &name)).await;
        hashed.unwrap_or(Err(Unsuitable::Failed))
    }

    /// [`verify`] without blocking who calls.
    pub async fn verify(&self, password: SecretString, stored: Option<String>) -> bool {
        let verified = self.run(move || verify(&password, stored.as_deref())).await;
        verified.unwrap_or(false)
    }

    /// The place is held until the work is over, also where nobody waits for it any more. `None`: it panicked.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let place = self.0.clone().acquire_owned().await.ok()?;
        let done = spawn_blocking(move || {
            let _place = place;
            work()
        });
        done.await.ok()
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, time::Duration};

    use tokio::time::timeout;

    use super::*;

    #[tokio::test]
    async fn two_work_at_once_also_when_nobody_waits_for_them() {
        let hasher = Hasher::default();
        let mut doors = Vec::new();
        for _ in 0..AT_ONCE {
            let (open, door) = mpsc::channel::<()>();
            let left = hasher.run(move || door.recv().is_ok());
            // Who called has gone before it is over.
            let begun = timeout(Duration::ZERO, left).await;
            assert!(begun.is_err(), "it is not over");
            doors.push(open);
        }
        assert_eq!(hasher.0.available_permits(), 0);
        doors.pop();
        assert_eq!(hasher.run(|| 1).await, Some(1));
    }
}
