//! How tables of one release become those of the next while both are in use. The rule is in
//! `docs/decisions.md`: what is new is added, and what only earlier releases need is taken away later, when
//! somebody asks for it.

use crate::embedded;
use crate::engine::Store;
use crate::options::Place;
use crate::postgres::Postgres;
use crate::refusal;
use kernel::Result;

/// Step `n` leads from format `n` to `n + 1`. Steps are never edited once released.
#[derive(Clone, Copy)]
pub struct Step {
    /// Adds tables, columns that may be empty, and indexes.
    pub expand: &'static str,
    /// Takes away what only earlier releases use, once nobody goes back to them. None if they cannot work on
    /// what was added in the first place.
    pub contract: Option<&'static str>,
}

/// No table changes, but documents, jobs or events may have content that the releases before do not read: fields,
/// variants and kinds that they do not know. They are kept out; and a start that makes this step is alone.
pub const CONTENT: Step = Step { expand: "", contract: None };

/// Where tables stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Format {
    /// Steps that have added what is theirs.
    pub expanded: usize,
    /// Steps that a release must know to work on the tables.
    pub least: usize,
}

impl Format {
    /// Tables that are yet to be made.
    pub const NONE: Self = Self { expanded: 0, least: 0 };

    /// As they stand once everything is added that a release with these steps needs.
    ///
    /// # Errors
    /// Unsupported if they were contracted for newer releases.
    pub fn with(self, steps: &[Step]) -> Result<Self> {
        if self.least > steps.len() {
            return Err(refusal::newer_format(self.expanded));
        }
        let closed = steps.iter().rposition(|step| step.contract.is_none()).map_or(0, |at| at + 1);
        Ok(Self { expanded: self.expanded.max(steps.len()), least: self.least.max(closed) })
    }

    /// Whether bringing these tables on keeps out releases that work on them now.
    ///
    /// # Errors
    /// As [`Format::with`].
    pub fn closes(self, steps: &[Step]) -> Result<bool> {
        Ok(self != Self::NONE && self.with(steps)?.least > self.least)
    }

    /// Whether a release with these steps reads them as they are.
    ///
    /// # Errors
    /// Unsupported if they were contracted for newer releases, or something is still to be added.
    pub fn check(self, steps: &[Step]) -> Result<()> {
        match self.with(steps)?.expanded {
            expanded if expanded == self.expanded => Ok(()),
            _ => Err(refusal::older_format(self.expanded)),
        }
    }

    /// What takes away everything that only releases before these steps use.
    pub fn contractions(self, steps: &[Step]) -> impl Iterator<Item = &'static str> {
        steps.iter().skip(self.least).filter_map(|step| step.contract)
    }
}

/// Where tables stand, and where this release brings them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Where they stand.
    pub found: Format,
    /// Where they stand after the next start of this release.
    pub next: Format,
    /// The format of this release.
    pub known: usize,
}

impl Standing {
    pub(crate) fn new(found: Format, steps: &[Step]) -> Result<Self> {
        Ok(Self { found, next: found.with(steps)?, known: steps.len() })
    }
}

/// What is to be done about tables.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Migration {
    /// Nothing: only look.
    Look,
    /// Add what this release needs, as its start does.
    Expand,
    /// And take away what only earlier releases use: there is no way back to them.
    Contract,
}

impl Store {
    /// Looks at the tables of a store that nobody need have open, or brings them on; gives where they stood
    /// before. Blocks.
    ///
    /// # Errors
    /// Not found if there is none; unsupported if it was contracted for newer releases; unavailable if a file is in
    /// use; conflict if others work on a database that is to be contracted.
    pub fn migrate(place: &Place, what: Migration) -> Result<Standing> {
        match place {
            Place::File(file) => embedded::migrate(file, what),
            Place::Postgres(at) => Postgres::migrate(at, what),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::FaultKind;

    const STEPS: [Step; 4] = [
        Step { expand: "1", contract: None },
        Step { expand: "2", contract: None },
        Step { expand: "3", contract: Some("-3") },
        Step { expand: "4", contract: Some("-4") },
    ];

    #[test]
    fn a_release_works_on_what_was_only_added() {
        let new = Format::NONE.with(&STEPS).unwrap();
        assert_eq!(new, Format { expanded: 4, least: 2 });
        for (known, works) in [(1, false), (2, true), (3, true), (4, true)] {
            assert_eq!(new.check(&STEPS[..known]).is_ok(), works, "{known}");
        }
        assert_eq!(new.contractions(&STEPS).collect::<Vec<_>>(), ["-3", "-4"]);
        assert_eq!(new.contractions(&STEPS[..3]).collect::<Vec<_>>(), ["-3"]);
        let contracted = Format { least: 3, ..new };
        assert_eq!(contracted.check(&STEPS[..2]).map_err(|f| f.kind), Err(FaultKind::Unsupported));
        assert_eq!(contracted.with(&STEPS[..3]).unwrap(), contracted, "it knows what was taken away");
        assert_eq!(contracted.contractions(&STEPS).collect::<Vec<_>>(), ["-4"]);
    }

    #[test]
    fn an_older_format_is_for_a_start_alone() {
        let older = Format { expanded: 2, least: 2 };
        assert_eq!(older.check(&STEPS).map_err(|f| f.kind), Err(FaultKind::Unsupported));
        assert_eq!(older.with(&STEPS).unwrap(), Format { expanded: 4, least: 2 });
    }

    #[test]
    fn content_that_earlier_releases_do_not_read_keeps_them_out() {
        let next = [STEPS[0], STEPS[1], STEPS[2], STEPS[3], CONTENT];
        let before = Format { expanded: 4, least: 2 };
        assert_eq!((before.closes(&STEPS).unwrap(), before.closes(&next).unwrap()), (false, true));
        assert!(!Format::NONE.closes(&next).unwrap(), "nobody works on what is not there");
        let after = before.with(&next).unwrap();
        assert_eq!((after, after.closes(&next).unwrap()), (Format { expanded: 5, least: 5 }, false));
        assert_eq!(after.check(&STEPS).map_err(|f| f.kind), Err(FaultKind::Unsupported));
        assert_eq!(after.contractions(&next).count(), 0);
    }
}
