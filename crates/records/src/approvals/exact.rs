//! Which records exactly: by id and version, as they were when it was asked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use kernel::RecordId;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::HashMap;

/// Bytes of one: its id and its version.
const ONE: usize = 24;

/// Records with their versions, in order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Exact(pub Vec<(RecordId, u64)>);

impl Exact {
    /// The version of each.
    #[must_use]
    pub fn versions(&self) -> HashMap<RecordId, u64> {
        self.0.iter().copied().collect()
    }

    /// Their ids.
    #[must_use]
    pub fn ids(&self) -> Vec<RecordId> {
        self.0.iter().map(|(id, _)| *id).collect()
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let one = |(id, version): &(RecordId, u64)| [&id.bytes()[..], &version.to_be_bytes()].concat();
        STANDARD_NO_PAD.encode(self.0.iter().flat_map(one).collect::<Vec<u8>>()).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let bytes = STANDARD_NO_PAD.decode(text).map_err(|_| D::Error::custom("not base64"))?;
        if bytes.len() % ONE != 0 {
            return Err(D::Error::custom("not whole"));
        }
        let one = |bytes: &[u8]| {
            let (id, version) = bytes.split_at(16);
            Some((RecordId::from_slice(id)?, u64::from_be_bytes(version.try_into().ok()?)))
        };
        let all: Option<Vec<_>> = bytes.chunks(ONE).map(one).collect();
        all.map(Self).ok_or_else(|| D::Error::custom("not whole"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        let all = Exact(vec![(RecordId::from_bytes([7; 16]), 3), (RecordId::from_bytes([9; 16]), u64::MAX)]);
        let text = serde_json::to_string(&all).unwrap();
        assert_eq!(serde_json::from_str::<Exact>(&text).unwrap(), all);
        for wrong in ["\"AAAA\"", "\"?\"", "7"] {
            assert!(serde_json::from_str::<Exact>(wrong).is_err(), "{wrong}");
        }
    }
}
