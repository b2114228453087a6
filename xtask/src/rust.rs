//! Rust source as far as the checks need it: what is code, what is a comment or a literal, what is
//! test, where a function begins and ends. Not a parser; it is enough for formatted code.

/// `text` with the content of comments and literals as spaces: same length, same lines. The quotes of
/// strings stay, so that a literal is still seen to be one.
pub fn code_only(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let (end, keep) = match bytes[at] {
            b'/' if bytes[at..].starts_with(b"//") => (line_end(bytes, at), false),
            b'/' if bytes[at..].starts_with(b"/*") => (comment_end(bytes, at), false),
            b'"' => (string_end(bytes, at), true),
            b'r' if is_raw(bytes, at) => (raw_end(bytes, at), true),
            b'\'' => (char_end(bytes, at), false),
            _ => (at + 1, true),
        };
        let quoted = matches!(bytes[at], b'"' | b'r') && end > at + 1;
        if quoted || !keep {
            for byte in &mut out[at..end] {
                let stays = *byte == b'\n' || (keep && *byte == b'"');
                if !stays {
                    *byte = b' ';
                }
            }
        }
        if quoted {
            only_outer_quotes(&mut out[at..end]);
        }
        at = end;
    }
    // Every byte that is no ASCII stood in a literal or comment, or is kept whole.
    String::from_utf8(out).unwrap_or_default()
}

/// Escaped and raw quotes inside a literal would look like its end.
fn only_outer_quotes(literal: &mut [u8]) {
    let first = literal.iter().position(|b| *b == b'"');
    let last = literal.iter().rposition(|b| *b == b'"');
    for (i, byte) in literal.iter_mut().enumerate() {
        if *byte == b'"' && Some(i) != first && Some(i) != last {
            *byte = b' ';
        }
    }
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| from + n)
}

fn comment_end(bytes: &[u8], from: usize) -> usize {
    let (mut at, mut depth) = (from + 2, 1);
    while at < bytes.len() && depth > 0 {
        if bytes[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if bytes[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
        } else {
            at += 1;
        }
    }
    at
}

fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn hashes(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().take_while(|b| **b == b'#').count()
}

fn is_raw(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).map_or(b' ', |i| bytes[i]);
    let prefixed = matches!(before, b'b' | b'c') && !at.checked_sub(2).is_some_and(|i| is_word(bytes[i]));
    (!is_word(before) || prefixed) && bytes.get(at + 1 + hashes(bytes, at + 1)) == Some(&b'"')
}

fn raw_end(bytes: &[u8], from: usize) -> usize {
    let count = hashes(bytes, from + 1);
    let mut end = vec![b'"'];
    end.resize(count + 1, b'#');
    let start = from + count + 2;
    let found = bytes.get(start..).and_then(|rest| rest.windows(end.len()).position(|w| w == end));
    found.map_or(bytes.len(), |n| start + n + end.len())
}

/// The end of a character literal; of a lifetime, only its apostrophe.
fn char_end(bytes: &[u8], from: usize) -> usize {
    if bytes.get(from + 1) == Some(&b'\\') {
        let rest = bytes.get(from + 3..).unwrap_or_default();
        return rest.iter().position(|b| *b == b'\'').map_or(bytes.len(), |n| from + 4 + n);
    }
    let width = match bytes.get(from + 1) {
        Some(b) if *b >= 0xf0 => 4,
        Some(b) if *b >= 0xe0 => 3,
        Some(b) if *b >= 0xc0 => 2,
        _ => 1,
    };
    if bytes.get(from + 1 + width) == Some(&b'\'') { from + width + 2 } else { from + 1 }
}

pub const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The line of a place in a text, from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
}

/// Where `word` stands in `text` with nothing of a longer word beside it.
pub fn words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let bytes = text.as_bytes();
    let edge = |at: Option<usize>| at.and_then(|i| bytes.get(i)).is_none_or(|b| !is_word(*b));
    let opens = word.bytes().next().is_some_and(is_word);
    let closes = word.bytes().last().is_some_and(is_word);
    text.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |at| (!opens || edge(at.checked_sub(1))) && (!closes || edge(Some(at + word.len()))))
}

/// The place after the bracket that closes the one at `open`.
pub fn closing(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// What stands between the brackets that open at `open`, cut at its own commas. Ranges of `code`.
pub fn arguments(code: &str, open: usize) -> Vec<(usize, usize)> {
    let Some(end) = closing(code, open) else {
        return Vec::new();
    };
    let (mut depth, mut from, mut out) = (0usize, open + 1, Vec::new());
    for (at, byte) in code.bytes().enumerate().take(end).skip(open) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 1 => {
                out.push((from, at));
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push((from, end - 1));
    out.retain(|(a, b)| !code[*a..*b].trim().is_empty());
    out
}

/// Whether a whole file is test.
pub fn is_test_path(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.split('/').any(|part| matches!(part, "tests" | "benches" | "examples" | "fuzz"))
        || name == "tests.rs"
}

/// Which lines (from 0) stand under `#[cfg(test)]`.
pub fn test_lines(code: &str) -> Vec<bool> {
    let mut marks = vec![false; code.lines().count()];
    for (at, mark) in code.match_indices("#[cfg(test)]") {
        let rest = &code[at + mark.len()..];
        let Some(first) = rest.find(['{', ';']) else {
            continue;
        };
        let open = at + mark.len() + first;
        let end =
            if code.as_bytes()[open] == b'{' { closing(code, open).unwrap_or(code.len()) } else { open + 1 };
        let (from, to) = (line_of(code, at) - 1, line_of(code, end.saturating_sub(1)));
        for line in marks.iter_mut().take(to).skip(from) {
            *line = true;
        }
    }
    marks
}

/// A function with a body.
#[derive(PartialEq, Eq, Debug)]
pub struct Function<'a> {
    pub name: &'a str,
    /// From 1.
    pub line: usize,
    /// Lines with code from the signature to the closing brace.
    pub length: usize,
}

/// All functions with a body.
pub fn functions(code: &str) -> Vec<Function<'_>> {
    let mut out = Vec::new();
    for at in words(code, "fn") {
        let rest = code[at + 2..].trim_start();
        let length = rest.bytes().take_while(|b| is_word(*b)).count();
        let start = code.len() - rest.len();
        if length == 0 {
            continue;
        }
        let Some(open) = body_of(code, start + length) else {
            continue;
        };
        let Some(end) = closing(code, open) else { continue };
        let lines = code[at..end].lines().filter(|l| !l.trim().is_empty()).count();
        out.push(Function { name: &rest[..length], line: line_of(code, at), length: lines });
    }
    out
}

/// The brace that opens the body of the function whose signature goes on at `from`.
fn body_of(code: &str, from: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in code.bytes().enumerate().skip(from) {
        match byte {
            b'{' if depth == 0 => return Some(at),
            b';' if depth == 0 => return None,
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_no_code() {
        let text = "let a = \"unsafe \\\" {\"; // unsafe {\nlet b = r#\"un\"safe {\"#; /* unsafe /* { */ */ let c = '{';\n";
        let code = code_only(text);
        assert_eq!(code.len(), text.len());
        assert_eq!(code.lines().count(), 2);
        assert!(!code.contains("safe") && !code.contains('{'), "{code}");
        assert_eq!(code.matches('"').count(), 4, "{code}");
    }

    #[test]
    fn lifetimes_and_letters_are_told_apart() {
        let code = code_only("fn f<'a>(x: &'a str) -> char { match x { _ => 'ł' } } // '\nfn g() { '\\'' }");
        assert_eq!(code.matches('{').count(), 3, "{code}");
        assert!(code.contains("fn g"));
        assert!(!code.contains('ł'));
    }

    #[test]
    fn raw_names_are_no_strings() {
        let code = code_only("let r#type = 1; let bar = \"{\"; f(br\"{\")");
        assert!(code.contains("r#type = 1"));
        assert!(!code.contains('{'));
    }

    #[test]
    fn functions_have_a_length() {
        let code = code_only(
            "fn a();\n\nfn long(\n    x: [u8; { 1 + 1 }],\n) -> u8\n{\n    // why\n\n    x[0]\n}\ntype F = fn(u8);\n",
        );
        assert_eq!(functions(&code), [Function { name: "long", line: 3, length: 6 }]);
    }

    #[test]
    fn test_modules_are_marked() {
        let code = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n#[cfg(test)]\nmod t;\nfn d() {}\n";
        assert_eq!(test_lines(code), [false, true, true, true, true, false, true, true, false]);
    }

    #[test]
    fn words_stand_alone() {
        assert_eq!(words("unsafe_code unsafe", "unsafe").collect::<Vec<_>>(), [12]);
        assert_eq!(words("a::now() Instant::now()", "Instant::now").count(), 1);
        assert_eq!(words("MyInstant::now()", "Instant::now").count(), 0);
    }

    #[test]
    fn arguments_are_cut_at_their_own_commas() {
        let code = "f(a(1, 2), [3, 4], b,)";
        let cut: Vec<&str> = arguments(code, 1).into_iter().map(|(a, b)| code[a..b].trim()).collect();
        assert_eq!(cut, ["a(1, 2)", "[3, 4]", "b"]);
    }
}
