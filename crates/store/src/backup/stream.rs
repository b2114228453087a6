//! The frames of a backup: header, items, trailer, and the hash over all of it.

use super::item::{Cursor, EVENT, RECORD};
use super::{Counts, Item, damaged};
use kernel::{Fault, FaultKind, OrgId, Result, Text, Time};
use ledger::{MAX_CHECKPOINT, SignedCheckpoint};
use std::io::{self, Read, Write};
use vault::{Sha256, io_fault, parcel_fault};

/// Begins every backup.
const MAGIC: &[u8] = b"klucznik-backup-1\n";
const HEADER: u8 = 1;
const TRAILER: u8 = 7;
/// Version of what the items say, whichever engine they come from.
const SCHEMA: u16 = 1;
/// Bytes of one frame at most: a sealed value, or an event of as many touches as it may have, and its columns.
const FRAME: usize = 18 << 20;

/// What a backup says of itself before anything else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Header {
    /// Whose data.
    pub organisation: OrgId,
    /// When it was begun.
    pub at: Time,
    /// Items that follow, of all kinds together, for showing how far it is.
    pub expected: u64,
    /// The ledger's signed checkpoint of that moment, as text.
    pub checkpoint: String,
}

impl Header {
    /// The checkpoint, read but not verified.
    ///
    /// # Errors
    /// Corrupt if it is none.
    pub fn signed(&self) -> Result<SignedCheckpoint> {
        SignedCheckpoint::parse(&self.checkpoint).map_err(|_| damaged("the checkpoint"))
    }

    fn encode(&self) -> Vec<u8> {
        let mut out = SCHEMA.to_be_bytes().to_vec();
        out.extend_from_slice(self.organisation.bytes());
        out.extend_from_slice(&self.at.0.to_be_bytes());
        out.extend_from_slice(&self.expected.to_be_bytes());
        out.extend_from_slice(self.checkpoint.as_bytes());
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self> {
        let mut c = Cursor(bytes);
        let schema = c.u16()?;
        if schema != SCHEMA {
            let text = Text::of(
                "Kopię zapasową zrobiła inna wersja programu. Przywróć ją tamtą wersją albo nowszą.",
                "Another release made this backup. Restore it with that release, or a newer one.",
            );
            return Err(Fault::new(FaultKind::Unsupported, text).internal(format!("backup schema {schema}")));
        }
        let (organisation, at, expected) = (c.id()?, c.time()?, c.u64()?);
        if c.0.len() > MAX_CHECKPOINT {
            return Err(damaged("the checkpoint is too long"));
        }
        let checkpoint = String::from_utf8(c.0.to_vec()).map_err(|_| damaged("the checkpoint is no text"))?;
        Ok(Self { organisation, at, expected, checkpoint })
    }
}

/// Writes a backup.
pub struct Writer<W> {
    out: W,
    hash: Sha256,
    counts: Counts,
}

impl<W: Write> Writer<W> {
    /// Begins it.
    ///
    /// # Errors
    /// Full or internal, as writing fails.
    pub fn new(out: W, header: &Header) -> Result<Self> {
        let mut writer = Self { out, hash: Sha256::default(), counts: Counts::default() };
        writer.write(MAGIC)?;
        writer.frame(HEADER, &header.encode())?;
        Ok(writer)
    }

    /// # Errors
    /// As [`Writer::new`].
    pub fn put(&mut self, item: &Item) -> Result<()> {
        *self.counts.of(item) += 1;
        self.frame(item.kind(), &item.encode())
    }

    /// Items written so far.
    pub const fn done(&self) -> u64 {
        self.counts.total()
    }

    /// Writes the end.
    ///
    /// # Errors
    /// As [`Writer::new`].
    pub fn finish(mut self) -> Result<(Counts, W)> {
        let Counts { records, links, changes, docs, events } = self.counts;
        let mut body = [records, links, changes, docs, events].map(u64::to_be_bytes).as_flattened().to_vec();
        self.write(&[TRAILER])?;
        self.write(&(TRAILER_LENGTH as u32).to_be_bytes())?;
        self.write(&body)?;
        body = std::mem::take(&mut self.hash).finish().to_vec();
        self.write(&body)?;
        Ok((self.counts, self.out))
    }

    fn frame(&mut self, kind: u8, body: &[u8]) -> Result<()> {
        if body.len() > FRAME {
            return Err(Fault::bug(format!("backup: {} bytes in a frame of kind {kind}", body.len())));
        }
        let length = u32::try_from(body.len()).map_err(Fault::bug)?;
        self.write(&[kind])?;
        self.write(&length.to_be_bytes())?;
        self.write(body)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.hash.update(bytes);
        self.out.write_all(bytes).map_err(|e| io_fault("backup", &e))
    }
}

/// Bytes of the trailer: five counts and the hash.
const TRAILER_LENGTH: usize = 5 * 8 + 32;

/// Reads a backup.
pub struct Reader<R> {
    input: R,
    hash: Sha256,
    header: Header,
    counts: Counts,
    /// Kind of the last item: they come in order.
    last: u8,
    whole: bool,
}

impl<R: Read> Reader<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// Corrupt if this is no backup; unsupported if another release made it.
    pub fn new(input: R) -> Result<Self> {
        let header =
            Header { organisation: OrgId::NIL, at: Time::default(), expected: 0, checkpoint: String::new() };
        let mut reader = Self {
            input,
            hash: Sha256::default(),
            header,
            counts: Counts::default(),
            last: RECORD,
            whole: false,
        };
        if reader.take(MAGIC.len())? != MAGIC {
            return Err(damaged("it does not begin as one"));
        }
        let (kind, length) = reader.head()?;
        if kind != HEADER {
            return Err(damaged("the header is missing"));
        }
        let body = reader.take(length)?;
        reader.header = Header::decode(&body)?;
        Ok(reader)
    }

    /// What it says of itself.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// What came so far; of all there is once [`Reader::item`] has given nothing.
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Whether the end was reached, and all was as the trailer says.
    pub const fn is_whole(&self) -> bool {
        self.whole
    }

    /// The next item; `None` at the end, when everything was there.
    ///
    /// # Errors
    /// Corrupt if something is missing, altered, or in another place.
    pub fn item(&mut self) -> Result<Option<Item>> {
        if self.whole {
            return Ok(None);
        }
        let (kind, length) = self.head()?;
        if kind == TRAILER {
            self.end(length)?;
            return Ok(None);
        }
        if !(self.last..=EVENT).contains(&kind) {
            return Err(damaged(format!("kind {kind} after kind {}", self.last)));
        }
        self.last = kind;
        let body = self.take(length)?;
        let item = Item::decode(kind, body)?;
        *self.counts.of(&item) += 1;
        Ok(Some(item))
    }

    fn end(&mut self, length: usize) -> Result<()> {
        if length != TRAILER_LENGTH {
            return Err(damaged("the trailer's length"));
        }
        let counts = self.take(5 * 8)?;
        let hash = std::mem::take(&mut self.hash).finish();
        let kept = self.take(32)?;
        let mut c = Cursor(&counts);
        let said = Counts {
            records: c.u64()?,
            links: c.u64()?,
            changes: c.u64()?,
            docs: c.u64()?,
            events: c.u64()?,
        };
        if kept != hash {
            return Err(damaged("the hash over everything"));
        }
        if said != self.counts {
            return Err(damaged("the counts"));
        }
        // Asking for more also lets the cipher see its own end.
        let mut more = [0; 1];
        match self.input.read(&mut more) {
            Ok(0) => {}
            Ok(_) => return Err(damaged("something follows the end")),
            Err(e) => return Err(parcel_fault(&e)),
        }
        self.whole = true;
        Ok(())
    }

    fn head(&mut self) -> Result<(u8, usize)> {
        let head = self.take(5)?;
        let mut c = Cursor(&head);
        let ([kind], length) = (c.take()?, u32::from_be_bytes(c.take()?) as usize);
        if length > FRAME {
            return Err(damaged(format!("a frame of {length} bytes")));
        }
        Ok((kind, length))
    }

    fn take(&mut self, length: usize) -> Result<Vec<u8>> {
        // Not all at once: a wrong length must not take memory that no bytes fill.
        let mut bytes = Vec::with_capacity(length.min(64 << 10));
        let read = io::Read::take(&mut self.input, length as u64).read_to_end(&mut bytes);
        read.map_err(|e| parcel_fault(&e))?;
        if bytes.len() != length {
            return Err(damaged("it is cut short"));
        }
        self.hash.update(&bytes);
        Ok(bytes)
    }
}
