//! What came of a job, and how much of it is told.

use kernel::Lang;
use records::{BulkReport, ImportReport, RefusedRow, Undone, Verified};
use serde_json::{Value, json};

/// What came of a job.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    Nothing,
    Bulk(BulkReport),
    Export { records: usize, left_out: usize },
    Import(Box<ImportReport>),
    ImportUndone(Undone),
    Verified(Verified),
    Rebuilt { records: u64 },
}

impl Outcome {
    /// The rows that it lists, and beside them what stood in them, which may be about anybody.
    pub(super) fn rows(&self) -> Option<(Vec<RefusedRow>, Vec<Option<String>>)> {
        let Self::Import(report) = self else { return None };
        let mut rows = report.listed.clone();
        let values: Vec<_> = rows.iter_mut().map(|row| row.value.take()).collect();
        (!rows.is_empty()).then_some((rows, values))
    }

    /// All but the rows.
    pub(super) fn told(&self, lang: Lang) -> Option<Value> {
        match self {
            Self::Nothing => None,
            Self::Bulk(report) => Some(bulk(report, lang)),
            Self::Export { records, left_out } => Some(json!({ "records": records, "left_out": left_out })),
            Self::Import(report) => counts(report),
            Self::ImportUndone(undone) => serde_json::to_value(undone).ok(),
            Self::Verified(verified) => Some(verification(verified, lang)),
            Self::Rebuilt { records } => Some(json!({ "records": records })),
        }
    }
}

/// A report without its rows.
fn counts(report: &ImportReport) -> Option<Value> {
    let mut counts = serde_json::to_value(report.counts()).ok()?;
    counts.as_object_mut()?.remove("listed");
    Some(counts)
}

pub(super) fn bulk(report: &BulkReport, lang: Lang) -> Value {
    let problem = |p: &records::BulkProblem| json!({ "id": p.id, "entity": p.entity, "code": p.code, "reason": p.reason.get(lang) });
    let mut told = json!({
        "changed": report.changed,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "problems": report.problems.iter().map(problem).collect::<Vec<_>>(),
    });
    let stays =
        |s: &records::BulkStays| json!({ "code": s.code, "reason": s.reason.get(lang), "count": s.count });
    let part = |p: &records::BulkPart| {
        let stays: Vec<_> = p.stays.iter().map(stays).collect();
        json!({ "entity": p.entity, "to": p.to, "changed": p.changed, "binned": p.binned, "stays": stays })
    };
    if let Some(parts) = &report.parts {
        told["parts"] = parts.iter().map(part).collect();
    }
    told
}

fn verification(verified: &Verified, lang: Lang) -> Value {
    let finding = |f: &records::VerifyFinding| json!({ "code": f.code, "text": f.text.get(lang) });
    json!({
        "events": verified.events,
        "rows": verified.rows,
        "findings": verified.findings.iter().map(finding).collect::<Vec<_>>(),
        "checkpoint": verified.checkpoint.as_ref().map(|(size, root)| json!({ "size": size, "root": root })),
    })
}

/// How much of a job is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Detail {
    /// How it goes: ids, counts and times.
    Course,
    /// What came of it too, without the rows of reports.
    Counts,
    /// All.
    All,
}
