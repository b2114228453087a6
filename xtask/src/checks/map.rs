//! `ARCHITECTURE.md` names what is there, and all crates that are.

use crate::Finding;
use crate::tree::Tree;

const MAP: &str = "ARCHITECTURE.md";
/// Endings of what is a path even without a folder.
const ENDINGS: [&str; 4] = [".md", ".rs", ".toml", ".sh"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.text(MAP) else {
        return vec![Finding::new(MAP, 1, "missing", "draw the map")];
    };
    let mut out = Vec::new();
    let mut named = Vec::new();
    for (number, line) in outside_fences(text) {
        for path in line.split('`').skip(1).step_by(2).filter(|p| looks_like_path(p)) {
            named.push(path.trim_end_matches('/'));
            if !tree.has(path) {
                let mend = "correct the name, or leave it out until it is there";
                out.push(Finding::new(MAP, number, format!("there is no `{path}`"), mend));
            }
        }
    }
    for (path, _) in tree.ending("/Cargo.toml").filter(|(p, _)| p.starts_with("crates/")) {
        let folder = path.trim_end_matches("/Cargo.toml");
        if !named.contains(&folder) {
            out.push(Finding::new(
                MAP,
                1,
                format!("`{folder}` is not on the map"),
                "say in one line what it knows",
            ));
        }
    }
    out
}

fn outside_fences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut inside = false;
    text.lines().enumerate().filter_map(move |(i, line)| {
        if line.trim_start().starts_with("```") {
            inside = !inside;
            return None;
        }
        (!inside).then_some((i + 1, line))
    })
}

/// A path from the root of the repository. What begins with `/` is a URL's path.
pub fn looks_like_path(word: &str) -> bool {
    let plain = word.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-/".contains(&b));
    plain && !word.starts_with('/') && (word.contains('/') || ENDINGS.iter().any(|e| word.ends_with(e)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let tree =
            Tree::of(&[(MAP, text), ("crates/kernel/Cargo.toml", ""), ("crates/kernel/src/clock.rs", "")]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn names_exist() {
        assert!(
            found("`crates/kernel`, `crates/kernel/src/clock.rs`, `/api/v1/x`, `a::b`, `Permit`").is_empty()
        );
        assert!(
            found("`crates/kernel`\n`crates/sales`")[0]
                .starts_with("ARCHITECTURE.md:2: there is no `crates/sales`")
        );
        assert_eq!(found("`crates/kernel` and `GONE.md`").len(), 1);
        assert!(found("`crates/kernel/`\n```\n`crates/sales`\n```\n").is_empty());
    }

    #[test]
    fn every_crate_is_on_the_map() {
        assert!(found("nothing")[0].contains("`crates/kernel` is not on the map"));
        assert_eq!(check(&Tree::of(&[])).len(), 1);
    }
}
