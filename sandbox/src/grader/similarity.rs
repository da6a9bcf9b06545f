//! The metrics of `text_similarity`, each as a reference implementation that is in wide use defines it. All lie in
//! 0..=1 and compare the input (the hypothesis) with the reference.
//!
//! | metric | definition |
//! |---|---|
//! | `fuzzy_match` | `RapidFuzz` `fuzz.ratio` / 100: twice the longest common subsequence over the sum of lengths, in characters |
//! | `bleu` | NLTK `sentence_bleu`: BLEU-4 with brevity penalty and no smoothing (0 where an order has no match), words split at white space |
//! | `gleu` | NLTK `sentence_gleu`: the lesser of precision and recall over all 1- to 4-grams |
//! | `meteor` | NLTK `single_meteor_score` (α 0.9, β 3, γ 0.5) with exact and stem matches; stems by Snowball's English stemmer; no synonyms, for those need `WordNet` |
//! | `rouge_1` … `rouge_5`, `rouge_l` | `rouge-score` F-measure without stemming; words are runs of `a-z0-9` |

use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Metric {
    FuzzyMatch,
    Bleu,
    Gleu,
    Meteor,
    /// By n-grams of this length.
    Rouge(usize),
    RougeL,
}

impl Metric {
    pub(crate) const NAMES: [&'static str; 10] = [
        "fuzzy_match",
        "bleu",
        "gleu",
        "meteor",
        "rouge_1",
        "rouge_2",
        "rouge_3",
        "rouge_4",
        "rouge_5",
        "rouge_l",
    ];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "fuzzy_match" => Self::FuzzyMatch,
            "bleu" => Self::Bleu,
            "gleu" => Self::Gleu,
            "meteor" => Self::Meteor,
            "rouge_1" => Self::Rouge(1),
            "rouge_2" => Self::Rouge(2),
            "rouge_3" => Self::Rouge(3),
            "rouge_4" => Self::Rouge(4),
            "rouge_5" => Self::Rouge(5),
            "rouge_l" => Self::RougeL,
            _ => return None,
        })
    }

    pub(crate) fn score(self, input: &str, reference: &str) -> f64 {
        match self {
            Self::FuzzyMatch => rapidfuzz::fuzz::ratio(input.chars(), reference.chars()),
            Self::Bleu => bleu(&words(input), &words(reference)),
            Self::Gleu => gleu(&words(input), &words(reference)),
            Self::Meteor => meteor(input, reference),
            Self::Rouge(n) => rouge(n, &terms(input), &terms(reference)),
            Self::RougeL => rouge_l(&terms(input), &terms(reference)),
        }
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn terms(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|term| !term.is_empty())
        .map(str::to_owned)
        .collect()
}

fn bleu(input: &[&str], reference: &[&str]) -> f64 {
    let mut log_sum = 0.0;
    for n in 1..=4 {
        let overlap = Overlap::of(n, input, reference);
        if overlap.shared == 0 {
            return 0.0;
        }
        log_sum += share(overlap.shared, overlap.input).ln();
    }
    let brevity = if input.len() > reference.len() {
        0.0
    } else {
        1.0 - share(reference.len(), input.len())
    };
    (log_sum / 4.0 + brevity).exp()
}

fn gleu(input: &[&str], reference: &[&str]) -> f64 {
    let (mut shared, mut in_input, mut in_reference) = (0, 0, 0);
    for n in 1..=4 {
        let overlap = Overlap::of(n, input, reference);
        shared += overlap.shared;
        in_input += overlap.input;
        in_reference += overlap.reference;
    }
    share(shared, in_input.max(in_reference))
}

fn rouge(n: usize, input: &[String], reference: &[String]) -> f64 {
    let overlap = Overlap::of(n, input, reference);
    f_measure(overlap.shared, overlap.input, overlap.reference)
}

fn rouge_l(input: &[String], reference: &[String]) -> f64 {
    // One row of the usual table is enough for the length.
    let mut row = vec![0_usize; reference.len() + 1];
    for word in input {
        let mut diagonal = 0;
        let mut left = 0;
        for (cell, other) in row.iter_mut().skip(1).zip(reference) {
            let above = *cell;
            *cell = if word == other {
                diagonal + 1
            } else {
                above.max(left)
            };
            (diagonal, left) = (above, *cell);
        }
    }
    let longest = row.last().copied().unwrap_or(0);
    f_measure(longest, input.len(), reference.len())
}

fn meteor(input: &str, reference: &str) -> f64 {
    let lower = |text: &str| -> Vec<(usize, String)> {
        let words = text.split_whitespace().map(str::to_lowercase);
        words.enumerate().collect()
    };
    let (mut input, mut reference) = (lower(input), lower(reference));
    let (input_length, reference_length) = (input.len(), reference.len());
    let mut pairs = match_words(&mut input, &mut reference);
    let stemmer = Stemmer::create(Algorithm::English);
    for (_, word) in input.iter_mut().chain(&mut reference) {
        *word = stemmer.stem(word).into_owned();
    }
    pairs.extend(match_words(&mut input, &mut reference));
    pairs.sort_unstable();
    if pairs.is_empty() {
        return 0.0;
    }
    let follows = |((i, j), (k, l)): (&(usize, usize), &(usize, usize))| *k == i + 1 && *l == j + 1;
    let breaks = pairs
        .iter()
        .zip(pairs.iter().skip(1))
        .filter(|pair| !follows(*pair))
        .count();
    let precision = share(pairs.len(), input_length);
    let recall = share(pairs.len(), reference_length);
    let mean = precision * recall / (0.9 * precision + 0.1 * recall);
    let fragmentation = share(breaks + 1, pairs.len());
    (1.0 - 0.5 * fragmentation.powi(3)) * mean
}

/// Pairs equal words, the last with the last, and leaves the rest behind.
fn match_words(
    input: &mut Vec<(usize, String)>,
    reference: &mut Vec<(usize, String)>,
) -> Vec<(usize, usize)> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, word) in reference.iter() {
        places.entry(word.clone()).or_default().push(*place);
    }
    let mut pairs = Vec::new();
    for (place, word) in input.iter().rev() {
        if let Some(other) = places.get_mut(word).and_then(Vec::pop) {
            pairs.push((*place, other));
        }
    }
    let taken: std::collections::HashSet<usize> = pairs.iter().map(|pair| pair.0).collect();
    input.retain(|(place, _)| !taken.contains(place));
    let taken: std::collections::HashSet<usize> = pairs.iter().map(|pair| pair.1).collect();
    reference.retain(|(place, _)| !taken.contains(place));
    pairs
}

/// How many n-grams two texts have, and how many they share, counting each as often as both have it.
struct Overlap {
    input: usize,
    reference: usize,
    shared: usize,
}

impl Overlap {
    fn of<W: std::hash::Hash + Eq>(n: usize, input: &[W], reference: &[W]) -> Self {
        let mut left: HashMap<&[W], usize> = HashMap::new();
        for gram in reference.windows(n) {
            *left.entry(gram).or_default() += 1;
        }
        let mut shared = 0;
        for gram in input.windows(n) {
            if let Some(count) = left.get_mut(gram)
                && *count > 0
            {
                *count -= 1;
                shared += 1;
            }
        }
        Self {
            input: input.windows(n).len(),
            reference: reference.windows(n).len(),
            shared,
        }
    }
}

/// The harmonic mean of precision and recall.
fn f_measure(shared: usize, input: usize, reference: usize) -> f64 {
    share(2 * shared, input + reference)
}

#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

#[cfg(test)]
mod tests;
