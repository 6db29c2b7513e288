use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tracing::Instrument;

use crate::attendance::{Attendance, Attending};

/// How long a read goes on that nobody waits for. A page without scripts gives up, says so, and is
/// reloaded by a person: it must find what it asked for.
const GRACE: Duration = Duration::from_secs(15);

/// What is being read, each thing once for all who ask for it. Lives as long as the process.
pub struct UnderWay<K, V>(Mutex<HashMap<K, Reading<V>>>);

struct Reading<V> {
    /// Through which it is followed.
    view: V,
    attendance: Arc<Attendance>,
}

impl<K, V> Default for UnderWay<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K, V> UnderWay<K, V>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Clone + Send + 'static,
{
    /// Joins the read of `key` that is under way, or else begins it. It is seen to its end, or dropped
    /// once nobody has waited for it for a while; who waits holds on to [`Attending`].
    pub fn join<F>(&'static self, key: &K, begin: impl FnOnce() -> (V, F)) -> (V, Attending)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let mut under_way = self.lock();
        if let Some(reading) = under_way.get(key)
            && let Some(here) = reading.attendance.attend()
        {
            return (reading.view.clone(), here);
        }
        let (view, read) = begin();
        let (attendance, here) = Attendance::begin();
        let ends = Ends {
            of: self,
            key: key.clone(),
            attendance: attendance.clone(),
        };
        under_way.insert(
            key.clone(),
            Reading {
                view: view.clone(),
                attendance,
            },
        );
        let task = async move {
            tokio::select! {
                () = read => {}
                () = ends.attendance.deserted(GRACE) => {}
            }
        };
        tokio::spawn(task.in_current_span());
        (view, here)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Reading<V>>> {
        // Nothing of ours panics while it holds the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes a read off the list when it ends, however that is.
struct Ends<K: Eq + Hash + 'static, V: 'static> {
    of: &'static UnderWay<K, V>,
    key: K,
    attendance: Arc<Attendance>,
}

impl<K: Eq + Hash + 'static, V: 'static> Drop for Ends<K, V> {
    fn drop(&mut self) {
        let mut under_way = self.of.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = |reading: &Reading<V>| Arc::ptr_eq(&reading.attendance, &self.attendance);
        // One that was given up may have been begun anew by now.
        if under_way.get(&self.key).is_some_and(own) {
            under_way.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// How many reads were begun, and how many are still under way.
    #[derive(Clone, Default)]
    struct Counts {
        begun: Arc<AtomicUsize>,
        alive: Arc<()>,
    }

    impl Counts {
        /// One that never ends by itself.
        fn read(&self) -> impl Future<Output = ()> + Send + 'static {
            self.begun.fetch_add(1, Ordering::Relaxed);
            let alive = self.alive.clone();
            async move {
                std::future::pending::<()>().await;
                drop(alive);
            }
        }

        fn now(&self) -> (usize, usize) {
            let alive = Arc::strong_count(&self.alive) - 1;
            (self.begun.load(Ordering::Relaxed), alive)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_hundred_who_leave_have_one_read_and_it_ends() {
        let reads: &UnderWay<&str, ()> = Box::leak(Box::default());
        let counts = Counts::default();
        for _ in 0..100 {
            drop(reads.join(&"list", || ((), counts.read())));
        }
        assert_eq!(counts.now(), (1, 1));
        tokio::time::sleep(GRACE - Duration::from_secs(1)).await;
        let reload = reads.join(&"list", || ((), counts.read()));
        tokio::time::sleep(10 * GRACE).await;
        assert_eq!(counts.now(), (1, 1), "the reload found it and waits");
        drop(reload);
        tokio::time::sleep(GRACE + Duration::from_secs(1)).await;
        assert_eq!(counts.now(), (1, 0));
        assert!(reads.lock().is_empty());
        drop(reads.join(&"list", || ((), counts.read())));
        assert_eq!(counts.now(), (2, 1), "begun anew");
    }

    #[tokio::test]
    async fn one_that_panics_is_off_the_list() {
        let reads: &UnderWay<&str, ()> = Box::leak(Box::default());
        let here = reads.join(&"list", || ((), async { panic!("as a read may") }));
        while !reads.lock().is_empty() {
            tokio::task::yield_now().await;
        }
        drop(here);
    }
}
