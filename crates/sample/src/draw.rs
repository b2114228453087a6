//! Chance that is the same everywhere: ChaCha20 for contents, one stream per record, and a mixing
//! function for the few facts of a record that other records need to know cheaply.

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

/// Which table a record belongs to; separates the streams of chance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Table {
    Company = 1,
    Person = 2,
    Lead = 3,
    Deal = 4,
    Activity = 5,
    Note = 6,
    User = 7,
    Csv = 9,
}

/// The seed, ready for use.
#[derive(Clone)]
pub struct Source {
    base: ChaCha20Rng,
    key: u64,
}

impl Source {
    pub fn new(seed: u64) -> Self {
        let mut base = ChaCha20Rng::seed_from_u64(seed);
        let key = base.next_u64();
        Self { base, key }
    }

    /// The chance that makes the contents of one record.
    pub fn draw(&self, table: Table, i: u64) -> Draw {
        let mut rng = self.base.clone();
        rng.set_stream(((table as u64) << 56) | i);
        rng.set_word_pos(0);
        Draw(rng)
    }

    /// 64 bits that depend on seed, table, number and purpose: SplitMix64's finaliser (Steele, Lea
    /// and Flood, 2014). Not for secrets: it is here because a stream of ChaCha for each referenced
    /// record would cost more than the record.
    pub const fn mix(&self, table: Table, i: u64, purpose: u64) -> u64 {
        let mut z = self
            .key
            .wrapping_add(i.wrapping_mul(0x9e37_79b9_7f4a_7c15))
            .wrapping_add(((table as u64) << 8 | purpose).wrapping_mul(0xd6e8_feb8_6659_fd93));
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n` (0 for none) from [`Self::mix`].
    pub const fn below(&self, table: Table, i: u64, purpose: u64, n: u64) -> u64 {
        scale(self.mix(table, i, purpose), n)
    }
}

/// `bits` scaled to `0..n`: the high half of their product.
const fn scale(bits: u64, n: u64) -> u64 {
    ((bits as u128 * n as u128) >> 64) as u64
}

/// Chance for the contents of one record.
pub struct Draw(ChaCha20Rng);

impl Draw {
    /// A number below `n`; 0 if `n` is 0.
    pub fn below(&mut self, n: u32) -> u32 {
        let high = (u64::from(self.0.next_u32()) * u64::from(n)) >> 32;
        u32::try_from(high).unwrap_or_default()
    }

    /// An index below `n`, for lists of words.
    pub fn index(&mut self, n: usize) -> usize {
        self.below(u32::try_from(n).unwrap_or(u32::MAX)) as usize
    }

    /// True in `percent` of cases.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of `list`, all alike. The list must not be empty.
    pub fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.index(list.len())]
    }

    /// One of a list whose beginning is more frequent: the lesser of two draws.
    pub fn early(&mut self, n: usize) -> usize {
        self.index(n).min(self.index(n))
    }
}

/// Chooses by frequency in constant time: a table of 2^12 slots shared out by weight.
pub struct Weighted(Vec<u16>);

const SLOTS: u64 = 1 << 12;

impl Weighted {
    /// A chooser among `weights.len()` things; each weight above zero gets at least one slot.
    pub fn new(weights: &[u64]) -> Self {
        let total: u64 = weights.iter().sum::<u64>().max(1);
        let mut slots = Vec::with_capacity(weights.len() + usize::try_from(SLOTS).unwrap_or(0));
        for (i, &w) in weights.iter().enumerate() {
            let share = if w == 0 { 0 } else { (w * SLOTS / total).max(1) };
            slots.extend((0..share).map(|_| u16::try_from(i).unwrap_or(u16::MAX)));
        }
        Self(slots)
    }

    /// The index of one of the things.
    pub fn choose(&self, draw: &mut Draw) -> usize {
        usize::from(self.0[draw.index(self.0.len())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_repeat_and_differ() {
        let (a, b) = (Source::new(5), Source::new(5));
        assert_eq!(a.draw(Table::Person, 9).below(u32::MAX), b.draw(Table::Person, 9).below(u32::MAX));
        assert_ne!(a.draw(Table::Person, 9).below(u32::MAX), a.draw(Table::Person, 10).below(u32::MAX));
        assert_ne!(a.draw(Table::Person, 9).below(u32::MAX), a.draw(Table::Company, 9).below(u32::MAX));
        assert_ne!(a.mix(Table::Note, 1, 0), Source::new(6).mix(Table::Note, 1, 0));
    }

    #[test]
    fn weights_are_respected() {
        let w = Weighted::new(&[900, 90, 9, 1]);
        let source = Source::new(1);
        let mut seen = [0u32; 4];
        for i in 0..20_000 {
            seen[w.choose(&mut source.draw(Table::Csv, i))] += 1;
        }
        assert!(seen[0] > 17_500 && seen[0] < 18_500, "{seen:?}");
        assert!(seen.windows(2).all(|w| w[0] > w[1]) && seen[3] > 0, "{seen:?}");
    }
}
