//! Seeded randomness without state: every value is named by what it is for, so it does not depend on how often or in
//! which order others were asked for.

/// A source of values that follow from its key alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(mix(seed ^ 0x5151_7c0f_fee5_eed5))
    }

    /// The source for one purpose.
    pub(crate) fn named(self, purpose: &str) -> Self {
        purpose
            .bytes()
            .fold(self, |source, byte| source.numbered(u64::from(byte)))
    }

    /// The source for one of many alike.
    pub(crate) const fn numbered(self, number: u64) -> Self {
        Self(mix(self.0.rotate_left(23) ^ mix(number)))
    }

    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    /// Uniform in 0..1.
    #[expect(
        clippy::cast_precision_loss,
        reason = "53 bits are what a double holds"
    )]
    pub(crate) fn unit(self) -> f64 {
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in `low..high`.
    pub(crate) fn between(self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Near a standard normal, within ±3.5: the sum of twelve uniforms, tails cut off so that one step never looks
    /// like an outlier nobody asked for.
    pub(crate) fn normal(self) -> f64 {
        let sum: f64 = (0..12).map(|k| self.numbered(k).unit()).sum();
        (sum - 6.0).clamp(-3.5, 3.5)
    }

    /// `prefix` and then letters and digits, as the ids of the API look.
    pub(crate) fn id(self, prefix: &str, length: usize) -> String {
        const ALPHABET: &[u8; 62] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let letters = (0_u64..).take(length).filter_map(|k| {
            let index = usize::try_from(self.numbered(k).bits() % 62).ok()?;
            ALPHABET.get(index).copied().map(char::from)
        });
        prefix.chars().chain(letters).collect()
    }
}

/// The finaliser of splitmix64 (Steele, Lea, Flood 2014; public domain by Vigna).
const fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A hash of bytes that is the same in every build, unlike the standard library's.
pub(crate) fn digest(bytes: &[u8]) -> u64 {
    bytes
        .chunks(8)
        .fold(mix(bytes.len() as u64), |hash, chunk| {
            let word = chunk
                .iter()
                .fold(0_u64, |word, byte| (word << 8) | u64::from(*byte));
            mix(hash.rotate_left(5) ^ word)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_follow_from_the_key_alone() {
        let a = Random::new(1).named("x").numbered(2);
        assert_eq!(a, Random::new(1).named("x").numbered(2));
        assert_ne!(a, Random::new(1).named("x").numbered(3));
        assert_ne!(a, Random::new(2).named("x").numbered(2));
        assert_eq!(a.id("file-", 22).len(), 27);
        assert!((0..1000).all(|k| (0.0..1.0).contains(&a.numbered(k).unit())));
    }

    #[test]
    fn normals_have_mean_zero_and_deviation_one() {
        let values: Vec<f64> = (0..4000)
            .map(|k| Random::new(7).numbered(k).normal())
            .collect();
        let mean = values.iter().sum::<f64>() / 4000.0;
        let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / 4000.0;
        assert!(
            mean.abs() < 0.06 && (variance - 1.0).abs() < 0.1,
            "{mean} {variance}"
        );
    }
}
