//! Puts the built interface, `web/dist`, into the program, and the list of common passwords that its build packs. Without it the table is empty; nothing is built
//! or loaded from here.

use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Endings of the compressed forms that the interface's own build puts beside a file.
const COMPRESSED: [&str; 2] = ["br", "gz"];
/// What is no part of the interface: notes of the build, and maps back to its sources.
const LEFT_OUT: [&str; 1] = ["map"];

/// The packed list of common passwords. Like all whose names begin with a dot it is not served.
const COMMON: &str = ".common-passwords";

fn main() -> io::Result<()> {
    let web = Path::new(&env("CARGO_MANIFEST_DIR")?).join("../../web");
    let dist = web.join("dist");
    // While there is no `dist`, the folder in which it will appear is watched.
    let watched = if dist.is_dir() { &dist } else { &web };
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", watched.display());
    let mut files = Vec::new();
    if dist.join("index.html").is_file() {
        collect(&dist, "", &mut files)?;
    }
    files.sort();
    let out = PathBuf::from(env("OUT_DIR")?);
    let mut table = String::from("&[\n");
    for (number, path) in files.iter().enumerate() {
        table.push_str(&entry(&dist, path, &out, number)?);
    }
    table.push(']');
    fs::write(out.join("table.rs"), table)?;
    let common = match fs::read(dist.join(COMMON)) {
        Ok(packed) => packed,
        Err(e) if e.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(e) => return Err(e),
    };
    fs::write(out.join("common-passwords"), common)
}

fn env(name: &str) -> io::Result<String> {
    env::var(name).map_err(io::Error::other)
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Paths below `dist` of all files to be served, with `/` between folders.
fn collect(dist: &Path, folder: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(dist.join(folder))? {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|n| io::Error::other(format!("{n:?}")))?;
        if name.starts_with('.') {
            continue;
        }
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if entry.file_type()?.is_dir() {
            collect(dist, &path, files)?;
        } else if !COMPRESSED.contains(&ending(&path)) && !LEFT_OUT.contains(&ending(&path)) {
            files.push(path);
        }
    }
    Ok(())
}

/// One line of the table. The bytes are copied first: what is told of them stays true when the interface
/// is built again meanwhile.
fn entry(dist: &Path, path: &str, out: &Path, number: usize) -> io::Result<String> {
    let raw = fs::read(dist.join(path))?;
    let hash = Sha256::digest(&raw);
    let tag = hash.iter().take(16).try_fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").map_err(io::Error::other)?;
        Ok::<_, io::Error>(text)
    })?;
    fs::write(out.join(format!("{number}.raw")), &raw)?;
    let mut forms = Vec::new();
    for ending in COMPRESSED {
        let form = match fs::read(dist.join(format!("{path}.{ending}"))) {
            Ok(bytes) if bytes.len() < raw.len() => {
                fs::write(out.join(format!("{number}.{ending}")), bytes)?;
                format!("Some({})", include(number, ending))
            }
            Ok(_) => "None".to_owned(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => "None".to_owned(),
            Err(e) => return Err(e),
        };
        forms.push(form);
    }
    Ok(format!(
        "File {{ path: {path:?}, media: {:?}, tag: {tag:?}, raw: {}, br: {}, gz: {} }},\n",
        media(path),
        include(number, "raw"),
        forms[0],
        forms[1],
    ))
}

fn include(number: usize, ending: &str) -> String {
    format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{number}.{ending}\"))")
}

fn media(path: &str) -> &'static str {
    match ending(path) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
