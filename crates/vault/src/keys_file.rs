//! What `keys.json` looks like. Bytes: `docs/formats/keyring.md`.

use crate::file;
use crate::primitives::passphrase::Cost;
use crate::root::{Passphrase, RootSource};
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{Fault, OrgId, Result, Text, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

pub(crate) const FORMAT: u32 = 1;
const FILE_LIMIT: u64 = 4 << 20;

/// Bytes as base64 with padding.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Base64(pub Vec<u8>);

impl Serialize for Base64 {
    fn serialize<S: serde::Serializer>(&self, s: S) -> std::result::Result<S::Ok, S::Error> {
        s.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        STANDARD.decode(text).map(Self).map_err(|_| serde::de::Error::custom("not base64"))
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "source", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Root {
    KeyFile {},
    Credential {},
    Passphrase { salt: Base64, memory_kib: u32, passes: u32, lanes: u32 },
}

impl From<RootSource> for Root {
    fn from(source: RootSource) -> Self {
        match source {
            RootSource::KeyFile => Self::KeyFile {},
            RootSource::Credential => Self::Credential {},
            RootSource::Passphrase(Passphrase { salt, cost }) => Self::Passphrase {
                salt: Base64(salt.to_vec()),
                memory_kib: cost.memory_kib,
                passes: cost.passes,
                lanes: cost.lanes,
            },
        }
    }
}

impl Root {
    pub fn source(&self) -> Result<RootSource> {
        Ok(match self {
            Self::KeyFile {} => RootSource::KeyFile,
            Self::Credential {} => RootSource::Credential,
            Self::Passphrase { salt, memory_kib, passes, lanes } => {
                let salt = salt.0.as_slice().try_into();
                let salt = salt.map_err(|_| Fault::corrupt("keys.json: salt"))?;
                let cost = Cost { memory_kib: *memory_kib, passes: *passes, lanes: *lanes };
                RootSource::Passphrase(Passphrase { salt, cost })
            }
        })
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Epoch {
    pub id: u32,
    pub created: Time,
    pub key: Base64,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wrapped {
    pub epoch: u32,
    pub key: Base64,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrappedWithId {
    pub epoch: u32,
    pub id: Base64,
    pub key: Base64,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeysFile {
    pub format: u32,
    pub organisation: OrgId,
    pub root: Root,
    pub check: Base64,
    pub erased: u64,
    pub current: u32,
    pub epochs: Vec<Epoch>,
    pub organisation_key: WrappedWithId,
    pub derivation_key: Wrapped,
    pub signing_key: Wrapped,
    pub pages: BTreeMap<String, Wrapped>,
}

impl KeysFile {
    /// Reads the file.
    pub fn read(path: &Path) -> Result<Self> {
        let file = std::fs::File::open(path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => Fault::invalid(Text::of(
                "W tym katalogu nie ma kluczy instancji (keys.json).",
                "This directory holds no keys of an instance (keys.json).",
            )),
            _ => file::io_fault("keys.json", &e),
        })?;
        let content = file::read_limited(file, FILE_LIMIT).map_err(|e| file::io_fault("keys.json", &e))?;
        let keys: Self = serde_json::from_slice(&content)
            .map_err(|e| Fault::corrupt(format!("keys.json: line {}, column {}", e.line(), e.column())))?;
        if keys.format != FORMAT {
            return Err(Fault::corrupt(format!("keys.json: format {} is unknown", keys.format)));
        }
        Ok(keys)
    }
}
