//! A simulated fine-tuning provider.
