//! Writes the seeds of every entry to folders of their names below the given folder: `fuzz/corpus`, where
//! the fuzzing engine begins.

use std::path::PathBuf;
use std::{fs, io};

fn main() -> io::Result<()> {
    let corpus: PathBuf =
        std::env::args_os().nth(1).ok_or_else(|| io::Error::other("usage: seeds FOLDER"))?.into();
    for entry in &klucznik_tests::entries::ALL {
        let folder = corpus.join(entry.name);
        fs::create_dir_all(&folder)?;
        for (i, seed) in (entry.seeds)().iter().enumerate() {
            fs::write(folder.join(format!("seed-{i:04}")), seed)?;
        }
    }
    Ok(())
}
