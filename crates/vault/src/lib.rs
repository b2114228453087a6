//! All cryptography of Klucznik: the key hierarchy, sealing and opening with context, the keyring,
//! rotation and destruction of keys, and the one way to open an encrypted database file.
//!
//! The bytes are specified in `docs/formats/`; each primitive fits on one screen in [`primitives`].
//! Nothing here knows what is sealed, who may read it, or how it is stored.

mod cache;
mod copy;
mod database;
mod file;
mod image;
mod keyring;
mod keyring_file;
mod keys;
mod keys_file;
mod object;
mod pages;
mod parcel;
pub mod primitives;
mod root;
mod rotate;
mod sealed;
mod services;
mod status;
mod subjects;
mod vault;
mod wrap;

pub use copy::KeysCopied;
pub use database::{Durability, PageKey, open_database, storage_fault, truncate_wal};
pub use file::{full_fault, io_fault, open_to_others};
pub use image::decrypted_image;
pub use keyring::{FORMAT as KEYRING_FORMAT, KeyRow, Keyring, Standing, Tombstone};
pub use object::{CHUNK, CHUNK_OVERHEAD, Chunk, OBJECT_HEAD, ObjectSeal};
pub use parcel::{Identities, Parcel, Recipient, no_recipient, open_parcel, parcel_fault};
pub use primitives::{
    hash::{Sha256, sha1, sha256},
    sign::verify,
};
pub use root::{Passphrase, RootKey, RootSource};
pub use rotate::RotationReport;
pub use sealed::{Context, MAX_CONTENT, OVERHEAD, Owner};
pub use status::{EpochStatus, KeyStatus};
pub use vault::{Vault, keys_behind, root_source};
