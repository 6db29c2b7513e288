//! How often a sign-in may be tried: OWASP ASVS 5.0 §6.3.1.

mod bucket;

use std::{
    collections::HashMap,
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use bucket::Bucket;

/// Tries of a secret in a minute.
const PER_ACCOUNT: u32 = 5;
const PER_ADDRESS: u32 = 20;
const ALL: u32 = 100;

/// Ways to a provider in a minute: no secret is tried there, and a team may share an address. As many as are kept at a
/// time, while they last.
const LED_PER_ADDRESS: u32 = 100;
const LED: u32 = 1_000;

/// Accounts, and addresses, that are known at a time. No account's name is kept longer than this, in bytes.
const MOST: usize = 10_000;
const LONGEST: usize = 256;

/// Counts tries of a process in three buckets: the account's, the address's, and one of all. Nobody is locked out for
/// good: each bucket fills again, evenly, within a minute.
pub struct Limiter {
    per_address: u32,
    all: u32,
    buckets: Mutex<Buckets>,
}

#[derive(Default)]
struct Buckets {
    accounts: Kept<String>,
    addresses: Kept<IpAddr>,
    all: Bucket,
}

impl Default for Limiter {
    /// Of tries of a secret.
    fn default() -> Self {
        Self::of(PER_ADDRESS, ALL)
    }
}

impl Limiter {
    /// Of ways to a provider.
    pub fn to_providers() -> Self {
        Self::of(LED_PER_ADDRESS, LED)
    }

    fn of(per_address: u32, all: u32) -> Self {
        Self {
            per_address,
            all,
            buckets: Mutex::default(),
        }
    }

    /// Takes a try of `account`, as it was typed, from `address`, the person's own, or says how long to wait. `None`:
    /// nobody knows yet whose it is, as where somebody goes to a provider.
    ///
    /// A try that is refused takes nothing. So whoever tries on and on at one account or from one address does not
    /// use up what all others share.
    pub fn check(
        &self,
        account: Option<&str>,
        address: IpAddr,
        now: Instant,
    ) -> Result<(), Duration> {
        let account = account.map(|account| &account[..account.floor_char_boundary(LONGEST)]);
        let account = account.map(str::to_owned);
        let address = network(address);
        // What a panic has left is still whole: each bucket is one number.
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = [
            account.as_ref().map_or(Duration::ZERO, |account| {
                buckets.accounts.get(account).wait(PER_ACCOUNT, now)
            }),
            buckets.addresses.get(&address).wait(self.per_address, now),
            buckets.all.wait(self.all, now),
        ];
        if let Some(wait) = waits.into_iter().max().filter(|wait| !wait.is_zero()) {
            return Err(wait);
        }
        if let Some(account) = account {
            buckets.accounts.take(account, PER_ACCOUNT, now);
        }
        buckets.addresses.take(address, self.per_address, now);
        buckets.all.take(self.all, now);
        Ok(())
    }
}

/// Who has an address of IPv6 has its whole network: 64 bits (RFC 4291 §2.5.4).
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into()
        }
        address => address,
    }
}

/// A bucket for each key, and a full one for all that are not known.
struct Kept<K>(HashMap<K, Bucket>);

impl<K> Default for Kept<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Clone + Eq + Hash> Kept<K> {
    fn get(&self, key: &K) -> Bucket {
        self.0.get(key).copied().unwrap_or_default()
    }

    fn take(&mut self, key: K, size: u32, now: Instant) {
        if self.0.len() >= MOST && !self.0.contains_key(&key) {
            self.make_room(now);
        }
        self.0.entry(key).or_default().take(size, now);
    }

    /// Forgets full buckets, of which nothing is lost, or else the one that will be full first. Looks at all: the
    /// bucket of all lets no more than a thousand a minute come to this.
    fn make_room(&mut self, now: Instant) {
        self.0.retain(|_, bucket| !bucket.missing(now).is_zero());
        if self.0.len() >= MOST {
            let oldest = self.0.iter().min_by_key(|(_, bucket)| bucket.0);
            if let Some(key) = oldest.map(|(key, _)| key.clone()) {
                self.0.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests;
