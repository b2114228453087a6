//! Bytes of a file as UTF-8 text, chunk by chunk: encodings decoded, line ends made `\n`, the last
//! line ended.

use encoding_rs::{CoderResult, Decoder, Encoding};
use kernel::{Fault, FaultKind, Result, Text};
use std::io::{Read, Seek};

/// Where bytes come from.
pub(crate) trait Input: Read + Seek + Send {}
impl<T: Read + Seek + Send> Input for T {}

/// Bytes read at once.
const RAW: usize = 64 << 10;
/// Room for their decoding: no encoding we read grows by more than three.
const DECODED: usize = 3 * RAW + 16;

/// A decoded stream.
pub(crate) struct Decoded {
    input: Box<dyn Input>,
    decoder: Decoder,
    raw: Vec<u8>,
    out: Vec<u8>,
    /// What of `out` is not consumed yet.
    pos: usize,
    end: usize,
    eof: bool,
    after_cr: bool,
    last: u8,
    read: u64,
}

impl Decoded {
    pub(crate) fn new(input: Box<dyn Input>, encoding: &'static Encoding) -> Self {
        Self {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; RAW],
            out: vec![0; DECODED],
            pos: 0,
            end: 0,
            eof: false,
            after_cr: false,
            last: b'\n',
            read: 0,
        }
    }

    /// Bytes taken from the file so far.
    pub(crate) const fn read(&self) -> u64 {
        self.read
    }

    /// The next stretch of text; empty at the end. Always valid UTF-8 when all stretches are put
    /// together, never cut inside a character.
    pub(crate) fn chunk(&mut self) -> Result<&[u8]> {
        while self.pos == self.end && !self.eof {
            self.fill()?;
        }
        Ok(&self.out[self.pos..self.end])
    }

    pub(crate) fn consume(&mut self, n: usize) {
        self.pos = (self.pos + n).min(self.end);
    }

    fn fill(&mut self) -> Result<()> {
        let n = read_some(&mut self.input, &mut self.raw)?;
        self.read += n as u64;
        let last = n == 0;
        let (result, taken, written, _) =
            self.decoder.decode_to_utf8(&self.raw[..n], &mut self.out[..DECODED - 1], last);
        if result == CoderResult::OutputFull || taken != n {
            return Err(Fault::bug("decoding outgrew its buffer"));
        }
        self.pos = 0;
        self.end = self.unify_line_ends(written);
        if self.end > 0 {
            self.last = self.out[self.end - 1];
        }
        if last {
            self.eof = true;
            if self.last != b'\n' {
                self.out[self.end] = b'\n';
                self.end += 1;
            }
        }
        Ok(())
    }

    /// `\r\n` and a lone `\r` become `\n`, in place. Returns the new length.
    fn unify_line_ends(&mut self, len: usize) -> usize {
        let text = &mut self.out[..len];
        if !self.after_cr && !text.contains(&b'\r') {
            return len;
        }
        let mut to = 0;
        for from in 0..len {
            let byte = text[from];
            if !(byte == b'\n' && self.after_cr) {
                text[to] = if byte == b'\r' { b'\n' } else { byte };
                to += 1;
            }
            self.after_cr = byte == b'\r';
        }
        to
    }
}

/// Reads once, going on when a signal interrupts.
pub(crate) fn read_some(input: &mut dyn Input, buffer: &mut [u8]) -> Result<usize> {
    loop {
        match input.read(buffer) {
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            other => return other.map_err(unreadable),
        }
    }
}

/// The file could be opened, but the disk does not give it.
pub(crate) fn unreadable(error: impl std::fmt::Display) -> Fault {
    Fault::new(
        FaultKind::Unavailable,
        Text::of("Nie udało się odczytać pliku do końca.", "The file could not be read to its end."),
    )
    .internal(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::Decoded;
    use std::io::Cursor;

    fn all(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> String {
        let mut d = Decoded::new(Box::new(Cursor::new(bytes.to_vec())), encoding);
        let mut out = Vec::new();
        loop {
            let chunk = d.chunk().unwrap();
            if chunk.is_empty() {
                return String::from_utf8(out).unwrap();
            }
            out.extend_from_slice(chunk);
            let n = chunk.len();
            d.consume(n);
        }
    }

    #[test]
    fn line_ends_become_one_kind_and_the_last_line_ends() {
        assert_eq!(all(b"a\r\nb\rc\nd", encoding_rs::UTF_8), "a\nb\nc\nd\n");
        assert_eq!(all(b"a\r\n", encoding_rs::UTF_8), "a\n");
        assert_eq!(all(b"", encoding_rs::UTF_8), "");
    }

    #[test]
    fn a_line_end_across_two_chunks_is_one() {
        let mut bytes = vec![b'x'; super::RAW - 1];
        bytes.extend_from_slice(b"\r\ny");
        assert_eq!(all(&bytes, encoding_rs::UTF_8).lines().count(), 2);
    }

    #[test]
    fn a_letter_across_two_chunks_survives() {
        let mut bytes = vec![b'x'; super::RAW - 1];
        bytes.extend_from_slice("żółć".as_bytes());
        assert!(all(&bytes, encoding_rs::UTF_8).ends_with("xżółć\n"));
    }
}
