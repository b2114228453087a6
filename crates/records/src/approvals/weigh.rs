//! How much an act on many records is: which records, in which versions, whose, and about how many.

use super::{Exact, ManyAct, Sharing};
use crate::covers::Covering;
use crate::erase::MAX_ROWS;
use crate::prepare::issue;
use crate::teams::people_of;
use crate::{BulkChange, BulkOrder, BulkSelect, Caller, EXPORT_MAX, Engine, HAND_OVER_MAX, ListRequest};
use access::{Action, ListPermit};
use index::Query;
use kernel::{Fault, RecordId, Result, SubjectId, Text, UserId, limits};
use schema::Entity;
use std::collections::{BTreeMap, HashMap, HashSet};
use store::Row;

/// Ids that are looked for at a time.
const IDS: usize = 1_000;
/// Records that are named.
const NAMED: usize = 5;

/// What an act comes to.
#[derive(Default)]
pub(super) struct Weight {
    /// The records, in order.
    pub(super) exact: Exact,
    /// On how many it is: of roles, people.
    pub(super) count: u64,
    /// Whom they are about.
    pub(super) subjects: HashSet<SubjectId>,
    /// How many of the records whoever looks does not see: of those nothing else is told.
    pub(super) unseen: u64,
    /// Whose those are that are seen.
    pub(super) owners: HashMap<UserId, u64>,
    /// How many of each entity.
    pub(super) entities: BTreeMap<u16, u64>,
    /// The first of each entity.
    pub(super) first: Vec<(u16, RecordId)>,
    /// What sharing the records comes to: that is in their number.
    pub(super) sharing: Sharing,
}

impl Weight {
    /// Adds one that whoever looks sees.
    fn add(&mut self, (id, version): (RecordId, u64), entity: u16, owner: UserId, subject: SubjectId) {
        self.add_exactly((id, version), subject);
        *self.owners.entry(owner).or_default() += 1;
        *self.entities.entry(entity).or_default() += 1;
        if self.first.len() < NAMED {
            self.first.push((entity, id));
        }
    }

    fn add_exactly(&mut self, exactly: (RecordId, u64), subject: SubjectId) {
        self.exact.0.push(exactly);
        self.count += 1;
        self.subjects.insert(subject);
    }

    /// How many count for the rule: of those that are named one by one also what is not seen, so that nobody learns which
    /// those are.
    pub(super) fn counts(&self, act: &ManyAct) -> u64 {
        self.count.max(self.sharing.counts(act.named()))
    }

    fn add_row(&mut self, row: &Row) {
        self.add((row.id, row.version), row.entity, row.owner, row.subject);
    }
}

/// What is listed, and how many at most.
struct Listed<'a> {
    caller: &'a Caller,
    entity: &'a Entity,
    permit: &'a ListPermit,
    request: &'a ListRequest,
    most: usize,
}

impl Engine {
    /// Weighs an act as its caller may do it now. Opens no record and shows none.
    ///
    /// # Errors
    /// As the act itself, before anything is begun; too many records.
    pub(super) async fn weighed_within(&self, caller: &Caller, act: &ManyAct) -> Result<Weight> {
        let weight = self.weigh(caller, act).await;
        // The route does not say whose fields it names.
        weight.map_err(|fault| match act.entity() {
            Some(entity) => fault.within(entity),
            None => fault,
        })
    }

    /// As [`Engine::weighed_within`], without saying of which entity the fields are that a refusal names.
    pub(super) async fn weigh(&self, caller: &Caller, act: &ManyAct) -> Result<Weight> {
        match act {
            ManyAct::Bulk(order) => self.weigh_bulk(caller, order).await,
            ManyAct::HandOver(order) => self.weigh_hand_over(caller, order).await,
            ManyAct::Export { entity, request, .. } => {
                let entity = caller.policy.catalog.get(entity).ok_or_else(Fault::not_found)?;
                self.check_export(caller, entity, request).await?;
                let permit = caller.policy.list(&caller.actor, Action::Export, entity.code)?;
                let mut weight = Weight::default();
                let listed =
                    Listed { caller, entity, permit: &permit, request: &request.list, most: EXPORT_MAX };
                self.weigh_list(&listed, request.ids.as_deref(), &mut weight).await?;
                Ok(weight)
            }
            ManyAct::Erase { entity, id, .. } => {
                let entity = caller.policy.catalog.get(entity).ok_or_else(Fault::not_found)?;
                // The grounds are given later, with the request.
                let row = self.erasable(caller, entity, *id).await?;
                let mut weight = Weight::default();
                let doomed = self.store().rows_of_subject(row.subject).await?;
                if doomed.len() > MAX_ROWS {
                    return Err(too_many(MAX_ROWS));
                }
                // The record itself is named first.
                weight.add_row(&row);
                for one in doomed.iter().filter(|one| one.id != row.id) {
                    self.weigh_row(caller, one, &mut weight).await?;
                }
                Ok(weight)
            }
            ManyAct::Cover(input) => {
                self.not_by_token(caller).await?;
                let Covering { away, count, .. } = self.covering(caller, input).await?;
                let owners = HashMap::from([(away, count)]);
                Ok(Weight { count: count.max(1), owners, ..Weight::default() })
            }
            ManyAct::Role { .. }
            | ManyAct::UserRoles { .. }
            | ManyAct::Team { .. }
            | ManyAct::Rules { .. } => {
                let count = self.people_concerned(caller, act).await?;
                Ok(Weight { count, ..Weight::default() })
            }
        }
    }

    async fn sees(&self, caller: &Caller, row: &Row) -> Result<bool> {
        let (facts, _) = self.facts(row).await?;
        Ok(caller.policy.decide(&caller.actor, Action::Read, &facts).allow)
    }

    /// Adds a record that is part of it in any case, with no more of it than the caller sees.
    pub(super) async fn weigh_row(&self, caller: &Caller, row: &Row, weight: &mut Weight) -> Result<()> {
        if self.sees(caller, row).await? {
            weight.add_row(row);
        } else {
            weight.add_exactly((row.id, row.version), row.subject);
            weight.unseen += 1;
        }
        Ok(())
    }

    async fn weigh_bulk(&self, caller: &Caller, order: &BulkOrder) -> Result<Weight> {
        self.check_bulk(caller, order).await?;
        let name = order.entity.as_deref().unwrap_or_default();
        let entity = caller.policy.catalog.get(name).ok_or_else(Fault::not_found)?;
        let permit = caller.policy.list(&caller.actor, Action::Read, entity.code)?;
        let mut weight = Weight::default();
        match &order.select {
            BulkSelect::Ids(ids) => {
                // In the bin or not.
                let mut known = HashSet::new();
                for part in ids.chunks(IDS) {
                    for row in self.store().rows(part.to_vec()).await? {
                        let seen = row.entity == entity.code.0 && self.sees(caller, &row).await?;
                        if seen && known.insert(row.id) {
                            weight.add_row(&row);
                        }
                    }
                }
            }
            BulkSelect::List(request) => {
                let listed = Listed { caller, entity, permit: &permit, request, most: order.most().0 };
                self.weigh_list(&listed, None, &mut weight).await?;
            }
            BulkSelect::OwnedBy(_) => return Err(Fault::bug("what a user owns is handed over only")),
        }
        if let BulkChange::Share(input) = &order.change {
            weight.sharing = self.sharing(caller, entity, &weight.exact.ids(), input).await?;
            weight.count = weight.sharing.counts(weight.count);
        }
        Ok(weight)
    }

    async fn weigh_hand_over(&self, caller: &Caller, order: &BulkOrder) -> Result<Weight> {
        self.check_bulk(caller, order).await?;
        let BulkSelect::OwnedBy(from) = &order.select else {
            return Err(Fault::bug("only what a user owns is handed over"));
        };
        let mut weight = Weight::default();
        for entity in caller.policy.catalog.entities() {
            let asked = order.entity.as_ref().is_none_or(|name| *name == entity.name);
            let Ok(permit) = caller.policy.list(&caller.actor, Action::Read, entity.code) else { continue };
            for binned in [false, true] {
                let filters = vec![format!("owner:eq:{from}")];
                let request = ListRequest { filters, binned, ..ListRequest::default() };
                let listed =
                    Listed { caller, entity, permit: &permit, request: &request, most: HAND_OVER_MAX };
                if asked {
                    self.weigh_list(&listed, None, &mut weight).await?;
                }
            }
        }
        Ok(weight)
    }

    async fn weigh_list(
        &self,
        listed: &Listed<'_>,
        ids: Option<&[RecordId]>,
        weight: &mut Weight,
    ) -> Result<()> {
        let Listed { caller, entity, permit, request, most } = listed;
        let whole = ListRequest { limit: Some(limits::PAGE_MAX), cursor: None, ..(*request).clone() };
        let query = self.query(caller, entity, permit, &whole)?;
        let parts: Vec<Option<Vec<RecordId>>> = match ids {
            None => vec![None],
            Some(ids) => ids.chunks(IDS).map(|part| Some(part.to_vec())).collect(),
        };
        let mut known = HashSet::new();
        for ids in parts {
            let mut query = Query { ids, ..query.clone() };
            loop {
                let page = self.index().query(permit, query.clone()).await?;
                for row in page.rows.iter().filter(|row| known.insert(row.id)) {
                    weight.add((row.id, row.version), row.entity.0, row.owner, row.subject);
                }
                if weight.exact.0.len() > *most {
                    return Err(too_many(*most));
                }
                match page.next {
                    Some(next) => query.after = Some(next),
                    None => break,
                }
            }
        }
        Ok(())
    }

    /// How many people have a role, or whose roles or place change.
    async fn people_concerned(&self, caller: &Caller, act: &ManyAct) -> Result<u64> {
        let policy = &caller.policy;
        match act {
            ManyAct::Role { id: Some((role, _)), .. } => {
                Ok(policy.members.values().filter(|member| member.roles.contains(role)).count() as u64)
            }
            ManyAct::UserRoles { .. } => Ok(1),
            ManyAct::Team { id: (team, _), .. } => Ok(people_of(policy, *team)),
            _ => Ok(0),
        }
    }

    /// Refuses an order that would need approval, before it waits in the queue. What is decided when it is done counts.
    ///
    /// # Errors
    /// That a second person must approve; as the act itself.
    pub async fn check_size(&self, caller: &Caller, act: &ManyAct) -> Result<()> {
        let kind = act.kind();
        let from = self.directory().approval_rules.from(kind).filter(|_| caller.approved.is_none());
        let Some(from) = from else { return Ok(()) };
        let listed = match act {
            // Of what is shared it depends on what hangs on it, and on what is shared already.
            ManyAct::Bulk(BulkOrder { change: BulkChange::Share(_), .. }) => None,
            ManyAct::Bulk(BulkOrder { select: BulkSelect::Ids(_), .. }) => {
                return self.cleared(caller, kind, act.named()).await.map(drop);
            }
            ManyAct::Bulk(BulkOrder { entity: Some(entity), select: BulkSelect::List(request), .. }) => {
                Some((entity, Action::Read, request))
            }
            ManyAct::Export { entity, request, .. } if request.ids.is_none() => {
                Some((entity, Action::Export, &request.list))
            }
            _ => None,
        };
        let count = match listed {
            Some((entity, action, request)) => {
                self.count_up_to(caller, entity, action, request, from).await?
            }
            None => self.weigh(caller, act).await?.counts(act),
        };
        self.cleared(caller, kind, count).await.map(drop)
    }

    /// How many a list shows, counted no further than matters.
    async fn count_up_to(
        &self,
        caller: &Caller,
        entity: &str,
        action: Action,
        request: &ListRequest,
        from: u32,
    ) -> Result<u64> {
        let entity = caller.policy.catalog.get(entity).ok_or_else(Fault::not_found)?;
        let permit = caller.policy.list(&caller.actor, action, entity.code)?;
        let whole = ListRequest { limit: Some(limits::PAGE_MAX), cursor: None, ..request.clone() };
        let query = self.query(caller, entity, &permit, &whole)?;
        Ok(u64::from(self.index().count(&permit, query, from).await?))
    }
}

fn too_many(most: usize) -> Fault {
    let text = Text::new(
        format!("Najwyżej {most} rekordów naraz; zawęź warunki."),
        format!("At most {most} records at a time; narrow the conditions."),
    );
    issue("select", "out-of-range", text)
}
