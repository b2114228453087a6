//! `tests/access-matrix.md`: what each role of the cast may do, as the server answers it. The file is
//! reviewed; the test makes it anew from real requests and compares. `KLUCZNIK_BLESS=1` rewrites it.

mod fields;
mod places;
mod probes;
mod stage;

pub use stage::token;

use stage::Stage;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const HEAD: &str = "# Access matrix

Made by `cargo test -p klucznik-tests --test front matrix` from real requests to a real server, and
compared with them at every run. After a change that is meant, run it with `KLUCZNIK_BLESS=1` and review
the difference line by line.

`yes`: authorised (also if the request was then refused for its content, such as an old version).
`403`: not allowed. `404`: as if it did not exist. `401`: not signed in. `-`: does not apply.

";

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// `METHOD /path` of every route, from the first line of its file.
fn routes() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![tests().join("../crates/server/src/routes")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(rest) = std::fs::read_to_string(&path).unwrap().strip_prefix("//! `") {
                found.insert(rest.split('`').next().unwrap().to_owned());
            }
        }
    }
    found
}

fn row(out: &mut String, cells: impl IntoIterator<Item = String>) {
    for cell in cells {
        write!(out, "| {cell} ").unwrap();
    }
    out.push_str("|\n");
}

fn table(out: &mut String, heads: &[String], rows: Vec<Vec<String>>) {
    row(out, heads.iter().cloned());
    row(out, heads.iter().map(|_| "---".to_owned()));
    for cells in rows {
        assert_eq!(cells.len(), heads.len(), "{cells:?}");
        row(out, cells);
    }
    out.push('\n');
}

#[tokio::test(flavor = "multi_thread")]
async fn the_access_matrix_is_what_the_server_does() {
    let stage = Stage::set().await;
    let mut text = HEAD.to_owned();

    text.push_str("## Records\n\n");
    text.push_str(places::INTRO);
    for (role, rows) in places::all(&stage).await {
        writeln!(text, "### {role}\n").unwrap();
        table(&mut text, &places::heads(), rows);
    }

    text.push_str("## Fields\n\n");
    text.push_str(fields::INTRO);
    let (heads, rows) = fields::all(&stage).await;
    table(&mut text, &heads, rows);

    text.push_str("## Routes\n\n");
    text.push_str(probes::INTRO);
    let rows = probes::all(&stage).await;
    let covered: BTreeSet<String> = rows.iter().map(|r| r[0].trim_matches('`').to_owned()).collect();
    assert_eq!(covered, routes(), "every route of the router, and no other, is in the matrix");
    table(&mut text, &probes::heads(&stage), rows);

    let path = tests().join("access-matrix.md");
    let text = format!("{}\n", text.trim_end());
    if std::env::var_os("KLUCZNIK_BLESS").is_some() {
        std::fs::write(&path, text).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    for (line, (kept, now)) in kept.lines().zip(text.lines()).enumerate() {
        assert_eq!(kept, now, "line {} of {}", line + 1, path.display());
    }
    assert_eq!(kept, text);
}
