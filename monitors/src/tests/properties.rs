use proptest::{collection::vec, option, prelude::*};

use super::*;

/// Every rule, so that each has a chance to decide.
fn every_rule() -> Value {
    json!({
        "ended": {}, "budget": { "hours": 2.0 }, "max_steps": { "steps": 15 }, "collapse": { "fall": 0.2 },
        "reward_hacking": {}, "parse_errors": { "rate": 0.3 },
        "early_stop": { "patience": 3, "warmup": 1, "window": 2 }, "stalled": { "seconds": 60 },
    })
}

/// Events of steps, some of them with an evaluation.
fn events() -> impl Strategy<Value = Vec<Value>> {
    let step = (
        0.0..1.0_f64,
        option::of((0.0..1.0_f64, 0.0..1.0_f64)),
        1.0..9.0_f64,
    );
    vec(step, 0..24).prop_map(|steps| {
        steps
            .into_iter()
            .enumerate()
            .map(|(index, (train, valid, tokens))| {
                let mut data =
                    json!({ "train_mean_reward": train, "reasoning_tokens_mean": tokens });
                if let Some((reward, errors)) = valid {
                    data["full_valid_mean_reward"] = json!(reward);
                    data["full_valid_mean_parse_error"] = json!(errors);
                }
                event(index, data)
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn order_and_duplicates_do_not_matter(
        events in events(), again in vec(any::<prop::sample::Index>(), 0..12), seed: u64, quiet in 0.0..120.0_f64,
    ) {
        let rules = every_rule();
        let once = Job { quiet: Some(quiet), ..Job::of(&events) }.ask(&rules);
        let mut mixed = events.clone();
        if !events.is_empty() {
            mixed.extend(again.iter().map(|index| index.get(&events).clone()));
        }
        // Fisher and Yates, by a generator that the seed starts.
        let mut state = seed | 1;
        for index in (1..mixed.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let other = usize::try_from(state >> 33).unwrap() % (index + 1);
            mixed.swap(index, other);
        }
        let after = Job { quiet: Some(quiet), ..Job::of(&mixed) }.ask(&rules);
        prop_assert_eq!(once, after);
    }

    #[test]
    fn the_metrics_that_rules_ask_for_are_enough(events in events(), quiet in 0.0..120.0_f64) {
        let rules = every_rule();
        let whole = Job { quiet: Some(quiet), ..Job::of(&events) };
        let mut part = Job { quiet: Some(quiet), ..Job::of(&events) };
        let names = settings().rules(rules.as_object()).unwrap().metrics();
        part.series = part.series.only(&names);
        prop_assert_eq!(whole.ask(&rules), part.ask(&rules));
    }

    #[test]
    fn what_was_read_in_parts_decides_as_what_was_read_at_once(
        events in events(), cut: prop::sample::Index, again in 0..5_usize, quiet in 0.0..120.0_f64,
    ) {
        let rules = every_rule();
        let cut = if events.is_empty() { 0 } else { cut.index(events.len()) };
        let whole = Job { quiet: Some(quiet), ..Job::of(&events) };
        // The later part has some events of the earlier one again.
        let mut parts = Job { quiet: Some(quiet), ..Job::of(&events[cut.saturating_sub(again)..]) };
        let names = settings().rules(rules.as_object()).unwrap().metrics();
        parts.series = parts.series.with(&Job::of(&events[..cut]).series.only(&names));
        prop_assert_eq!(whole.ask(&rules), parts.ask(&rules));
    }

    #[test]
    fn data_that_is_not_whole_decides_nothing(events in events(), quiet in 0.0..1e6_f64, cut: bool) {
        let mut job = Job { complete: cut, quiet: Some(quiet), spent: Some(1e9), ..Job::of(&events) };
        job.series.cut = cut;
        let verdict = job.ask(&every_rule());
        prop_assert_eq!(verdict.decisions, []);
        prop_assert_eq!(verdict.standings.len(), 8);
        // Nor does a job look near to a decision by it.
        prop_assert!(verdict.standings.iter().all(|one| one.near == 0.0));
        // Its end is no matter of metrics.
        job.status = "failed";
        let names: Vec<RuleName> = job.ask(&every_rule()).decisions.iter().map(|one| one.rule).collect();
        prop_assert_eq!(names, [RuleName::Ended]);
    }

    #[test]
    fn values_that_are_no_numbers_are_none(events in events(), at in vec(any::<prop::sample::Index>(), 0..8)) {
        let rules = every_rule();
        let mut without = events.clone();
        let mut unreadable = events.clone();
        for (count, index) in at.iter().enumerate().filter(|_| !events.is_empty()) {
            let index = index.index(events.len());
            let none = [json!("NaN"), json!(null), json!("Infinity"), json!("")][count % 4].clone();
            unreadable[index]["data"]["full_valid_mean_reward"] = none;
            without[index]["data"].as_object_mut().unwrap().remove("full_valid_mean_reward");
        }
        prop_assert_eq!(Job::of(&unreadable).ask(&rules), Job::of(&without).ask(&rules));
    }

    #[test]
    fn one_evaluation_decides_nothing_by_its_reward(train in 0.0..1.0_f64, valid in 0.0..1.0_f64, errors in 0.0..1.0_f64) {
        let one = event(0, json!({
            "train_mean_reward": train, "full_valid_mean_reward": valid, "full_valid_mean_parse_error": errors,
            "reasoning_tokens_mean": 5,
        }));
        let rules = json!({
            "collapse": { "fall": 0.01 }, "reward_hacking": { "gap": 0.01 }, "parse_errors": { "rate": 0.01 },
            "early_stop": { "patience": 1, "warmup": 0 },
        });
        prop_assert_eq!(Job::of(&[one]).ask(&rules).decisions, []);
    }

    #[test]
    fn whatever_is_measured_every_rule_says_something_finite(
        events in events(), spent in option::of(prop::num::f64::ANY), quiet in option::of(prop::num::f64::ANY), step: u64,
    ) {
        let since = Since { step: step % 30, usd: 0.0, hours: 0.0 };
        let verdict = Job { spent, quiet, since, ..Job::of(&events) }.ask(&every_rule());
        prop_assert_eq!(verdict.decisions.len() + verdict.standings.len(), 8);
        prop_assert!(verdict.standings.iter().all(|one| (0.0..=1.0).contains(&one.near)));
        prop_assert!(verdict.decisions.iter().all(|one| one.values.values().all(|value| value.is_finite())));
    }
}
