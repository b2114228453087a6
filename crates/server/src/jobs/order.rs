//! What is ordered, and how it is kept until it is done: the head tells whose it is, the parts hold the order
//! and the file that came with it, under a key of the job's own.

use super::job::Kind;
use crate::export::Format;
use intake::Mapping;
use kernel::{ActId, Fault, JobId, Lang, Result, SessionId, Text, UserId};
use records::{Approved, BulkOrder, Engine, ExportRequest, ImportMode, JobPart};
use serde::{Deserialize, Serialize};
use store::{JobRow, NewJob};

/// Jobs of one user that wait or run.
pub(super) const WAITING: u32 = 20;
/// Bytes of a part before it is sealed: so many that a file of the greatest length and its order fit.
const PART: usize = (1 << 20) + 900;

/// Whose a job is.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) session: SessionId,
    pub(super) lang: Lang,
    pub(super) entity: Option<String>,
    /// The job that it takes back.
    pub(super) of: Option<JobId>,
    /// Bytes of the order; what follows is the file.
    pub(super) order: usize,
    /// The rights of its user when it was ordered.
    pub(super) rights: u64,
    /// How many keys had been destroyed then.
    pub(super) erased: u64,
    /// That a second person approved it.
    #[serde(default)]
    pub(super) approved: Option<Approved>,
}

impl Head {
    /// Of a job about an entity; the rest is known when it is ordered.
    pub(super) const fn about(entity: Option<String>) -> Self {
        let (session, lang) = (SessionId::NIL, Lang::Pl);
        Self { session, lang, entity, of: None, order: 0, rights: 0, erased: 0, approved: None }
    }
}

/// What is to be done.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Order {
    Bulk(BulkOrder),
    HandOver(BulkOrder),
    HandOverCheck(BulkOrder),
    BulkUndo(ActId),
    Export { format: Format, request: Box<ExportRequest> },
    Import(ImportOrder),
    ImportUndo(ActId),
    Verify,
}

/// How the file that came with it is to be brought in.
#[derive(Serialize, Deserialize)]
pub(crate) struct ImportOrder {
    pub(crate) name: String,
    pub(crate) sheet: Option<String>,
    pub(crate) mapping: Mapping,
    pub(crate) mode: ImportMode,
    pub(crate) dry_run: bool,
    pub(crate) resume: Option<ActId>,
}

impl Order {
    pub(crate) const fn kind(&self) -> Kind {
        match self {
            Self::Bulk(_) => Kind::Bulk,
            Self::HandOver(_) => Kind::HandOver,
            Self::HandOverCheck(_) => Kind::HandOverCheck,
            Self::BulkUndo(_) => Kind::BulkUndo,
            Self::Export { .. } => Kind::Export,
            Self::Import(order) if order.dry_run => Kind::ImportDryRun,
            Self::Import(_) => Kind::Import,
            Self::ImportUndo(_) => Kind::ImportUndo,
            Self::Verify => Kind::Verify,
        }
    }
}

/// Seals what lies in `contents`, one after the other, as parts from number `first` on.
pub(super) fn seal_parts(
    engine: &Engine,
    id: JobId,
    kind: JobPart,
    first: usize,
    contents: &[&[u8]],
) -> Result<Vec<Vec<u8>>> {
    let mut parts = Vec::new();
    let mut plain = Vec::with_capacity(PART);
    for content in contents {
        let mut left = *content;
        while !left.is_empty() {
            let (now, later) = left.split_at(left.len().min(PART - plain.len()));
            plain.extend_from_slice(now);
            left = later;
            if plain.len() == PART {
                parts.push(engine.seal_job_part(id, kind, first + parts.len(), &plain)?);
                plain.clear();
            }
        }
    }
    if !plain.is_empty() {
        parts.push(engine.seal_job_part(id, kind, first + parts.len(), &plain)?);
    }
    Ok(parts)
}

/// What lies in some parts of a job; nothing if any of them is gone, or their key is.
pub(super) async fn open_parts(
    engine: &Engine,
    id: JobId,
    kind: JobPart,
    parts: std::ops::Range<usize>,
) -> Result<Option<Vec<u8>>> {
    let mut all = Vec::with_capacity(parts.len() * PART);
    for part in parts {
        match engine.job_part(id, kind, part).await? {
            Some(plain) => all.extend_from_slice(&plain),
            None => return Ok(None),
        }
    }
    Ok(Some(all))
}

/// The job of `order` as it goes into the queue. Its key is made before.
pub(super) async fn sealed(
    engine: &Engine,
    (id, user): (JobId, UserId),
    order: Order,
    mut head: Head,
    file: Vec<u8>,
) -> Result<NewJob> {
    let (sealing, kind) = (engine.clone(), order.kind() as u16);
    let seal = move || {
        let order = serde_json::to_vec(&order).map_err(Fault::bug)?;
        head.order = order.len();
        let parts = seal_parts(&sealing, id, JobPart::Order, 0, &[&order, &file])?;
        Ok::<_, Fault>((sealing.seal_job(id, records::JobSeal::Head, &head)?, parts))
    };
    let (sealed, parts) = tokio::task::spawn_blocking(seal).await.map_err(Fault::bug)??;
    Ok(NewJob { id, kind, user, created_at: engine.now(), after_ms: 0, most: WAITING, sealed, parts })
}

/// The order and the file of a job.
///
/// # Errors
/// Corrupt, also if they are gone.
pub(super) async fn opened(engine: &Engine, row: &JobRow, head: &Head) -> Result<(Order, Vec<u8>)> {
    let gone = || Fault::corrupt(format!("job {}: its order is gone", row.id));
    let all = open_parts(engine, row.id, JobPart::Order, 0..row.parts as usize).await?.ok_or_else(gone)?;
    let (order, file) = all.split_at_checked(head.order).ok_or_else(gone)?;
    let order = serde_json::from_slice(order)
        .map_err(|e| Fault::corrupt(format!("job {}: line {} column {}", row.id, e.line(), e.column())))?;
    Ok((order, file.to_vec()))
}

/// The session in which it was ordered has ended.
pub(super) fn session_ended() -> Fault {
    let text = Text::of(
        "Sesja, w której to zlecono, została zakończona.",
        "The session in which this was ordered has ended.",
    );
    Fault::new(kernel::FaultKind::Unauthenticated, text)
}
