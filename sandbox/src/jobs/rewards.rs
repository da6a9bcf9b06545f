//! From shares of a learning curve to rewards of the job's own graders.

use rft_mcp_grading::Range;

use crate::grader::{Grader, range_of};
use crate::random::Random;

/// How shares become scores. A grader that the formula subtracts improves by scoring less.
#[derive(Debug, Clone)]
pub(crate) struct Rewards {
    leaves: Vec<Leaf>,
    range: Range,
    random: Random,
}

#[derive(Debug, Clone)]
struct Leaf {
    range: Range,
    rises: bool,
    /// Graders are not equally easy.
    offset: f64,
}

/// The mean scores of one step.
#[derive(Debug, Clone)]
pub(crate) struct Scores {
    pub(crate) reward: f64,
    /// In the order of [`Grader::leaves`].
    pub(crate) leaves: Vec<f64>,
}

impl Rewards {
    pub(crate) fn new(grader: &Grader, random: Random) -> Self {
        let ranges: Vec<Range> = grader.leaves().into_iter().map(bounded).collect();
        let many = ranges.len() > 1;
        let middle: Vec<f64> = ranges.iter().map(|range| range.at(0.5)).collect();
        let leaves = ranges
            .iter()
            .zip(0_u64..)
            .map(|(range, index)| {
                let with = |value: f64| {
                    let scores: Vec<f64> = (0_u64..)
                        .zip(&middle)
                        .map(|(i, middle)| if i == index { value } else { *middle })
                        .collect();
                    grader.combine(&scores)
                };
                Leaf {
                    range: *range,
                    // Not rising, not falling and not a number all count as rising.
                    rises: with(range.high) >= with(range.low)
                        || with(range.high).is_nan()
                        || with(range.low).is_nan(),
                    offset: if many {
                        random.named("leaf").numbered(index).between(-0.06, 0.06)
                    } else {
                        0.0
                    },
                }
            })
            .collect();
        Self {
            leaves,
            range: range_of(grader),
            random,
        }
    }

    /// The scores that a share of the way means. `lost` is the share of examples that could not be graded at all,
    /// `salt` tells steps apart.
    pub(crate) fn at(&self, grader: &Grader, share: f64, lost: f64, salt: u64) -> Scores {
        let leaves: Vec<f64> = self
            .leaves
            .iter()
            .zip(0_u64..)
            .map(|(leaf, index)| {
                let wobble = if self.leaves.len() > 1 {
                    0.01 * self.random.numbered(salt).numbered(index).normal()
                } else {
                    0.0
                };
                let share = ((share + leaf.offset + wobble) * (1.0 - lost)).clamp(0.0, 1.0);
                leaf.range.at(if leaf.rises { share } else { 1.0 - share })
            })
            .collect();
        let reward = grader.combine(&leaves);
        let reward = if reward.is_finite() { reward } else { 0.0 };
        Scores {
            reward: if self.range.is_bounded() {
                self.range.clamp(reward)
            } else {
                reward
            },
            leaves,
        }
    }
}

fn bounded(leaf: &Grader) -> Range {
    let range = range_of(leaf);
    if range.is_bounded() {
        range
    } else {
        Range::UNIT
    }
}
