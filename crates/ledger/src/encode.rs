//! Bytes of an event: `docs/formats/ledger.md`, "Leaf".

use crate::event::{Act, Event};
use crate::parts::{Outcome, Touch, TouchKind, Who};
use kernel::{Fault, Id, Result, Time, UserId};

/// Touches of one event.
pub const MAX_TOUCHES: usize = 250_000;
/// Bytes of the sealed detail of one event.
pub const MAX_DETAIL: usize = 1 << 20;

const FORMAT: u8 = 1;
/// Fixed parts, all optional parts, and the two lengths.
const HEAD: usize = 1 + 16 + 8 + 17 + 2 + 1 + 1 + 16 + 2 + 16 + 16 + 16 + 4 + 4;

const HAS_SESSION: u8 = 1;
const HAS_ENTITY: u8 = 2;
const HAS_RECORD: u8 = 4;
const HAS_SUBJECT: u8 = 8;
const HAS_PART_OF: u8 = 16;

impl Event {
    /// Whether the event may be kept: limits, and a hash with each written touch and no other.
    ///
    /// # Errors
    /// A fault of the program: nothing from outside makes such an event.
    pub fn check(&self) -> Result<()> {
        if self.touches.len() > MAX_TOUCHES {
            return Err(Fault::bug(format!("event {}: {} touches", self.id, self.touches.len())));
        }
        if self.detail.len() > MAX_DETAIL {
            return Err(Fault::bug(format!("event {}: detail of {} bytes", self.id, self.detail.len())));
        }
        let whole = |t: &Touch| t.hash.is_some() == (t.kind == TouchKind::Written);
        if !self.touches.iter().all(whole) {
            return Err(Fault::bug(format!("event {}: a hash is missing or too many", self.id)));
        }
        Ok(())
    }

    /// The canonical bytes. For an event that passes [`Event::check`] they decode to the same event;
    /// of others, a written touch without a hash gets zeros and a hash that does not belong is left
    /// out.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let hashes = self.touches.iter().filter(|t| t.kind == TouchKind::Written).count();
        let mut out =
            Vec::with_capacity(HEAD + 7 + self.touches.len() * 16 + hashes * 32 + self.detail.len());
        out.push(FORMAT);
        out.extend_from_slice(self.id.bytes());
        out.extend_from_slice(&self.at.0.to_be_bytes());
        out.push(who_number(self.who));
        if let Who::User(user) = self.who {
            out.extend_from_slice(user.bytes());
        }
        out.extend_from_slice(&(self.act as u16).to_be_bytes());
        out.push(outcome_number(self.outcome));
        self.encode_parts(&mut out);
        encode_touches(&self.touches, &mut out);
        out.extend_from_slice(&length(self.detail.len()));
        out.extend_from_slice(&self.detail);
        out
    }

    fn encode_parts(&self, out: &mut Vec<u8>) {
        let flag = |present: bool, bit: u8| if present { bit } else { 0 };
        out.push(
            flag(!self.session.is_nil(), HAS_SESSION)
                | flag(self.entity != 0, HAS_ENTITY)
                | flag(!self.record.is_nil(), HAS_RECORD)
                | flag(!self.subject.is_nil(), HAS_SUBJECT)
                | flag(!self.part_of.is_nil(), HAS_PART_OF),
        );
        if !self.session.is_nil() {
            out.extend_from_slice(self.session.bytes());
        }
        if self.entity != 0 {
            out.extend_from_slice(&self.entity.to_be_bytes());
        }
        for id in [self.record.bytes(), self.subject.bytes(), self.part_of.bytes()] {
            if *id != [0; 16] {
                out.extend_from_slice(id);
            }
        }
    }

    /// Reads the canonical bytes and nothing else: what decodes, encodes to the same bytes.
    ///
    /// # Errors
    /// `Corrupt`, with the reason for the log.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        let mut input = Input(bytes);
        let event = input.event().map_err(|why| Fault::corrupt(format!("event: {why}")))?;
        if input.0.is_empty() { Ok(event) } else { Err(Fault::corrupt("event: trailing bytes")) }
    }
}

/// A length as it is written. Lengths above the limits do not pass [`Event::check`].
fn length(n: usize) -> [u8; 4] {
    u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes()
}

const fn who_number(who: Who) -> u8 {
    match who {
        Who::Nobody => 0,
        Who::User(_) => 1,
        Who::System => 2,
        Who::Operator => 3,
    }
}

const fn outcome_number(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Done => 1,
        Outcome::Refused => 2,
        Outcome::Failed => 3,
    }
}

const fn kind_number(kind: TouchKind) -> u8 {
    match kind {
        TouchKind::Seen => 1,
        TouchKind::Written => 2,
        TouchKind::Removed => 3,
    }
}

fn encode_touches(touches: &[Touch], out: &mut Vec<u8>) {
    let groups = || touches.chunk_by(|a, b| a.entity == b.entity && a.kind == b.kind);
    out.extend_from_slice(&length(groups().count()));
    for group in groups() {
        let Touch { entity, kind, .. } = group[0];
        out.extend_from_slice(&entity.to_be_bytes());
        out.push(kind_number(kind));
        out.extend_from_slice(&length(group.len()));
        for touch in group {
            out.extend_from_slice(&touch.id);
            if kind == TouchKind::Written {
                out.extend_from_slice(&touch.hash.unwrap_or_default());
            }
        }
    }
}

type Read<T> = std::result::Result<T, &'static str>;

/// What is left to read.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, n: usize) -> Read<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(n).ok_or("cut short")?;
        self.0 = tail;
        Ok(head)
    }

    fn array<const N: usize>(&mut self) -> Read<[u8; N]> {
        let (head, tail) = self.0.split_first_chunk().ok_or("cut short")?;
        self.0 = tail;
        Ok(*head)
    }

    fn byte(&mut self) -> Read<u8> {
        Ok(self.array::<1>()?[0])
    }

    fn number(&mut self) -> Read<u16> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    fn length(&mut self, max: usize) -> Read<usize> {
        let n = usize::try_from(u32::from_be_bytes(self.array()?)).map_err(|_| "length")?;
        if n <= max { Ok(n) } else { Err("above a limit") }
    }

    /// An id that is there if `bit` is set in `flags`.
    fn part<K>(&mut self, flags: u8, bit: u8) -> Read<Id<K>> {
        if flags & bit == 0 {
            return Ok(Id::NIL);
        }
        let id = Id::from_bytes(self.array()?);
        if id.is_nil() { Err("a nil id is written out") } else { Ok(id) }
    }

    fn event(&mut self) -> Read<Event> {
        if self.byte()? != FORMAT {
            return Err("unknown format");
        }
        let id = Id::from_bytes(self.array()?);
        let at = Time(i64::from_be_bytes(self.array()?));
        let who = self.who()?;
        let act = Act::from_number(self.number()?).ok_or("unknown act")?;
        let outcome = match self.byte()? {
            1 => Outcome::Done,
            2 => Outcome::Refused,
            3 => Outcome::Failed,
            _ => return Err("unknown outcome"),
        };
        let flags = self.byte()?;
        if flags >= 32 {
            return Err("unknown parts");
        }
        let session = self.part(flags, HAS_SESSION)?;
        let entity = if flags & HAS_ENTITY == 0 { 0 } else { self.number()? };
        if flags & HAS_ENTITY != 0 && entity == 0 {
            return Err("entity 0 is written out");
        }
        let record = self.part(flags, HAS_RECORD)?;
        let subject = self.part(flags, HAS_SUBJECT)?;
        let part_of = self.part(flags, HAS_PART_OF)?;
        let touches = self.touches()?;
        let detail = self.length(MAX_DETAIL)?;
        let detail = self.take(detail)?.to_vec();
        Ok(Event { id, at, who, session, act, outcome, entity, record, subject, part_of, touches, detail })
    }

    fn who(&mut self) -> Read<Who> {
        Ok(match self.byte()? {
            0 => Who::Nobody,
            1 => Who::User(UserId::from_bytes(self.array()?)),
            2 => Who::System,
            3 => Who::Operator,
            _ => return Err("unknown who"),
        })
    }

    fn touches(&mut self) -> Read<Vec<Touch>> {
        let groups = self.length(MAX_TOUCHES)?;
        let mut touches = Vec::new();
        let mut before = None;
        for _ in 0..groups {
            let entity = self.number()?;
            let kind = match self.byte()? {
                1 => TouchKind::Seen,
                2 => TouchKind::Written,
                3 => TouchKind::Removed,
                _ => return Err("unknown touch"),
            };
            if before.replace((entity, kind)) == Some((entity, kind)) {
                return Err("one group in two");
            }
            let n = self.length(MAX_TOUCHES - touches.len())?;
            let size = if kind == TouchKind::Written { 48 } else { 16 };
            if n == 0 {
                return Err("an empty group");
            }
            // Taken before room is made, so that a length in a few bytes cannot ask for much.
            let mut items = Input(self.take(n * size)?);
            touches.reserve(n);
            for _ in 0..n {
                let id = items.array()?;
                let hash = if kind == TouchKind::Written { Some(items.array()?) } else { None };
                touches.push(Touch { entity, id, kind, hash });
            }
        }
        Ok(touches)
    }
}
