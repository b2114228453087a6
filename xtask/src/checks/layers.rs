//! A crate depends only on crates above it, and what decides does no input or output.

use crate::Finding;
use crate::rust::{closing, code_only, is_test_path, line_of, words};
use crate::tree::Tree;

/// The crates from the top down. `[dependencies]` point upwards only.
const ORDER: [&str; 22] = [
    "kernel",
    "schema",
    "intake",
    "sample",
    "vault",
    "access",
    "ledger",
    "objects",
    "mail",
    "oidc",
    "cluster",
    "store",
    "index",
    "identity",
    "records",
    "web",
    "server",
    "cli",
    "testkit",
    "klucznik-tests",
    "klucznik-benches",
    "xtask",
];

/// Crates without input or output.
const PURE: [&str; 4] = ["kernel", "schema", "access", "ledger"];
/// Crates that do input and output.
const IO_CRATES: [&str; 15] = [
    "tokio",
    "tokio-postgres",
    "tokio-rustls",
    "deadpool-postgres",
    "rusqlite",
    "axum",
    "axum-server",
    "hyper",
    "tower",
    "tower-http",
    "reqwest",
    "object_store",
    "lettre",
    "rustls",
    "tempfile",
];
/// Modules of `std` that do.
const IO_MODULES: [&str; 4] = ["fs", "net", "process", "env"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut out = Vec::new();
    if !tree.has("Cargo.lock") {
        out.push(Finding::new("Cargo.lock", 1, "missing", "run `cargo generate-lockfile` and commit it"));
    }
    let manifests: Vec<(&str, &str)> =
        tree.ending("Cargo.toml").filter(|(p, _)| *p != "Cargo.toml" && !p.starts_with("fuzz/")).collect();
    for (path, text) in &manifests {
        manifest(path, text, &mut out);
    }
    for name in PURE {
        let folder = format!("crates/{name}/src/");
        for (path, text) in tree.ending(".rs").filter(|(p, _)| p.starts_with(&folder) && !is_test_path(p)) {
            io_modules(path, &code_only(text), &mut out);
        }
    }
    out
}

fn manifest(path: &str, text: &str, out: &mut Vec<Finding>) {
    let Ok(table) = text.parse::<toml::Table>() else {
        out.push(Finding::new(path, 1, "does not parse", "mend the syntax"));
        return;
    };
    let name =
        table.get("package").and_then(|p| p.get("name")).and_then(toml::Value::as_str).unwrap_or_default();
    let Some(place) = ORDER.iter().position(|c| *c == name) else {
        out.push(Finding::new(
            path,
            1,
            format!("crate `{name}` has no place in the order of crates"),
            "add it to ORDER in xtask/src/checks/layers.rs and to ARCHITECTURE.md",
        ));
        return;
    };
    for dependency in dependencies(&table) {
        let line = text.lines().position(|l| l.trim_start().starts_with(&dependency)).unwrap_or(0) + 1;
        if ORDER.iter().position(|c| *c == dependency).is_some_and(|p| p >= place) {
            out.push(Finding::new(
                path,
                line,
                format!("`{name}` depends on `{dependency}`, which lies below it"),
                "move what is shared up, or pass it in as a parameter",
            ));
        }
        if PURE.contains(&name) && IO_CRATES.contains(&dependency.as_str()) {
            out.push(Finding::new(
                path,
                line,
                format!("`{name}` is pure and depends on `{dependency}`"),
                "do input and output in the crate that calls it",
            ));
        }
    }
}

/// Names under `[dependencies]`, also those for one target.
fn dependencies(table: &toml::Table) -> Vec<String> {
    let names = |t: &toml::Value| {
        t.get("dependencies").and_then(toml::Value::as_table).map(|t| t.keys().cloned().collect())
    };
    let whole: Vec<String> = names(&toml::Value::Table(table.clone())).unwrap_or_default();
    let targets = table.get("target").and_then(toml::Value::as_table);
    let some = targets.into_iter().flat_map(toml::Table::values).flat_map(|t| names(t).unwrap_or_default());
    whole.into_iter().chain(some).collect()
}

fn io_modules(path: &str, code: &str, out: &mut Vec<Finding>) {
    for at in words(code, "std::") {
        let rest = &code[at + 5..];
        let named: Vec<&str> = match rest.strip_prefix('{') {
            None => vec![rest],
            Some(_) => {
                let end = closing(code, at + 5).unwrap_or(code.len());
                code[at + 6..end].split([',', '{']).map(str::trim).collect()
            }
        };
        for module in IO_MODULES {
            if named.iter().any(|n| words(n, module).next() == Some(0)) {
                out.push(Finding::new(
                    path,
                    line_of(code, at),
                    format!("std::{module} in a pure crate"),
                    "do input and output in the crate that calls it",
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let mut all = vec![("Cargo.lock", "")];
        all.extend(files);
        check(&Tree::of(&all)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn dependencies_point_upwards() {
        let up =
            "[package]\nname = \"store\"\n[dependencies]\nkernel.workspace = true\nledger.workspace = true\n";
        assert!(found(&[("crates/store/Cargo.toml", up)]).is_empty());
        let down = "[package]\nname = \"store\"\n[dependencies]\nrecords.workspace = true\n";
        let findings = found(&[("crates/store/Cargo.toml", down)]);
        assert!(
            findings[0].starts_with("crates/store/Cargo.toml:4: `store` depends on `records`"),
            "{findings:?}"
        );
        let target =
            "[package]\nname = \"store\"\n[target.'cfg(unix)'.dependencies]\nserver.workspace = true\n";
        assert_eq!(found(&[("crates/store/Cargo.toml", target)]).len(), 1);
        let dev = "[package]\nname = \"sample\"\n[dev-dependencies]\nrecords.workspace = true\n";
        assert!(found(&[("crates/sample/Cargo.toml", dev)]).is_empty());
    }

    #[test]
    fn crates_without_a_place_are_found() {
        assert_eq!(found(&[("crates/x/Cargo.toml", "[package]\nname = \"x\"\n")]).len(), 1);
    }

    #[test]
    fn pure_crates_do_no_input_or_output() {
        let manifest = "[package]\nname = \"access\"\n[dependencies]\ntokio = \"1\"\n";
        assert_eq!(found(&[("crates/access/Cargo.toml", manifest)]).len(), 1);
        for code in ["use std::fs;", "use std::{io, fs::File};", "fn f() { std::net::TcpStream::connect(x) }"]
        {
            assert_eq!(found(&[("crates/access/src/lib.rs", code)]).len(), 1, "{code}");
        }
        for code in ["use std::fmt;", "// std::fs", "use std::{fmt, sync::Arc};"] {
            assert!(found(&[("crates/access/src/lib.rs", code)]).is_empty(), "{code}");
        }
        assert!(found(&[("crates/store/src/lib.rs", "use std::fs;")]).is_empty());
    }

    #[test]
    fn the_lock_file_is_there() {
        assert_eq!(check(&Tree::of(&[])).len(), 1);
    }
}
