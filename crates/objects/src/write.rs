//! Writing: the whole object appears, or nothing does.

use crate::fault::{exists, fault};
use crate::{Objects, path};
use kernel::{Fault, FaultKind, ObjectId, Result, Text, limits};
use object_store::path::Path;
use object_store::{Error, MultipartUpload, ObjectStoreExt, PutMode};
use tokio::io::{AsyncRead, AsyncReadExt};
use vault::{CHUNK, Chunk, ObjectSeal, Owner};

/// Bytes that go to the store at once; of S3 at least 5 MiB, and at most 10,000 times.
const PART: usize = 8 << 20;

impl Objects {
    /// Writes an object of at most `limit` bytes, sealed for `owner`; returns how many bytes it has. It
    /// appears as a whole, or not at all. If the future is dropped half-way, what was sent to a store that
    /// speaks S3 stays there, unseen, until the bucket's rule for incomplete uploads removes it.
    ///
    /// # Errors
    /// Conflict if the id is taken; too large above the limit or [`limits::OBJECT`]; not found if the
    /// owner's key was destroyed; unavailable or full as the store fails; as reading `content` fails.
    pub async fn put(
        &self,
        owner: Owner,
        id: ObjectId,
        content: impl AsyncRead + Unpin + Send,
        limit: u64,
    ) -> Result<u64> {
        let seal = self.vault.new_object(owner, *id.bytes())?;
        let location = path(id);
        // Long ones cannot be written under the condition that there is none; ids are random.
        match self.store.head(&location).await {
            Ok(_) => return Err(exists()),
            Err(Error::NotFound { .. }) => {}
            Err(e) => return Err(fault(&e)),
        }
        let mut out = Out { objects: self, location, upload: None, buffer: seal.head().to_vec() };
        let limit = limit.min(limits::OBJECT);
        match write(&seal, content, limit, &mut out).await {
            Ok(bytes) => out.finish().await.map(|()| bytes),
            Err(fault) => {
                out.abort().await;
                Err(fault)
            }
        }
    }
}

async fn write(
    seal: &ObjectSeal,
    mut content: impl AsyncRead + Unpin,
    limit: u64,
    out: &mut Out<'_>,
) -> Result<u64> {
    let (mut bytes, mut number) = (0, 0);
    let mut present = fill(&mut content).await?;
    loop {
        bytes += present.len() as u64;
        if bytes > limit {
            return Err(too_large(limit));
        }
        // Whether a chunk is the last is known when there is no next one.
        let next = if present.len() == CHUNK { fill(&mut content).await? } else { Vec::new() };
        let last = next.is_empty();
        seal.seal(Chunk { number, last }, &present, &mut out.buffer)?;
        if last {
            return Ok(bytes);
        }
        out.send().await?;
        number += 1;
        present = next;
    }
}

/// The next chunk; shorter only at the end.
async fn fill(content: &mut (impl AsyncRead + Unpin)) -> Result<Vec<u8>> {
    let mut chunk = Vec::with_capacity(CHUNK);
    let read = content.take(CHUNK as u64).read_to_end(&mut chunk).await;
    read.map_err(|e| vault::io_fault("content of an object", &e))?;
    Ok(chunk)
}

fn too_large(limit: u64) -> Fault {
    let text = match limit >> 20 {
        0 => Text::new(
            format!("Plik jest za duży: najwyżej {limit} B."),
            format!("The file is too large: at most {limit} B."),
        ),
        mib => Text::new(
            format!("Plik jest za duży: najwyżej {mib} MiB."),
            format!("The file is too large: at most {mib} MiB."),
        ),
    };
    Fault::new(FaultKind::TooLarge, text)
}

/// What is sealed on its way to the store.
struct Out<'a> {
    objects: &'a Objects,
    location: Path,
    /// Begun with the first part.
    upload: Option<Box<dyn MultipartUpload>>,
    buffer: Vec<u8>,
}

impl Out<'_> {
    /// Sends what makes a part.
    async fn send(&mut self) -> Result<()> {
        if self.buffer.len() < PART {
            return Ok(());
        }
        let upload = match &mut self.upload {
            Some(upload) => upload,
            none => {
                let begun = self.objects.store.put_multipart(&self.location).await;
                none.insert(begun.map_err(|e| fault(&e))?)
            }
        };
        let part = std::mem::take(&mut self.buffer);
        upload.put_part(part.into()).await.map_err(|e| fault(&e))
    }

    async fn finish(mut self) -> Result<()> {
        let rest = std::mem::take(&mut self.buffer);
        let Some(upload) = &mut self.upload else {
            let whole = self.objects.store.put_opts(&self.location, rest.into(), PutMode::Create.into());
            return whole.await.map(drop).map_err(|e| fault(&e));
        };
        let mut done = Ok(());
        if !rest.is_empty() {
            done = upload.put_part(rest.into()).await;
        }
        if done.is_ok() {
            done = upload.complete().await.map(drop);
        }
        match done {
            Ok(()) => Ok(()),
            Err(e) => {
                self.abort().await;
                Err(fault(&e))
            }
        }
    }

    /// Leaves nothing behind, as far as the store still answers.
    async fn abort(mut self) {
        if let Some(upload) = &mut self.upload {
            // What stays there is unseen, and goes by the bucket's rule for incomplete uploads.
            let _ = upload.abort().await;
        }
    }
}
