//! What the comparison of rows with the ledger can find.

use kernel::{RecordId, Text};

/// What is wrong with a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowDamage {
    /// The ledger says it was written, and it is not there.
    Missing,
    /// It is there, and the ledger does not say that it was written, or says that it was removed.
    Extra,
    /// It is not as it was last written: altered, swapped or rolled back.
    Altered,
    /// It has more or fewer changes than versions.
    Changes,
}

/// A row that is not as the ledger says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RowFinding {
    /// Number of the entity, or of the kind of document.
    pub entity: u16,
    /// Which.
    pub id: [u8; 16],
    /// What is wrong.
    pub what: RowDamage,
}

impl RowFinding {
    /// Stable name in kebab case.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.what {
            RowDamage::Missing => "row-missing",
            RowDamage::Extra => "row-extra",
            RowDamage::Altered => "row-altered",
            RowDamage::Changes => "row-changes",
        }
    }

    /// What and where, for people.
    #[must_use]
    pub fn text(&self) -> Text {
        let id = RecordId::from_bytes(self.id);
        let (pl, en) = match self.what {
            RowDamage::Missing => (
                "brakuje wiersza, który według dziennika zapisano",
                "the ledger says it was written, and it is not there",
            ),
            RowDamage::Extra => (
                "jest wiersz, którego według dziennika nie zapisano albo który usunięto",
                "it is there, and the ledger says it was not written or was removed",
            ),
            RowDamage::Altered => (
                "wiersz jest inny niż ostatnio zapisany: zmieniono go, zamieniono albo cofnięto",
                "it is not as it was last written: altered, swapped or rolled back",
            ),
            RowDamage::Changes => (
                "liczba zmian wiersza nie zgadza się z jego wersją",
                "it has another number of changes than its version says",
            ),
        };
        Text::new(format!("{}/{id}: {pl}", self.entity), format!("{}/{id}: {en}", self.entity))
    }
}
