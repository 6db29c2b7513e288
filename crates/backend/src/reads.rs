use std::{
    sync::{Arc, OnceLock},
    time::{Duration, SystemTime},
};

use moka::sync;
use tokio::{sync::watch, time::Instant};

use crate::{
    cache::{CACHE, Cache, Grant, Question},
    under_way::UnderWay,
};

/// How long what was read may be shown again without asking the catalog. Every page says when its
/// data was read, and its refresh goes around this.
pub const FRESH: Duration = Duration::from_secs(30);

/// How long what came late still answers asks for now once somebody has it: the parts of a page ask for the
/// same, one after the other.
const PAGE: Duration = Duration::from_secs(3);

/// What takes longer came late.
const LATE: Duration = Duration::from_secs(1);

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
    news: News,
}

/// Until when what a read brought answers asks for now: until somebody has it, and for a page longer if it came late.
#[derive(Clone, Default)]
pub struct News {
    longer: Duration,
    end: Arc<OnceLock<Instant>>,
}

impl News {
    /// Of a read that took this time.
    fn after(took: Duration) -> Self {
        let longer = match took > LATE {
            true => PAGE,
            false => Duration::ZERO,
        };
        Self {
            longer,
            ..Self::default()
        }
    }

    pub fn holds(&self) -> bool {
        self.end.get().is_none_or(|end| Instant::now() < *end)
    }

    pub fn is_told(&self) {
        self.end.get_or_init(|| Instant::now() + self.longer);
    }
}

impl<T> Read<T> {
    pub fn new(value: Arc<T>, etag: Option<String>, bytes: usize) -> Self {
        Self {
            value,
            at: SystemTime::now(),
            etag,
            bytes,
            news: News::default(),
        }
    }

    /// Whether it keeps a thread busy to look through it.
    pub fn is_large(&self) -> bool {
        self.bytes > LARGE
    }

    fn is_younger(&self, age: Duration) -> bool {
        self.at.elapsed().is_ok_and(|elapsed| elapsed < age)
    }

    /// Whether it answers an ask for now.
    fn is_news(&self) -> bool {
        self.is_younger(FRESH) && self.news.holds()
    }
}

impl<T> Clone for Read<T> {
    fn clone(&self) -> Self {
        Self {
            value: self.value.clone(),
            at: self.at,
            etag: self.etag.clone(),
            bytes: self.bytes,
            news: self.news.clone(),
        }
    }
}

/// What a read brought; `None` while it is under way.
type Outcome<T, E> = Option<Result<Read<T>, E>>;

/// Reads of one kind: each is made once for all who ask for it meanwhile, and what it brought is kept.
/// Catalogs share the reads of a kind, but never one read.
pub struct Reads<Q, T, E> {
    kept: &'static Cache,
    under_way: UnderWay<(Grant, Q), watch::Receiver<Outcome<T, E>>>,
    /// Failures that nobody was there to hear of, or that came late.
    failed: sync::Cache<(Grant, Q), (E, News)>,
    fresh: Duration,
    /// Of a failure that would come again: it answers as long as what was read.
    lasting: fn(&E) -> bool,
}

impl<Q, T, E> Reads<Q, T, E>
where
    Q: Question<Answer = Read<T>>,
    T: Send + Sync + 'static,
    E: Clone + Send + Sync + 'static,
{
    /// What was read is shown again while it is `fresh`.
    pub fn new(fresh: Duration) -> Self {
        Self::keeping(&CACHE, fresh)
    }

    /// And so is a failure that is `lasting`.
    pub fn with_lasting(self, lasting: fn(&E) -> bool) -> Self {
        Self { lasting, ..self }
    }

    fn keeping(kept: &'static Cache, fresh: Duration) -> Self {
        Self {
            kept,
            under_way: UnderWay::default(),
            failed: sync::Cache::builder()
                .max_capacity(FAILURES)
                .time_to_live(FRESH)
                .build(),
            fresh,
            lasting: |_| false,
        }
    }

    /// What is kept of the answer, or what `read` brings: it gets what is kept and too old to be shown. An
    /// ask for `now` takes nothing that somebody has seen, but joins the read that is under way.
    pub async fn get<F>(
        &'static self,
        grant: Grant,
        question: Q,
        now: bool,
        read: impl FnOnce(Option<Read<T>>) -> F,
    ) -> Result<Read<T>, E>
    where
        F: Future<Output = Result<Read<T>, E>> + Send + 'static,
    {
        let kept = self.kept.get(grant, &question);
        let kept = kept.map(|kept| Read::clone(&kept));
        let holds = |kept: &Read<T>| kept.is_news() || !now && kept.is_younger(self.fresh);
        if let Some(kept) = kept.clone().filter(holds) {
            kept.news.is_told();
            return Ok(kept);
        }
        let key = (grant, question);
        let failed = self.failed.get(&key);
        let holds = |(error, news): &(E, News)| news.holds() || !now && (self.lasting)(error);
        if let Some((error, news)) = failed.filter(holds) {
            news.is_told();
            return Err(error);
        }
        let begin = || {
            let (sender, outcome) = watch::channel(None);
            let (reading, key) = (read(kept), key.clone());
            let reading = async move {
                let began = Instant::now();
                let mut outcome = reading.await;
                let news = News::after(began.elapsed());
                match &mut outcome {
                    Ok(read) => {
                        read.news = news;
                        self.failed.invalidate(&key);
                        let kept = Arc::new(read.clone());
                        self.kept.keep(grant, key.1, kept, read.bytes);
                    }
                    Err(error) => self.failed.insert(key, (error.clone(), news)),
                }
                sender.send_replace(Some(outcome));
            };
            (outcome, reading)
        };
        let (mut outcome, _here) = self.under_way.join(&key, begin);
        let ended = outcome.wait_for(Option::is_some).await;
        match ended.ok().and_then(|outcome| outcome.clone()) {
            Some(Ok(read)) => {
                read.news.is_told();
                Ok(read)
            }
            Some(Err(error)) => {
                if let Some((_, news)) = self.failed.get(&key) {
                    news.is_told();
                }
                Err(error)
            }
            // Nothing ends it while somebody waits, so it panicked: so does who waits for it.
            None => panic!("a read panicked"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    type Numbers = Reads<Number, usize, &'static str>;

    #[derive(Clone, PartialEq, Eq, Hash)]
    struct Number(&'static str);

    impl Question for Number {
        type Answer = Read<usize>;
        const KEPT: Duration = FRESH;
    }

    fn numbers() -> (&'static Numbers, Grant) {
        let kept = Box::leak(Box::new(Cache::new(1_000_000)));
        let numbers = Numbers::keeping(kept, FRESH).with_lasting(|why| *why == "lasting");
        (Box::leak(Box::new(numbers)), Grant::next())
    }

    async fn counted(counter: &AtomicUsize, bytes: usize) -> Result<Read<usize>, &'static str> {
        let count = counter.fetch_add(1, Ordering::Relaxed) + 1;
        tokio::time::sleep(Duration::from_secs(5)).await;
        Ok(Read::new(Arc::new(count), None, bytes))
    }

    #[tokio::test(start_paused = true)]
    async fn an_ask_for_now_joins_what_is_under_way_and_takes_nothing_that_was_seen() {
        static COUNTER: AtomicUsize = AtomicUsize::new(0);
        let (reads, grant) = numbers();
        let get = async |now| {
            *reads
                .get(grant, Number("n"), now, |_| counted(&COUNTER, 1))
                .await
                .unwrap()
                .value
        };
        assert_eq!(tokio::join!(get(true), get(true), get(false)), (1, 1, 1));
        assert_eq!(get(false).await, 1, "kept");
        assert_eq!(get(true).await, 1, "another part of the page");
        tokio::time::sleep(PAGE).await;
        assert_eq!(get(true).await, 2, "asked for now");
        for _ in 0..100 {
            let impatient = Duration::from_millis(10);
            let _ = tokio::time::timeout(impatient, get(true)).await;
        }
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert_eq!(get(true).await, 3, "nobody has seen it before");
        assert_eq!(get(true).await, 3, "another part of the page");
        tokio::time::sleep(PAGE).await;
        assert_eq!(get(true).await, 4);
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_is_told_to_all_who_wait_and_not_kept() {
        let (reads, grant) = numbers();
        let fails = async |why| {
            reads
                .get(grant, Number("n"), false, |_| async move { Err(why) })
                .await
                .err()
        };
        let (one, other) = tokio::join!(fails("first"), fails("second"));
        assert_eq!((one, other), (Some("first"), Some("first")));
        assert_eq!(fails("third").await, Some("third"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_that_lasts_is_not_met_again_by_each_who_asks() {
        static COUNTER: AtomicUsize = AtomicUsize::new(0);
        let (reads, grant) = numbers();
        let fails = async |now| {
            let read = reads.get(grant, Number("n"), now, |_| async {
                counted(&COUNTER, 1).await?;
                Err("lasting")
            });
            (read.await.err(), COUNTER.load(Ordering::Relaxed))
        };
        assert_eq!(fails(false).await, (Some("lasting"), 1));
        tokio::time::sleep(PAGE).await;
        assert_eq!(fails(false).await, (Some("lasting"), 1), "the next page");
        assert_eq!(fails(true).await, (Some("lasting"), 2), "asked for now");
        let read = reads.get(grant, Number("n"), true, |_| counted(&COUNTER, 1));
        tokio::time::sleep(PAGE).await;
        assert_eq!(read.await.map(|read| *read.value).ok(), Some(3));
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_that_came_late_is_told_to_all_parts_of_a_page() {
        static COUNTER: AtomicUsize = AtomicUsize::new(0);
        let (reads, grant) = numbers();
        let fails = async |patience| {
            let read = reads.get(grant, Number("n"), true, |_| async {
                let count = counted(&COUNTER, 1).await?;
                Err(["", "first", "second", "third"][*count.value])
            });
            let told = tokio::time::timeout(Duration::from_secs(patience), read);
            told.await.ok().and_then(Result::err)
        };
        assert_eq!(fails(1).await, None, "gives up");
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert_eq!(fails(1).await, Some("first"));
        assert_eq!(fails(1).await, Some("first"), "another part of the page");
        tokio::time::sleep(PAGE).await;
        assert_eq!(fails(10).await, Some("second"), "asked for anew");
        assert_eq!(fails(1).await, Some("second"), "another part of the page");
        tokio::time::sleep(PAGE).await;
        // The page is reloaded a moment before the end.
        assert_eq!(fails(4).await, None, "gives up");
        tokio::time::sleep(Duration::from_millis(900)).await;
        assert_eq!(fails(1).await, Some("third"));
        assert_eq!(fails(1).await, Some("third"), "another part of the page");
    }

    #[tokio::test(start_paused = true)]
    async fn two_catalogs_share_neither_a_read_nor_a_failure_nor_what_is_kept() {
        static COUNTER: AtomicUsize = AtomicUsize::new(0);
        let (reads, one) = numbers();
        let other = Grant::next();
        let get = async |grant| {
            let read = reads.get(grant, Number("n"), false, |_| counted(&COUNTER, 1));
            *read.await.unwrap().value
        };
        assert_eq!(tokio::join!(get(one), get(other)), (1, 2));
        assert_eq!((get(one).await, get(other).await), (1, 2));
        let fails = |grant, why| {
            let read = reads.get(grant, Number("m"), false, move |_| async move {
                tokio::time::sleep(Duration::from_secs(5)).await;
                Err(why)
            });
            tokio::time::timeout(Duration::from_secs(1), read)
        };
        assert!(fails(one, "of one").await.is_err(), "gives up");
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert!(fails(other, "of the other").await.is_err(), "asks itself");
        assert_eq!(fails(one, "").await.unwrap().err(), Some("of one"));
    }
}
