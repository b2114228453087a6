//! `docs/asvs.md` and `docs/asvs-access.md` have a row for every requirement that is held to, and the tests that their rows
//! name are there.

use super::map::looks_like_path;
use crate::Finding;
use crate::rust::{code_only, words};
use crate::tree::Tree;
use std::collections::BTreeMap;

const LIST: &str = "docs/asvs.md";
/// Authorization and data protection: V8 whole, V14 levels 1 and 2.
const OF_ACCESS: &str = "docs/asvs-access.md";
const NUMBERS_OF_ACCESS: [&str; 22] = [
    "8.1.1", "8.1.2", "8.1.3", "8.1.4", "8.2.1", "8.2.2", "8.2.3", "8.2.4", "8.3.1", "8.3.2", "8.3.3",
    "8.4.1", "8.4.2", "14.1.1", "14.1.2", "14.2.1", "14.2.2", "14.2.3", "14.2.4", "14.3.1", "14.3.2",
    "14.3.3",
];
const STATES: [&str; 4] = ["met", "partly", "not yet", "not applicable"];

/// OWASP ASVS 5.0, V6, V7, V9 and V10: levels 1 and 2, and of level 3 those that are kept as well.
const NUMBERS: [&str; 93] = [
    "6.1.1", "6.1.2", "6.1.3", "6.2.1", "6.2.2", "6.2.3", "6.2.4", "6.2.5", "6.2.6", "6.2.7", "6.2.8",
    "6.2.9", "6.2.10", "6.2.11", "6.2.12", "6.3.1", "6.3.2", "6.3.3", "6.3.4", "6.3.5", "6.3.7", "6.3.8",
    "6.4.1", "6.4.2", "6.4.3", "6.4.4", "6.5.1", "6.5.2", "6.5.3", "6.5.4", "6.5.5", "6.6.1", "6.6.2",
    "6.6.3", "6.8.1", "6.8.2", "6.8.3", "6.8.4", "7.1.1", "7.1.2", "7.1.3", "7.2.1", "7.2.2", "7.2.3",
    "7.2.4", "7.3.1", "7.3.2", "7.4.1", "7.4.2", "7.4.3", "7.4.4", "7.4.5", "7.5.1", "7.5.2", "7.5.3",
    "7.6.1", "7.6.2", "9.1.1", "9.1.2", "9.1.3", "9.2.1", "9.2.2", "9.2.3", "9.2.4", "10.1.1", "10.1.2",
    "10.2.1", "10.2.2", "10.3.1", "10.3.2", "10.3.3", "10.3.4", "10.4.1", "10.4.2", "10.4.3", "10.4.4",
    "10.4.5", "10.4.6", "10.4.7", "10.4.8", "10.4.9", "10.4.10", "10.4.11", "10.5.1", "10.5.2", "10.5.3",
    "10.5.4", "10.5.5", "10.6.1", "10.6.2", "10.7.1", "10.7.2", "10.7.3",
];

/// A row `| 6.2.1 | what is asked | met | how | `front::sessions::name` |`.
struct Row<'a> {
    /// From 1.
    line: usize,
    number: &'a str,
    cells: Vec<&'a str>,
}

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut out = check_list(tree, LIST, &NUMBERS);
    out.extend(check_list(tree, OF_ACCESS, &NUMBERS_OF_ACCESS));
    out
}

fn check_list(tree: &Tree, path: &'static str, numbers: &[&str]) -> Vec<Finding> {
    let Some(list) = tree.text(path) else {
        return vec![Finding::new(path, 1, "missing", "give every requirement a row")];
    };
    let mut out = Vec::new();
    let mut rows = BTreeMap::new();
    for row in rows_of(list) {
        let mut found = |what: String, mend: &str| out.push(Finding::new(path, row.line, what, mend));
        if !numbers.contains(&row.number) {
            found(format!("{} is no requirement that is held to", row.number), "remove the row");
        }
        if let Some(first) = rows.insert(row.number, row.line) {
            found(format!("{} has a row on line {first} too", row.number), "keep one");
        }
        match row.cells[..] {
            [asks, state, how, tests] => {
                out.extend(about(tree, (path, row.line), asks, how));
                out.extend(proof(tree, (path, row.line), state, tests));
            }
            _ => found(
                format!("{} has {} cells", row.number, row.cells.len() + 1),
                "write `| number | asks | state | how | tests |`",
            ),
        }
    }
    for number in numbers.iter().filter(|n| !rows.contains_key(*n)) {
        out.push(Finding::new(path, 1, format!("{number} has no row"), "say whether and how it is met"));
    }
    out
}

/// What is asked and how it is met is said, and the files that are named for it are there.
fn about(tree: &Tree, (list, line): (&str, usize), asks: &str, how: &str) -> Vec<Finding> {
    let mut out = Vec::new();
    if asks.is_empty() || how.is_empty() {
        out.push(Finding::new(list, line, "a cell is empty", "say what is asked, and how or why not"));
    }
    for path in quoted(how).filter(|p| looks_like_path(p) && !tree.has(p)) {
        out.push(Finding::new(list, line, format!("there is no `{path}`"), "correct the name"));
    }
    out
}

/// What is met has a test, and every test that is named is there.
fn proof(tree: &Tree, (list, line): (&str, usize), state: &str, tests: &str) -> Vec<Finding> {
    let mut out = Vec::new();
    if !STATES.contains(&state) {
        let mend = format!("write one of: {}", STATES.join(", "));
        out.push(Finding::new(list, line, format!("`{state}` is no state"), mend));
    }
    let outside: String = tests.split('`').step_by(2).collect();
    if outside.contains(|c: char| c.is_alphanumeric()) {
        let mend = "write names of tests as code, and all else under how";
        out.push(Finding::new(list, line, "words among the tests", mend));
    }
    if state == "met" && quoted(tests).next().is_none() {
        let mend = "name the test that attacks it, or say `partly`";
        out.push(Finding::new(list, line, "met without a test", mend));
    }
    for name in quoted(tests).filter(|name| !is_test(tree, name)) {
        let mend = "write the test, or correct the name: `binary::module::function`, or `web/…/file: beginning of its title`";
        out.push(Finding::new(list, line, format!("there is no test `{name}`"), mend));
    }
    out
}

fn rows_of(text: &str) -> impl Iterator<Item = Row<'_>> {
    text.lines().enumerate().filter_map(|(i, line)| {
        let mut cells: Vec<&str> =
            line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
        let number = cells.remove(0);
        let numeric = number.bytes().all(|b| b.is_ascii_digit() || b == b'.') && number.contains('.');
        numeric.then_some(Row { line: i + 1, number, cells })
    })
}

fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

fn is_test(tree: &Tree, name: &str) -> bool {
    match name.split_once(": ") {
        Some((path, title)) => is_web_test(tree, path, title),
        None => is_rust_test(tree, name),
    }
}

/// A test of the interface: its file, and how the title begins.
fn is_web_test(tree: &Tree, path: &str, title: &str) -> bool {
    let is_file = path.starts_with("web/") && (path.contains(".spec.") || path.contains(".test."));
    let begins = |line: &str| line.trim_start().strip_prefix("it(\"").is_some_and(|l| l.starts_with(title));
    is_file && !title.is_empty() && tree.text(path).is_some_and(|text| text.lines().any(begins))
}

/// A test by the name that the runner prints, behind that of its binary: `front::sessions::name`, or behind
/// that of its crate: `identity::weak::tests::name`, `identity::it::sign_in::name`.
fn is_rust_test(tree: &Tree, name: &str) -> bool {
    let parts: Vec<&str> = name.split("::").collect();
    let [first, modules @ .., function] = &parts[..] else {
        return false;
    };
    let within = modules.strip_suffix(&["tests"]).unwrap_or(modules);
    let files = [within.join("/"), modules.join("/")].into_iter().flat_map(|path| {
        let roots =
            [format!("tests/tests/{first}"), format!("crates/{first}/src"), format!("crates/{first}/tests")];
        roots.map(|root| format!("{root}/{path}.rs"))
    });
    files.filter_map(|path| tree.text(&path)).any(|text| has_test(&code_only(text), function))
}

/// Whether code has this function with a test's attribute, and does not leave it out.
fn has_test(code: &str, function: &str) -> bool {
    words(code, function).any(|at| {
        let before = code[..at].trim_end();
        let Some(before) = before.strip_suffix("fn").filter(|_| code[at + function.len()..].starts_with('('))
        else {
            return false;
        };
        let before = before.trim_end();
        let before = before.strip_suffix("async").unwrap_or(before);
        let attributes = before.lines().rev().map(str::trim).skip_while(|l| l.is_empty());
        let attributes: Vec<&str> = attributes.take_while(|l| l.is_empty() || l.starts_with("#[")).collect();
        let has = |start: &str| attributes.iter().any(|a| a.starts_with(start));
        (has("#[test]") || has("#[tokio::test")) && !has("#[ignore")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRONT: &str = "tests/tests/front/sessions.rs";
    const CODE: &str = "#[tokio::test(flavor = \"multi_thread\")]\nasync fn ends() {}\n\n/// Doc.\n#[test]\n\nfn begins() {\n}\n\nfn helper() {}\n\n// #[test]\n// fn gone() {}\n#[test]\n#[ignore = \"slow\"]\nfn skipped() {}\n";

    fn list(change: impl Fn(&str) -> Option<String>) -> String {
        let row = |n: &&str| change(n).unwrap_or_else(|| format!("| {n} | x | not yet | y | |\n"));
        NUMBERS.iter().map(row).collect()
    }

    fn of_access() -> String {
        NUMBERS_OF_ACCESS.iter().map(|n| format!("| {n} | x | not yet | y | |\n")).collect()
    }

    fn found(text: &str) -> Vec<String> {
        let tree = Tree::of(&[
            (LIST, text),
            (OF_ACCESS, &of_access()),
            (FRONT, CODE),
            ("crates/identity/src/weak.rs", "mod tests {\n    #[test]\n    fn weak_ones() {}\n}\n"),
            ("crates/identity/tests/it/sign_in.rs", "#[tokio::test]\nasync fn opens() {}\n"),
            ("web/e2e/a.spec.mjs", "  it(\"ends a session (check 2)\", async () => {\n"),
        ]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    /// What is found when the row of 7.4.1 is this.
    fn row(row: &str) -> Vec<String> {
        found(&list(|n| (n == "7.4.1").then(|| format!("{row}\n"))))
    }

    #[test]
    fn every_requirement_has_one_row_in_a_known_state() {
        assert_eq!(found(&list(|_| None)), Vec::<String>::new());
        assert!(row("")[0].contains("7.4.1 has no row"));
        assert!(found(&format!("{}| 7.4.1 | x | not yet | y | |\n", list(|_| None)))[0].contains("too"));
        assert!(found(&format!("{}| 7.9.9 | x | not yet | y | |\n", list(|_| None)))[0].contains("7.9.9"));
        assert!(row("| 7.4.1 | x | done | y | |")[0].contains("`done` is no state"));
        assert!(row("| 7.4.1 | x | not yet | | |")[0].contains("empty"));
        assert!(row("| 7.4.1 | x | not yet | `docs/gone.md` | |")[0].contains("there is no `docs/gone.md`"));
        assert!(row("| 7.4.1 | x | not yet |")[0].contains("3 cells"));
        assert_eq!(check(&Tree::of(&[])).len(), 2, "no lists");
        let without =
            check(&Tree::of(&[(LIST, &list(|_| None)), (OF_ACCESS, "| 8.1.1 | x | met | y | |\n")]));
        assert!(without[0].to_string().contains("met without a test"), "{}", without[0]);
        assert_eq!(without.len(), NUMBERS_OF_ACCESS.len());
    }

    #[test]
    fn what_is_met_has_tests_that_are_there() {
        let with = |state: &str, tests: &str| row(&format!("| 7.4.1 | x | {state} | y | {tests} |"));
        for name in [
            "front::sessions::ends",
            "front::sessions::begins",
            "identity::weak::tests::weak_ones",
            "identity::it::sign_in::opens",
            "web/e2e/a.spec.mjs: ends a session",
        ] {
            assert_eq!(
                with("met", &format!("`{name}`, `front::sessions::ends`")),
                Vec::<String>::new(),
                "{name}"
            );
        }
        assert!(with("met", "")[0].contains("met without a test"));
        assert!(with("met", "`front::sessions::ends` and more")[0].contains("words"));
        for name in [
            "front::sessions::helper",
            "front::sessions::gone",
            "front::sessions::skipped",
            "front::sessions::end",
            "front::other::ends",
            "ends",
            "web/e2e/a.spec.mjs: begins a session",
            "web/e2e/a.spec.mjs: ",
            "web/e2e/b.spec.mjs: ends a session",
        ] {
            for state in ["met", "partly"] {
                assert!(with(state, &format!("`{name}`"))[0].contains("there is no test"), "{name}");
            }
        }
    }
}
