//! The built web interface as a table of files in the program's memory. What is not in the table cannot be
//! served: there are no paths of the machine behind it.

/// One file of the interface.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Its path, without a `/` at the front.
    pub path: &'static str,
    /// Its media type.
    pub media: &'static str,
    /// What names its content: the same as long as the content is.
    pub tag: &'static str,
    /// As it is.
    pub raw: &'static [u8],
    /// Compressed with Brotli, if that is smaller.
    pub br: Option<&'static [u8]>,
    /// Compressed with gzip, if that is smaller.
    pub gz: Option<&'static [u8]>,
}

/// All files, by path. Empty when the program was built without the interface.
pub static FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// The first eight bytes of the SHA-256 of each common password, in lower case, sorted. Empty when the program
/// was built without the interface.
pub static COMMON_PASSWORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/common-passwords"));

/// The file of this path among `files`.
#[must_use]
pub fn find(files: &'static [File], path: &str) -> Option<&'static File> {
    files.binary_search_by(|f| f.path.cmp(path)).ok().map(|at| &files[at])
}

#[cfg(test)]
mod tests {
    use super::{FILES, find};

    #[test]
    fn what_is_in_the_table_is_found_and_nothing_else() {
        for file in FILES {
            assert!(find(FILES, file.path).is_some_and(|f| f.tag == file.tag), "{}", file.path);
            assert!(!file.path.starts_with('/') && !file.path.contains(".."), "{}", file.path);
        }
        for none in ["", "/", "..", "../Cargo.toml", "index.html/", "assets"] {
            assert!(find(FILES, none).is_none(), "{none}");
        }
        assert!(FILES.is_empty() || find(FILES, "index.html").is_some());
    }
}
