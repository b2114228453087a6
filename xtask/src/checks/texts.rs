//! What people read stands in both languages.

use crate::Finding;
use crate::ratchet::Ratchet;
use crate::rust::{arguments, code_only, is_test_path, line_of, words};
use crate::tree::Tree;

/// What makes a text.
const MAKERS: [&str; 2] = ["Text::of(", "Text::new("];
/// Letters that no English word has.
const POLISH: &str = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ";

pub fn check(tree: &Tree, ratchet: &Ratchet) -> Vec<Finding> {
    let mut out = Vec::new();
    for (path, text) in tree.ending(".rs").filter(|(p, _)| !is_test_path(p)) {
        let code = code_only(text);
        for maker in MAKERS {
            for at in words(&code, maker) {
                let arguments = arguments(&code, at + maker.len() - 1);
                out.extend(
                    judge(text, &code, &arguments, ratchet)
                        .map(|(what, mend)| Finding::new(path, line_of(text, at), what, mend)),
                );
            }
        }
    }
    documents(tree, &mut out);
    out
}

fn judge(
    text: &str,
    code: &str,
    arguments: &[(usize, usize)],
    ratchet: &Ratchet,
) -> Option<(String, &'static str)> {
    let &[polish, english] = arguments else {
        return Some(("a text takes two arguments".to_owned(), "give Polish first, then English"));
    };
    let (polish, english) = (literal(text, code, polish), literal(text, code, english));
    for (words, language) in [(polish, "Polish"), (english, "English")] {
        if words.is_some_and(|w| w.trim().is_empty()) {
            return Some((format!("the {language} is empty"), "write it"));
        }
    }
    let (polish, english) = (polish?, english?);
    if polish == english && has_words(polish) && !ratchet.same_words.iter().any(|w| w == polish) {
        let what = format!("Polish and English are the same: {polish:?}");
        return Some((what, "translate it, or add the word to same_words in xtask/ratchet.toml"));
    }
    if english.contains(|c| POLISH.contains(c)) && !polish.contains(|c| POLISH.contains(c)) {
        return Some((
            "the English has Polish letters and the Polish has none".to_owned(),
            "swap them: Polish comes first",
        ));
    }
    None
}

/// The literal that an argument is, or is made from: `"…"`, `format!("…", …)`, `"…".to_owned()`.
fn literal<'a>(text: &'a str, code: &str, (from, to): (usize, usize)) -> Option<&'a str> {
    let argument = &code[from..to];
    let open = argument.find('"')?;
    let before = argument[..open].trim();
    if !matches!(before, "" | "format!(" | "String::from(") {
        return None;
    }
    let close = open + 1 + argument[open + 1..].find('"')?;
    text.get(from + open + 1..from + close)
}

/// Whether anything stands outside the places of a format string.
fn has_words(text: &str) -> bool {
    let mut depth = 0usize;
    text.chars().any(|c| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && c.is_alphabetic()
    })
}

/// `X.pl.md` stands beside `X.md`, with as many headings.
fn documents(tree: &Tree, out: &mut Vec<Finding>) {
    let headings = |text: &str| text.lines().filter(|l| l.starts_with("## ")).count();
    for (path, text) in tree.ending(".pl.md") {
        let english = path.replace(".pl.md", ".md");
        let Some(other) = tree.text(&english) else {
            out.push(Finding::new(path, 1, format!("there is no {english}"), "write it"));
            continue;
        };
        if headings(text) != headings(other) {
            let what = format!("{} headings, {english} has {}", headings(text), headings(other));
            out.push(Finding::new(path, 1, what, "bring the two to the same sections"));
        }
    }
    if !tree.has("README.pl.md") {
        out.push(Finding::new("README.pl.md", 1, "missing", "write it"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: &str) -> Vec<String> {
        let tree = Tree::of(&[("crates/a/src/x.rs", code), ("README.md", ""), ("README.pl.md", "")]);
        let ratchet = Ratchet::parse("same_words = [\"Lead\"]").expect("parses");
        check(&tree, &ratchet).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn both_languages_are_there() {
        for code in [
            "Text::of(\"Osoba\", \"Person\")",
            "Text::new(format!(\"Najwyżej {max}, nie {x}.\"), format!(\"At most {max}, not {x}.\"))",
            "Text::of(\"Lead\", \"Lead\")",
            "Text::of(pl, en)",
            "Text::new(format!(\"{field}: {}\", a), format!(\"{field}: {}\", b))",
            "// Text::of(\"\", \"\")",
            "Text::of(\n    \"Za długie: \\\"Łódź\\\".\",\n    \"Too long: \\\"Łódź\\\".\",\n)",
        ] {
            assert!(found(code).is_empty(), "{code}: {:?}", found(code));
        }
        for code in [
            "Text::of(\"Osoba\", \"\")",
            "Text::of(\"\", \"Person\")",
            "Text::of(\"Person\", \"Person\")",
            "Text::of(\"Person\")",
            "Text::new(format!(\"Same {x}.\"), format!(\"Same {x}.\"))",
            "Text::new(\"Osoba\".to_owned(), \" \".to_owned())",
            "Text::of(\"Record kept\", \"Zachowano wpis, który był\")",
        ] {
            assert_eq!(found(code).len(), 1, "{code}");
        }
    }

    #[test]
    fn documents_come_in_pairs() {
        let count = |files: &[(&str, &str)]| check(&Tree::of(files), &Ratchet::default()).len();
        assert_eq!(count(&[("README.md", "## A\n"), ("README.pl.md", "## A\n")]), 0);
        assert_eq!(count(&[("README.md", "## A\n## B\n"), ("README.pl.md", "## A\n")]), 1);
        assert_eq!(count(&[("README.pl.md", "")]), 1);
        assert_eq!(count(&[("README.md", "")]), 1);
    }
}
