//! What is in a file, before anything is brought in.

use crate::{Caller, Engine, Masked, Released};
use intake::{Format, Mapping, Problem, Source, Target};
use kernel::{Fault, Result};
use ledger::{Act, Event};
use schema::Entity;
use serde::Serialize;
use serde_json::json;

/// Values shown of a column.
const SAMPLES: usize = 3;
/// Characters shown of a value.
const SAMPLE: usize = 100;
/// Rows that are read to count them.
const ROWS: u64 = 2_000;

/// A column of a file.
#[derive(Clone, Debug, Serialize)]
pub struct PreviewColumn {
    /// Its heading.
    pub heading: String,
    /// The field that it feeds; null if none.
    pub field: Option<String>,
    /// The first values in it.
    pub samples: Vec<String>,
}

/// What a file holds.
#[derive(Clone, Debug, Serialize)]
pub struct ImportPreview {
    /// `csv`, `xlsx` or `vcard`.
    pub kind: &'static str,
    /// Encoding of a text file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<&'static str>,
    /// What stands between columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
    /// Sheets of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheets: Option<Vec<String>>,
    /// Names of the fields that the caller may have a column feed.
    pub fields: Vec<String>,
    /// The columns.
    pub columns: Vec<PreviewColumn>,
    /// How many rows there are; null if they are too many to count by the way.
    pub rows: Option<u64>,
}

impl Engine {
    /// What `source` holds, and which columns would feed which fields. Of the entity and of `mapping` the caller is
    /// shown all: `entity` has the fields that the caller may fill in. Writes nothing but its event.
    ///
    /// # Errors
    /// Forbidden as an import; the file cannot be read.
    pub async fn preview_import(
        &self,
        caller: &Caller,
        entity: &Entity,
        source: Source,
        mapping: Mapping,
    ) -> Result<Released<ImportPreview>> {
        self.check_import(caller, entity).await?;
        let fields = Mapping::fields(entity);
        let looked = tokio::task::spawn_blocking(move || look(source, &mapping, fields));
        let preview = looked.await.map_err(Fault::bug)??;
        let mut event = Event { entity: entity.code.0, ..self.event(caller, Act::RecordImport) };
        self.set_detail(&mut event, &json!({ "preview": true, "kind": preview.kind }))?;
        let receipt = self.receipt(event).await?;
        Ok(Masked::new(preview).release(&receipt))
    }
}

fn look(mut source: Source, mapping: &Mapping, fields: Vec<String>) -> Result<ImportPreview> {
    let (kind, encoding, delimiter) = match source.format() {
        Format::Csv { encoding, delimiter } => ("csv", Some(encoding), Some(delimiter.to_string())),
        Format::Xlsx => ("xlsx", None, None),
        Format::VCard { encoding } => ("vcard", Some(encoding), None),
    };
    let column = |(heading, target): &(String, Target)| PreviewColumn {
        heading: heading.clone(),
        field: match target {
            Target::Unused | Target::Skipped => None,
            Target::Field(name) => Some(name.clone()),
            Target::WholeName => Some("name".to_owned()),
            Target::Currency(name) => Some(format!("{name}.currency")),
            Target::Owner => Some("owner".to_owned()),
        },
        samples: Vec::new(),
    };
    let mut columns: Vec<PreviewColumn> = mapping.columns().iter().map(column).collect();
    let sheets = (kind == "xlsx").then(|| source.sheets().to_vec());
    let mut rows = 0;
    let whole = loop {
        match source.next() {
            None => break true,
            Some(Ok(row)) => {
                rows += 1;
                for (column, cell) in columns.iter_mut().zip(&row.cells) {
                    let cell = cell.trim();
                    if column.samples.len() < SAMPLES && !cell.is_empty() {
                        column.samples.push(cell.chars().take(SAMPLE).collect());
                    }
                }
            }
            Some(Err(Problem::Row(_))) => rows += 1,
            Some(Err(Problem::File(fault))) => return Err(fault),
        }
        if rows >= ROWS {
            break false;
        }
    };
    Ok(ImportPreview { kind, encoding, delimiter, sheets, fields, columns, rows: whole.then_some(rows) })
}
