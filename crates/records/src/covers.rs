//! Cover for somebody who is away: a role over all that this one owns, for a colleague, until an end. It is a grant, and
//! what holds of grants holds of it.

use crate::cover_checks::beyond_cover;
use crate::explain::{RoleName, role_name};
use crate::grant_checks::tidy;
use crate::grant_terms::{moment_of, until_in_reach};
use crate::grants::TRIES;
use crate::prepare::issue;
use crate::things_used::over;
use crate::{Caller, Engine, GrantState, Masked, Released};
use access::{Action, Facts, Grant, Grantee, Over, Policy, Role, Scope, Thing, Verb};
use identity::{GrantDoc, NoticeDoc, bare_doc, put_doc};
use kernel::{Fault, FaultKind, GrantId, Named, RecordId, Result, RoleId, SubjectId, Text, Time, UserId};
use ledger::Act;
use schema::Entity;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::cmp::Reverse;
use std::sync::Arc;
use store::{Batch, DocKind, DocWrite};

/// Milliseconds that cover lasts at most.
const LONGEST_MS: i64 = 92 * 24 * 3_600_000;
/// Covers over one user's records whose time is not over.
const OVER_ONE: usize = 10;
/// Of those that ended, as long as they are kept.
const ENDED_OVER_ONE: usize = 50;
/// Milliseconds for which one that has ended is still listed.
const LISTED_MS: i64 = 30 * 24 * 3_600_000;

/// Cover to be set up.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverInput {
    /// Whose records; the caller's own if absent.
    pub of: Option<UserId>,
    /// Who covers.
    pub to: UserId,
    /// The role on them.
    pub role: RoleId,
    /// Why.
    pub reason: String,
    /// From then on (RFC 3339); from now on if absent.
    pub from: Option<String>,
    /// Until then (RFC 3339), at most 92 days later.
    pub until: String,
}

/// Cover, to those whom it concerns.
#[derive(Clone, Debug, Serialize)]
pub struct CoverView {
    /// The id of the grant that it is.
    pub id: GrantId,
    /// Whose records.
    pub of: Named<UserId>,
    /// Who covers.
    pub to: Named<UserId>,
    /// The role on them; none if it is no more, and the cover gives nothing.
    pub role: Option<RoleName>,
    /// From when (RFC 3339).
    pub from: String,
    /// Until when (RFC 3339).
    pub until: Option<String>,
    /// How it stands.
    pub state: GrantState,
    /// Who set it up.
    pub by: Named<UserId>,
    /// When (RFC 3339).
    pub at: String,
    /// Why.
    pub reason: Option<String>,
}

/// Cover that is about to be set up.
pub(crate) struct Covering {
    /// Whose records.
    pub away: UserId,
    /// The role on them.
    pub role: Role,
    /// The grant that it is.
    pub grant: Grant,
    /// Why.
    pub reason: String,
    /// Over how many records it is now.
    pub count: u64,
}

impl Engine {
    /// Gives somebody a role over all that a colleague owns.
    ///
    /// # Errors
    /// Forbidden for whoever neither is that colleague, nor leads the team, nor manages users; without the right to share
    /// all of these records, and of more than the caller may there; invalid, with each reason; one cover too many.
    pub async fn cover(&self, caller: &Caller, input: &CoverInput) -> Result<Released<CoverView>> {
        self.not_by_token(caller).await?;
        for _ in 1..TRIES {
            match self.cover_now(caller, input).await {
                // The same user shared something else at that moment: both are judged one after the other.
                Err(fault) if fault.kind == FaultKind::Stale => {}
                done => return done,
            }
        }
        self.cover_now(caller, input).await
    }

    async fn cover_now(&self, caller: &Caller, input: &CoverInput) -> Result<Released<CoverView>> {
        let held = self.administer().await?;
        let caller = &self.present(caller)?;
        let Covering { away, role, grant, reason, count } = self.covering(caller, input).await?;
        let cleared = self.cleared_cover(caller, input, count).await?;
        let id = grant.id;
        let doc = GrantDoc::new(&self.0.vault, grant.clone(), self.now(), SubjectId::NIL, &reason)?;
        let mut event = self.event(caller, Act::CoverCreate);
        if away != caller.actor.user {
            event = over(Thing::Users, event);
        }
        self.set_detail(
            &mut event,
            &json!({
                "grant": grant.id,
                "of": away,
                "to": grant.to,
                "role": role.name,
                "from": grant.from.rfc3339(),
                "until": grant.until.map(Time::rfc3339),
            }),
        )?;
        let mut batch = Batch::new(event);
        batch.docs.push(doc.put(&self.0.vault, self.now(), 0)?);
        batch.docs.extend(self.cover_notices(caller, away, input.to, &grant)?);
        batch.directory = held.at;
        cleared.join(&mut batch);
        let view = self.cover_view(caller, away, input.to, &doc);
        let receipt = self.commit_grant(batch, id).await?;
        Ok(Masked::new(view).release(&receipt))
    }

    /// Cover that may be set up, and over how many records it is now.
    ///
    /// # Errors
    /// As [`Engine::cover`].
    pub(crate) async fn covering(&self, caller: &Caller, input: &CoverInput) -> Result<Covering> {
        let policy = &*caller.policy;
        let away = input.of.unwrap_or(caller.actor.user);
        if !self.sets_up_cover(caller, away) {
            return Err(self.refused(caller, 0, RecordId::NIL, no_standing()).await);
        }
        let (role, grant) = self.checked_cover(policy, caller, away, input)?;
        let reason = tidy(&input.reason)?;
        self.check_cover_room(policy, away, &grant)?;
        let (owned, count) = self.places_owned(caller, role, away).await?;
        if let Some(fault) = beyond_cover(policy, caller, role, away, owned) {
            return Err(self.refused(caller, 0, RecordId::NIL, fault).await);
        }
        Ok(Covering { away, role: role.clone(), grant, reason, count })
    }

    /// Covers of and for the caller, and those that the caller set up; or those over the records of one user, to whoever
    /// may set them up or reads users. Those that ended are listed for 30 days.
    ///
    /// # Errors
    /// Forbidden; storage.
    pub async fn covers(&self, caller: &Caller, of: Option<UserId>) -> Result<Released<Vec<CoverView>>> {
        self.not_by_token(caller).await?;
        let me = caller.actor.user;
        if let Some(away) = of
            && !self.sets_up_cover(caller, away)
            && caller.policy.admin(&caller.actor, Thing::Users, Verb::Read).is_err()
        {
            return Err(self.refused(caller, 0, RecordId::NIL, no_standing()).await);
        }
        let since = self.now().plus_ms(-LISTED_MS);
        let mut views = Vec::new();
        for grant in caller.policy.grants.covers() {
            let (Over::OwnedBy(away), Grantee::User(to)) = (grant.over, grant.to) else { continue };
            let concerns = match of {
                Some(of) => of == away,
                None => [away, to, grant.by].contains(&me),
            };
            if !concerns || grant.until.is_some_and(|until| until < since) {
                continue;
            }
            // One that was ended a moment ago has gone.
            if let Some(doc) = self.0.store.doc(DocKind::Grant, *grant.id.bytes()).await? {
                views.push(self.cover_view(caller, away, to, &GrantDoc::open(&self.0.vault, &doc)?));
            }
        }
        views.sort_by_key(|view| Reverse(view.id));
        let mut event = self.event(caller, Act::CoverRead);
        if of.is_some_and(|of| of != me) {
            event = over(Thing::Users, event);
        }
        self.set_detail(&mut event, &json!({ "user": of.unwrap_or(me) }))?;
        let receipt = self.receipt(event).await?;
        Ok(Masked::new(views).release(&receipt))
    }

    /// Whether the caller may set up cover for a user at all: the user, whoever leads the team, whoever manages users.
    fn sets_up_cover(&self, caller: &Caller, away: UserId) -> bool {
        let (policy, actor) = (&*caller.policy, &caller.actor);
        let Some(member) = policy.members.get(&away) else { return false };
        let leads = |entity: &Entity| {
            let (record, subject, parent) = (RecordId::NIL, SubjectId::NIL, None);
            let facts =
                Facts { record, entity: entity.code, subject, owner: away, team: member.team, parent };
            policy.scope(actor, Action::Share, &entity.name) >= Scope::Below
                && policy.decide(actor, Action::Share, &facts).allow
        };
        away == actor.user
            || policy.admin(actor, Thing::Users, Verb::Manage).is_ok()
            || policy.catalog.entities().iter().any(leads)
    }

    /// The grant that is asked for, and its role, checked field by field.
    fn checked_cover<'p>(
        &self,
        policy: &'p Policy,
        caller: &Caller,
        away: UserId,
        input: &CoverInput,
    ) -> Result<(&'p Role, Grant)> {
        let to = Grantee::User(input.to);
        let unfit = self.unfit_grantee(policy, caller, &to);
        if let Some(unfit) = unfit {
            return Err(Fault::fields(vec![unfit]));
        }
        if input.to == away {
            let text = Text::of("Nikt nie zastępuje samego siebie.", "Nobody covers for oneself.");
            return Err(issue("to", "oneself", text));
        }
        if policy.members.get(&input.to).is_some_and(|member| member.partner.is_some()) {
            let text = Text::of(
                "Zastępuje ktoś z organizacji, nie użytkownik partnera.",
                "Somebody of the organisation covers, not a partner's user.",
            );
            return Err(issue("to", "no-colleague", text));
        }
        if policy.members.get(&away).is_none_or(|member| member.owner.is_some()) {
            let text = Text::of(
                "To konto usługi, nie bywa nieobecne.",
                "This is a service account. It is never away.",
            );
            return Err(issue("of", "no-person", text));
        }
        let reads = |role: &Role| {
            let read =
                |r: &access::EntityRights| r.scopes.get(&Action::Read).is_some_and(|s| *s > Scope::None);
            role.entities.values().any(read) && !policy.conditioned.contains(&role.id)
        };
        let Some(role) = policy.roles.get(&input.role).filter(|role| reads(role)) else {
            let text = Text::of(
                "Nie ma takiej roli, nie pozwala ona na odczyt rekordów, albo stawia warunki (drugi składnik, sieć, godziny), których zastępstwo by nie przeniosło.",
                "There is no such role, it does not allow reading records, or it comes with conditions (second factor, network, hours) that cover would not carry along.",
            );
            return Err(issue("role", "unfit-role", text));
        };
        let now = self.now();
        let at = |field, text| moment_of(field, text).map_err(|issue| Fault::fields(vec![issue]));
        let from = at("from", input.from.as_ref())?.unwrap_or(now).max(now);
        let until = at("until", Some(&input.until))?.unwrap_or(now);
        if !until_in_reach(now, from, until)
            || until > from.plus_ms(LONGEST_MS)
            || from > now.plus_ms(LONGEST_MS)
        {
            let text = Text::of(
                "Podaj koniec późniejszy niż początek, najwyżej o 92 dni.",
                "Give an end after the beginning, at most 92 days later.",
            );
            return Err(issue("until", "out-of-range", text));
        }
        let (by, over, fields) = (caller.actor.user, Over::OwnedBy(away), None);
        let (until, most) = (Some(until), Some(Arc::new(role.most())));
        Ok((role, Grant { id: self.id(), to, by, role: role.id, over, fields, from, until, most }))
    }

    /// Refuses a second cover by the same colleague at the same time, and one too many for one user.
    fn check_cover_room(&self, policy: &Policy, away: UserId, grant: &Grant) -> Result<()> {
        let now = self.now();
        let kept = policy.grants.covers().filter(|g| g.over == Over::OwnedBy(away));
        let (others, ended): (Vec<&Grant>, Vec<&Grant>) = kept.partition(|g| g.lasts_at(now));
        let meets = |other: &&&Grant| {
            other.to == grant.to
                && other.until.is_none_or(|until| grant.from < until)
                && grant.until.is_none_or(|until| other.from < until)
        };
        let text = if others.iter().any(|other| meets(&other)) {
            Text::of(
                "Ta osoba już zastępuje w tym czasie. Zakończ tamto zastępstwo albo wybierz inny czas.",
                "This colleague covers at that time already. End that, or choose another time.",
            )
        } else if ended.len() >= ENDED_OVER_ONE {
            Text::of(
                "W ciągu 30 dni skończyło się już 50 zastępstw tej osoby. Spróbuj później.",
                "Within 30 days 50 covers for this person have ended. Try later.",
            )
        } else if others.len() >= OVER_ONE {
            Text::of(
                "Jest już 10 zastępstw tej osoby. Zakończ któreś z nich.",
                "There are 10 covers for this person already. End some of them.",
            )
        } else {
            return Ok(());
        };
        Err(Fault::new(FaultKind::Conflict, text))
    }

    fn cover_view(&self, caller: &Caller, away: UserId, to: UserId, doc: &GrantDoc) -> CoverView {
        let grant = &doc.grant;
        CoverView {
            id: grant.id,
            of: self.user_name(away),
            to: self.user_name(to),
            role: self.policy().roles.get(&grant.role).map(|role| role_name(role, caller.lang)),
            from: grant.from.rfc3339(),
            until: grant.until.map(Time::rfc3339),
            state: GrantState::of(&self.policy(), grant, self.now()),
            by: self.user_name(grant.by),
            at: doc.at.rfc3339(),
            reason: doc.reason(&self.0.vault),
        }
    }

    /// What both sides are told; whoever sets it up knows.
    fn cover_notices(
        &self,
        caller: &Caller,
        away: UserId,
        to: UserId,
        grant: &Grant,
    ) -> Result<Vec<DocWrite>> {
        let (whose, who) = (self.user_name(away).name, self.user_name(to).name);
        let (from, until) =
            (self.moment(grant.from), grant.until.map(|at| self.moment(at)).unwrap_or_default());
        let title = Text::new(format!("Zastępstwo: {whose}"), format!("Cover: {whose}"));
        let covering = Text::new(
            format!(
                "Od {} do {} zastępujesz: {whose}. W tym czasie widzisz rekordy tej osoby i pracujesz na nich w ramach nadanej roli.",
                from.pl, until.pl
            ),
            format!(
                "From {} until {} you cover for {whose}. In that time you see this person's records and work on them as the role allows.",
                from.en, until.en
            ),
        );
        let covered = Text::new(
            format!(
                "Od {} do {} zastępuje Cię {who}. Zakończysz to w każdej chwili na stronie konta.",
                from.pl, until.pl
            ),
            format!(
                "From {} until {} {who} covers for you. You can end it at any time on the page of your account.",
                from.en, until.en
            ),
        );
        let now = self.now();
        let notice = |(user, code, body): (UserId, &str, Text)| {
            let notice = NoticeDoc::new(code, title.clone(), body, now);
            let id: RecordId = self.id();
            put_doc(&self.0.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(user)), &notice)
        };
        let told = [(to, "cover-given", covering), (away, "cover-set-up", covered)];
        told.into_iter().filter(|(user, ..)| *user != caller.actor.user).map(notice).collect()
    }
}

fn no_standing() -> Fault {
    let text = Text::of(
        "Zastępstwo ustanawia ta osoba sama, kierownik jej zespołu albo ktoś, kto zarządza użytkownikami.",
        "Cover is set up by the person, by whoever leads the team, or by somebody who manages users.",
    );
    Fault::new(FaultKind::Forbidden, text)
}
