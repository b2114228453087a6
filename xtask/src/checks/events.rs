//! Every act of the ledger is explained in `docs/events.md`, and no other.

use crate::Finding;
use crate::tree::Tree;
use std::collections::BTreeMap;

const CODE: &str = "crates/ledger/src/event.rs";
const LIST: &str = "docs/events.md";

pub fn check(tree: &Tree) -> Vec<Finding> {
    let Some(code) = tree.text(CODE) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    let mut acts = BTreeMap::new();
    for (line, number, act) in acts_of(code) {
        if let Some(other) = acts.insert(act, (line, number)) {
            out.push(Finding::new(
                CODE,
                line,
                format!("`{act}` stands on line {} too", other.0),
                "rename one",
            ));
        }
    }
    if acts.is_empty() {
        out.push(Finding::new(CODE, 1, "no acts found", "keep them as `Name = number, \"code\";`"));
    }
    let Some(list) = tree.text(LIST) else {
        out.push(Finding::new(LIST, 1, "missing", "list every act with its number"));
        return out;
    };
    let listed: BTreeMap<&str, (usize, &str)> =
        rows_of(list).map(|(line, number, act)| (act, (line, number))).collect();
    for (act, (line, number)) in &acts {
        if listed.get(act).is_none_or(|(_, n)| n != number) {
            let mend = format!("add a row `| {number} | `{act}` | … |` to {LIST}");
            out.push(Finding::new(
                CODE,
                *line,
                format!("{LIST} does not explain `{act}` as number {number}"),
                mend,
            ));
        }
    }
    for (act, (line, _)) in listed.iter().filter(|(act, _)| !acts.contains_key(*act)) {
        let mend = "remove the row, or correct the code";
        out.push(Finding::new(LIST, *line, format!("there is no act `{act}`"), mend));
    }
    out
}

/// Line, number and code of each `Name = 10, "record.read";`.
fn acts_of(text: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    text.lines().enumerate().filter_map(|(i, line)| {
        let (name, rest) = line.trim().split_once(" = ")?;
        let (number, code) = rest.strip_suffix("\";")?.split_once(", \"")?;
        let plain =
            name.bytes().all(|b| b.is_ascii_alphanumeric()) && number.bytes().all(|b| b.is_ascii_digit());
        plain.then_some((i + 1, number, code))
    })
}

/// Line, number and code of each row `| 10 | `record.read` | … |`.
fn rows_of(text: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    text.lines().enumerate().filter_map(|(i, line)| {
        let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
        let number = cells.next().filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))?;
        let code = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
        Some((i + 1, number, code))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACTS: &str = "acts! {\n    /// Doc.\n    RecordRead = 10, \"record.read\";\n    RecordList = 11, \"record.list\";\n}\n";

    fn count(acts: &str, list: &str) -> usize {
        check(&Tree::of(&[(CODE, acts), (LIST, list)])).len()
    }

    #[test]
    fn the_list_is_the_code() {
        let list = "| number | code |\n|---|---|\n| 10 | `record.read` | x |\n| 11 | `record.list` | x |\n";
        assert_eq!(count(ACTS, list), 0);
        assert_eq!(count(ACTS, &list.replace("11", "12")), 1, "another number");
        assert_eq!(count(ACTS, "| 10 | `record.read` | x |\n"), 1, "one missing");
        assert_eq!(count(ACTS, &format!("{list}| 12 | `record.gone` | x |\n")), 1, "one too many");
        assert_eq!(count("", list), 3, "no acts");
        assert_eq!(count(&ACTS.replace("record.list", "record.read"), list), 3, "twice the same");
        assert_eq!(check(&Tree::of(&[(CODE, ACTS)])).len(), 1, "no list");
    }
}
