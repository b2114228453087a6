//! Every end point is one file, stands in the route table, and is covered by the access matrix.

use crate::rust::{code_only, words};
use crate::tree::Tree;
use crate::{Finding, Report};

const FOLDER: &str = "crates/server/src/routes/";
const TABLE: &str = "crates/server/src/routes.rs";
const MATRIX: &str = "tests/access-matrix.md";
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

pub fn check(tree: &Tree, report: &mut Report) {
    let files: Vec<(&str, &str)> = tree
        .ending(".rs")
        .filter(|(p, _)| p.starts_with(FOLDER) && !p.ends_with("/mod.rs") && p.matches('/').count() > 4)
        .collect();
    let table = tree.text(TABLE).map(code_only);
    if table.is_none() && !files.is_empty() {
        let mend = "put the whole route table into this one file";
        report.findings.push(Finding::new(TABLE, 1, "missing", mend));
    }
    let matrix = tree.text(MATRIX);
    if matrix.is_none() {
        report.notes.push(format!("{MATRIX} is not there yet, so nobody checks that it covers every route"));
    }
    for (path, text) in files {
        let name = path.trim_start_matches(FOLDER).trim_end_matches(".rs").replace('/', "::");
        if table.as_ref().is_some_and(|t| words(t, &name).next().is_none()) {
            let mend = format!("add it to {TABLE} as `{name}`");
            report.findings.push(Finding::new(path, 1, "the route is in no table", mend));
        }
        let Some(route) = route_of(text) else {
            let mend = "begin the file with //! `METHOD /api/v1/…`";
            report.findings.push(Finding::new(path, 1, "does not say which route it answers", mend));
            continue;
        };
        if matrix.is_some_and(|m| !m.contains(&format!("`{route}`"))) {
            let mend = format!("add `{route}` to {MATRIX}");
            report.findings.push(Finding::new(path, 1, "the access matrix does not cover the route", mend));
        }
    }
}

/// `GET /api/v1/{entities}` from the first line of a route's file.
fn route_of(text: &str) -> Option<&str> {
    let route = text.lines().next()?.strip_prefix("//! `")?.split('`').next()?;
    let (method, path) = route.split_once(' ')?;
    (METHODS.contains(&method) && path.starts_with('/')).then_some(route)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTE: &str = "crates/server/src/routes/records/list.rs";
    const TEXT: &str = "//! `GET /api/v1/{entities}`\n";

    fn report(files: &[(&str, &str)]) -> Report {
        let mut report = Report::default();
        check(&Tree::of(files), &mut report);
        report
    }

    #[test]
    fn routes_are_in_table_and_matrix() {
        let table = (TABLE, "route(\"/x\", get(records::list::handle))");
        let good = report(&[(ROUTE, TEXT), table, (MATRIX, "| `GET /api/v1/{entities}` | yes |")]);
        assert!(good.findings.is_empty() && good.notes.is_empty(), "{good:?}");
        assert_eq!(report(&[(ROUTE, TEXT), table, (MATRIX, "nothing")]).findings.len(), 1);
        assert_eq!(report(&[(ROUTE, TEXT), (TABLE, "records::listing"), (MATRIX, TEXT)]).findings.len(), 1);
        assert_eq!(report(&[(ROUTE, "//! Lists.\n"), table, (MATRIX, TEXT)]).findings.len(), 1);
    }

    #[test]
    fn a_missing_matrix_is_said_and_a_missing_table_found() {
        let early = report(&[(ROUTE, TEXT)]);
        assert_eq!((early.findings.len(), early.notes.len()), (1, 1));
        assert!(report(&[("crates/server/src/routes/records/mod.rs", "")]).findings.is_empty());
    }
}
