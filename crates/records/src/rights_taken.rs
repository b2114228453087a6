//! Taking rights away from several at once, in one commit: each as when somebody takes it away by itself.

use crate::Engine;
use crate::remaining::RolesLeft;
use access::Grant;
use identity::{
    Right, ServiceAccountChange, UserChange, UserDoc, WhyKept, load_user, update_service_account, update_user,
};
use kernel::{Fault, FaultKind, GrantId, Result, RoleId, Text, Time, UserId};
use ledger::{Act, Event, EventId};
use serde_json::{Value, json};
use std::collections::HashMap;
use store::{Batch, DocKind, DocWrite};

/// Rights that are to be taken away together.
#[derive(Default)]
pub(crate) struct Taking {
    /// The roles that users keep, of those who lose some.
    left: RolesLeft,
    grants: Vec<Grant>,
}

/// The events by which rights ended.
#[derive(Default)]
pub(crate) struct EndedBy {
    /// By whose roles were changed.
    users: HashMap<UserId, EventId>,
    /// By grant.
    grants: HashMap<GrantId, EventId>,
}

impl EndedBy {
    /// The event by which a right ended.
    pub fn of(&self, right: &Right) -> Option<EventId> {
        match right {
            Right::Role { user, .. } => self.users.get(user).copied(),
            Right::Grant { id, .. } => self.grants.get(id).copied(),
        }
    }
}

impl Taking {
    /// How many lose roles.
    pub fn people(&self) -> u64 {
        self.left.len() as u64
    }

    /// Takes a grant along.
    pub fn grant(&mut self, grant: Grant) {
        self.grants.push(grant);
    }
}

impl Engine {
    /// Takes a role of a user along, if somebody remains who manages users and roles once all of it is taken, and the
    /// emergency account can help. Otherwise it is not taken, and it is said why, with the user's name.
    ///
    /// # Errors
    /// Storage's.
    pub(crate) async fn take_role(
        &self,
        taking: &mut Taking,
        user: UserId,
        role: RoleId,
    ) -> Result<Option<(WhyKept, Fault)>> {
        let directory = self.directory();
        let profile = directory.users.get(&user).ok_or_else(Fault::not_found)?;
        if directory.policy.denies(role) {
            let text = Text::of(
                "Ta rola także czegoś zabrania, więc odbiera się ją tylko w Administracji.",
                "This role denies something, too, so it is taken away in Administration alone.",
            );
            return Ok(Some((WhyKept::Denies, Fault::new(FaultKind::Conflict, text))));
        }
        let before = taking.left.get(&user).cloned();
        let mut left = before.clone().unwrap_or_else(|| profile.roles.clone());
        left.retain(|held| *held != role);
        let helps = left.iter().any(|held| self.manages_users(*held));
        let _ = taking.left.insert(user, left);
        let (kept, why) = match self.keep_emergency(user, helps) {
            Ok(()) => (self.keep_managers(&taking.left).await, WhyKept::LastAdministrator),
            refused => (refused, WhyKept::Emergency),
        };
        let Err(fault) = kept else { return Ok(None) };
        let _ = match before {
            Some(before) => taking.left.insert(user, before),
            None => taking.left.remove(&user),
        };
        if fault.kind != FaultKind::Conflict {
            return Err(fault);
        }
        let (name, said) = (&profile.name, &fault.message);
        let text = Text::new(format!("{name}: {}", said.pl), format!("{name}: {}", said.en));
        Ok(Some((why, Fault::new(FaultKind::Conflict, text))))
    }

    /// Puts into a batch that all of it ends, with an event of its own for each user and grant, by whom the batch is.
    ///
    /// # Errors
    /// Stale if a grant was ended a moment ago; storage.
    pub(crate) async fn take_all(&self, batch: &mut Batch, taking: &Taking) -> Result<EndedBy> {
        let mut ended = EndedBy::default();
        let event = |act| Event {
            id: self.id(),
            act,
            touches: Vec::new(),
            detail: Vec::new(),
            ..batch.event().clone()
        };
        let (mut events, mut docs) = (Vec::new(), Vec::new());
        for (user, left) in &taking.left {
            let (event, doc) = self.roles_left(event(Act::UserUpdate), *user, left).await?;
            let _ = ended.users.insert(*user, event.id);
            events.push(event);
            docs.push(doc);
        }
        for grant in &taking.grants {
            let row = match grant.record() {
                Some((_, record)) => self.0.store.row(record).await?,
                None => None,
            };
            let end = self.grant_end(event(Act::GrantEnd), grant, row.as_ref()).await?;
            let (event, gone) = end.ok_or_else(Fault::stale)?;
            let _ = ended.grants.insert(grant.id, event.id);
            events.push(event);
            docs.extend(gone);
        }
        batch.more_events.extend(events);
        batch.docs.extend(docs);
        Ok(ended)
    }

    async fn roles_left(&self, event: Event, id: UserId, left: &[RoleId]) -> Result<(Event, DocWrite)> {
        let (vault, now) = (&self.0.vault, self.now());
        let doc = self.0.store.doc(DocKind::User, *id.bytes()).await?.ok_or_else(Fault::not_found)?;
        let (current, roles) = (load_user(vault, &doc)?, Some(left.to_vec()));
        let ((user, write, changed), act) = if current.doc.service.is_some() {
            let change = ServiceAccountChange { roles, ..ServiceAccountChange::default() };
            (update_service_account(vault, now, &current, change)?, Act::ServiceUpdate)
        } else {
            let change = UserChange { roles, ..UserChange::default() };
            (update_user(vault, now, &current, change)?, Act::UserUpdate)
        };
        let mut event = Event { act, ..event };
        self.set_detail(&mut event, &self.user_change(&current.doc, &user.doc, &changed))?;
        Ok((event, write))
    }

    /// What the ledger tells of a change of a user or a program.
    pub(crate) fn user_change(&self, was: &UserDoc, is: &UserDoc, changed: &[&'static str]) -> Value {
        let mut about = json!({
            "user": is.id, "fields": changed, "roles": [was.roles, is.roles], "teams": [was.team, is.team],
            "active": is.active, "ends_at": is.ends_at.map(Time::rfc3339),
            "labels": self.labels_of_changed(&was.roles, &is.roles),
        });
        if let Some(service) = &is.service {
            about["owner"] = json!(service.owner());
        }
        about
    }
}
