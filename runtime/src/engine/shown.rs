//! What a Rust function shows beside its result.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Context, Outcome};
use crate::tool::Block;

/// The contents so far. Cheap to clone; all clones of a context share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shown {
    blocks: Arc<Mutex<Vec<Block>>>,
}

impl Shown {
    /// The outcome of the call with what was shown; nothing is shown beside an error.
    pub(crate) fn beside(&self, outcome: Outcome) -> Outcome {
        // Whole between any two of its uses, whoever panicked.
        let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        match outcome {
            Outcome::Done(result) if !blocks.is_empty() => {
                Outcome::Shown(result, std::mem::take(&mut *blocks))
            }
            other => other,
        }
    }
}

impl Context {
    /// Shows a content, such as a picture, beside the result that the function returns.
    pub fn show(&self, block: Block) {
        let blocks = &self.shown.blocks;
        let mut blocks = blocks.lock().unwrap_or_else(PoisonError::into_inner);
        blocks.push(block);
    }
}
