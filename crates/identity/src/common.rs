//! Passwords that many people have, or that were stolen somewhere: lists to which a new one is compared.

use crate::text::normal;
use kernel::{Fault, FaultKind, Result, Text};
use schema::fold;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use vault::{sha1, sha256};
use xorf::{BinaryFuse16, Filter};

/// Bytes of a hash that are compared: two passwords share them by chance once in 10^19.
pub const KEY: usize = 8;
/// Passwords in a list of one's own at most: while it is read each takes some 30 bytes, and then two.
const ENTRIES: usize = 10_000_000;
/// Bytes of a line at most; a longer one is no password.
const LINE: usize = 1_024;
/// Of what is compared without digits and signs around it, so many characters must remain.
const CORE: usize = 12;

/// Known passwords.
#[derive(Default)]
pub struct CommonPasswords {
    /// The first bytes of the SHA-256 of each, in lower case; sorted.
    packed: &'static [u8],
    /// Those of the operator's own list. It says yes to one in 65,000 that is not in it.
    more: Option<BinaryFuse16>,
}

impl CommonPasswords {
    /// Those of a packed list, as `web/scripts/passwords.mjs` makes it. It may be empty.
    #[must_use]
    pub const fn packed(packed: &'static [u8]) -> Self {
        Self { packed, more: None }
    }

    /// With those of a file: one password a line, or its SHA-1 in hexadecimal, with or without `:` and how
    /// often it was seen.
    ///
    /// # Errors
    /// The file cannot be read, holds nothing or too much.
    pub fn with_file(self, path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|e| unreadable(path, &e))?;
        let mut keys = read(BufReader::new(file), ENTRIES)
            .map_err(|e| unreadable(path, &e))?
            .ok_or_else(|| too_many(path))?;
        keys.sort_unstable();
        keys.dedup();
        if keys.is_empty() {
            return Err(empty(path));
        }
        let more =
            BinaryFuse16::try_from(keys).map_err(|e| Fault::bug(format!("{}: {e}", path.display())))?;
        Ok(Self { more: Some(more), ..self })
    }

    /// Whether there are none to compare to.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.packed.is_empty() && self.more.is_none()
    }

    /// Whether a password is among them: as it is, in lower case, or what remains of it without diacritics
    /// and without digits and signs around it.
    pub(crate) fn holds(&self, password: &str) -> bool {
        let lower = password.to_lowercase();
        let folded = fold(&normal(password));
        let core = folded.trim_matches(|c: char| !c.is_alphabetic());
        let core = Some(core).filter(|core| core.chars().count() >= CORE);
        let texts = [Some(lower.as_str()), Some(folded.as_str()), core];
        texts.into_iter().flatten().map(text_key).any(|key| self.has(key))
            || self.more.as_ref().is_some_and(|more| more.contains(&stolen_key(&sha1(password.as_bytes()))))
    }

    fn has(&self, key: u64) -> bool {
        let (keys, _) = self.packed.as_chunks::<KEY>();
        keys.binary_search(&key.to_be_bytes()).is_ok()
            || self.more.as_ref().is_some_and(|more| more.contains(&key))
    }
}

fn text_key(text: &str) -> u64 {
    first(&sha256(&[text.as_bytes()]))
}

fn stolen_key(hash: &[u8; 20]) -> u64 {
    first(hash)
}

fn first(hash: &[u8]) -> u64 {
    let mut key = [0; KEY];
    key.copy_from_slice(&hash[..KEY]);
    u64::from_be_bytes(key)
}

/// The keys of a list; none if it holds more than `most`. Lines that are no text are no passwords of anybody.
fn read(mut from: impl BufRead, most: usize) -> std::io::Result<Option<Vec<u64>>> {
    let (mut keys, mut line) = (Vec::new(), Vec::new());
    loop {
        line.clear();
        if from.by_ref().take(LINE as u64).read_until(b'\n', &mut line)? == 0 {
            return Ok(Some(keys));
        }
        let whole = line.ends_with(b"\n") || line.len() < LINE;
        if !whole {
            skip_line(&mut from)?;
            continue;
        }
        let Ok(text) = std::str::from_utf8(&line) else { continue };
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            continue;
        }
        if keys.len() == most {
            return Ok(None);
        }
        keys.push(stolen(text).map_or_else(|| text_key(&text.to_lowercase()), |hash| stolen_key(&hash)));
    }
}

fn skip_line(from: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let there = from.fill_buf()?;
        let Some(end) = there.iter().position(|b| *b == b'\n') else {
            let all = there.len();
            from.consume(all);
            if all == 0 {
                return Ok(());
            }
            continue;
        };
        from.consume(end + 1);
        return Ok(());
    }
}

/// The SHA-1 that a line of a list of stolen passwords gives.
fn stolen(line: &str) -> Option<[u8; 20]> {
    let mut hash = [0; 20];
    let digits = line.split_once(':').map_or(line, |(digits, _)| digits);
    hex::decode_to_slice(digits, &mut hash).ok().map(|()| hash)
}

fn unreadable(path: &Path, e: &std::io::Error) -> Fault {
    let path = path.display();
    Fault::new(
        FaultKind::Invalid,
        Text::new(
            format!("Nie można odczytać listy haseł {path}: {e}. Popraw list w [passwords]."),
            format!("The list of passwords {path} cannot be read: {e}. Correct list in [passwords]."),
        ),
    )
}

fn too_many(path: &Path) -> Fault {
    let path = path.display();
    Fault::new(
        FaultKind::Invalid,
        Text::new(
            format!("Lista haseł {path} ma ponad {ENTRIES} wierszy. Zostaw w niej najczęstsze."),
            format!("The list of passwords {path} has more than {ENTRIES} lines. Keep the commonest."),
        ),
    )
}

fn empty(path: &Path) -> Fault {
    let path = path.display();
    Fault::new(
        FaultKind::Invalid,
        Text::new(
            format!("Lista haseł {path} jest pusta. Podaj jedno hasło w wierszu albo jego SHA-1."),
            format!("The list of passwords {path} is empty. Give one password a line, or its SHA-1."),
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(content: &[u8]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), content).unwrap();
        file
    }

    #[test]
    fn a_packed_list_is_searched() {
        let mut keys: Vec<[u8; KEY]> =
            ["sunshinegirl", "marcinmarcin", "zolty-latawiec"].map(|p| text_key(p).to_be_bytes()).to_vec();
        keys.sort_unstable();
        let common = CommonPasswords::packed(keys.concat().leak());
        for held in [
            "sunshinegirl",
            "SunShineGirl",
            "sunshinegirl2024!",
            "!!marcinmarcin77",
            "\u{17c}\u{f3}\u{142}ty-Latawiec",
        ] {
            assert!(common.holds(held), "{held}");
        }
        for not in ["sunshinegir", "sunshine girl", "marcinmarcinmarcin", "a sunshinegirl b", ""] {
            assert!(!common.holds(not), "{not}");
        }
        assert!(!CommonPasswords::default().holds("sunshinegirl") && CommonPasswords::default().is_empty());
    }

    #[test]
    fn a_list_of_ones_own_has_passwords_or_their_hashes() {
        let long = "x".repeat(5 * LINE);
        let hash = hex::encode_upper(sha1("Correct Horse Battery".as_bytes()));
        let content = format!(
            "zimowy wiecz\u{f3}r\r\n\n{long}\n{hash}:3861493\n{}\nostatnie bez ko\u{144}ca",
            hex::encode(sha1(b"maly rower"))
        );
        let file = file(content.as_bytes());
        let common = CommonPasswords::default().with_file(file.path()).unwrap();
        for held in [
            "zimowy wiecz\u{f3}r",
            "Zimowy Wiecz\u{f3}r",
            "Correct Horse Battery",
            "maly rower",
            "ostatnie bez ko\u{144}ca",
        ] {
            assert!(common.holds(held), "{held}");
        }
        // A hash is of one spelling alone.
        for not in ["correct horse battery", "letni wiecz\u{f3}r", &hash] {
            assert!(!common.holds(not), "{not}");
        }
    }

    #[test]
    fn what_is_no_list_is_refused_with_what_to_do() {
        let said =
            |path: &Path| CommonPasswords::default().with_file(path).err().unwrap().public(kernel::Lang::En);
        assert!(said(Path::new("/nowhere/list")).contains("/nowhere/list"));
        assert!(said(file(b"\n\r\n").path()).contains("is empty"));
        assert!(said(file(b"\xff\xfe\n").path()).contains("is empty"));
        assert_eq!(read(&b"a\nb\nc\n"[..], 2).unwrap(), None);
        assert_eq!(read(&b"a\nb\n"[..], 2).unwrap().unwrap().len(), 2);
    }

    proptest::proptest! {
        /// Whatever lies in a file is read to its end, and what is a password in it is found.
        #[test]
        fn any_file_is_read(lines in proptest::collection::vec("[^\r\n]{1,30}", 1..40), noise in proptest::collection::vec(proptest::num::u8::ANY, 0..3000)) {
            let content = lines.iter().flat_map(|l| l.bytes().chain([b'\n'])).chain(noise).collect::<Vec<_>>();
            let file = file(&content);
            let common = CommonPasswords::default().with_file(file.path()).unwrap();
            for line in lines.iter().filter(|l| stolen(l).is_none()) {
                proptest::prop_assert!(common.holds(line), "{line:?}");
            }
        }
    }
}
