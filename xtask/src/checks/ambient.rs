//! Time and randomness are parameters.

use crate::Finding;
use crate::ratchet::Ratchet;
use crate::rust::{code_only, line_of, words};
use crate::tree::Tree;

/// What reads the machine's clock or randomness.
const AMBIENT: [&str; 13] = [
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "getrandom",
    "rand::random",
    "rand::rng",
    "rand::fill",
    "rand::SystemRandom",
    "thread_rng",
    "OsRng",
    "Uuid::now_v7",
    "Uuid::new_v4",
];

/// The only places that may, whatever the exceptions say.
const SOURCES: [&str; 2] = ["crates/kernel/src/clock.rs", "crates/kernel/src/random.rs"];

pub fn check(tree: &Tree, ratchet: &Ratchet) -> Vec<Finding> {
    let mut out = Vec::new();
    for (path, text) in tree.ending(".rs") {
        if SOURCES.contains(&path) || ratchet.ambient.iter().any(|a| path.starts_with(a.as_str())) {
            continue;
        }
        let code = code_only(text);
        for name in AMBIENT {
            out.extend(words(&code, name).map(|at| {
                Finding::new(
                    path,
                    line_of(&code, at),
                    format!("`{name}` takes time or randomness from the machine"),
                    "take a kernel::Clock or kernel::Random as a parameter",
                )
            }));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, code: &str) -> usize {
        let ratchet = Ratchet::parse("ambient = [\"benches/\"]").expect("parses");
        check(&Tree::of(&[(path, code)]), &ratchet).len()
    }

    #[test]
    fn ambient_time_and_randomness_are_found() {
        for code in AMBIENT {
            let code = format!("fn f() {{ x({code}()); }}");
            assert_eq!(count("crates/a/src/x.rs", &code), 1, "{code}");
            assert_eq!(count("crates/kernel/src/clock.rs", &code), 0, "{code}");
            assert_eq!(count("benches/src/main.rs", &code), 0, "{code}");
        }
        assert_eq!(count("crates/kernel/src/id.rs", "std::time::SystemTime::now()"), 1);
        assert_eq!(count("crates/a/src/x.rs", "// Instant::now()\nlet s = \"thread_rng\";"), 0);
    }
}
