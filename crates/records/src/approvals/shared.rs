//! What an act shares, in words: with whom and how many people that is, in which role, which fields, and until when.

use super::Sharing;
use super::words::{pair, seen};
use crate::grant_terms::partner_of;
use crate::{Caller, CoverInput, Engine, GrantInput};
use access::{Grantee, Level, Partner};
use kernel::{PartnerId, RoleId, TeamId, Text, Time};
use schema::Field;

impl Engine {
    pub(super) fn shared(
        &self,
        caller: &Caller,
        entity: Option<&str>,
        input: &GrantInput,
        sharing: Sharing,
    ) -> Vec<Text> {
        let mut texts = vec![self.with_whom_shared(caller, input.to)];
        if let Some(partner) = partner_of(&caller.policy, input.to) {
            texts.push(self.agreement(caller, partner));
        }
        texts.push(role_shared(caller, input.role));
        if input.with_related {
            let label =
                Text::of("Także to, co należy do tych rekordów", "Also what belongs to these records");
            texts.push(pair(&label, &sharing.hanging.to_string()));
        }
        if sharing.again > 0 {
            let label = Text::of(
                "Udostępnione tak samo już wcześniej, bez zmian",
                "Shared like this already, left as they are",
            );
            texts.push(pair(&label, &sharing.again.to_string()));
        }
        texts.extend(
            input.fields.as_deref().map(|names| fields_shared(caller, entity, names)).unwrap_or_default(),
        );
        texts.extend(self.time_shared("Od", "From", input.from.as_deref()));
        texts.push(self.time_shared("Do", "Until", input.until.as_deref()).unwrap_or_else(|| {
            Text::of("Tak długo, jak można: dwa lata.", "For as long as it may be: two years.")
        }));
        texts.push(pair(&Text::of("Po co", "What for"), input.reason.trim()));
        texts
    }

    /// Whose records are covered, by whom, and until when.
    pub(super) fn covered(&self, caller: &Caller, input: &CoverInput) -> Vec<Text> {
        let away = input.of.unwrap_or(caller.actor.user);
        let whose = Text::of("Zastępstwo za", "Cover for");
        let mut texts = vec![
            pair(&whose, &self.user_name(away).name),
            pair(&Text::of("Zastępuje", "Who covers"), &self.user_name(input.to).name),
            role_shared(caller, input.role),
            Text::of(
                "Wszystko, czego ta osoba jest właścicielem w tym czasie, i to, co do tego należy.",
                "All that this person owns in that time, and what belongs to it.",
            ),
        ];
        texts.extend(self.time_shared("Od", "From", input.from.as_deref()));
        texts.extend(self.time_shared("Do", "Until", Some(&input.until)));
        texts.push(pair(&Text::of("Po co", "What for"), input.reason.trim()));
        texts
    }

    fn with_whom_shared(&self, caller: &Caller, to: Grantee) -> Text {
        match to {
            Grantee::User(user) => pair(&Text::of("Dla osoby", "For"), &self.user_name(user).name),
            Grantee::Team(team) => {
                let (name, people) = (self.team_name(team).name, self.people_of(caller, team));
                Text::new(
                    format!("Dla zespołu: {name} (osób: {people})"),
                    format!("For the team {name} (people: {people})"),
                )
            }
            Grantee::Partner(partner) => {
                let users = self.users_of(partner);
                let people = users.into_iter().filter(|user| self.may_act(*user)).count();
                let name = self.partner_name(partner).name;
                Text::new(
                    format!("Dla partnera: {name} (osób: {people})"),
                    format!("For the partner {name} (people: {people})"),
                )
            }
        }
    }

    /// How many people are in a team.
    fn people_of(&self, caller: &Caller, team: TeamId) -> usize {
        let of = |member: &&access::Member| {
            member.team == team && member.owner.is_none() && member.partner.is_none()
        };
        caller.policy.members.values().filter(of).filter(|member| self.may_act(member.user)).count()
    }

    /// Of which partner it is, and until when an agreement with it is in force.
    fn agreement(&self, caller: &Caller, id: PartnerId) -> Text {
        let (name, now) = (self.partner_name(id).name, self.now());
        let partner = caller.policy.partners.get(&id);
        let in_force = |partner: &Partner| {
            let ends = partner.agreements.iter().filter(|a| a.holds_at(now)).map(|a| a.until);
            // One that does not end is in force the longest.
            ends.max_by_key(|until| until.map_or(i64::MAX, |at| at.0))
        };
        let told = match partner.and_then(in_force) {
            None => Text::of("brak umowy w mocy", "no agreement in force"),
            Some(None) => Text::of("umowa bez końca", "an agreement without end"),
            Some(Some(until)) => {
                let at = self.moment(until);
                Text::new(format!("umowa do {}", at.pl), format!("an agreement until {}", at.en))
            }
        };
        Text::new(format!("Partner {name}: {}", told.pl), format!("The partner {name}: {}", told.en))
    }

    fn time_shared(&self, pl: &str, en: &str, at: Option<&str>) -> Option<Text> {
        let at = self.moment(Time::parse(at?)?);
        Some(Text::new(format!("{pl}: {}", at.pl), format!("{en}: {}", at.en)))
    }
}

fn role_shared(caller: &Caller, id: RoleId) -> Text {
    let role = caller.policy.roles.get(&id).map(|role| role.label.clone()).unwrap_or_default();
    Text::new(format!("Rola: {}", role.pl), format!("Role: {}", role.en))
}

/// Which fields alone, as far as the caller sees them.
fn fields_shared(caller: &Caller, entity: Option<&str>, names: &[String]) -> Vec<Text> {
    let Some((entity, permit)) = seen(caller, entity) else { return Vec::new() };
    let shows = |name: &str| permit.as_ref().is_some_and(|permit| permit.most().level(name) > Level::Hidden);
    let (told, hidden): (Vec<&String>, Vec<&String>) = names.iter().partition(|name| shows(name));
    let fields: Vec<&Field> = told.into_iter().filter_map(|name| entity.field(name)).collect();
    let list =
        |of: fn(&Text) -> &str| fields.iter().map(|field| of(&field.label)).collect::<Vec<_>>().join(", ");
    let mut texts = vec![Text::new(
        format!("Tylko pola: {}", list(|text| &text.pl)),
        format!("Only the fields: {}", list(|text| &text.en)),
    )];
    if !hidden.is_empty() {
        // Whoever approves learns that more is shared than is shown.
        let label = Text::of("Pola, których nie widzisz", "Fields that you do not see");
        texts.push(pair(&label, &hidden.len().to_string()));
    }
    texts
}
