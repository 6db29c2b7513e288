use proptest::prelude::*;

use super::{bucket::MINUTE, *};

fn address(last: u8) -> IpAddr {
    [192, 0, 2, last].into()
}

fn seconds(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

#[test]
fn a_team_behind_one_address_gets_to_its_provider() {
    let (limiter, now) = (Limiter::to_providers(), Instant::now());
    let from = |n: u32| IpAddr::from([10, 0, 0, n as u8]);
    let led = |n| {
        let tries = (0..LED).map(|_| limiter.check(None, from(n), now));
        tries.filter(Result::is_ok).count() as u32
    };
    assert_eq!(led(0), LED_PER_ADDRESS);
    assert_eq!((1..=20).map(led).sum::<u32>(), LED - LED_PER_ADDRESS);
}

#[test]
fn each_bucket_has_its_size_and_tells_when_to_come_again() {
    let now = Instant::now();
    let limiter = Limiter::default();
    for _ in 0..5 {
        limiter.check(Some("ada"), address(1), now).unwrap();
    }
    assert_eq!(
        limiter.check(Some("ada"), address(2), now),
        Err(seconds(12.0))
    );
    assert!(
        limiter
            .check(Some("ada"), address(2), now + seconds(11.9))
            .is_err()
    );
    limiter
        .check(Some("ada"), address(2), now + seconds(12.0))
        .unwrap();

    let limiter = Limiter::default();
    for n in 0..20 {
        limiter
            .check(Some(&n.to_string()), address(1), now)
            .unwrap();
    }
    assert_eq!(
        limiter.check(Some("20"), address(1), now),
        Err(seconds(3.0))
    );
    for n in 20..100 {
        let from = address(1 + n / 20);
        limiter.check(Some(&n.to_string()), from, now).unwrap();
    }
    assert_eq!(
        limiter.check(Some("other"), address(9), now),
        Err(seconds(0.6))
    );
}

#[test]
fn a_network_of_ipv6_is_one_address() {
    let now = Instant::now();
    let limiter = Limiter::default();
    let from = |text: &str| text.parse::<IpAddr>().unwrap();
    for n in 0..20 {
        let own = from(&format!("2001:db8:0:1::{n:x}"));
        limiter.check(Some(&n.to_string()), own, now).unwrap();
    }
    assert!(
        limiter
            .check(Some("x"), from("2001:db8:0:1:ffff::1"), now)
            .is_err()
    );
    limiter
        .check(Some("x"), from("2001:db8:0:2::1"), now)
        .unwrap();
    // One address in two ways of writing.
    let mapped = Limiter::default();
    for n in 0..20 {
        mapped
            .check(Some(&n.to_string()), from("::ffff:192.0.2.1"), now)
            .unwrap();
    }
    assert!(mapped.check(Some("x"), from("192.0.2.1"), now).is_err());
}

#[test]
fn what_is_kept_is_bounded_and_the_oldest_goes() {
    let now = Instant::now();
    let mut kept = Kept::default();
    for n in 0..MOST {
        kept.take(n, PER_ACCOUNT, now + Duration::from_millis(n as u64));
    }
    // None is full yet, and the first is the oldest.
    kept.take(MOST, PER_ACCOUNT, now + seconds(10.0));
    assert_eq!(kept.0.len(), MOST);
    assert!(kept.get(&0).0.is_none() && kept.get(&1).0.is_some());
    kept.take(MOST + 1, PER_ACCOUNT, now + seconds(120.0));
    assert_eq!(kept.0.len(), 1, "those that are full are forgotten");

    let limiter = Limiter::default();
    limiter
        .check(Some(&"ä".repeat(100_000)), address(1), now)
        .unwrap();
    let buckets = limiter.buckets.lock().unwrap();
    assert!(buckets.accounts.0.keys().all(|name| name.len() <= LONGEST));
}

proptest! {
    /// However others flood one account from one address, another person gets in as long as all together are below
    /// what all may.
    #[test]
    fn a_flood_locks_nobody_else_out(
        gaps in proptest::collection::vec(0_u64..200, 1..400),
        tries in proptest::collection::vec(any::<bool>(), 400),
    ) {
        let limiter = Limiter::default();
        let mut now = Instant::now();
        let mut last = None::<Instant>;
        for (gap, is_tried) in gaps.into_iter().zip(tries) {
            now += Duration::from_millis(gap);
            let _ = limiter.check(Some("flooded"), address(1), now);
            let is_due = last.is_none_or(|last| now - last >= seconds(12.0));
            if is_tried && is_due {
                prop_assert_eq!(limiter.check(Some("other"), address(2), now), Ok(()));
                last = Some(now);
            }
        }
    }

    /// Whatever was tried, a minute later everybody may again, and a wait that was told is enough.
    #[test]
    fn nobody_is_locked_out_for_good(
        tries in proptest::collection::vec((0_u8..4, 0_u8..4, 0_u64..3_000), 1..300),
    ) {
        let limiter = Limiter::default();
        let mut now = Instant::now();
        for (account, from, gap) in tries {
            now += Duration::from_millis(gap);
            let account = account.to_string();
            if let Err(wait) = limiter.check(Some(&account), address(from), now) {
                prop_assert!(wait <= MINUTE);
                now += wait;
                prop_assert_eq!(limiter.check(Some(&account), address(from), now), Ok(()));
            }
        }
        now += MINUTE;
        for account in 0..4_u8 {
            prop_assert_eq!(limiter.check(Some(&account.to_string()), address(account), now), Ok(()));
        }
    }
}

#[test]
fn who_is_not_known_yet_counts_by_address_and_for_all() {
    let (limiter, now) = (Limiter::default(), Instant::now());
    for _ in 0..PER_ADDRESS {
        limiter.check(None, address(1), now).unwrap();
    }
    assert!(limiter.check(None, address(1), now).is_err());
    limiter.check(None, address(2), now).unwrap();
}
