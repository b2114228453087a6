//! Exceptions, in one file, so that each is seen and none grows.

use std::collections::BTreeMap;

/// Where they stand.
pub const FILE: &str = "xtask/ratchet.toml";

/// Exceptions.
#[derive(Default, Debug)]
pub struct Ratchet {
    /// Lines of files above the limit, by path.
    pub files: BTreeMap<String, usize>,
    /// Lines of functions above the limit, by `path::name`.
    pub functions: BTreeMap<String, usize>,
    /// Beginnings of paths that may read the machine's clock or randomness.
    pub ambient: Vec<String>,
    /// Words that are the same in Polish and English.
    pub same_words: Vec<String>,
    /// Beginnings of paths that absolute paths may stand in.
    pub absolute_paths: Vec<String>,
}

impl Ratchet {
    /// Reads the file; what it does not know, it refuses.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = |what: &str| format!("{FILE}: {what}");
        let table: toml::Table = text.parse().map_err(|e| wrong(&format!("{e}")))?;
        let mut ratchet = Self::default();
        for (name, value) in &table {
            match name.as_str() {
                "files" => ratchet.files = numbers(value).ok_or_else(|| wrong("files: path = lines"))?,
                "functions" => {
                    ratchet.functions =
                        numbers(value).ok_or_else(|| wrong("functions: path::name = lines"))?;
                }
                "ambient" => {
                    ratchet.ambient = strings(value).ok_or_else(|| wrong("ambient: a list of paths"))?
                }
                "same_words" => {
                    ratchet.same_words = strings(value).ok_or_else(|| wrong("same_words: a list"))?
                }
                "absolute_paths" => {
                    ratchet.absolute_paths =
                        strings(value).ok_or_else(|| wrong("absolute_paths: a list of paths"))?;
                }
                other => return Err(wrong(&format!("nobody knows `{other}`"))),
            }
        }
        Ok(ratchet)
    }
}

fn numbers(value: &toml::Value) -> Option<BTreeMap<String, usize>> {
    let pair = |(k, v): (&String, &toml::Value)| Some((k.clone(), usize::try_from(v.as_integer()?).ok()?));
    value.as_table()?.iter().map(pair).collect()
}

fn strings(value: &toml::Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|v| v.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_are_read_and_unknown_ones_refused() {
        let ratchet = Ratchet::parse("ambient = [\"a/\"]\n[files]\n\"a.rs\" = 410\n").expect("parses");
        assert_eq!(ratchet.files["a.rs"], 410);
        assert_eq!(ratchet.ambient, ["a/"]);
        assert!(Ratchet::parse("anything = 1").is_err());
        assert!(Ratchet::parse("[files]\n\"a.rs\" = \"many\"\n").is_err());
    }
}
