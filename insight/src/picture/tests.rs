use serde_json::json;

use super::*;
use crate::{
    curve::{View, judge},
    metrics::{Collector, Series, tests::table},
};

fn series(steps: u64, name: &str) -> Series {
    let table = table();
    let mut collector = Collector::new(&table);
    for step in 1..=steps {
        #[expect(clippy::cast_precision_loss, reason = "a few steps")]
        let reward = step as f64 / steps as f64;
        let graders: Vec<_> = [name, "other"]
            .iter()
            .map(|name| json!({"name": name, "type": "python", "valid_reward_mean": reward}))
            .collect();
        collector.event(&json!({"data": {"step": step, "train_mean_reward": reward, "full_valid_mean_reward": (step % 5 == 0).then_some(reward - 0.2), "scores": {"graders": graders}}}));
    }
    collector.finish()
}

#[test]
fn text_goes_from_the_lower_left_to_the_upper_right() {
    let drawn = text(&series(20, "g"));
    let lines: Vec<&str> = drawn.lines().collect();
    assert!(
        lines[0].starts_with("  1.000 ┤") && lines[0].ends_with('·'),
        "{drawn}"
    );
    assert!(lines[11].starts_with("  0.050 ┤"), "{drawn}");
    assert!(
        lines[11].contains("┤·") || lines[11].contains("┤●"),
        "{drawn}"
    );
    assert!(drawn.matches('●').count() >= 5, "{drawn}");
    assert!(
        drawn.contains("step 1 ") && drawn.contains("20\n"),
        "{drawn}"
    );
    assert_eq!(text(&Series::default()), "no rewards so far");
    assert!(text(&series(1, "g")).contains('·'));
}

#[test]
fn bars_are_as_long_as_the_reward() {
    assert_eq!(bar(0.5, (0.0, 1.0)).matches('█').count(), 20);
    assert_eq!(bar(5.0, (0.0, 10.0)).matches('█').count(), 20);
    for (reward, filled) in [(-3.0, 0), (7.0, 40), (f64::NAN, 0)] {
        let bar = bar(reward, (0.0, 1.0));
        assert_eq!(
            (bar.matches('█').count(), bar.chars().count()),
            (filled, 40)
        );
    }
}

#[test]
fn a_picture_is_well_formed_whatever_names_are_in_it() {
    let hostile = "<script>&\"'\u{0}\u{1b}";
    let series = series(20, hostile);
    let judgement = judge(&series, &View::default());
    let picture = svg(&series, &judgement, hostile);
    assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>"));
    assert!(!picture.contains("<script>") && !picture.contains(['\u{0}', '\u{1b}']));
    assert!(picture.contains("&lt;script&gt;&amp;&quot;'"));
    assert_eq!(picture.matches("<polyline").count(), 4);
    assert_eq!(picture.matches("<circle").count(), 4);
    // Every tag that is opened is closed.
    assert_eq!(
        picture.matches("<text").count(),
        picture.matches("</text>").count()
    );
    assert!(!picture.contains("NaN") && !picture.contains("inf"));
    assert!(
        svg(
            &Series::default(),
            &judge(&Series::default(), &View::default()),
            "x"
        )
        .contains("no rewards so far")
    );
}

#[test]
fn long_runs_stay_small() {
    let series = series(10_000, "g");
    let picture = svg(&series, &judge(&series, &View::default()), "t");
    assert!(picture.len() < 60_000, "{}", picture.len());
    let points = thinned(&series.points("train_reward"));
    assert!(points.len() <= MOST_POINTS + 1);
    assert_eq!(points.last().unwrap().0, 10_000);
}
