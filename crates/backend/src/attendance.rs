use std::{sync::Arc, time::Duration};

use tokio::{
    sync::watch,
    time::{Instant, timeout_at},
};

/// Who waits for something that is under way.
pub struct Attendance(watch::Sender<Attended>);

#[derive(Clone, Copy)]
struct Attended {
    here: usize,
    /// When the last one left.
    left: Instant,
    /// It is given up: nobody can join any more.
    over: bool,
}

/// Somebody who waits, until this is dropped.
pub struct Attending(Arc<Attendance>);

impl Attendance {
    /// With the first one who waits.
    pub fn begin() -> (Arc<Self>, Attending) {
        let attended = Attended {
            here: 1,
            left: Instant::now(),
            over: false,
        };
        let attendance = Arc::new(Self(watch::Sender::new(attended)));
        (attendance.clone(), Attending(attendance))
    }

    /// `None` where it is given up already.
    pub fn attend(self: &Arc<Self>) -> Option<Attending> {
        let joined = self.0.send_if_modified(|attended| {
            attended.here += usize::from(!attended.over);
            !attended.over
        });
        joined.then(|| Attending(self.clone()))
    }

    /// Ends, and ends attendance, once nobody has been here for so long.
    pub async fn deserted(&self, grace: Duration) {
        let mut changes = self.0.subscribe();
        loop {
            let seen = *changes.borrow_and_update();
            // The sender is here, so this ends with a change only.
            if seen.here > 0 {
                let _ = changes.changed().await;
                continue;
            }
            if timeout_at(seen.left + grace, changes.changed())
                .await
                .is_ok()
            {
                continue;
            }
            let still = |attended: &mut Attended| {
                attended.over = attended.here == 0 && attended.left == seen.left;
                attended.over
            };
            if self.0.send_if_modified(still) {
                return;
            }
        }
    }
}

impl Drop for Attending {
    fn drop(&mut self) {
        self.0.0.send_modify(|attended| {
            attended.here -= 1;
            attended.left = Instant::now();
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRACE: Duration = Duration::from_secs(15);
    const SECOND: Duration = Duration::from_secs(1);

    /// Whether it is given up within so long.
    async fn ends(attendance: &Attendance, within: Duration) -> bool {
        tokio::time::timeout(within, attendance.deserted(GRACE))
            .await
            .is_ok()
    }

    #[tokio::test(start_paused = true)]
    async fn it_is_given_up_only_when_nobody_was_there_for_a_while() {
        let (attendance, first) = Attendance::begin();
        assert!(!ends(&attendance, 10 * GRACE).await, "somebody waits");
        let second = attendance.attend().unwrap();
        drop(first);
        assert!(!ends(&attendance, 10 * GRACE).await, "one of two waits");
        drop(second);
        assert!(!ends(&attendance, GRACE - SECOND).await);
        drop(attendance.attend().unwrap());
        assert!(!ends(&attendance, GRACE - SECOND).await, "it counts anew");
        assert!(ends(&attendance, 2 * SECOND).await);
        assert!(attendance.attend().is_none());
    }
}
