//! Registering deals by partner organisations: how it is arranged with one, and what is kept of each.

use crate::seal::{bare_doc, open_doc, put_doc};
use crate::text::issue;
use kernel::{Fault, FieldIssue, GrantId, PartnerId, RecordId, Result, RoleId, Text, Time, UserId};
use serde::{Deserialize, Serialize};
use store::{Doc, DocKind, DocWrite};
use vault::Vault;

/// For how many days what was registered is shared with the partner: at most, and if nothing is said.
const DAYS: std::ops::RangeInclusive<u16> = 1..=366;
const DAYS_UNSAID: u16 = 180;

/// How users of a partner register deals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistrationRules {
    /// Whose the leads are that come of it, and who shares them with the partner.
    pub caretaker: UserId,
    /// The role that the partner gets on them.
    pub role: RoleId,
    /// For how many days, if no agreement ends before.
    pub days: u16,
    /// Since when it is so.
    pub since: Time,
}

/// How they are to register them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistrationInput {
    /// Whose the leads are to be.
    pub caretaker: UserId,
    /// The role that the partner is to get on them.
    pub role: RoleId,
    /// For how many days.
    #[serde(default = "unsaid")]
    pub days: u16,
}

const fn unsaid() -> u16 {
    DAYS_UNSAID
}

impl RegistrationInput {
    /// What is wrong with it in itself.
    pub(crate) fn issue(&self) -> Option<FieldIssue> {
        let reason = Text::of("Od 1 do 366 dni.", "From 1 to 366 days.");
        (!DAYS.contains(&self.days)).then(|| issue("registration.days", "out-of-range", reason, "180"))
    }

    /// The rules that it makes.
    pub(crate) const fn since(self, since: Time) -> RegistrationRules {
        let Self { caretaker, role, days } = self;
        RegistrationRules { caretaker, role, days, since }
    }
}

/// That a deal was registered: ids and times alone. What was typed is in the lead, and goes with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistrationDoc {
    /// The lead that came of it; the id of this too.
    pub lead: RecordId,
    /// By which partner.
    pub partner: PartnerId,
    /// By which of its users.
    pub by: UserId,
    /// When.
    pub at: Time,
    /// The grant by which the partner sees it.
    pub grant: GrantId,
    /// Until when that was given.
    pub until: Time,
}

impl RegistrationDoc {
    /// Under which user those of a partner are found.
    #[must_use]
    pub fn found_under(partner: PartnerId) -> UserId {
        partner.cast()
    }

    /// Opens one.
    ///
    /// # Errors
    /// Corrupt if it is not that of this lead and partner.
    pub fn open(vault: &Vault, doc: &Doc) -> Result<Self> {
        let content: Self = open_doc(vault, doc)?;
        if *content.lead.bytes() == doc.id && doc.user == Some(Self::found_under(content.partner)) {
            return Ok(content);
        }
        Err(Fault::corrupt(format!("registration {}: columns and content differ", content.lead)))
    }

    /// The write of it; it is never changed.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn put(&self, vault: &Vault) -> Result<DocWrite> {
        let user = Some(Self::found_under(self.partner));
        put_doc(vault, bare_doc(DocKind::Registration, *self.lead.bytes(), 1, self.at, user), self)
    }
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LastOf {
    of: RecordId,
    at: Time,
}

/// The turn of a partner, or of a caretaker, to have a deal registered: each registration writes it anew. So of two at the
/// same moment, on whichever servers, one comes through, and the other is judged again on what there is then.
#[derive(Clone, Copy, Debug)]
pub struct RegistrationTurn {
    of: RecordId,
    version: u64,
}

impl RegistrationTurn {
    /// The turn after the last one that is kept; the first, if none is.
    ///
    /// # Errors
    /// Corrupt if it is another one's.
    pub fn open(vault: &Vault, doc: Option<&Doc>, of: RecordId) -> Result<Self> {
        let Some(doc) = doc else { return Ok(Self { of, version: 0 }) };
        let last: LastOf = open_doc(vault, doc)?;
        match last.of == of {
            true => Ok(Self { of, version: doc.version }),
            false => Err(Fault::corrupt(format!("turn of registrations {of}: another one"))),
        }
    }

    /// The write by which it is taken: stale, or in conflict if it is the first, once somebody else took it.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn take(&self, vault: &Vault, now: Time) -> Result<DocWrite> {
        let doc = bare_doc(DocKind::RegistrationTurn, *self.of.bytes(), self.version + 1, now, None);
        put_doc(vault, doc, &LastOf { of: self.of, at: now })
    }
}
