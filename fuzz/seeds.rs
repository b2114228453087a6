//! Writes the seeds of every target to `corpus/`, where the fuzzing engine begins.

use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for entry in &klucznik_tests::entries::ALL {
        let folder = corpus.join(entry.name);
        fs::create_dir_all(&folder)?;
        for (i, seed) in (entry.seeds)().iter().enumerate() {
            fs::write(folder.join(format!("seed-{i:03}")), seed)?;
        }
    }
    Ok(())
}
