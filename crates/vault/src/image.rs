//! Every byte of an encrypted database file, decrypted: also free pages, slack and the write-ahead log,
//! which no query shows. For searches that prove that what was deleted is gone.

use crate::database::PageKey;
use crate::file::io_fault;
use crate::primitives::mac;
use aws_lc_rs::cipher::{AES_256, DecryptingKey, DecryptionContext, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;
use kernel::{Fault, Result};
use std::path::Path;

const PAGE: usize = 4096;
/// IV and HMAC-SHA-256 at the end of a page.
const RESERVE: usize = 16 + 32;
/// In the first page, in place of SQLite's magic string.
const SALT: usize = 16;
const WAL_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// The decrypted pages of `path` and of its write-ahead log, one after another. Takes as much memory as the
/// files. Page MACs are not checked: what does not decrypt comes out as noise, so a caller looks for
/// something that must be there as well.
///
/// # Errors
/// Internal if a file cannot be read; corrupt if the length is not one of whole pages.
pub fn decrypted_image(path: &Path, key: &PageKey) -> Result<Vec<u8>> {
    let content = std::fs::read(path).map_err(|e| io_fault("image", &e))?;
    if content.len() % PAGE != 0 {
        return Err(Fault::corrupt("image: not of whole pages"));
    }
    let mut image = Vec::with_capacity(content.len());
    for (i, page) in content.chunks_exact(PAGE).enumerate() {
        decrypt(page, i == 0, key, &mut image)?;
    }
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    let wal = match std::fs::read(&wal) {
        Ok(wal) => wal,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(e) => return Err(io_fault("image", &e)),
    };
    for frame in wal.get(WAL_HEADER..).unwrap_or_default().chunks_exact(FRAME_HEADER + PAGE) {
        let (header, page) = frame.split_at(FRAME_HEADER);
        decrypt(page, header[..4] == [0, 0, 0, 1], key, &mut image)?;
    }
    Ok(image)
}

fn decrypt(page: &[u8], first: bool, key: &PageKey, out: &mut Vec<u8>) -> Result<()> {
    // A page that was only allocated is all zeros, not encrypted.
    if mac::equal(page, &[0; PAGE]) {
        out.extend_from_slice(page);
        return Ok(());
    }
    let (body, reserve) = page.split_at(PAGE - RESERVE);
    let start = out.len();
    out.extend_from_slice(if first { &body[SALT..] } else { body });
    let iv = FixedLength::from(<[u8; 16]>::try_from(&reserve[..16]).expect("16 bytes were cut off"));
    UnboundCipherKey::new(&AES_256, key.0.bytes())
        .and_then(DecryptingKey::cbc)
        .and_then(|k| k.decrypt(&mut out[start..], DecryptionContext::Iv128(iv)).map(drop))
        .map_err(|_| Fault::bug("image: AES-256-CBC of whole blocks"))
}
