//! The files of the repository, as text.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// Files larger than this are no text that people write.
const MAX_BYTES: u64 = 4 << 20;

/// Path from the root (with `/`) to text. Files that are no UTF-8 are not in it.
#[derive(Default, Debug)]
pub struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// Reads all below `root` but what `.gitignore` names and `.git` itself. Of the patterns of
    /// `.gitignore`, `/folder` and `*.ending` are understood: keep to those.
    pub fn load(root: &Path) -> io::Result<Self> {
        let ignored = match fs::read_to_string(root.join(".gitignore")) {
            Ok(text) => text.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(e) => return Err(e),
        };
        let mut tree = Self::default();
        tree.read_folder(root, "", &ignored)?;
        Ok(tree)
    }

    fn read_folder(&mut self, root: &Path, folder: &str, ignored: &[String]) -> io::Result<()> {
        for entry in fs::read_dir(root.join(folder))? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if path == ".git" || is_ignored(&path, ignored) {
                continue;
            }
            let kind = entry.file_type()?;
            if kind.is_dir() {
                self.read_folder(root, &path, ignored)?;
            } else if kind.is_file() && entry.metadata()?.len() <= MAX_BYTES {
                // A file of an editor may be gone by now; whatever else is no text is of no interest.
                if let Ok(text) = fs::read_to_string(entry.path()) {
                    self.files.insert(path, text);
                }
            }
        }
        Ok(())
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Whether there is a file or folder of this path.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let folder = format!("{path}/");
        self.files.contains_key(path)
            || self.files.range(folder.clone()..).next().is_some_and(|(p, _)| p.starts_with(&folder))
    }

    /// All files.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(p, t)| (p.as_str(), t.as_str()))
    }

    /// Files whose path ends so.
    pub fn ending(&self, end: &'static str) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter(move |(p, _)| p.ends_with(end))
    }

    /// A repository of these files.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self { files: files.iter().map(|(p, t)| ((*p).to_owned(), (*t).to_owned())).collect() }
    }
}

fn is_ignored(path: &str, ignored: &[String]) -> bool {
    ignored.iter().any(|pattern| match (pattern.strip_prefix('/'), pattern.strip_prefix('*')) {
        (Some(rooted), _) => rooted.trim_end_matches('/') == path,
        (_, Some(end)) => path.ends_with(end),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignored_files_are_not_looked_at() {
        let ignored = ["/target".to_owned(), "*.profraw".to_owned()];
        assert!(is_ignored("target", &ignored));
        assert!(is_ignored("crates/a/x.profraw", &ignored));
        assert!(!is_ignored("crates/target", &ignored));
    }

    #[test]
    fn folders_are_there_when_files_are() {
        let tree = Tree::of(&[("crates/kernel/src/lib.rs", "")]);
        assert!(tree.has("crates/kernel"));
        assert!(tree.has("crates/kernel/"));
        assert!(!tree.has("crates/kern"));
        assert!(!tree.has("crates/sales"));
    }
}
