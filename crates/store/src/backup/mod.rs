//! All that a store holds as one stream of bytes that no engine shapes: `docs/formats/backup.md`.
//!
//! Sessions, tokens and kept answers are not in it: one that ended after the backup must not live again. Nor are
//! jobs: what was done of one by then must not be done once more.

mod dump;
mod item;
mod load;
mod stream;

pub use dump::{Dumped, dump};
pub use item::Item;
pub(crate) use load::{Leaf, Loader, Waiting};
pub use load::{Loaded, load};
pub use stream::{Header, Reader};

use kernel::{Fault, FaultKind, Text};

/// How many of each kind a backup holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Records.
    pub records: u64,
    /// References between records.
    pub links: u64,
    /// Changes.
    pub changes: u64,
    /// Administrative documents.
    pub docs: u64,
    /// Events.
    pub events: u64,
}

impl Counts {
    /// All together.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.records + self.links + self.changes + self.docs + self.events
    }

    const fn of(&mut self, item: &Item) -> &mut u64 {
        match item {
            Item::Record(_) => &mut self.records,
            Item::Link(_) => &mut self.links,
            Item::Change(_) => &mut self.changes,
            Item::Doc(_) => &mut self.docs,
            Item::Event(_) => &mut self.events,
        }
    }
}

/// How far it is: items done, and of how many if that is known. An error ends the work.
pub type Progress<'a> = &'a mut dyn FnMut(u64, Option<u64>) -> kernel::Result<()>;

/// Items after which progress is told.
const TELL_EVERY: u64 = 1024;

/// Not what a backup is.
fn damaged(why: impl Into<String>) -> Fault {
    let text = Text::of(
        "To nie jest kopia zapasowa Klucznika albo jest uszkodzona: niczego z niej nie użyto. Weź inną kopię.",
        "This is no backup of Klucznik, or it is damaged: nothing of it was used. Take another one.",
    );
    Fault::new(FaultKind::Corrupt, text).internal(format!("backup: {}", why.into()))
}
