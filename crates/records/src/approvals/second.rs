//! Who the second person may be.

use crate::Engine;
use access::{Action, Actor, Scope, Thing, Verb};
use identity::{ActKind, Approval, Directory, NoticeDoc, bare_doc, put_doc};
use kernel::{RecordId, Result, RoleId, SessionId, Text, Time, UserId};
use store::{DocKind, DocWrite};

/// Milliseconds for which whoever approves must have been what makes that person fit, when it was asked: a week.
/// Otherwise whoever asks could make somebody who approves, or take over an account.
const SETTLED_MS: i64 = 7 * 24 * 3_600_000;

const fn action(kind: ActKind) -> Option<Action> {
    match kind {
        ActKind::BulkEdit => Some(Action::Update),
        ActKind::BulkDelete => Some(Action::Delete),
        ActKind::BulkShare => Some(Action::Share),
        ActKind::Export => Some(Action::Export),
        ActKind::Erase => Some(Action::Erase),
        ActKind::RoleChange => None,
    }
}

impl Engine {
    /// Who may approve what somebody asks for: those first who lead.
    pub(super) fn seconds(&self, asks: UserId, what: (ActKind, Option<&str>), asked_at: Time) -> Vec<UserId> {
        let directory = self.directory();
        let mut found: Vec<(bool, UserId)> = directory
            .users
            .keys()
            .filter_map(|user| Some((!self.is_second(&directory, *user, asks, what, asked_at)?, *user)))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, user)| user).collect()
    }

    /// Refuses who asks with an account that somebody else made, or gave a way into, within the last week: that one could
    /// be the second person, too. Of a program, whoever answers for it counts.
    pub(super) fn asks_for_oneself(&self, asks: UserId) -> Result<()> {
        let since = self.directory().settled_since(self.answers_for(asks));
        if since.is_some_and(|since| since.plus_ms(SETTLED_MS) <= self.now()) {
            return Ok(());
        }
        Err(super::ask::conflict(Text::of(
            "O zgodę może poprosić dopiero konto, które ma rolę od tygodnia i do którego w tym czasie nikt inny nie dał hasła ani innego sposobu logowania. Poproś o to kogoś, kto pracuje tu dłużej, albo poczekaj.",
            "Only an account that has had a role for a week, and was given no password or other way in by somebody else since, can ask for approval. Have somebody ask who has been here for longer, or wait.",
        )))
    }

    /// Whether a user is a second person to what somebody began at a time: another one, who had had a role for a week then,
    /// and was given no way in by anybody else since.
    pub(crate) fn is_other_person(&self, user: UserId, began: UserId, at: Time) -> bool {
        let since = self.directory().settled_since(user);
        user != began && since.is_some_and(|since| since.plus_ms(SETTLED_MS) <= at)
    }

    /// Whether a user may decide on a request.
    pub(super) fn decides(&self, user: UserId, approval: &Approval) -> bool {
        let what = (approval.kind, approval.entity.as_deref());
        self.is_second(&self.directory(), user, approval.user, what, approval.at).is_some()
    }

    /// Whether a user who may approve leads; nothing of one who may not. Persons of the house alone, never whoever asks,
    /// and never who answers for the program that does. By roles alone, which were the user's, and as they are, for a
    /// week when it was asked, with a password that nobody else gave.
    fn is_second(
        &self,
        directory: &Directory,
        user: UserId,
        asks: UserId,
        (kind, entity): (ActKind, Option<&str>),
        asked_at: Time,
    ) -> Option<bool> {
        let now = self.now();
        let policy = &directory.policy;
        let profile = directory.users.get(&user).filter(|user| user.is_of_house() && user.may_act(now))?;
        let asking = policy.members.get(&asks)?;
        if user == asks || asking.owner == Some(user) {
            return None;
        }
        let settled = |gives: &dyn Fn(RoleId) -> bool| {
            let since = directory.held_since(user, gives);
            since.is_some_and(|since| since.plus_ms(SETTLED_MS) <= asked_at)
        };
        let manages = |thing| {
            let role = |id: RoleId| {
                policy
                    .roles
                    .get(&id)
                    .is_some_and(|r| r.things.get(&thing).is_some_and(|v| *v >= Verb::Manage))
            };
            settled(&role)
        };
        let Some(action) = action(kind) else { return manages(Thing::Roles).then_some(true) };
        let actor = Actor { user, session: SessionId::NIL, token: None, at: now };
        let leads = |name: &str| {
            let gives = |id: RoleId| {
                let rights = policy.roles.get(&id).and_then(|role| role.entities.get(name));
                match rights.and_then(|rights| rights.scopes.get(&action)) {
                    Some(Scope::All) => true,
                    Some(Scope::Below) => policy.team_and_below(profile.team).contains(&asking.team),
                    _ => false,
                }
            };
            policy.scope(&actor, action, name) >= Scope::Below && settled(&gives)
        };
        match entity.is_some_and(leads) {
            true => Some(true),
            false => manages(Thing::Users).then_some(false),
        }
    }

    /// A notification about a request for approval. It names no record and quotes no reason.
    pub(super) fn approval_notice(
        &self,
        to: UserId,
        code: &str,
        title: Text,
        body: Text,
    ) -> Result<DocWrite> {
        let now = self.now();
        let notice = NoticeDoc::new(code, title, body, now);
        let id: RecordId = self.id();
        put_doc(&self.0.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(to)), &notice)
    }
}
