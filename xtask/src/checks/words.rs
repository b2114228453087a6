//! Words that stand nowhere: in code, and in any file.

use crate::Finding;
use crate::ratchet::Ratchet;
use crate::rust::{code_only, is_word, line_of, words};
use crate::tree::Tree;

/// In Rust code.
const IN_CODE: [(&str, &str); 3] = [
    ("unsafe", "write it in safe Rust"),
    ("todo!", "finish it, or leave it out"),
    ("unimplemented!", "finish it, or leave it out"),
];
/// In any file.
const ANYWHERE: [(&str, &str); 2] =
    [("TODO", "finish it, or say in ARCHITECTURE.md what is not there yet"), ("FIXME", "mend it")];
/// Beginnings of paths of one machine.
const MACHINE: [&str; 5] = ["/home/", "/root/", "/Users/", "/work/", "/tmp/"];
/// Hosts that serve packages: where they come from is each machine's own setting.
const HOSTS: [&str; 6] = [
    "index.crates.io",
    "static.crates.io",
    "registry.npmjs.org",
    "files.pythonhosted.org",
    "proxy.golang.org",
    "deb.debian.org",
];
/// Here these words stand as what is looked for, and in what a tool writes.
const EXEMPT: [&str; 2] = ["xtask/src/", "Cargo.lock"];

pub fn check(tree: &Tree, ratchet: &Ratchet) -> Vec<Finding> {
    let mut out = Vec::new();
    for (path, text) in tree.ending(".rs") {
        let code = code_only(text);
        for (word, mend) in IN_CODE {
            out.extend(
                words(&code, word)
                    .map(|at| Finding::new(path, line_of(&code, at), format!("`{word}`"), mend)),
            );
        }
    }
    for (path, text) in tree.files().filter(|(p, _)| !EXEMPT.iter().any(|e| p.starts_with(e))) {
        for (word, mend) in ANYWHERE {
            out.extend(
                words(text, word).map(|at| Finding::new(path, line_of(text, at), format!("`{word}`"), mend)),
            );
        }
        for host in HOSTS {
            let what = format!("the registry host {host}");
            out.extend(words(text, host).map(|at| {
                Finding::new(path, line_of(text, at), what.clone(), "leave it to the settings of the machine")
            }));
        }
        if !ratchet.absolute_paths.iter().any(|p| path.starts_with(p.as_str())) {
            out.extend(machine_paths(text).map(|(at, beginning)| {
                let what = format!("a path of one machine: {beginning}…");
                Finding::new(path, line_of(text, at), what, "use a path from the root of the repository")
            }));
        }
    }
    out
}

fn machine_paths(text: &str) -> impl Iterator<Item = (usize, &'static str)> {
    let alone = |at: usize| {
        let before = at.checked_sub(1).map(|i| text.as_bytes()[i]);
        before.is_none_or(|b| !is_word(b) && !matches!(b, b'.' | b'-' | b'}' | b')' | b'/' | b'~'))
    };
    MACHINE.into_iter().flat_map(move |m| {
        text.match_indices(m)
            .filter(move |(at, _)| alone(*at))
            .map(move |(at, _)| (at, m))
            .collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)]), &Ratchet::default()).len()
    }

    #[test]
    fn words_in_code_are_found() {
        assert_eq!(count("crates/a/src/x.rs", "unsafe { f() }"), 1);
        assert_eq!(count("crates/a/src/x.rs", "fn f() { todo!() }\nfn g() { unimplemented!() }"), 2);
        assert_eq!(count("crates/a/src/x.rs", "// unsafe\nlet unsafe_code = \"unsafe\";"), 0);
        assert_eq!(count("xtask/src/x.rs", "unsafe { f() }"), 1);
    }

    #[test]
    fn words_anywhere_are_found() {
        for text in
            ["# TODO: later", "// FIXME", "see /home/anna/x", "\"/tmp/x\"", "https://index.crates.io/"]
        {
            assert_eq!(count("docs/x.md", text), 1, "{text}");
        }
        for text in [
            "TODOS",
            "https://a.example/home/",
            "crates/x/tmp/",
            "$HOME/x",
            "/var/lib/klucznik",
            "/api/v1/home",
        ] {
            assert_eq!(count("docs/x.md", text), 0, "{text}");
        }
    }
}
