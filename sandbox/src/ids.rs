use crate::random::Random;

/// Gives out ids, each once.
#[derive(Debug)]
pub(crate) struct Ids<'a> {
    random: Random,
    serial: &'a mut u64,
}

impl<'a> Ids<'a> {
    /// `serial` is how many were given out.
    pub(crate) const fn new(random: Random, serial: &'a mut u64) -> Self {
        Self { random, serial }
    }

    /// The next one and its number.
    pub(crate) fn next(&mut self, prefix: &str, length: usize) -> (u64, String) {
        *self.serial += 1;
        let random = self.random.named("id").numbered(*self.serial);
        (*self.serial, random.id(prefix, length))
    }
}
