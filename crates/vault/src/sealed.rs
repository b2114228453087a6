//! Sealed values. Bytes: `docs/formats/sealed-value.md`.

use crate::primitives::{Secret, xaes};
use kernel::{Fault, FaultKind, OrgId, Result, SubjectId, Text};

const FORMAT: u8 = 1;
const HEAD: usize = 1 + 8 + xaes::NONCE;
const AAD: usize = 1 + 8 + 16 + 1 + 16 + 2 + 16 + 2;

/// Bytes that sealing adds.
pub const OVERHEAD: usize = HEAD + xaes::TAG;
/// Bytes of content at most.
pub const MAX_CONTENT: usize = 16 << 20;

/// Whose key seals a value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Owner {
    /// The person or company that the content is about.
    Subject(SubjectId),
    /// The organisation: content about nobody.
    Organisation,
}

/// Where a value belongs. It opens nowhere else.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Context {
    /// Whose key.
    pub owner: Owner,
    /// Number of the entity or of another kind of content.
    pub entity: u16,
    /// Id of the row.
    pub row: [u8; 16],
    /// Version of the schema that the content was written with.
    pub schema: u16,
}

impl Context {
    fn aad(&self, organisation: OrgId, key_id: [u8; 8]) -> [u8; AAD] {
        let (kind, owner) = match self.owner {
            Owner::Organisation => (0, [0; 16]),
            Owner::Subject(id) => (1, *id.bytes()),
        };
        let mut aad = [0; AAD];
        aad[0] = FORMAT;
        aad[1..9].copy_from_slice(&key_id);
        aad[9..25].copy_from_slice(organisation.bytes());
        aad[25] = kind;
        aad[26..42].copy_from_slice(&owner);
        aad[42..44].copy_from_slice(&self.entity.to_be_bytes());
        aad[44..60].copy_from_slice(&self.row);
        aad[60..].copy_from_slice(&self.schema.to_be_bytes());
        aad
    }

    /// For the log: ids alone.
    pub(crate) fn note(&self, what: &str) -> String {
        let row = hex::encode(self.row);
        let Self { entity, schema, .. } = self;
        match self.owner {
            Owner::Organisation => {
                format!("{what}: organisation, entity {entity}, row {row}, schema {schema}")
            }
            Owner::Subject(s) => {
                format!("{what}: subject {s}, entity {entity}, row {row}, schema {schema}")
            }
        }
    }
}

/// A key that seals content, with its id.
pub(crate) struct SealKey {
    pub id: [u8; 8],
    pub secret: Secret,
}

impl SealKey {
    /// Seals `content`. `nonce` is random.
    pub fn seal(
        &self,
        organisation: OrgId,
        context: &Context,
        nonce: &[u8; xaes::NONCE],
        content: &[u8],
    ) -> Result<Vec<u8>> {
        if content.len() > MAX_CONTENT {
            let text = Text::of("Treść jest za duża.", "The content is too large.");
            return Err(Fault::new(FaultKind::TooLarge, text).internal(context.note("seal")));
        }
        let mut out = Vec::with_capacity(content.len() + OVERHEAD);
        out.push(FORMAT);
        out.extend_from_slice(&self.id);
        out.extend_from_slice(nonce);
        xaes::seal(&self.secret, nonce, &context.aad(organisation, self.id), content, &mut out);
        Ok(out)
    }

    /// Opens `sealed`, if it was sealed with this key, for this context.
    pub fn open(&self, organisation: OrgId, context: &Context, sealed: &[u8]) -> Result<Vec<u8>> {
        let refuse = |why| Fault::corrupt(context.note(why));
        let (head, body) = parse(sealed).map_err(refuse)?;
        if head.key_id != self.id {
            return Err(refuse("sealed with another key"));
        }
        let mut out = body.to_vec();
        let aad = context.aad(organisation, self.id);
        let opened = xaes::open(&self.secret, head.nonce, &aad, &mut out).map(|plain| plain.len());
        let length = opened.map_err(|_| refuse("altered, or sealed for another place"))?;
        out.truncate(length);
        Ok(out)
    }
}

struct Head<'a> {
    key_id: [u8; 8],
    nonce: &'a [u8; xaes::NONCE],
}

fn parse(sealed: &[u8]) -> std::result::Result<(Head<'_>, &[u8]), &'static str> {
    if sealed.len() < OVERHEAD {
        return Err("sealed value too short");
    }
    if sealed.len() > MAX_CONTENT + OVERHEAD {
        return Err("sealed value too long");
    }
    let (format, rest) = sealed.split_first().ok_or("sealed value too short")?;
    if *format != FORMAT {
        return Err("sealed value of an unknown format");
    }
    let (key_id, rest) = rest.split_first_chunk::<8>().ok_or("sealed value too short")?;
    let (nonce, body) = rest.split_first_chunk().ok_or("sealed value too short")?;
    Ok((Head { key_id: *key_id, nonce }, body))
}

/// Seals a token under a key of its purpose; see the same document.
pub(crate) fn seal_token(
    organisation: OrgId,
    key: &Secret,
    nonce: &[u8; xaes::NONCE],
    content: &[u8],
) -> Vec<u8> {
    let mut out = Vec::with_capacity(1 + xaes::NONCE + content.len() + xaes::TAG);
    out.push(FORMAT);
    out.extend_from_slice(nonce);
    xaes::seal(key, nonce, &token_aad(organisation), content, &mut out);
    out
}

/// Opens a token; `None` if we did not make it for this purpose.
pub(crate) fn open_token(organisation: OrgId, key: &Secret, token: &[u8]) -> Option<Vec<u8>> {
    let (&FORMAT, rest) = token.split_first()? else {
        return None;
    };
    let (nonce, body) = rest.split_first_chunk::<{ xaes::NONCE }>()?;
    if body.len() > MAX_CONTENT {
        return None;
    }
    let mut out = body.to_vec();
    let length = xaes::open(key, nonce, &token_aad(organisation), &mut out).ok()?.len();
    out.truncate(length);
    Some(out)
}

fn token_aad(organisation: OrgId) -> [u8; 17] {
    let mut aad = [FORMAT; 17];
    aad[1..].copy_from_slice(organisation.bytes());
    aad
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> SealKey {
        SealKey { id: [9; 8], secret: Secret::new([1; 32]) }
    }

    fn places() -> impl Strategy<Value = (OrgId, Context)> {
        let owner = prop_oneof![
            Just(Owner::Organisation),
            (0..3u8).prop_map(|n| Owner::Subject(SubjectId::from_bytes([n; 16]))),
        ];
        (0..2u8, owner, 0..2u16, 0..2u8, 0..2u16).prop_map(|(org, owner, entity, row, schema)| {
            let context = Context { owner, entity, row: [row; 16], schema };
            (OrgId::from_bytes([org; 16]), context)
        })
    }

    #[test]
    fn associated_data_are_as_specified() {
        let owner = Owner::Subject(SubjectId::from_bytes([0x55; 16]));
        let context = Context { owner, entity: 0x0102, row: [0x77; 16], schema: 0x0304 };
        let aad = hex::encode(context.aad(OrgId::from_bytes([0xaa; 16]), [9; 8]));
        let (org, subject, row) = ("aa".repeat(16), "55".repeat(16), "77".repeat(16));
        assert_eq!(aad, format!("010909090909090909{org}01{subject}0102{row}0304"));
    }

    proptest! {
        /// Under one and the same key: so it is the context that refuses, not another key.
        #[test]
        fn each_part_of_the_place_is_bound(a in places(), b in places()) {
            let sealed = key().seal(a.0, &a.1, &[3; xaes::NONCE], b"content").unwrap();
            prop_assert_eq!(key().open(b.0, &b.1, &sealed).is_ok(), a == b);
        }
    }
}
