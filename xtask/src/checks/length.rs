//! Files and functions stay short. What is longer stands in the ratchet and may only shrink.

use crate::Finding;
use crate::ratchet::{FILE, Ratchet};
use crate::rust::{code_only, functions, is_test_path, test_lines};
use crate::tree::Tree;
use std::collections::BTreeSet;

/// Lines of a file, tests apart.
const FILE_LINES: usize = 400;
/// No exception beyond this.
const FILE_LINES_HARD: usize = 700;
/// Types made from the OpenAPI document.
const GENERATED: &str = "web/src/api/schema.d.ts";
/// Lines with code of a function, signature and braces included.
const FUNCTION_LINES: usize = 70;
/// An exception that is larger by more than this than what it is for must be lowered.
const SLACK: usize = 20;

pub fn check(tree: &Tree, ratchet: &Ratchet) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut used = BTreeSet::new();
    for (path, text) in tree.ending(".rs").filter(|(p, _)| !is_test_path(p)) {
        let code = code_only(text);
        let tests = test_lines(&code);
        let lines = tests.iter().filter(|t| !**t).count();
        if lines > FILE_LINES_HARD {
            let what = format!("{lines} lines without tests; {FILE_LINES_HARD} at the very most");
            out.push(Finding::new(path, 1, what, "split it along what its parts know"));
        } else if lines > FILE_LINES {
            let allowed = ratchet.files.get(path).copied();
            used.insert(path.to_owned());
            out.extend(judge(path, 1, "the file", lines, FILE_LINES, allowed, path));
        }
        for function in functions(&code) {
            if function.length <= FUNCTION_LINES || tests.get(function.line - 1) == Some(&true) {
                continue;
            }
            let key = format!("{path}::{}", function.name);
            let allowed = ratchet.functions.get(&key).copied();
            let name = format!("`{}`", function.name);
            out.extend(judge(path, function.line, &name, function.length, FUNCTION_LINES, allowed, &key));
            used.insert(key);
        }
    }
    let interface = [".ts", ".tsx", ".mjs", ".css"].into_iter().flat_map(|ending| tree.ending(ending));
    for (path, text) in interface.filter(|(path, _)| *path != GENERATED) {
        let lines = text.lines().count();
        if lines > FILE_LINES {
            out.extend(judge(path, 1, "the file", lines, FILE_LINES, None, path));
        }
    }
    for key in ratchet.files.keys().chain(ratchet.functions.keys()).filter(|k| !used.contains(*k)) {
        out.push(Finding::new(FILE, 1, format!("the exception `{key}` is needed no longer"), "remove it"));
    }
    out
}

fn judge(
    path: &str,
    line: usize,
    what: &str,
    lines: usize,
    limit: usize,
    allowed: Option<usize>,
    key: &str,
) -> Option<Finding> {
    match allowed {
        None => Some(Finding::new(
            path,
            line,
            format!("{what} has {lines} lines, at most {limit}"),
            format!("split it, or put \"{key}\" = {lines} with a reason into {FILE}"),
        )),
        Some(n) if lines > n => {
            let what = format!("{what} has grown to {lines} lines, {n} are allowed in {FILE}");
            Some(Finding::new(path, line, what, "split it; exceptions do not grow"))
        }
        Some(n) if n - lines > SLACK => {
            let what = format!("{what} has shrunk to {lines} lines, {n} are allowed in {FILE}");
            Some(Finding::new(path, line, what, format!("lower the exception to {lines}")))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, exceptions: &str) -> Vec<String> {
        found_in("crates/a/src/x.rs", text, exceptions)
    }

    fn found_in(path: &str, text: &str, exceptions: &str) -> Vec<String> {
        let ratchet = Ratchet::parse(exceptions).expect("parses");
        check(&Tree::of(&[(path, text)]), &ratchet).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn long_files_are_found() {
        assert!(found(&"// x\n".repeat(400), "").is_empty());
        assert_eq!(found_in("web/src/ui/Page.tsx", &"// x\n".repeat(401), "").len(), 1);
        assert!(found_in(GENERATED, &"// x\n".repeat(401), "").is_empty());
        assert_eq!(found(&"// x\n".repeat(401), "").len(), 1);
        let long = "// x\n".repeat(500);
        assert!(found(&long, "[files]\n\"crates/a/src/x.rs\" = 500").is_empty());
        assert!(found(&long, "[files]\n\"crates/a/src/x.rs\" = 499")[0].contains("grown"));
        assert!(
            found(&long, "[files]\n\"crates/a/src/x.rs\" = 600")[0].contains("lower the exception to 500")
        );
        assert_eq!(found(&"// x\n".repeat(701), "[files]\n\"crates/a/src/x.rs\" = 701").len(), 2);
    }

    #[test]
    fn tests_do_not_count() {
        let text = format!("fn a() {{}}\n#[cfg(test)]\nmod tests {{\n{}}}\n", "    fn x() {}\n".repeat(800));
        assert!(found(&text, "").is_empty());
    }

    #[test]
    fn exceptions_end_with_their_reason() {
        assert!(found("fn a() {}\n", "[files]\n\"crates/a/src/x.rs\" = 500")[0].contains("needed no longer"));
        assert!(
            found("fn a() {}\n", "[functions]\n\"crates/a/src/x.rs::a\" = 80")[0]
                .contains("needed no longer")
        );
    }

    #[test]
    fn long_functions_are_found() {
        let of = |n: usize| format!("fn a() {{\n{}}}\n", "    b();\n\n    // why\n".repeat(n));
        assert!(found(&of(68), "").is_empty());
        let findings = found(&of(69), "");
        assert!(findings[0].starts_with("crates/a/src/x.rs:1: `a` has 71 lines"), "{findings:?}");
        assert!(found(&of(69), "[functions]\n\"crates/a/src/x.rs::a\" = 71").is_empty());
    }
}
