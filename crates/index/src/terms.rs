//! A search, taken apart: the match expression that finds candidates by token, and the condition that
//! verifies them by text.

use crate::text::{clip, is_number, runs};
use kernel::{Fault, Result, Text, limits};
use schema::fold;

/// One word of a search.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Term {
    /// Its letters and digits; more than one run if it has other characters between them.
    pub runs: Vec<String>,
}

impl Term {
    /// What the search text of a match contains. One or two characters match at the start of a word.
    pub fn fragment(&self) -> String {
        let text = self.runs.join(" ");
        if text.chars().count() < 3 { format!(" {text}") } else { text }
    }

    /// What the words of a long text contain, each.
    pub fn prefixes(&self) -> impl Iterator<Item = String> {
        self.runs.iter().map(|r| format!(" {}", clip(r)))
    }

    /// The match expression. All that goes into it are letters and digits. What it finds includes every
    /// match; what it finds besides is removed by the condition on the text.
    fn expression(&self, long: bool) -> String {
        let mut all: Vec<String> = Vec::new();
        for (i, run) in self.runs.iter().enumerate() {
            let begins = i > 0 || (self.runs.len() == 1 && run.chars().count() < 3);
            if begins {
                all.push(start_of(run))
            }
            let chars: Vec<char> = run.chars().collect();
            all.extend(chars.windows(3).map(|w| format!("\"{}\"", w.iter().collect::<String>())));
        }
        if all.is_empty() {
            // The tail of some word, too short to be looked up, and nothing after it.
            all.push(start_of(&self.runs[0]));
        }
        let fragment = all.join(" AND ");
        let is_short = |run: &str| run.chars().count() < 3;
        if !long || (self.runs.len() == 1 && is_short(&self.runs[0])) {
            return fragment;
        }
        let word = |r: &String| {
            if is_short(r) { start_of(r) } else { format!("\"={}\" *", clip(r)) }
        };
        let words: Vec<String> = self.runs.iter().map(word).collect();
        format!("({fragment}) OR ({})", words.join(" AND "))
    }
}

/// The token of the beginning of a word.
fn start_of(run: &str) -> String {
    let mut chars = run.chars();
    match (chars.next(), chars.next()) {
        (Some(a), Some(b)) => format!("\"_{a}{b}\""),
        (a, _) => format!("\"__{}\"", a.unwrap_or('_')),
    }
}

/// The ways to match: all terms of any one of them. None: nothing matches.
pub(crate) type Terms = Vec<Vec<Term>>;

/// Reads a search. Words without a letter or digit are passed over, words beyond
/// [`limits::SEARCH_WORDS`] too. Numbers typed in groups are tried joined as well.
///
/// # Errors
/// Invalid if it is longer than [`limits::SEARCH_CHARS`].
pub(crate) fn parse(search: &str) -> Result<Terms> {
    if search.chars().nth(limits::SEARCH_CHARS).is_some() {
        return Err(Fault::invalid(Text::new(
            format!("Szukany tekst może mieć najwyżej {} znaków.", limits::SEARCH_CHARS),
            format!("A search may have at most {} characters.", limits::SEARCH_CHARS),
        )));
    }
    let folded = fold(search);
    let plain: Vec<Term> = folded
        .split(char::is_whitespace)
        .map(|word| Term { runs: runs(word).map(str::to_owned).collect() })
        .filter(|t| !t.runs.is_empty())
        .take(limits::SEARCH_WORDS)
        .collect();
    if plain.is_empty() {
        return Ok(Vec::new());
    }
    let joined = join_numbers(&plain);
    Ok(if joined == plain { vec![plain] } else { vec![plain, joined] })
}

/// Groups of digits next to each other become one number, without the `00` of an international call.
fn join_numbers(terms: &[Term]) -> Vec<Term> {
    let numeric = |t: &Term| t.runs.iter().all(|r| is_number(r));
    let mut out: Vec<Term> = Vec::new();
    for group in terms.chunk_by(|a, b| numeric(a) && numeric(b)) {
        let digits: String = group.iter().flat_map(|t| t.runs.iter().map(String::as_str)).collect();
        if numeric(&group[0]) && digits.len() >= 5 {
            let tail = digits.strip_prefix("00").filter(|t| t.len() >= 9).unwrap_or(&digits);
            out.push(Term { runs: vec![tail.to_owned()] });
        } else {
            out.extend_from_slice(group);
        }
    }
    out
}

/// The match expression for full-text search.
pub(crate) fn expression(terms: &Terms, long: bool) -> String {
    let way = |way: &Vec<Term>| {
        let all: Vec<String> = way.iter().map(|t| format!("({})", t.expression(long))).collect();
        format!("({})", all.join(" AND "))
    };
    terms.iter().map(way).collect::<Vec<_>>().join(" OR ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs_of(search: &str) -> Vec<Vec<Vec<String>>> {
        parse(search).unwrap().into_iter().map(|w| w.into_iter().map(|t| t.runs).collect()).collect()
    }

    #[test]
    fn words_are_folded_and_taken_apart() {
        assert_eq!(runs_of("Żółć  JAN@X"), [[vec!["zolc"], vec!["jan", "x"]]]);
        assert!(runs_of("% _ \" ' \u{0} 😀").is_empty());
        assert!(runs_of("").is_empty());
    }

    #[test]
    fn numbers_are_joined_as_well() {
        assert_eq!(runs_of("601 234-567"), [vec![vec!["601"], vec!["234", "567"]], vec![vec!["601234567"]]]);
        assert_eq!(runs_of("0048601234567")[1], [["48601234567"]]);
        assert_eq!(runs_of("jan 12"), [[vec!["jan"], vec!["12"]]]);
    }

    #[test]
    fn an_expression_holds_quoted_tokens_alone() {
        let of = |search: &str, long| expression(&parse(search).unwrap(), long);
        assert_eq!(of("kowal ab\"*", false), r#"(("kow" AND "owa" AND "wal") AND ("_ab"))"#);
        assert_eq!(of("kowa", true), r#"((("kow" AND "owa") OR ("=kowa" *)))"#);
        assert_eq!(of("a-b\"OR*", true), r#"((("__b" AND "_or") OR ("__a" AND "__b" AND "_or")))"#);
    }

    #[test]
    fn a_search_has_a_limit() {
        assert!(parse(&"a".repeat(10_000)).is_err());
        assert_eq!(runs_of(&"a ".repeat(100))[0].len(), limits::SEARCH_WORDS);
    }
}
