//! Why somebody may do something to a record or may not, now or at a moment of the past. The answer is the policy's own,
//! of now or put together again as it was; what cannot be known of the past is said, not guessed.

use crate::explain::{RoleName, as_user, role_name};
use crate::grants::ends;
use crate::{Caller, Engine, Masked, Released, content};
use access::{Action, Actor, Facts, Level, ParentFacts, Policy, Question, Thing, Verb};
use kernel::{Fault, GrantId, Named, RecordId, Result, TeamId, Text, Time, UserId};
use ledger::Act;
use serde::Serialize;
use serde_json::json;
use store::{ChangeKind, Row};

/// Changes of a record that are looked through for whose it was.
const CHANGES: u32 = 500;

/// What is asked.
#[derive(Clone, Debug)]
pub struct WhyAsked {
    /// Who.
    pub user: UserId,
    /// Name of the entity.
    pub entity: String,
    /// The record.
    pub record: RecordId,
    /// What is done to it.
    pub action: Action,
    /// A field of it.
    pub field: Option<String>,
    /// When; now, if nothing is said.
    pub at: Option<Time>,
}

/// Something that had a say.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct WhyStep {
    /// What: `standing`, `token`, `denial`, `role`, `grant`, `condition`, `restriction` or `field`.
    pub rule: &'static str,
    /// What it does to the answer: `gives`, `takes` or `nothing`.
    pub effect: &'static str,
    /// The role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<RoleName>,
    /// The grant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant: Option<GrantId>,
    /// How much of the field it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Whether the caller may end that grant now.
    pub may_end: bool,
    /// In the caller's language.
    pub label: String,
}

/// One way to the other answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct WhyWay {
    /// By which role, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<RoleName>,
    /// By which grant, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant: Option<GrantId>,
    /// In the caller's language.
    pub label: String,
}

/// The answer, and why it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Why {
    /// Who.
    pub user: Named<UserId>,
    /// What is done.
    pub action: Action,
    /// The field asked for.
    pub field: Option<String>,
    /// When (RFC 3339).
    pub at: String,
    /// Yes or no; null if it cannot be known.
    pub allow: Option<bool>,
    /// Why it cannot be known, in the caller's language.
    pub unknown: Option<String>,
    /// How much of the field is seen.
    pub level: Option<Level>,
    /// Whose the record was.
    pub owner: Option<Named<UserId>>,
    /// Of which team.
    pub team: Option<Named<TeamId>>,
    /// All that had a say.
    pub steps: Vec<WhyStep>,
    /// What would have to be other for the other answer: any one of these is enough.
    pub ways: Vec<WhyWay>,
}

impl Engine {
    /// Why a user may do something to a record, or may not. Oneself may be asked about by whoever reads the record;
    /// others by whoever reads users besides.
    ///
    /// # Errors
    /// Forbidden; not found; invalid for a field that there is not, or a time to come.
    pub async fn why(&self, caller: &Caller, asked: WhyAsked) -> Result<Released<Why>> {
        if asked.user != caller.actor.user || caller.actor.token.is_some() {
            self.admin(caller, Thing::Users, Verb::Read).await?;
        }
        let now = self.now();
        let entity = caller.policy.catalog.get(&asked.entity).ok_or_else(Fault::not_found)?;
        if asked.at.is_some_and(|at| at > now) {
            let reason = Text::of("Tej chwili jeszcze nie było.", "That moment has not come yet.");
            return Err(crate::prepare::issue("at", "in-the-future", reason));
        }
        if asked.field.as_ref().is_some_and(|field| entity.field(field).is_none()) {
            let reason = Text::of("Nie ma takiego pola.", "There is no such field.");
            let fault = crate::prepare::issue("field", "unknown-field", reason);
            return Err(fault.naming(asked.field.as_deref().unwrap_or_default()).within(&entity.name));
        }
        let (row, facts, _) = self.lookup(caller, entity, asked.record).await?;
        if !caller.policy.members.contains_key(&asked.user) {
            return Err(Fault::not_found());
        }
        let (at, stands) = (asked.at.unwrap_or(now), facts.clone());
        let then = match asked.at {
            Some(at) => self.facts_at(&row, at).await?,
            None => Ok(facts),
        };
        let policy = match asked.at {
            Some(at) => self.directory().policy_at((&self.0.store, &self.0.vault), asked.user, at).await?,
            None => {
                let mut policy = Policy::clone(&caller.policy);
                // Whoever left is suspended soon after.
                policy
                    .members
                    .get_mut(&asked.user)
                    .into_iter()
                    .for_each(|m| m.active &= self.may_act(m.user));
                Some(policy)
            }
        };
        let policy = policy.ok_or_else(|| {
            Text::of(
                "Nie wiadomo, jakie były wtedy role i użytkownicy: ich wersji jeszcze nie zachowywano albo od tego czasu było za dużo zmian.",
                "It is not known which roles and users there were then: their versions were not kept yet, or there were too many changes since.",
            )
        });
        let actor = Actor { at, ..as_user(caller, asked.user) };
        let mut why = self.why_then(caller, &asked, &actor, then.and_then(|facts| Ok((policy?, facts))));
        for step in &mut why.steps {
            let grant = step.grant.and_then(|id| caller.policy.grants.find(id));
            step.may_end =
                caller.actor.token.is_none() && grant.is_some_and(|g| ends(caller, g, Some(&stands)));
        }
        let mut event = crate::read::about(self.event(caller, Act::AccessExplain), &row);
        let at = asked.at.map(Time::rfc3339);
        let about = json!({ "user": asked.user, "action": asked.action, "field": asked.field, "at": at });
        self.set_detail(&mut event, &about)?;
        Ok(Masked::new(why).release(&self.receipt(event).await?))
    }

    fn why_then(
        &self,
        caller: &Caller,
        asked: &WhyAsked,
        actor: &Actor,
        then: std::result::Result<(Policy, Facts), Text>,
    ) -> Why {
        let mut why = Why {
            user: self.user_name(asked.user),
            action: asked.action,
            field: asked.field.clone(),
            at: actor.at.rfc3339(),
            allow: None,
            unknown: None,
            level: None,
            owner: None,
            team: None,
            steps: Vec::new(),
            ways: Vec::new(),
        };
        let (policy, facts) = match then {
            Ok(then) => then,
            Err(text) => return Why { unknown: Some(text.get(caller.lang).to_owned()), ..why },
        };
        let question = Question { actor, action: asked.action, facts: &facts, field: asked.field.as_deref() };
        let role = |id| policy.roles.get(&id).map(|role| role_name(role, caller.lang));
        let found = policy.explain(question);
        let step = |step: access::Step| WhyStep {
            rule: step.rule.name(),
            effect: step.effect.name(),
            role: step.role.and_then(role),
            grant: step.grant,
            level: step.level,
            may_end: false,
            label: step.label.get(caller.lang).to_owned(),
        };
        why.steps = found.steps.into_iter().map(step).collect();
        let way = |way: access::Way| WhyWay {
            role: way.role.and_then(role),
            grant: way.grant,
            label: way.label.get(caller.lang).to_owned(),
        };
        why.ways = policy.otherwise(question).into_iter().map(way).collect();
        Why {
            allow: Some(found.allow),
            level: found.level,
            owner: Some(self.user_name(facts.owner)),
            team: Some(self.team_name(facts.team)),
            ..why
        }
    }

    /// What a decision would have known of a record then; or why that cannot be said.
    async fn facts_at(&self, row: &Row, at: Time) -> Result<std::result::Result<Facts, Text>> {
        let (owner, team) = match self.whose_at(row, at).await? {
            Ok(whose) => whose,
            Err(text) => return Ok(Err(text)),
        };
        let (mut facts, parent) = self.facts(row).await?;
        (facts.owner, facts.team) = (owner, team);
        if let (Some(above), Some(parent)) = (&facts.parent, parent) {
            if parent.created_at > at {
                // A lead that was converted: what hung on it hangs on another record now.
                return Ok(Err(Text::of(
                    "Nie wiadomo, do jakiego rekordu ten wtedy należał.",
                    "It is not known which record this one belonged to then.",
                )));
            }
            match self.whose_at(&parent, at).await? {
                Ok((owner, team)) => facts.parent = Some(ParentFacts { owner, team, ..above.clone() }),
                Err(text) => return Ok(Err(text)),
            }
        }
        Ok(Ok(facts))
    }

    /// Owner and team of a record then, from its changes since.
    async fn whose_at(&self, row: &Row, at: Time) -> Result<std::result::Result<(UserId, TeamId), Text>> {
        if row.created_at > at {
            return Ok(Err(Text::of("Tego rekordu jeszcze nie było.", "The record was not there yet.")));
        }
        let unknown = || {
            Text::of(
                "Nie wiadomo, czyj był wtedy ten rekord: jego dawnych zmian nie da się odczytać albo jest ich za dużo.",
                "It is not known whose the record was then: its changes since cannot be read, or are too many.",
            )
        };
        let (mut owner, mut team) = (row.owner, row.team);
        let changes = self.0.store.changes_of(row.id, None, CHANGES).await?;
        let all = changes.len() < CHANGES as usize;
        let mut reached = all;
        for change in changes {
            if change.at <= at {
                reached = true;
                break;
            }
            if change.kind != ChangeKind::Update || change.diff.is_empty() {
                continue;
            }
            let Ok((had, of)) = content::whose_before(&self.0.vault, row, &change) else {
                return Ok(Err(unknown()));
            };
            (owner, team) = (had.unwrap_or(owner), of.unwrap_or(team));
        }
        Ok(if reached { Ok((owner, team)) } else { Err(unknown()) })
    }
}
