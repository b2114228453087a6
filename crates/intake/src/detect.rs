//! Which encoding a file of text is in, and what delimits its columns.

use crate::decode::{Decoded, Input, read_some, unreadable};
use encoding_rs::{Encoding, ISO_8859_2, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252};
use kernel::{Fault, FaultKind, Result, Text};
use std::io::SeekFrom;

/// What is looked at to tell text from rubbish and to find the delimiter.
const SAMPLE: usize = 64 << 10;
/// Records of the sample that vote on the delimiter.
const VOTERS: usize = 25;

/// What was found.
pub(crate) struct Detected {
    pub(crate) encoding: &'static Encoding,
    /// Some bytes are no text in `encoding`: they decode to U+FFFD.
    pub(crate) lossy: bool,
}

/// Reads all of `input` and rewinds it. A look at the beginning would not do: the first Polish letter
/// may come a hundred megabytes later.
pub(crate) fn encoding(input: &mut Box<dyn Input>) -> Result<Detected> {
    let mut buffer = vec![0; SAMPLE];
    let n = fill(input.as_mut(), &mut buffer)?;
    let head = &buffer[..n];
    let marked = Encoding::for_bom(head).map(|(encoding, _)| encoding);
    let wide = if marked.is_some() { marked } else { utf16(head) };
    if let Some(encoding) = wide.filter(|e| *e != UTF_8) {
        input.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        return Ok(Detected { encoding, lossy: true });
    }
    if rubbish(head) {
        return Err(not_text());
    }
    let mut evidence = Evidence::default();
    evidence.feed(head);
    loop {
        let n = fill(input.as_mut(), &mut buffer)?;
        if n == 0 {
            break;
        }
        evidence.feed(&buffer[..n]);
    }
    input.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    Ok(evidence.verdict())
}

pub(crate) fn not_text() -> Fault {
    Fault::new(
        FaultKind::Unsupported,
        Text::of(
            "To nie jest plik tekstowy, arkusz XLSX ani vCard. Zapisz dane jako CSV (UTF-8), XLSX lub VCF.",
            "This is neither a text file nor an XLSX sheet nor a vCard. Save the data as CSV (UTF-8), XLSX or VCF.",
        ),
    )
}

/// The first bytes, after which the input is rewound.
pub(crate) fn head(input: &mut dyn Input) -> Result<Vec<u8>> {
    let mut buffer = vec![0; SAMPLE];
    let n = fill(input, &mut buffer)?;
    buffer.truncate(n);
    input.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    Ok(buffer)
}

/// Fills the buffer as far as the input goes.
pub(crate) fn fill(input: &mut dyn Input, buffer: &mut [u8]) -> Result<usize> {
    let mut n = 0;
    while n < buffer.len() {
        match read_some(input, &mut buffer[n..])? {
            0 => break,
            more => n += more,
        }
    }
    Ok(n)
}

/// UTF-16 without a byte order mark: half of the bytes of Latin text are zero, all on one side.
fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    let zeros = |side: usize| head.chunks_exact(2).filter(|p| p[side] == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if pairs > 0 && odd * 2 > pairs && even * 20 < pairs {
        Some(UTF_16LE)
    } else if pairs > 0 && even * 2 > pairs && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Zero bytes, or more control characters than a text has.
fn rubbish(head: &[u8]) -> bool {
    let control = |b: &&u8| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c);
    head.contains(&0) || head.iter().filter(control).count() * 50 > head.len()
}

/// What the bytes above 127 say.
struct Evidence {
    /// Characters of UTF-8 longer than a byte, and bytes that cannot be UTF-8.
    multibyte: u64,
    broken: u64,
    /// Bytes of a character that the last chunk cut.
    cut: Vec<u8>,
    /// Letters that stand elsewhere in the two Polish encodings, by the one they speak for.
    windows: u64,
    iso: u64,
    /// Polish letters that stand at the same place in both.
    polish: u64,
    guesser: chardetng::EncodingDetector,
    fed: usize,
}

impl Default for Evidence {
    fn default() -> Self {
        Self {
            multibyte: 0,
            broken: 0,
            cut: Vec::new(),
            windows: 0,
            iso: 0,
            polish: 0,
            guesser: chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny),
            fed: 0,
        }
    }
}

impl Evidence {
    fn feed(&mut self, chunk: &[u8]) {
        if self.cut.is_empty() && chunk.is_ascii() {
            return;
        }
        self.utf8(chunk);
        for &byte in chunk {
            match byte {
                // Typographic quotes, dashes, Ś and ś, Ź and ź in Windows-1250; controls in ISO 8859-2.
                0x80..=0x9f => self.windows += 2,
                // ą and Ą of Windows-1250; š and Ľ in ISO 8859-2.
                0xb9 | 0xa5 => self.windows += 2,
                // ą, Ą, ś, Ś, ź, Ź of ISO 8859-2; ±, ˇ, ¶, ¦, Ľ, ¬ in Windows-1250.
                0xb1 | 0xa1 | 0xb6 | 0xa6 | 0xbc | 0xac => self.iso += 2,
                0xea | 0xb3 | 0xbf | 0xe6 | 0xa3 | 0xaf | 0xca | 0xd3 | 0xf3 => self.polish += 1,
                _ => {}
            }
        }
        if self.fed < 1 << 20 {
            self.guesser.feed(chunk, false);
            self.fed += chunk.len();
        }
    }

    /// Counts what is UTF-8 and what is not, across chunks.
    fn utf8(&mut self, chunk: &[u8]) {
        let mut joined = std::mem::take(&mut self.cut);
        joined.extend_from_slice(chunk);
        let mut rest = joined.as_slice();
        loop {
            match std::str::from_utf8(rest) {
                Ok(good) => {
                    self.multibyte += starts(good.as_bytes());
                    return;
                }
                Err(e) => {
                    let (good, bad) = rest.split_at(e.valid_up_to());
                    self.multibyte += starts(good);
                    match e.error_len() {
                        None => {
                            self.cut = bad.to_vec();
                            return;
                        }
                        Some(n) => {
                            self.broken += n as u64;
                            rest = &bad[n..];
                        }
                    }
                }
            }
        }
    }

    fn verdict(mut self) -> Detected {
        self.broken += self.cut.len() as u64;
        if self.broken == 0 {
            return Detected { encoding: UTF_8, lossy: false };
        }
        // A few damaged bytes in a file that is UTF-8 everywhere else.
        if self.multibyte > 20 * self.broken {
            return Detected { encoding: UTF_8, lossy: true };
        }
        let encoding = match self.windows.cmp(&self.iso) {
            std::cmp::Ordering::Greater => WINDOWS_1250,
            std::cmp::Ordering::Less => ISO_8859_2,
            std::cmp::Ordering::Equal => {
                self.guesser.feed(&[], true);
                let guess = self.guesser.guess(Some(b"pl"), chardetng::Utf8Detection::Deny);
                if guess == ISO_8859_2 || (guess == WINDOWS_1252 && self.polish == 0) {
                    guess
                } else {
                    WINDOWS_1250
                }
            }
        };
        Detected { encoding, lossy: false }
    }
}

/// First bytes of characters longer than a byte.
fn starts(utf8: &[u8]) -> u64 {
    utf8.iter().filter(|b| **b >= 0xc0).count() as u64
}

/// The beginning of the decoded text.
pub(crate) fn sample(input: Box<dyn Input>, encoding: &'static Encoding) -> Result<String> {
    let mut text = Decoded::new(input, encoding);
    let mut out = Vec::new();
    while out.len() < SAMPLE {
        let chunk = text.chunk()?;
        let n = chunk.len();
        if n == 0 {
            break;
        }
        out.extend_from_slice(chunk);
        text.consume(n);
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// The delimiter under which the first records have most columns and agree on their number. Quoted
/// text does not count.
pub(crate) fn delimiter(sample: &str) -> u8 {
    // Excel's own way to say it.
    let hint = sample.lines().next().and_then(|l| l.strip_prefix("sep="));
    if let Some([d]) = hint.map(str::as_bytes) {
        return *d;
    }
    let mut best = (0, b',');
    for candidate in [b';', b',', b'\t', b'|'] {
        let score = score(sample, candidate);
        if score > best.0 && stands_outside_quotes(sample, candidate) {
            best = (score, candidate);
        }
    }
    best.1
}

/// Whether the heading row has it outside quotation marks.
fn stands_outside_quotes(sample: &str, delimiter: u8) -> bool {
    let mut quoted = false;
    for byte in sample.trim_start_matches('\n').bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => return false,
            b if b == delimiter && !quoted => return true,
            _ => {}
        }
    }
    false
}

fn score(sample: &str, delimiter: u8) -> usize {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(sample.as_bytes());
    let mut widths = reader.byte_records().take(VOTERS).map_while(|r| r.ok().map(|r| r.len()));
    let Some(heading) = widths.next().filter(|w| *w > 1) else {
        return 0;
    };
    let (mut agree, mut all) = (1, 1);
    for width in widths {
        all += 1;
        agree += usize::from(width == heading);
    }
    heading * 1000 * agree / all
}

#[cfg(test)]
mod tests {
    use super::delimiter;

    #[test]
    fn delimiters_outside_quotes_decide() {
        assert_eq!(delimiter("Imię;Nazwisko;Uwagi\nJan;Nowak;a, b, c, d\n"), b';');
        assert_eq!(delimiter("a,b\n\"x;y;z\",\"1;2;3\"\n"), b',');
        assert_eq!(delimiter("a\tb\tc\n1,5\t2\t3\n"), b'\t');
        assert_eq!(delimiter("\"Nazwisko; imię\",\"E-mail\",\"a;b;c;d\"\n"), b',');
        assert_eq!(delimiter("E-mail\njan@przyklad.pl\n"), b',');
        assert_eq!(delimiter("sep=|\na,b,c|d\n"), b'|');
    }
}
