use std::{
    collections::VecDeque,
    sync::{Arc, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use iceberg_rest::{Dialect, Error, ErrorKind};
use model::connections::Spark;
use tokio::time::{MissedTickBehavior, interval};
use tracing::Instrument;

use super::Catalog;

/// How often each connection is looked at for the home page.
const EVERY: Duration = Duration::from_secs(60);
/// How old a look that failed is before whoever looks at the home page has it taken again.
const AGAIN: Duration = Duration::from_secs(5);

/// What the last look at a connection saw.
#[derive(Clone, Debug)]
pub struct Probe {
    pub at: SystemTime,
    pub latency: Duration,
    pub outcome: Result<Dialect, Error>,
    pub version: Option<String>,
}

/// What is remembered of the looks at a connection.
#[derive(Default)]
pub(super) struct Looks {
    last: Option<Probe>,
    /// How long each answer took, ms; `None` where none came.
    past: VecDeque<Option<u64>>,
    /// When the last answer came.
    answered: Option<SystemTime>,
}

impl Looks {
    fn add(&mut self, probe: Probe) {
        let answers = probe.outcome.is_ok();
        if answers {
            self.answered = Some(probe.at);
        }
        if self.past.len() == Spark::LOOKS {
            self.past.pop_front();
        }
        self.past.push_back(answers.then(|| probe.latency_ms()));
        self.last = Some(probe);
    }
}

impl Probe {
    /// How long the server took, ms.
    pub fn latency_ms(&self) -> u64 {
        u64::try_from(self.latency.as_millis()).unwrap_or(u64::MAX)
    }

    /// Whether it failed, and that was a while ago.
    fn is_due(&self, now: SystemTime) -> bool {
        // A clock that was set back tells nothing.
        let young = now.duration_since(self.at).is_ok_and(|age| age < AGAIN);
        self.outcome.is_err() && !young
    }
}

impl Catalog {
    /// The last look; `None` until the first has ended.
    pub fn probed(&self) -> Option<Probe> {
        self.looks.read().ok().and_then(|looks| looks.last.clone())
    }

    /// How long the last looks took, drawn, and when the server answered last.
    pub fn looks(&self) -> (Option<Spark>, Option<SystemTime>) {
        let looks = self.looks.read().unwrap_or_else(PoisonError::into_inner);
        let past: Vec<_> = looks.past.iter().copied().collect();
        (Spark::new(&past), looks.answered)
    }

    /// Whether a look is under way.
    pub fn is_probing(&self) -> bool {
        self.probing.available_permits() == 0
    }

    /// Whether nothing can be browsed before a warehouse is chosen.
    pub fn wants_warehouse(&self) -> bool {
        let needs = |dialect: Dialect| dialect.profile().needs_warehouse;
        self.spec.warehouse.is_none() && self.known_dialect().is_some_and(needs)
    }

    /// Whether a failure to open this warehouse means no more than that none is chosen yet.
    pub fn is_unchosen(&self, warehouse: Option<&str>, error: &Error) -> bool {
        let wants = matches!(error.kind, ErrorKind::BadRequest | ErrorKind::NotFound);
        // What is no answer of a catalog says nothing about warehouses.
        let wants = wants && error.type_on_wire.is_some();
        wants && warehouse.is_none() && self.wants_warehouse()
    }

    /// Looks whether the server answers, and as what, unless somebody is looking already; the home
    /// page shows the last look.
    pub async fn probe(&self) {
        if let Ok(_looking) = self.probing.try_acquire() {
            self.look().await;
        }
    }

    /// Looks at it now and then, until its connection ends.
    pub fn watch(self: Arc<Self>) -> impl Future<Output = ()> + Send + 'static {
        let ended = self.ended.clone();
        let looks = async move {
            let mut ticks = interval(EVERY);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                self.probe().await;
            }
        };
        async move {
            ended.run_until_cancelled(looks).await;
        }
    }

    /// Begins another look where the last one failed a while ago: it may be back. Waits for nothing.
    pub fn look_again(self: &Arc<Self>) {
        let due = |probe: Probe| probe.is_due(SystemTime::now());
        // Nobody looks now and then at one that is called as a person.
        if !self.probed().map_or(self.is_personal(), due) {
            return;
        }
        if let Ok(looking) = self.probing.clone().try_acquire_owned() {
            let catalog = self.clone();
            tokio::spawn(async move {
                catalog.look().await;
                drop(looking);
            });
        }
    }

    /// Ends with the connection, whether or not it has seen anything.
    async fn look(&self) {
        let span = tracing::info_span!("probe", connection = self.spec.name);
        let seen = self.ended.run_until_cancelled(self.see()).instrument(span);
        let seen = seen.await;
        if let (Some(seen), Ok(mut looks)) = (seen, self.looks.write()) {
            looks.add(seen);
        }
    }

    async fn see(&self) -> Probe {
        let started = Instant::now();
        let warehouse = self.spec.warehouse.as_deref();
        let opened = self.server.connect(warehouse, None).await;
        let latency = started.elapsed();
        let outcome = match opened {
            Ok(client) => Ok(client.dialect()),
            // A server that wants to be told a warehouse is there.
            Err(error) if self.is_unchosen(None, &error) => self.known_dialect().ok_or(error),
            Err(error) => Err(error),
        };
        Probe {
            at: SystemTime::now(),
            latency,
            outcome,
            version: vendors::version(&self.server).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use iceberg_rest::{Auth, http_client};
    use tokio::{net::TcpListener, time::timeout};

    use super::*;
    use crate::{Spec, outbound::options, spec::Origin};

    fn failed(ago: Duration) -> Probe {
        Probe {
            at: SystemTime::now() - ago,
            latency: Duration::ZERO,
            outcome: Err(Error::invalid("It was down.")),
            version: None,
        }
    }

    #[test]
    fn only_a_failure_is_looked_at_again_so_soon() {
        let now = SystemTime::now();
        assert!(failed(2 * AGAIN).is_due(now));
        assert!(!failed(AGAIN / 2).is_due(now));
        let healthy = Probe {
            outcome: Ok(Dialect::Generic),
            ..failed(10 * AGAIN)
        };
        assert!(!healthy.is_due(now));
    }

    #[test]
    fn looks_are_remembered_up_to_a_number_and_the_last_answer_past_failures() {
        let at = SystemTime::now() - Duration::from_secs(100);
        let answer = Probe {
            at,
            latency: Duration::from_millis(7),
            outcome: Ok(Dialect::Generic),
            version: None,
        };
        let mut looks = Looks::default();
        looks.add(answer);
        assert_eq!(looks.past, [Some(7)]);
        for _ in 0..2 * Spark::LOOKS {
            looks.add(failed(AGAIN));
        }
        assert_eq!(looks.past, [None; Spark::LOOKS]);
        assert_eq!(looks.answered, Some(at));
        assert!(looks.last.is_some_and(|last| last.outcome.is_err()));
    }

    #[tokio::test]
    async fn all_who_look_at_a_failed_connection_share_one_look() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (http, spec) = (
            http_client(options(Origin::File)).unwrap(),
            Spec::new("c", url),
        );
        let connection = Arc::new(
            Catalog::new(
                Arc::new(spec),
                Auth::None,
                None,
                http.clone(),
                &http,
                Arc::default(),
                None,
            )
            .unwrap(),
        );
        connection.look_again();
        assert!(
            !connection.is_probing(),
            "the first look is not ours to take"
        );
        connection.looks.write().unwrap().add(failed(2 * AGAIN));
        for _ in 0..10 {
            connection.look_again();
            assert!(connection.is_probing());
        }
        let _silent = listener.accept().await.unwrap();
        let second = timeout(Duration::from_millis(50), listener.accept()).await;
        assert!(second.is_err(), "one look");
    }
}
