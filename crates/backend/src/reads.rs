use std::{
    hash::Hash,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime},
};

use moka::future::Cache;
use tokio::sync::watch;

use crate::under_way::UnderWay;

/// Names a catalog among what is kept of all of them.
pub type Id = u64;
/// Warehouse and reference of a catalog.
pub type Scope = (Id, Option<String>, Option<String>);

/// How long what was read may be shown again without asking the catalog. Every page says when its
/// data was read, and its refresh goes around this.
pub const FRESH: Duration = Duration::from_secs(30);

/// Failures that wait for somebody who hears of them, each of a few KiB at most.
const FAILURES: u64 = 1000;

/// Bytes that are looked through within a millisecond or two.
const LARGE: usize = 1024 * 1024;

/// A value and when it was read.
pub struct Read<T> {
    pub value: Arc<T>,
    pub at: SystemTime,
    pub etag: Option<String>,
    /// What it takes in memory, about.
    pub bytes: usize,
    /// Whether anybody was still there to receive it.
    received: Arc<AtomicBool>,
}

impl<T> Read<T> {
    pub fn new(value: Arc<T>, etag: Option<String>, bytes: usize) -> Self {
        Self {
            value,
            at: SystemTime::now(),
            etag,
            bytes,
            received: Arc::default(),
        }
    }

    /// Whether it keeps a thread busy to look through it.
    pub fn is_large(&self) -> bool {
        self.bytes > LARGE
    }

    fn is_younger(&self, age: Duration) -> bool {
        self.at.elapsed().is_ok_and(|elapsed| elapsed < age)
    }

    /// Whether it answers an ask for now: it ended after everyone who asked for it had given up.
    fn is_news(&self) -> bool {
        self.is_younger(FRESH) && !self.received.load(Ordering::Acquire)
    }

    fn receive(self) -> Self {
        self.received.store(true, Ordering::Release);
        self
    }
}

impl<T> Clone for Read<T> {
    fn clone(&self) -> Self {
        Self {
            value: self.value.clone(),
            at: self.at,
            etag: self.etag.clone(),
            bytes: self.bytes,
            received: self.received.clone(),
        }
    }
}

/// What a read brought; `None` while it is under way.
type Outcome<T, E> = Option<Result<Read<T>, E>>;

/// Reads of one kind: each is made once for all who ask for it meanwhile, and what it brought is kept.
/// All connections share one, so that its size bounds what the process keeps.
pub struct Reads<K, T, E> {
    kept: Cache<K, Read<T>>,
    under_way: UnderWay<K, watch::Receiver<Outcome<T, E>>>,
    /// Failures that nobody has heard of: each is told once.
    failed: Cache<K, E>,
    fresh: Duration,
}

impl<K, T, E> Reads<K, T, E>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    T: Send + Sync + 'static,
    E: Clone + Send + Sync + 'static,
{
    /// What was read is shown again while it is `fresh`, and `kept` to be asked for under its ETag; all of
    /// it together takes no more than `bytes`.
    pub fn new(fresh: Duration, kept: Duration, bytes: u64) -> Self {
        Self {
            kept: Cache::builder()
                .weigher(|_, read: &Read<T>| u32::try_from(read.bytes).unwrap_or(u32::MAX))
                .max_capacity(bytes)
                .time_to_live(kept)
                .build(),
            under_way: UnderWay::default(),
            failed: Cache::builder()
                .max_capacity(FAILURES)
                .time_to_live(FRESH)
                .build(),
            fresh,
        }
    }

    /// What is kept of `key`, or what `read` brings: it gets what is kept and too old to be shown. An ask
    /// for `now` takes nothing that somebody has seen, but joins the read that is under way.
    pub async fn get<F>(
        &'static self,
        key: K,
        now: bool,
        read: impl FnOnce(Option<Read<T>>) -> F,
    ) -> Result<Read<T>, E>
    where
        F: Future<Output = Result<Read<T>, E>> + Send + 'static,
    {
        let kept = self.kept.get(&key).await;
        let holds = |kept: &Read<T>| kept.is_news() || !now && kept.is_younger(self.fresh);
        if let Some(kept) = kept.clone().filter(holds) {
            return Ok(kept.receive());
        }
        if let Some(error) = self.failed.remove(&key).await {
            return Err(error);
        }
        let begin = || {
            let (sender, outcome) = watch::channel(None);
            let (reading, key) = (read(kept), key.clone());
            let reading = async move {
                let outcome = reading.await;
                match &outcome {
                    Ok(read) => self.kept.insert(key, read.clone()).await,
                    Err(error) => self.failed.insert(key, error.clone()).await,
                }
                sender.send_replace(Some(outcome));
            };
            (outcome, reading)
        };
        let (mut outcome, _here) = self.under_way.join(&key, begin);
        let ended = outcome.wait_for(Option::is_some).await;
        match ended.ok().and_then(|outcome| outcome.clone()) {
            Some(Ok(read)) => Ok(read.receive()),
            Some(Err(error)) => {
                self.failed.invalidate(&key).await;
                Err(error)
            }
            // Nothing ends it while somebody waits, so it panicked: so does who waits for it.
            None => panic!("a read panicked"),
        }
    }

    /// Those that something is kept of.
    pub fn keys(&self) -> impl Iterator<Item = Arc<K>> {
        self.kept.iter().map(|(key, _)| key)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    type Numbers = Reads<&'static str, usize, &'static str>;

    fn numbers(bytes: u64) -> &'static Numbers {
        Box::leak(Box::new(Numbers::new(FRESH, FRESH, bytes)))
    }

    async fn counted(counter: &AtomicUsize, bytes: usize) -> Result<Read<usize>, &'static str> {
        let count = counter.fetch_add(1, Ordering::Relaxed) + 1;
        tokio::time::sleep(Duration::from_secs(5)).await;
        Ok(Read::new(Arc::new(count), None, bytes))
    }

    #[tokio::test(start_paused = true)]
    async fn an_ask_for_now_joins_what_is_under_way_and_takes_nothing_that_was_seen() {
        static COUNTER: AtomicUsize = AtomicUsize::new(0);
        let reads = numbers(1000);
        let get = async |now| {
            *reads
                .get("n", now, |_| counted(&COUNTER, 1))
                .await
                .unwrap()
                .value
        };
        assert_eq!(tokio::join!(get(true), get(true), get(false)), (1, 1, 1));
        assert_eq!(get(false).await, 1, "kept");
        assert_eq!(get(true).await, 2, "asked for now");
        for _ in 0..100 {
            let impatient = Duration::from_millis(10);
            let _ = tokio::time::timeout(impatient, get(true)).await;
        }
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert_eq!(get(true).await, 3, "nobody has seen it before");
        assert_eq!(get(true).await, 4);
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_is_told_to_all_who_wait_and_not_kept() {
        let reads = numbers(1000);
        let fails = async |why| {
            reads
                .get("n", false, |_| async move { Err(why) })
                .await
                .err()
        };
        let (one, other) = tokio::join!(fails("first"), fails("second"));
        assert_eq!((one, other), (Some("first"), Some("first")));
        assert_eq!(fails("third").await, Some("third"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_that_nobody_waited_for_is_told_once() {
        static COUNTER: AtomicUsize = AtomicUsize::new(0);
        let reads = numbers(1000);
        let fails = async |patience| {
            let read = reads.get("n", true, |_| async {
                let count = counted(&COUNTER, 1).await?;
                Err(["", "first", "second"][*count.value])
            });
            let told = tokio::time::timeout(Duration::from_secs(patience), read);
            told.await.ok().and_then(Result::err)
        };
        assert_eq!(fails(1).await, None, "gives up");
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert_eq!(fails(1).await, Some("first"));
        assert_eq!(fails(10).await, Some("second"), "asked for anew");
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_kept_is_bounded_by_its_size() {
        static COUNTER: AtomicUsize = AtomicUsize::new(0);
        let reads = numbers(1000);
        for key in ["a", "b", "c", "d", "e", "f"] {
            assert!(
                reads
                    .get(key, false, |_| counted(&COUNTER, 400))
                    .await
                    .is_ok()
            );
            reads.kept.run_pending_tasks().await;
            assert!(reads.kept.weighted_size() <= 1000);
        }
    }
}
