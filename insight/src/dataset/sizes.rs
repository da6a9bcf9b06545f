//! How large examples are.

use serde::Serialize;

/// Sizes remembered for percentiles.
const MOST: usize = 200_000;
/// Characters of a token, about.
const CHARACTERS: usize = 4;

/// The sizes of the examples of a file.
#[derive(Debug, Clone, Default)]
pub struct Sizes {
    /// Tokens of each example, about.
    tokens: Vec<u32>,
    longest_line: usize,
    sum: u64,
    count: u64,
}

/// Sizes in numbers. Tokens are estimated: four characters each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Tokens of all prompts.
    pub total: u64,
    /// Of one prompt on average.
    pub mean: u64,
    /// Half are below.
    pub median: u64,
    /// One in twenty is above.
    pub p95: u64,
    /// The longest.
    pub max: u64,
}

impl Sizes {
    pub(super) fn add(&mut self, length: usize, characters: usize) {
        let tokens = characters.div_ceil(CHARACTERS);
        self.longest_line = self.longest_line.max(length);
        self.sum += tokens as u64;
        self.count += 1;
        if self.tokens.len() < MOST {
            self.tokens.push(u32::try_from(tokens).unwrap_or(u32::MAX));
        }
    }

    /// The longest line, in bytes.
    #[must_use]
    pub const fn longest_line(&self) -> usize {
        self.longest_line
    }

    /// Tokens of the prompts; `None` without examples.
    #[must_use]
    pub fn tokens(&self) -> Option<Summary> {
        let mut sorted = self.tokens.clone();
        sorted.sort_unstable();
        let last = sorted.len().checked_sub(1)?;
        let at = |hundredth: usize| {
            u64::from(
                sorted
                    .get(last * hundredth / 100)
                    .copied()
                    .unwrap_or_default(),
            )
        };
        Some(Summary {
            total: self.sum,
            mean: self.sum / self.count.max(1),
            median: at(50),
            p95: at(95),
            max: at(100),
        })
    }
}
