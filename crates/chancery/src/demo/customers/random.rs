//! `SplitMix64` (Steele, Lea, Flood 2014): a small generator that will give the same numbers for ever. A library's may
//! change with its version, and then every demonstration and every test that names a customer would too.

/// Numbers that look random and follow from a seed. Not for secrets.
pub struct Random(u64);

impl Random {
    /// Starts from a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 up to, not including, the bound, which is above 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        let high = self.next() >> 32;
        u32::try_from((high * u64::from(bound)) >> 32).expect("a product of two 32-bit numbers, halved, has 32 bits")
    }

    /// True this many times in a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(super::PERCENT) < percent
    }

    /// One of these, which are not none.
    pub fn choose<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let bound = u32::try_from(from.len()).expect("lists here are short");
        &from[self.below(bound) as usize]
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_generator_gives_the_published_numbers() {
        let mut random = Random::new(1_234_567);
        let numbers = [(); 5].map(|()| random.next());
        let published = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(numbers, published);
    }
}
