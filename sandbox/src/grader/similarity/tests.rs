//! Values of the reference implementations: NLTK 3.10.4 (`sentence_bleu`, its tiny values for a missing order taken as
//! 0; `sentence_gleu`; `single_meteor_score` with `SnowballStemmer("english")` and a `WordNet` without entries),
//! `rouge-score` 0.1.2 (F-measure, no stemming) and `RapidFuzz` 3.14.6 (`fuzz.ratio` / 100).
#![expect(
    clippy::unreadable_literal,
    reason = "as the reference implementations print them"
)]

use super::Metric;

/// Input, reference, and the scores in the order of [`Metric::NAMES`].
type Known = (&'static str, &'static str, [f64; 10]);

const KNOWN: [Known; 12] = [
    (
        "the cat sat on the mat",
        "the cat sat on the mat",
        [
            1.0,
            1.0,
            1.0,
            0.9976851851851852,
            1.0,
            1.0,
            1.0,
            1.0,
            1.0,
            1.0,
        ],
    ),
    (
        "the cat is on the mat",
        "there is a cat on the mat",
        [
            0.782608695652174,
            0.0,
            0.36363636363636365,
            0.6463768115942029,
            0.7692307692307692,
            0.3636363636363636,
            0.22222222222222224,
            0.0,
            0.0,
            0.6153846153846153,
        ],
    ),
    (
        "It is a guide to action which ensures that the military always obeys the commands of the party",
        "It is a guide to action that ensures that the military will forever heed Party commands",
        [
            0.7513812154696133,
            0.41180376356915777,
            0.4393939393939394,
            0.6944444444444445,
            0.7058823529411765,
            0.5,
            0.39999999999999997,
            0.28571428571428575,
            0.15384615384615383,
            0.6470588235294118,
        ],
    ),
    (
        "The quick brown fox jumps over the lazy dog",
        "The fast brown foxes jumped over lazy dogs",
        [
            0.7764705882352942,
            0.0,
            0.13333333333333333,
            0.8301839254220206,
            0.47058823529411764,
            0.0,
            0.0,
            0.0,
            0.0,
            0.47058823529411764,
        ],
    ),
    (
        "the the the the the the the",
        "the cat is on the mat",
        [
            0.5416666666666667,
            0.0,
            0.09090909090909091,
            0.1639344262295082,
            0.30769230769230765,
            0.0,
            0.0,
            0.0,
            0.0,
            0.30769230769230765,
        ],
    ),
    (
        "completely different words",
        "nothing shared at all",
        [
            0.2978723404255319,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
        ],
    ),
    (
        "",
        "the cat",
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    ),
    (
        "the cat",
        "",
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    ),
    ("", "", [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
    (
        "Zürich, 42 km (ça va)!",
        "Zurich 42 km ca va",
        [
            0.8,
            0.0,
            0.21428571428571427,
            0.37500000000000006,
            0.5454545454545454,
            0.22222222222222224,
            0.0,
            0.0,
            0.0,
            0.5454545454545454,
        ],
    ),
    (
        "on the mat the cat sat",
        "the cat sat on the mat",
        [
            0.5909090909090908,
            0.0,
            0.6666666666666666,
            0.7106481481481481,
            1.0,
            0.8000000000000002,
            0.5,
            0.0,
            0.0,
            0.5,
        ],
    ),
    (
        "kitten",
        "sitting",
        [
            0.6153846153846154,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
        ],
    ),
];

#[test]
fn every_metric_agrees_with_its_reference_implementation() {
    for (input, reference, scores) in KNOWN {
        for (name, expected) in Metric::NAMES.into_iter().zip(scores) {
            let score = Metric::named(name).map(|metric| metric.score(input, reference));
            let agrees = score.is_some_and(|score| (score - expected).abs() < 1e-9);
            assert!(
                agrees,
                "{name} of {input:?} and {reference:?}: {score:?}, not {expected}"
            );
        }
    }
}
