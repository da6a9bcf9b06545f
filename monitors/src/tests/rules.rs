use super::*;

fn names(verdict: &Verdict) -> Vec<&'static str> {
    verdict
        .decisions
        .iter()
        .map(|one| one.rule.word())
        .collect()
}

fn says(verdict: &Verdict) -> &str {
    &verdict.standings[0].says
}

#[test]
fn a_plateau_is_stopped_once_patience_is_over() {
    let rules = json!({ "early_stop": { "delta": 0.02, "patience": 3, "warmup": 0 } });
    let rewards = [0.30, 0.40, 0.50, 0.505, 0.51, 0.508];
    let verdict = Job::of(&evaluated(&rewards)).ask(&rules);
    let decision = &verdict.decisions[0];
    assert_eq!(decision.rule, RuleName::EarlyStop);
    assert_eq!(decision.action, Action::Pause);
    let steps: Vec<u64> = decision.points.iter().map(|point| point.step).collect();
    assert_eq!(steps, [3, 4, 5, 6]);
    assert_eq!(decision.values["best"], 0.5);
    assert_eq!(decision.values["highest_since"], 0.51);
    assert_eq!(
        decision.reason,
        "3 of 3 evaluations without a gain: at least 0.02 was wanted on the 0.500 of step 3"
    );
    // As where the watch began late.
    let more = Job::of(&evaluated(&[&rewards[..], &[0.5, 0.5]].concat())).ask(&rules);
    let reason = &more.decisions[0].reason;
    assert!(
        reason.starts_with("5 evaluations without a gain, where 3 are enough: "),
        "{reason}"
    );
    // One evaluation fewer is not enough.
    let before = Job::of(&evaluated(&rewards[..5])).ask(&rules);
    assert_eq!(names(&before), [""; 0]);
    assert_eq!(says(&before), "2 of 3 evaluations without a gain");
}

#[test]
fn small_gains_add_up_and_are_no_plateau() {
    let rewards: Vec<f64> = (0..40)
        .map(|index| 0.3 + 0.008 * f64::from(index))
        .collect();
    let rules = json!({ "early_stop": { "delta": 0.02, "patience": 3, "warmup": 0 } });
    assert_eq!(names(&Job::of(&evaluated(&rewards)).ask(&rules)), [""; 0]);
}

#[test]
fn a_warm_up_does_not_count_and_a_window_takes_noise_out() {
    let flat = evaluated(&[0.3; 5]);
    let rule =
        |warmup: u32| json!({ "early_stop": { "delta": 0.02, "patience": 3, "warmup": warmup } });
    assert_eq!(names(&Job::of(&flat).ask(&rule(2))), ["early_stop"]);
    assert_eq!(names(&Job::of(&flat).ask(&rule(3))), [""; 0]);
    // One lucky evaluation sets a best that nothing reaches; its mean with its neighbours does not.
    let noisy = evaluated(&[0.3, 0.5, 0.4, 0.42, 0.44, 0.47, 0.49]);
    let rule = |window: u32| json!({ "early_stop": { "delta": 0.01, "patience": 4, "warmup": 0, "window": window } });
    assert_eq!(names(&Job::of(&noisy).ask(&rule(1))), ["early_stop"]);
    assert_eq!(names(&Job::of(&noisy).ask(&rule(3))), [""; 0]);
}

#[test]
fn only_distinct_evaluations_count() {
    let rules = json!({ "early_stop": { "delta": 0.02, "patience": 3, "warmup": 0 } });
    // Steps without an evaluation, and one evaluation told under many ids.
    let mut events = evaluated(&[0.4]);
    events.extend((1..30).map(|index| event(index, json!({ "train_mean_reward": 0.4 }))));
    events.extend((0..30).map(|copy| {
        let mut again = event(0, json!({ "full_valid_mean_reward": 0.4 }));
        again["id"] = json!(format!("again-{copy}"));
        again
    }));
    let verdict = Job::of(&events).ask(&rules);
    assert_eq!(names(&verdict), [""; 0]);
    assert_eq!(says(&verdict), "0 of 3 evaluations without a gain");
}

#[test]
fn steps_money_and_hours_are_limited() {
    let job = Job::of(&evaluated(&[0.3; 20]));
    let verdict = job.ask(&json!({ "max_steps": { "steps": 20 } }));
    assert_eq!(verdict.decisions[0].reason, "step 20 of at most 20 is done");
    let near = job.ask(&json!({ "max_steps": { "steps": 25 } }));
    assert_eq!(near.nearest(), 0.8);
    // 20 steps of 360 s are two hours.
    let verdict = job.ask(&json!({ "budget": { "hours": 2 } }));
    assert_eq!(
        verdict.decisions[0].reason,
        "the budget is used up: 2.00 h of 2.00 h"
    );
    assert_eq!(
        names(&job.ask(&json!({ "budget": { "hours": 2.1 } }))),
        [""; 0]
    );
    let verdict = job.ask(&json!({ "budget": { "usd": 150, "hourly_usd": 100 } }));
    assert_eq!(
        verdict.decisions[0].reason,
        "the budget is used up: $200.00 of $150.00"
    );
    // What the provider says counts more than time at a price.
    let told = Job {
        spent: Some(10.0),
        ..job
    };
    let verdict = told.ask(&json!({ "budget": { "usd": 150, "hourly_usd": 100 } }));
    assert_eq!(says(&verdict), "$10.00 of $150.00");
}

#[test]
fn a_budget_without_a_price_says_that_it_can_not_tell() {
    let job = Job::of(&evaluated(&[0.3; 20]));
    let verdict = job.ask(&json!({ "budget": { "usd": 1 } }));
    assert_eq!(names(&verdict), [""; 0]);
    assert!(
        says(&verdict).contains("there is no hourly_usd"),
        "{}",
        says(&verdict)
    );
}

#[test]
fn two_evaluations_have_to_agree_that_the_reward_has_collapsed() {
    let rules = json!({ "collapse": { "fall": 0.25 } });
    let once = Job::of(&evaluated(&[0.5, 0.8, 0.1]));
    assert_eq!(names(&once.ask(&rules)), [""; 0]);
    let recovered = Job::of(&evaluated(&[0.5, 0.8, 0.1, 0.7]));
    assert_eq!(names(&recovered.ask(&rules)), [""; 0]);
    let twice = Job::of(&evaluated(&[0.5, 0.8, 0.1, 0.2])).ask(&rules);
    assert_eq!(
        twice.decisions[0].reason,
        "the validation reward has fallen from 0.800 (step 2) to 0.200 (step 4)"
    );
    assert_eq!(twice.decisions[0].points.len(), 3);
}

#[test]
fn a_reward_that_is_hacked_is_stopped_by_its_gap_or_by_the_length_of_answers() {
    let rules = json!({ "reward_hacking": {} });
    let told = |points: &[(f64, f64, f64)]| {
        let events: Vec<Value> = points
            .iter()
            .enumerate()
            .map(|(index, (train, valid, tokens))| {
                event(index, json!({ "train_mean_reward": train, "full_valid_mean_reward": valid, "reasoning_tokens_mean": tokens }))
            })
            .collect();
        Job::of(&events).ask(&rules)
    };
    assert_eq!(names(&told(&[(0.9, 0.3, 100.0)])), [""; 0]);
    let gap = told(&[(0.5, 0.5, 100.0), (0.7, 0.5, 100.0), (0.9, 0.5, 100.0)]);
    assert!(
        gap.decisions[0]
            .reason
            .contains("above the validation reward")
    );
    assert_eq!(gap.decisions[0].points.len(), 6);
    let long = told(&[
        (0.5, 0.5, 100.0),
        (0.5, 0.5, 400.0),
        (0.5, 0.5, 400.0),
        (0.5, 0.5, 400.0),
    ]);
    assert!(long.decisions[0].reason.contains("times as long"));
    // Longer answers that earn more are what was asked for.
    let earned = told(&[
        (0.3, 0.3, 100.0),
        (0.4, 0.4, 400.0),
        (0.5, 0.5, 400.0),
        (0.6, 0.6, 400.0),
    ]);
    assert_eq!(names(&earned), [""; 0]);
}

#[test]
fn answers_that_can_not_be_parsed_stop_a_job_when_two_evaluations_agree() {
    let rules = json!({ "parse_errors": { "rate": 0.5 } });
    let job = |shares: &[f64]| {
        let events: Vec<Value> = shares
            .iter()
            .enumerate()
            .map(|(index, share)| event(index, json!({ "full_valid_mean_parse_error": share })))
            .collect();
        Job::of(&events).ask(&rules)
    };
    assert_eq!(names(&job(&[0.9])), [""; 0]);
    assert_eq!(names(&job(&[0.9, 0.4, 0.9])), [""; 0]);
    assert_eq!(names(&job(&[0.1, 0.6, 0.9])), ["parse_errors"]);
}

#[test]
fn silence_is_told_and_does_not_pause() {
    let job = Job {
        quiet: Some(7_200.0),
        ..Job::of(&evaluated(&[0.3]))
    };
    let verdict = job.ask(&json!({ "stalled": {} }));
    assert_eq!(verdict.decisions[0].action, Action::Notify);
    let unknown = Job { quiet: None, ..job };
    assert_eq!(names(&unknown.ask(&json!({ "stalled": {} }))), [""; 0]);
}

#[test]
fn a_job_that_does_not_run_is_not_paused_and_one_that_ended_only_tells_that() {
    let rules = json!({ "ended": {}, "max_steps": { "steps": 1 }, "stalled": { "seconds": 0 } });
    let job = |status| Job {
        status,
        ..Job::of(&evaluated(&[0.3; 9]))
    };
    for status in ["validating_files", "queued", "pausing", "paused"] {
        assert_eq!(names(&job(status).ask(&rules)), [""; 0], "{status}");
    }
    // A status that nobody documented has not ended, and may cost money.
    for status in ["running", "training"] {
        assert_eq!(
            names(&job(status).ask(&rules)),
            ["max_steps", "stalled"],
            "{status}"
        );
    }
    for status in ["succeeded", "failed", "cancelled"] {
        let verdict = job(status).ask(&rules);
        assert_eq!(names(&verdict), ["ended"], "{status}");
        assert_eq!(verdict.decisions[0].action, Action::Notify);
    }
}

#[test]
fn what_was_before_a_resume_is_not_held_against_the_job() {
    let rules = json!({
        "early_stop": { "patience": 3, "warmup": 0 }, "max_steps": { "steps": 5 }, "budget": { "hours": 1 },
    });
    let mut job = Job::of(&evaluated(&[0.4; 12]));
    assert_eq!(
        names(&job.ask(&rules)),
        ["budget", "max_steps", "early_stop"]
    );
    job.since = job.facts().now();
    assert_eq!(job.since.step, 12);
    assert_eq!(job.since.hours, 1.2);
    assert_eq!(names(&job.ask(&rules)), [""; 0]);
    // And what comes after it is.
    job.series = series(&evaluated(&[0.4; 23]));
    assert_eq!(names(&job.ask(&rules)), ["budget", "early_stop"]);
}

#[test]
fn the_weightiest_rule_comes_first() {
    let rules = json!({ "stalled": {}, "early_stop": { "warmup": 0 }, "budget": { "hours": 1 } });
    let job = Job {
        quiet: Some(1e6),
        ..Job::of(&evaluated(&[0.4; 20]))
    };
    assert_eq!(names(&job.ask(&rules)), ["budget", "early_stop", "stalled"]);
}

#[test]
fn rules_take_what_is_not_given_from_the_manifest() {
    let settings = settings();
    let usual = settings.rules(None).unwrap();
    assert_eq!(usual.early_stop.as_ref().unwrap().patience, 5);
    assert_eq!(usual.budget, None);
    let given = json!({ "early_stop": { "delta": 0.5, "action": "cancel" } });
    let own = settings.rules(given.as_object()).unwrap();
    let early = own.early_stop.unwrap();
    assert_eq!((early.delta, early.patience), (0.5, 5));
    assert_eq!(early.action, Action::Cancel);
    assert_eq!(own.collapse, None);
}

#[test]
fn rules_that_can_not_be_used_are_refused() {
    let settings = settings();
    let refused = |rules: Value| settings.rules(rules.as_object()).unwrap_err().to_string();
    assert_eq!(
        refused(json!({ "early": {} })),
        "there is no rule `early`: the rules are ended, budget, max_steps, collapse, reward_hacking, parse_errors, \
         early_stop, stalled"
    );
    assert!(refused(json!({ "max_steps": {} })).contains("missing field `steps`"));
    assert!(refused(json!({ "budget": { "hourly_usd": 3 } })).contains("give usd, hours, or both"));
    assert!(refused(json!({ "collapse": { "drop": 1 } })).contains("unknown field `drop`"));
}
