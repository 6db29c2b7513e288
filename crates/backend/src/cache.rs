//! All that the process keeps of what catalogs answered, within one limit of bytes.

use std::{
    any::Any,
    hash::{Hash, Hasher},
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use moka::{Expiry, policy::EvictionPolicy, sync};

/// What all of it may take. The largest answer that is kept takes half.
const BYTES: u64 = 512 * 1024 * 1024;
/// What holding an answer takes beside it, about.
const BESIDE: usize = 512;

/// Of the process: connections that come and go share one limit.
pub static CACHE: LazyLock<Cache> = LazyLock::new(|| Cache::new(BYTES));

/// What an answer is about, as far as a change leaves that different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// How a catalog is spoken to.
    Config,
    /// Namespaces, tables and views.
    Content,
    /// Catalogs and principals, their roles and grants.
    Access,
    /// Anything: no change leaves it as it was.
    Anything,
}

/// A connection as it was put last and as its changes have left what an answer is about, and who acts on
/// it: no two catalogs share one, nor does a catalog share that of the one it replaced. What is kept is
/// kept under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Grant {
    number: u64,
    about: About,
    changes: u64,
}

impl Grant {
    /// One that there was not before.
    pub fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            about: About::Anything,
            changes: 0,
        }
    }

    /// The same for what so many changes have touched.
    pub fn after(self, about: About, changes: u64) -> Self {
        Self {
            about,
            changes,
            ..self
        }
    }

    /// Whether both are of one connection and one who acts on it.
    pub fn is_of(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

/// What of a catalog is meant: one of its warehouses and, on a Nessie, a branch or tag.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Scope {
    pub warehouse: Option<String>,
    pub reference: Option<String>,
}

/// What a catalog was asked. Its type says what kind of answer is kept under it.
pub trait Question: Clone + Eq + Hash + Send + Sync + 'static {
    type Answer: Send + Sync + 'static;
    /// How long the answer is kept.
    const KEPT: Duration;
}

/// What was asked for longest ago makes room, whatever kind it is of.
pub struct Cache(sync::Cache<Key, Kept>);

/// A question of any kind, to one catalog.
struct Key {
    grant: Grant,
    question: Box<dyn AnyQuestion>,
}

#[derive(Clone)]
struct Kept {
    answer: Arc<dyn Any + Send + Sync>,
    bytes: usize,
    time: Duration,
}

impl Cache {
    pub fn new(bytes: u64) -> Self {
        let builder = sync::Cache::builder()
            .weigher(|_, kept: &Kept| u32::try_from(kept.bytes).unwrap_or(u32::MAX))
            .max_capacity(bytes)
            .eviction_policy(EvictionPolicy::lru())
            .expire_after(OfItsKind);
        Self(builder.build())
    }

    pub fn get<Q: Question>(&self, grant: Grant, question: &Q) -> Option<Arc<Q::Answer>> {
        let kept = self.0.get(&Key::new(grant, question.clone()))?;
        kept.answer.downcast().ok()
    }

    /// Keeps an answer that takes about so many bytes, in place of what was kept of the question.
    pub fn keep<Q: Question>(
        &self,
        grant: Grant,
        question: Q,
        answer: Arc<Q::Answer>,
        bytes: usize,
    ) {
        let kept = Kept {
            answer,
            bytes: bytes + BESIDE,
            time: Q::KEPT,
        };
        self.0.insert(Key::new(grant, question), kept);
        // Room is made now, not when somebody asks next.
        self.0.run_pending_tasks();
    }

    pub fn drop_answer<Q: Question>(&self, grant: Grant, question: Q) {
        self.0.invalidate(&Key::new(grant, question));
    }

    /// Drops what is kept under these grants.
    pub fn forget(&self, which: impl Fn(&Grant) -> bool) {
        for (key, _) in self.0.iter().filter(|(key, _)| which(&key.grant)) {
            self.0.invalidate(&*key);
        }
    }

    /// How many answers are kept under these grants.
    #[cfg(test)]
    pub fn count(&self, which: impl Fn(&Grant) -> bool) -> usize {
        self.0.iter().filter(|(key, _)| which(&key.grant)).count()
    }

    #[cfg(test)]
    pub fn bytes(&self) -> u64 {
        self.0.weighted_size()
    }

    /// The questions of one kind to a catalog whose answers are kept, and these. Nobody asks for them by that.
    pub fn answers<Q: Question>(&self, grant: Grant) -> impl Iterator<Item = (Q, Arc<Q::Answer>)> {
        let of_kind = move |key: &Key, kept: Kept| {
            let question: &dyn Any = &*key.question;
            let question = (key.grant == grant).then(|| question.downcast_ref::<Q>())?;
            Some((question?.clone(), kept.answer.downcast().ok()?))
        };
        self.0
            .iter()
            .filter_map(move |(key, kept)| of_kind(&key, kept))
    }
}

impl Key {
    fn new<Q: Question>(grant: Grant, question: Q) -> Self {
        let question = Box::new(question);
        Self { grant, question }
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.grant == other.grant && self.question.is(&*other.question)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.grant.hash(state);
        self.question.feed(state);
    }
}

/// [`Question`] without its type.
trait AnyQuestion: Any + Send + Sync {
    fn is(&self, other: &dyn AnyQuestion) -> bool;
    fn feed(&self, state: &mut dyn Hasher);
}

impl<Q: Question> AnyQuestion for Q {
    fn is(&self, other: &dyn AnyQuestion) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref() == Some(self)
    }

    fn feed(&self, mut state: &mut dyn Hasher) {
        self.type_id().hash(&mut state);
        self.hash(&mut state);
    }
}

/// Each kind has its time, counted from when the answer came.
struct OfItsKind;

impl Expiry<Key, Kept> for OfItsKind {
    fn expire_after_create(&self, _: &Key, kept: &Kept, _: Instant) -> Option<Duration> {
        Some(kept.time)
    }

    fn expire_after_update(
        &self,
        _: &Key,
        kept: &Kept,
        _: Instant,
        _: Option<Duration>,
    ) -> Option<Duration> {
        Some(kept.time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    struct Name(&'static str);

    impl Question for Name {
        type Answer = String;
        const KEPT: Duration = Duration::from_secs(60);
    }

    /// Of the same shape as [`Name`].
    #[derive(Clone, PartialEq, Eq, Hash)]
    struct Size(&'static str);

    impl Question for Size {
        type Answer = u64;
        const KEPT: Duration = Duration::from_secs(60);
    }

    /// Kept for a moment.
    #[derive(Clone, PartialEq, Eq, Hash)]
    struct Brief;

    impl Question for Brief {
        type Answer = ();
        const KEPT: Duration = Duration::from_millis(1);
    }

    /// The answers to `t` that a catalog has.
    fn kept(cache: &Cache, grant: Grant) -> (Option<String>, Option<u64>) {
        let name = cache.get(grant, &Name("t")).map(|name| (*name).clone());
        (name, cache.get(grant, &Size("t")).map(|size| *size))
    }

    #[test]
    fn two_identities_never_share_an_answer_nor_do_two_kinds() {
        let (cache, one, other) = (Cache::new(10_000), Grant::next(), Grant::next());
        cache.keep(one, Name("t"), Arc::new("of one".into()), 1);
        assert_eq!(kept(&cache, one), (Some("of one".into()), None));
        assert_eq!(kept(&cache, other), (None, None));
        cache.keep(other, Name("t"), Arc::new("of the other".into()), 1);
        assert_eq!(kept(&cache, one).0, Some("of one".into()));
        assert_eq!(
            cache.answers::<Name>(one).collect::<Vec<_>>(),
            [(Name("t"), Arc::new("of one".to_owned()))]
        );
        let later = one.after(About::Anything, 1);
        assert_eq!(kept(&cache, later), (None, None), "after a change");
        cache.keep(later, Name("t"), Arc::new("of one, later".into()), 1);
        cache.forget(|grant| grant.is_of(&one));
        assert_eq!(kept(&cache, one), (None, None));
        assert_eq!(kept(&cache, later), (None, None));
        assert_eq!(kept(&cache, other).0, Some("of the other".into()));
    }

    #[test]
    fn all_kinds_together_take_no_more_than_the_limit_and_the_longest_unasked_makes_room() {
        let (cache, one, other) = (Cache::new(10_000), Grant::next(), Grant::next());
        cache.keep(one, Size("unasked"), Arc::new(1), 3000);
        for (grant, name) in [(one, "a"), (other, "b"), (one, "c"), (other, "d")] {
            cache.keep(grant, Name(name), Arc::new(name.into()), 3000);
            assert!(cache.bytes() <= 10_000);
            cache.get(one, &Name("a"));
        }
        assert!(cache.get(one, &Size("unasked")).is_none());
        assert!(cache.get(one, &Name("a")).is_some());
        assert!(cache.get(other, &Name("b")).is_none());
        assert!(cache.get(other, &Name("d")).is_some());
        cache.keep(
            one,
            Name("larger than all"),
            Arc::new(String::new()),
            10_001,
        );
        assert!(cache.bytes() <= 10_000);
    }

    #[test]
    fn each_kind_is_kept_for_its_time() {
        let (cache, grant) = (Cache::new(10_000), Grant::next());
        cache.keep(grant, Size("t"), Arc::new(1), 1);
        cache.keep(grant, Brief, Arc::new(()), 1);
        assert!((0..1_000_000).any(|_| cache.get(grant, &Brief).is_none()));
        assert_eq!(kept(&cache, grant).1, Some(1));
    }
}
