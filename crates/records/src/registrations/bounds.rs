//! How many deals are registered within a day; and that registrations of one partner, or of one caretaker, are judged one
//! after the other, whichever servers they come to.

use crate::{Caller, Engine};
use identity::{RegistrationDoc, RegistrationTurn};
use kernel::{Fault, FaultKind, PartnerId, RecordId, Result, Text, UserId};
use store::{DocKind, DocWrite};

/// Registrations within 24 hours: by one user, and by all of a partner.
const USER_DAILY: usize = 20;
const PARTNER_DAILY: usize = 60;
const DAY_MS: i64 = 24 * 3_600_000;

/// The turns of a partner and of its caretaker.
pub(super) struct Turns {
    caretaker: Option<UserId>,
    taken: Vec<DocWrite>,
}

impl Turns {
    /// The writes by which they are taken; stale if the caretaker is another one by now.
    pub(super) fn of(self, caretaker: UserId) -> Result<Vec<DocWrite>> {
        if self.caretaker == Some(caretaker) { Ok(self.taken) } else { Err(Fault::stale()) }
    }
}

impl Engine {
    /// Whose turn it is. What others did before that is in force here afterwards; whoever comes through later makes it
    /// stale. To be called while nobody else administers.
    pub(super) async fn turns(&self, partner: PartnerId) -> Result<Turns> {
        let (vault, now, directory) = (&self.0.vault, self.now(), self.directory());
        let rules = directory.partners.get(&partner).and_then(|partner| partner.registration);
        let caretaker = rules.map(|rules| rules.caretaker);
        let mut taken = Vec::new();
        for id in [Some(partner.cast()), caretaker.map(UserId::cast)].into_iter().flatten() {
            let id: RecordId = id;
            let last = self.0.store.doc(DocKind::RegistrationTurn, *id.bytes()).await?;
            taken.push(RegistrationTurn::open(vault, last.as_ref(), id)?.take(vault, now)?);
        }
        self.hear_newest().await?;
        Ok(Turns { caretaker, taken })
    }

    /// Refuses one registration too many within a day, by the caller or by all of the partner.
    pub(super) async fn check_daily(&self, caller: &Caller, partner: PartnerId) -> Result<()> {
        let now = self.now();
        let newest = self.registrations_of(partner, PARTNER_DAILY).await?;
        let today = |doc: &&RegistrationDoc| doc.at.plus_ms(DAY_MS) > now;
        let all: Vec<&RegistrationDoc> = newest.iter().filter(today).collect();
        let own: Vec<&RegistrationDoc> =
            all.iter().copied().filter(|doc| doc.by == caller.actor.user).collect();
        let over = |docs: &[&RegistrationDoc], most: usize| {
            docs.get(most - 1).map(|oldest| oldest.at.plus_ms(DAY_MS))
        };
        let (most, whose, free) = match (over(&own, USER_DAILY), over(&all, PARTNER_DAILY)) {
            (Some(free), _) => (USER_DAILY, Text::of("Ty", "by you"), free),
            (None, Some(free)) => (PARTNER_DAILY, Text::of("cała Twoja firma", "by your organisation"), free),
            (None, None) => return Ok(()),
        };
        let from = self.moment(free);
        let text = Text::new(
            format!(
                "W ciągu doby można zgłosić najwyżej {most} szans ({}). Następną zgłosisz od {}.",
                whose.pl, from.pl
            ),
            format!(
                "At most {most} deals can be registered {} within 24 hours. The next one can be from {}.",
                whose.en, from.en
            ),
        );
        let seconds = u32::try_from((free.0 - now.0) / 1_000 + 1).unwrap_or(u32::MAX);
        Err(Fault::new(FaultKind::TooMany, text).retry_after_s(seconds))
    }
}
