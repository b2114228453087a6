//! Every entry of the fuzz targets on seeded input: the seeds, mutations of them, and noise. The same
//! input in every run; what fails here is found again with `cargo test --test smoke`.

use kernel::{Random, SeededRandom};
use klucznik_tests::entries::{ALL, Entry};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Longest input.
const LONGEST: usize = 6_000;
/// What parsers often stumble over.
const ODD: [&[u8]; 16] = [
    b"\0",
    b"\xff",
    b"\xc5",
    b"\"",
    b"\n",
    b"\r\n",
    b"-",
    b"99999999999999999999",
    b"-9223372036854775808",
    b"1e400",
    b"null",
    b"%00",
    b"%ff",
    "\u{130}ß\u{feff}\u{202e}".as_bytes(),
    "Łódź".as_bytes(),
    b"[[[[[[[[",
];

struct Dice(SeededRandom);

impl Dice {
    fn byte(&self) -> u8 {
        let mut byte = [0];
        self.0.fill(&mut byte);
        byte[0]
    }

    /// A number below `n`; 0 if there is none.
    fn below(&self, n: usize) -> usize {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        u32::from_be_bytes(bytes) as usize % n.max(1)
    }

    fn one<'a, T>(&self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    fn noise(&self) -> Vec<u8> {
        let mut out = vec![0; self.below(80)];
        self.0.fill(&mut out);
        out
    }

    /// A seed, changed in one to four places.
    fn mutant(&self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut out = self.one(seeds).clone();
        for _ in 0..=self.below(4) {
            let at = self.below(out.len() + 1);
            let end = (at + self.below(20)).min(out.len());
            match self.below(7) {
                0 if at < out.len() => out[at] ^= 1 << self.below(8),
                1 if at < out.len() => out[at] = self.byte(),
                2 => drop(out.drain(at..end)),
                3 => {
                    let again = out[at..end].to_vec();
                    drop(out.splice(at..at, again));
                }
                4 => drop(out.splice(at..end, self.one(&ODD).iter().copied())),
                5 => {
                    let other = self.one(seeds);
                    let from = self.below(other.len());
                    let to = (from + self.below(60)).min(other.len());
                    drop(out.splice(at..end, other[from..to].iter().copied()));
                }
                _ => out.truncate(at),
            }
        }
        out.truncate(LONGEST);
        out
    }
}

fn smoke(entry: &Entry) {
    let seeds = (entry.seeds)();
    let dice = Dice(SeededRandom::new(7));
    let run = |input: &[u8]| {
        if catch_unwind(AssertUnwindSafe(|| (entry.run)(input))).is_err() {
            panic!("{}: fails on {:?}", entry.name, String::from_utf8_lossy(input));
        }
    };
    for seed in &seeds {
        run(seed);
    }
    for n in 0..entry.tries {
        run(&if n % 16 == 0 { dice.noise() } else { dice.mutant(&seeds) });
    }
}

macro_rules! smoke {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            smoke(ALL.iter().find(|e| e.name == stringify!($name)).unwrap());
        })*

        const TRIED: &[&str] = &[$(stringify!($name)),*];
    };
}

smoke! {
    csv xlsx vcard content patch cell event checkpoint proof sealed token list cursor language time id config
    http
}

#[test]
fn every_entry_is_tried_and_has_a_target() {
    assert_eq!(ALL.map(|e| e.name), TRIED);
    let manifest = include_str!("../../fuzz/Cargo.toml");
    for name in TRIED {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name}");
    }
}
