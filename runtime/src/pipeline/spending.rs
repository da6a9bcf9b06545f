//! Limits on what calls use up: what an estimate says, what the provider lists, and what this process is about to start.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::tool::{Estimate, LimitSpec, Use};

/// How long what was started is counted from memory, until the provider's list surely shows it.
const LAG: Duration = Duration::from_secs(10 * 60);

/// The limits that hold, and what this process started lately. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spending {
    limits: Arc<[Limit]>,
    reserved: Arc<Mutex<Reservations>>,
}

/// A limit that holds.
#[derive(Debug, Clone, Copy)]
struct Limit {
    spec: &'static LimitSpec,
    most: f64,
}

#[derive(Debug, Default)]
struct Reservations {
    last: u64,
    all: BTreeMap<u64, Reserved>,
}

#[derive(Debug)]
struct Reserved {
    keys: Vec<String>,
    /// By limit; `None` where it can not be said.
    adds: Vec<(String, Option<f64>)>,
    /// `None` while the call runs.
    until: Option<Instant>,
}

/// What an estimate comes to beside the limits.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Weighed {
    /// What each limit comes to, in a sentence each.
    pub(crate) told: Vec<String>,
    /// The limits that would be exceeded: their names, and a sentence each.
    pub(crate) over: Vec<(&'static str, String)>,
    /// The limits of which it can not be said, in a sentence each.
    pub(crate) unknown: Vec<String>,
}

/// What a call that goes on has taken of the limits. It counts until the provider's list shows what was started.
#[derive(Debug)]
pub(crate) struct Reservation {
    spending: Spending,
    id: u64,
}

impl Spending {
    /// The limits of a manifest, but for those that are set otherwise. Where everything is simulated only those hold
    /// that are set.
    pub(crate) fn new(
        specs: &'static [LimitSpec],
        instead: &BTreeMap<String, Option<f64>>,
        simulated: bool,
    ) -> Self {
        let usual = |spec: &LimitSpec| spec.most.filter(|_| !simulated);
        let most = |spec: &LimitSpec| match instead.get(spec.name) {
            Some(set) => *set,
            None => usual(spec),
        };
        let limits = specs.iter().filter_map(|spec| {
            Some(Limit {
                spec,
                most: most(spec)?,
            })
        });
        Self {
            limits: limits.collect(),
            reserved: Arc::default(),
        }
    }

    /// Whether there is any limit.
    pub(crate) fn is_limited(&self) -> bool {
        !self.limits.is_empty()
    }

    /// The most of a limit, when it holds.
    pub(crate) fn most(&self, name: &str) -> Option<f64> {
        let mut limits = self.limits.iter();
        Some(limits.find(|limit| limit.spec.name == name)?.most)
    }

    /// What an estimate comes to now.
    pub(crate) fn weigh(&self, estimate: &Estimate, key: Option<&str>) -> Weighed {
        self.weighed(&mut self.lock(), estimate, key)
    }

    /// Takes what an estimate says, unless a limit would be exceeded. Calls that come at once see one another.
    pub(crate) fn reserve(
        &self,
        estimate: &Estimate,
        key: Option<&str>,
    ) -> Result<Reservation, Weighed> {
        let mut reserved = self.lock();
        let weighed = self.weighed(&mut reserved, estimate, key);
        if !weighed.over.is_empty() {
            return Err(weighed);
        }
        reserved.last += 1;
        let id = reserved.last;
        let adding = estimate.uses.iter().filter(|one| one.used.is_some());
        let entry = Reserved {
            keys: {
                let key = key.or(estimate.key.as_deref());
                key.map(str::to_owned).into_iter().collect()
            },
            adds: adding.map(|one| (one.limit.clone(), one.adds)).collect(),
            until: None,
        };
        reserved.all.insert(id, entry);
        Ok(Reservation {
            spending: self.clone(),
            id,
        })
    }

    fn weighed(
        &self,
        reserved: &mut Reservations,
        estimate: &Estimate,
        key: Option<&str>,
    ) -> Weighed {
        let now = Instant::now();
        let lasts = |entry: &mut Reserved| entry.until.is_none_or(|until| now < until);
        reserved.all.retain(|_, entry| lasts(entry));
        let key = key.or(estimate.key.as_deref());
        let mut weighed = Weighed::default();
        for limit in self.limits.iter() {
            let name = limit.spec.name;
            let mut estimated = estimate.uses.iter();
            let Some(one) = estimated.find(|one| one.limit == name) else {
                let why = "nothing says how much of it this uses";
                weighed.unknown.push(limit.unknown(why));
                continue;
            };
            let (Some(adds), Some(used)) = (one.adds, used(one, reserved, key)) else {
                weighed.unknown.push(limit.unknown(&one.counted));
                continue;
            };
            let told = limit.told(adds, one.used.as_ref().map(|_| used), &one.counted);
            // What is just reached is not exceeded, whatever the last binary digit says.
            if used + adds > limit.most * (1.0 + 1e-9) {
                weighed.over.push((name, told));
            } else {
                weighed.told.push(told);
            }
        }
        weighed
    }

    fn lock(&self) -> MutexGuard<'_, Reservations> {
        self.reserved.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What others used of a limit: as listed, and by what this process started that is not in the list yet. `None` when it
/// can not be said.
fn used(one: &Use, reserved: &Reservations, key: Option<&str>) -> Option<f64> {
    let Some(listed) = &one.used else {
        return Some(0.0);
    };
    let mut sum = 0.0;
    let is_own = |keys: &[String]| key.is_some_and(|key| keys.iter().any(|one| one == key));
    for other in listed.iter().filter(|other| !is_own(&other.keys)) {
        sum += other.amount?;
    }
    for entry in reserved.all.values() {
        let is_listed = entry.keys.iter().any(|own| {
            let mut listed = listed.iter();
            key == Some(own.as_str()) || listed.any(|other| other.keys.contains(own))
        });
        let mut adds = entry.adds.iter();
        if !is_listed && let Some((_, adds)) = adds.find(|(name, _)| *name == one.limit) {
            sum += (*adds)?;
        }
    }
    Some(sum)
}

impl Limit {
    fn told(&self, adds: f64, used: Option<f64>, counted: &str) -> String {
        let (name, most, what) = (self.spec.name, Amount(self.most), self.spec.description);
        let adds = Amount(adds);
        let used = match used {
            Some(used) => format!("{} are used and this call adds {adds}", Amount(used)),
            None => format!("this call takes {adds}"),
        };
        let counted = bracketed(counted);
        format!("Limit `{name}`, {most} {what}: {used}{counted}.")
    }

    fn unknown(&self, why: &str) -> String {
        let (name, most, what) = (self.spec.name, Amount(self.most), self.spec.description);
        let why = bracketed(why);
        format!("It can not be said whether the limit `{name}`, {most} {what}, is kept{why}.")
    }
}

fn bracketed(text: &str) -> String {
    match text.trim().trim_end_matches('.') {
        "" => String::new(),
        text => format!(" ({text})"),
    }
}

/// A number with two decimals at most.
struct Amount(f64);

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.2}", self.0);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Reservation {
    /// What was started is known by this too.
    pub(crate) fn known_by(&self, key: &str) {
        if let Some(entry) = self.spending.lock().all.get_mut(&self.id) {
            entry.keys.push(key.to_owned());
        }
    }

    /// Gives back what was taken: nothing was started.
    pub(crate) fn release(self) {
        self.spending.lock().all.remove(&self.id);
    }
}

/// Whatever became of the call, something may have been started.
impl Drop for Reservation {
    fn drop(&mut self) {
        let until = Instant::now() + LAG;
        if let Some(entry) = self.spending.lock().all.get_mut(&self.id) {
            entry.until = Some(until);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tool::Used;

    static LIMITS: &[LimitSpec] = &[
        LimitSpec {
            name: "coins",
            description: "coins for one",
            most: Some(10.0),
        },
        LimitSpec {
            name: "day",
            description: "coins a day",
            most: Some(25.0),
        },
        LimitSpec {
            name: "free",
            description: "of these",
            most: None,
        },
    ];

    fn spending() -> Spending {
        Spending::new(LIMITS, &BTreeMap::new(), false)
    }

    fn estimate(coins: Option<f64>, used: &[(&str, f64)]) -> Estimate {
        let used = used.iter().map(|(key, amount)| Used {
            keys: vec![(*key).to_owned()],
            amount: Some(*amount),
        });
        let one = |limit: &str, used| Use {
            limit: limit.to_owned(),
            adds: coins,
            used,
            counted: "by hand".to_owned(),
        };
        Estimate {
            uses: vec![one("coins", None), one("day", Some(used.collect()))],
            ..Estimate::default()
        }
    }

    fn over(weighed: &Weighed) -> Vec<&'static str> {
        weighed.over.iter().map(|(name, _)| *name).collect()
    }

    #[tokio::test]
    async fn a_limit_may_be_reached_and_not_exceeded() {
        let spending = spending();
        let weighed = spending.weigh(&estimate(Some(10.0), &[("a", 15.0)]), None);
        assert_eq!((over(&weighed), weighed.told.len()), (vec![], 2));
        assert_eq!(
            weighed.told[1],
            "Limit `day`, 25 coins a day: 15 are used and this call adds 10 (by hand)."
        );
        let weighed = spending.weigh(&estimate(Some(10.01), &[("a", 15.0)]), None);
        assert_eq!(over(&weighed), ["coins", "day"]);
        let weighed = spending.weigh(&estimate(None, &[]), None);
        assert_eq!(weighed.unknown.len(), 2);
        assert!(weighed.unknown[0].contains("`coins`, 10 coins for one, is kept (by hand)"));
    }

    #[tokio::test]
    async fn a_limit_is_set_otherwise_or_taken_away() {
        let instead = BTreeMap::from([("coins".to_owned(), None), ("free".to_owned(), Some(1.0))]);
        let spending = Spending::new(LIMITS, &instead, false);
        assert_eq!(spending.most("coins"), None);
        assert_eq!(spending.most("free"), Some(1.0));
        let weighed = spending.weigh(&estimate(Some(20.0), &[]), None);
        // Of one that no estimate speaks of nothing is known.
        assert_eq!((over(&weighed), weighed.unknown.len()), (vec![], 1));
    }

    #[tokio::test(start_paused = true)]
    async fn what_this_process_starts_counts_until_the_list_shows_it() {
        let spending = spending();
        let first = spending
            .reserve(&estimate(Some(9.0), &[]), Some("t1"))
            .unwrap();
        let second = spending
            .reserve(&estimate(Some(9.0), &[]), Some("t2"))
            .unwrap();
        // 18 are taken by calls that run.
        assert_eq!(
            over(
                &spending
                    .reserve(&estimate(Some(9.0), &[]), Some("t3"))
                    .unwrap_err()
            ),
            ["day"]
        );
        second.release();
        drop(first);
        // The list shows the first one, at what it really costs.
        let listed = estimate(Some(9.0), &[("t1", 17.0)]);
        assert_eq!(
            over(&spending.reserve(&listed, Some("t3")).unwrap_err()),
            ["day"]
        );
        let listed = estimate(Some(9.0), &[("t1", 16.0)]);
        spending.reserve(&listed, Some("t3")).unwrap().release();
        // Of what it does not show in ten minutes there is nothing.
        assert_eq!(
            over(&spending.weigh(&estimate(Some(10.0), &[("a", 10.0)]), None)),
            ["day"]
        );
        tokio::time::advance(LAG).await;
        assert!(over(&spending.weigh(&estimate(Some(10.0), &[("a", 10.0)]), None)).is_empty());
    }

    #[tokio::test]
    async fn a_call_does_not_count_itself() {
        let spending = spending();
        drop(
            spending
                .reserve(&estimate(Some(9.0), &[]), Some("t1"))
                .unwrap(),
        );
        let again = estimate(Some(9.0), &[("t1", 9.0), ("t2", 9.0)]);
        assert!(over(&spending.weigh(&again, Some("t1"))).is_empty());
        assert_eq!(over(&spending.weigh(&again, Some("t3"))), ["day"]);
    }
}
