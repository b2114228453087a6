//! The terms of a grant, whatever record it is over: for whom, which role, from when until when.

use crate::grant_checks::fits;
use crate::{Caller, Engine, GrantInput};
use access::{Grantee, Partner, Policy, Role};
use kernel::{FieldIssue, PartnerId, Text, Time};
use schema::Entity;

/// The longest that a grant is given for, in milliseconds: two years from now. Who needs it longer renews it.
const LONGEST_MS: i64 = 2 * 366 * 24 * 3_600_000;

/// From when until when, or what is wrong with it.
pub(crate) type Span = std::result::Result<(Time, Time), FieldIssue>;

impl Engine {
    /// The role and the time of a grant that is asked for on a record of this entity, and what is against it.
    pub(crate) fn terms<'p>(
        &self,
        policy: &'p Policy,
        caller: &Caller,
        entity: &Entity,
        input: &GrantInput,
    ) -> (Option<&'p Role>, Span, Vec<FieldIssue>) {
        let mut issues = Vec::new();
        issues.extend(self.unfit_grantee(policy, caller, &input.to));
        let role = policy.roles.get(&input.role).filter(|role| fits(policy, entity, role));
        if role.is_none() {
            let text = Text::of(
                "Nie ma takiej roli, nie pozwala ona na odczyt takich rekordów, albo stawia warunki (drugi składnik, sieć, godziny), których udostępnienie by nie przeniosło.",
                "There is no such role, it does not allow reading such records, or it comes with conditions (second factor, network, hours) that a grant would not carry along.",
            );
            issues.push(wrong("role", "unfit-role", text));
        }
        let span = span(self.now(), input);
        issues.extend(span.as_ref().err().cloned());
        if let Some(partner) = partner_of(policy, input.to).and_then(|id| policy.partners.get(&id)) {
            let until = span.as_ref().ok().filter(|_| input.until.is_some()).copied();
            issues.extend(unfit_for_partner(partner, role, until, self.now()));
        }
        (role, span, issues)
    }

    /// Why nothing can be granted to these.
    pub(crate) fn unfit_grantee(&self, policy: &Policy, caller: &Caller, to: &Grantee) -> Option<FieldIssue> {
        let (code, text) = match to {
            Grantee::User(user) if *user == caller.actor.user => {
                ("oneself", Text::of("To Ty. Wybierz kogoś innego.", "This is you. Choose somebody else."))
            }
            Grantee::User(user) if !self.may_act(*user) => (
                "unknown-user",
                Text::of(
                    "Nie ma takiej osoby albo jest zawieszona.",
                    "There is no such user, or the user is suspended.",
                ),
            ),
            Grantee::User(user) if policy.members.get(user).is_some_and(|m| m.owner.is_some()) => (
                "no-person",
                Text::of(
                    "To konto usługi. Udostępniaj osobom i zespołom.",
                    "This is a service account. Share with people and teams.",
                ),
            ),
            Grantee::Team(team) if !policy.teams.contains_key(team) => {
                ("unknown-team", Text::of("Nie ma takiego zespołu.", "There is no such team."))
            }
            Grantee::Partner(partner) if !policy.partners.contains_key(partner) => {
                ("partner-unknown", Text::of("Nie ma takiego partnera.", "There is no such partner."))
            }
            Grantee::User(_) | Grantee::Team(_) | Grantee::Partner(_) => return None,
        };
        Some(wrong("to", code, text))
    }
}

/// The partner that something is for, or that its user is of.
pub(crate) fn partner_of(policy: &Policy, to: Grantee) -> Option<PartnerId> {
    match to {
        Grantee::Partner(partner) => Some(partner),
        Grantee::User(user) => policy.members.get(&user).and_then(|member| member.partner),
        Grantee::Team(_) => None,
    }
}

/// What is against a grant to a partner, or to somebody who is of it: it needs an agreement that lasts as long, an end,
/// and a role that only looks.
fn unfit_for_partner(
    partner: &Partner,
    role: Option<&Role>,
    span: Option<(Time, Time)>,
    now: Time,
) -> Vec<FieldIssue> {
    let mut issues = Vec::new();
    if role.is_some_and(|role| !role.suits_partners()) {
        let text = Text::of(
            "Partner może tylko czytać i eksportować. Wybierz rolę, która nie daje nic więcej, na przykład „Wgląd”.",
            "A partner can only read and export. Choose a role that gives nothing more, such as “Viewer”.",
        );
        issues.push(wrong("role", "partner-unfit-role", text));
    }
    let agreed = |from: Time, until: Time| {
        let covers = |a: &access::Agreed| a.holds_at(from) && a.until.is_none_or(|end| until <= end);
        partner.active && partner.agreements.iter().any(covers)
    };
    match span {
        _ if !partner.agreed_at(span.map_or(now, |(from, _)| from)) => {
            let text = Text::of(
                "Z tym partnerem nie ma ważnej umowy albo jest on zawieszony. Poproś administratora o wpisanie umowy w Administracja → Partnerzy.",
                "There is no agreement in force with this partner, or the partner is suspended. Ask an administrator to enter one under Administration → Partners.",
            );
            issues.push(wrong("to", "partner-no-agreement", text));
        }
        Some((from, until)) if agreed(from, until) && until <= now.plus_ms(LONGEST_MS / 2) => {}
        _ => {
            let text = Text::of(
                "Udostępnienie partnerowi musi mieć koniec: najwyżej za rok i nie później niż koniec umowy z nim.",
                "What is shared with a partner must have an end: a year from now at the latest, and no later than the agreement with the partner.",
            );
            issues.push(wrong("until", "partner-end-needed", text));
        }
    }
    issues
}

pub(crate) fn wrong(field: &str, code: &str, reason: Text) -> FieldIssue {
    FieldIssue { field: field.into(), code: code.into(), reason, example: None }
}

/// From when and until when: what is not said begins now, and ends as late as it may.
fn span(now: Time, input: &GrantInput) -> Span {
    let from = moment_of("from", input.from.as_ref())?.unwrap_or(now).max(now);
    let until = moment_of("until", input.until.as_ref())?.unwrap_or(now.plus_ms(LONGEST_MS));
    if until_in_reach(now, from, until) {
        return Ok((from, until));
    }
    let text = Text::of(
        "Podaj koniec późniejszy niż początek, najwyżej za dwa lata.",
        "Give an end after the beginning, at most two years from now.",
    );
    Err(wrong("until", "out-of-range", text))
}

/// Whether a grant may end then.
pub(crate) fn until_in_reach(now: Time, from: Time, until: Time) -> bool {
    from < until && until <= now.plus_ms(LONGEST_MS)
}

/// A time that was given, if it was.
pub(crate) fn moment_of(field: &str, text: Option<&String>) -> std::result::Result<Option<Time>, FieldIssue> {
    let parse = |text: &String| {
        Time::parse(text).ok_or_else(|| FieldIssue {
            example: Some("2027-01-31T12:00:00Z".to_owned()),
            ..wrong(
                field,
                "not-a-time",
                Text::of("To nie jest data z godziną według RFC 3339.", "This is not a time of RFC 3339."),
            )
        })
    };
    text.map(parse).transpose()
}
