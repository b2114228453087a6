//! Whoever gives oneself more is seen: all others who manage users or roles are told, once for each act.

use crate::Engine;
use crate::team_reach::teams_more;
use access::{Grant, Policy, Role, Team, Thing, Verb};
use identity::{NoticeDoc, UserDoc, bare_doc, put_doc};
use kernel::{RecordId, Result, Text, UserId};
use ledger::Act;
use serde_json::json;
use std::collections::BTreeSet;
use store::{Batch, DocKind};

const CODE: &str = "rights-gained";
/// Rights that are named; of more it is said how many.
const NAMED: usize = 20;

impl Engine {
    /// Puts into the batch by which a user gives oneself roles or another team that others are told: of the roles, and of
    /// what they or the team add.
    pub(crate) fn tell_of_own_roles(
        &self,
        batch: &mut Batch,
        before: &UserDoc,
        after: &UserDoc,
    ) -> Result<()> {
        if (&before.roles, before.team) == (&after.roles, after.team) {
            return Ok(());
        }
        let policy = self.policy();
        let labels = |of: &UserDoc, not: &UserDoc| {
            let roles = of.roles.iter().filter(|role| !not.roles.contains(role));
            joined(roles.filter_map(|id| policy.roles.get(id)).map(|role| &role.label), ", ")
        };
        let mut next = Policy::clone(&policy);
        if let Some(member) = next.members.get_mut(&after.id) {
            member.roles.clone_from(&after.roles);
            member.team = after.team;
        }
        let mut gained = next.gained_since(&policy, after.id);
        gained.extend(teams_more(&next, &policy, after.id));
        let took = after.roles.iter().any(|role| !before.roles.contains(role));
        let how = if took {
            let roles = labels(after, before);
            Text::new(
                format!("Ta osoba nadała sobie role: {}.", roles.pl),
                format!("This person took the roles: {}.", roles.en),
            )
        } else if gained.is_empty() && before.team == after.team {
            return Ok(());
        } else if before.roles == after.roles {
            // What was shared with the team comes with it, whatever roles give.
            let team = self.team_name(after.team).name;
            Text::new(
                format!("Ta osoba przeniosła się do zespołu „{team}”."),
                format!("This person moved to the team “{team}”."),
            )
        } else {
            // A role may deny what others give: to give it up is a gain, too.
            let roles = labels(before, after);
            Text::new(
                format!("Ta osoba odebrała sobie role: {}.", roles.pl),
                format!("This person gave up the roles: {}.", roles.en),
            )
        };
        self.tell_of_gain(batch, after.id, &how, &gained)
    }

    /// Puts into the batch that changes a role that others are told what the user who changes it gains, as one of those
    /// who hold it.
    pub(crate) fn tell_of_own_role(&self, batch: &mut Batch, by: UserId, role: &Role) -> Result<()> {
        let policy = self.policy();
        let Some(member) = policy.members.get(&by) else { return Ok(()) };
        let holds = member.roles.contains(&role.id);
        // A grant that says not what its role gave then widens with the role.
        let widens = |grant: &Grant| grant.role == role.id && grant.most.is_none();
        if !holds && !policy.grants.of(member).any(|g| widens(g) && g.lasts_at(self.now())) {
            return Ok(());
        }
        let mut before = Policy::clone(&policy);
        if let Some(member) = before.members.get_mut(&by).filter(|_| !holds) {
            member.roles.push(role.id);
        }
        let mut next = before.clone();
        next.roles.insert(role.id, role.clone());
        let gained = next.gained_since(&before, by);
        if gained.is_empty() {
            return Ok(());
        }
        let how = Text::new(
            format!("Ta osoba zmieniła rolę, którą sama ma: {}.", role.label.pl),
            format!("This person changed a role of their own: {}.", role.label.en),
        );
        self.tell_of_gain(batch, by, &how, &gained)
    }

    /// Puts into the batch by which a user hangs a team elsewhere that others are told what that adds to what the user
    /// sees.
    pub(crate) fn tell_of_own_teams(&self, batch: &mut Batch, by: UserId, team: &Team) -> Result<()> {
        let policy = self.policy();
        let mut next = Policy::clone(&policy);
        next.teams.insert(team.id, team.clone());
        let gained = teams_more(&next, &policy, by);
        if gained.is_empty() {
            return Ok(());
        }
        let how = Text::new(
            format!("Ta osoba zmieniła, czemu podlega zespół „{}”.", team.name),
            format!("This person changed what the team “{}” hangs on.", team.name),
        );
        self.tell_of_gain(batch, by, &how, &gained)
    }

    fn tell_of_gain(&self, batch: &mut Batch, by: UserId, how: &Text, gained: &[Text]) -> Result<()> {
        let (directory, now) = (self.directory(), self.now());
        let managing = [Thing::Users, Thing::Roles];
        let others = managing.into_iter().flat_map(|thing| directory.holders(thing, Verb::Manage, now));
        let others: BTreeSet<UserId> = others.filter(|user| *user != by).collect();
        if others.is_empty() {
            return Ok(());
        }
        let name = directory.user_name(by);
        let is_person = directory.users.get(&by).is_some_and(|user| !user.is_service());
        let what = what_is_gained(gained);
        let notice = NoticeDoc {
            about: is_person.then_some(by),
            ..NoticeDoc::new(
                CODE,
                Text::new(
                    format!("Uprawnienia nadane sobie: {name}"),
                    format!("Rights given to oneself: {name}"),
                ),
                Text::new(
                    format!(
                        "{} {} Jeśli nie było to uzgodnione, odbierz te uprawnienia w Administracji i wyjaśnij to z tą osobą.",
                        how.pl, what.pl
                    ),
                    format!(
                        "{} {} If that was not agreed, take it back in Administration and ask the person about it.",
                        how.en, what.en
                    ),
                ),
                now,
            )
        };
        let mut event = self.system_event(Act::NoticeCreate);
        self.set_detail(&mut event, &json!({ "code": CODE, "count": others.len(), "user": by }))?;
        batch.more_events.push(event);
        for user in others {
            let id: RecordId = self.id();
            let doc = bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(user));
            batch.docs.push(put_doc(&self.0.vault, doc, &notice)?);
        }
        Ok(())
    }
}

fn what_is_gained(gained: &[Text]) -> Text {
    if gained.is_empty() {
        return Text::of(
            "Nie daje to uprawnień, których ta osoba jeszcze nie miała.",
            "That gives no rights that the person did not have before.",
        );
    }
    let named = joined(gained.iter().take(NAMED), "; ");
    let (more_pl, more_en) = match gained.len().saturating_sub(NAMED) {
        0 => (String::new(), String::new()),
        more => (format!("; i jeszcze {more}"), format!("; and {more} more")),
    };
    Text::new(
        format!("Nowe uprawnienia: {}{more_pl}.", named.pl),
        format!("New rights: {}{more_en}.", named.en),
    )
}

fn joined<'a>(texts: impl Iterator<Item = &'a Text> + Clone, between: &str) -> Text {
    let pl = texts.clone().map(|text| &*text.pl).collect::<Vec<_>>().join(between);
    let en = texts.map(|text| &*text.en).collect::<Vec<_>>().join(between);
    Text::new(pl, en)
}
