//! How long sessions last, and where from and when they may be used: for everybody, for whoever holds a role, and for a
//! token.

use crate::factor::told;
use crate::hours::{Hours, HoursInput, Rest, WorkEnds};
use crate::{Directory, Identity, Limits};
use access::{Role, Thing, Verb};
use ipnet::IpNet;
use kernel::{Fault, FieldIssue, Result, RoleId, Text, Time, UserId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::ops::RangeInclusive;
use store::Batch;

/// Networks of one list.
const NETWORKS: usize = 100;
/// Minutes without use: from what a form takes to fill in, to a day.
const IDLE_MINUTES: RangeInclusive<u16> = 5..=1_440;
/// Minutes in all: from a quarter of an hour to a week.
const ABSOLUTE_MINUTES: RangeInclusive<u16> = 15..=10_080;

/// What is decided of sessions.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionRule {
    /// A session ends after so many minutes without use; nothing leaves it to the server's settings, which no rule
    /// makes longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idle_minutes: Option<u16>,
    /// A session ends after so many minutes, used or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absolute_minutes: Option<u16>,
    /// Sessions and tokens are good from these networks alone; none stands for any.
    #[serde(default)]
    pub networks: Vec<IpNet>,
    /// Sessions and tokens are good in these hours alone; none stands for any. Of a role only: whoever manages users or
    /// roles is held to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
}

/// What administrators decided of sessions: one document for the organisation.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionRules {
    /// Of everybody's.
    pub everyone: SessionRule,
    /// Of whoever holds a role. Of several the strictest holds.
    pub roles: BTreeMap<RoleId, SessionRule>,
}

/// A rule as it is typed.
#[derive(Clone, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionRuleInput {
    #[serde(default)]
    idle_minutes: Option<u16>,
    #[serde(default)]
    absolute_minutes: Option<u16>,
    #[serde(default)]
    networks: Vec<String>,
    #[serde(default)]
    hours: Option<HoursInput>,
}

/// Rules as they are typed.
#[derive(Clone, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionRulesInput {
    everyone: SessionRuleInput,
    roles: BTreeMap<RoleId, SessionRuleInput>,
}

/// All that is decided of one user's sessions.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Bounds {
    idle_ms: Option<i64>,
    absolute_ms: Option<i64>,
    /// An address must be in one network of each.
    networks: Vec<Vec<IpNet>>,
    /// Of all of these a moment must be.
    pub(crate) hours: Vec<Hours>,
}

/// Whether whoever holds this role could change what keeps people out: hours would keep out everybody who could.
#[must_use]
pub fn is_kept_open(role: &Role) -> bool {
    [Thing::Users, Thing::Roles]
        .iter()
        .any(|thing| role.things.get(thing).is_some_and(|v| *v >= Verb::Manage))
}

/// That hours are not for whoever could change them.
#[must_use]
pub fn not_for_administrators(at: &str) -> FieldIssue {
    let reason = Text::of(
        "Godzin pracy nie ustala się dla wszystkich ani dla ról, które zarządzają użytkownikami lub rolami: w razie potrzeby ktoś musi móc je zmienić o każdej porze.",
        "Working hours are not set for everybody, nor for roles that manage users or roles: somebody must be able to change them at any time.",
    );
    FieldIssue {
        field: format!("{at}.hours"),
        code: "not-for-administrators".to_owned(),
        reason,
        example: None,
    }
}

impl SessionRules {
    /// Id of the one document.
    pub const ID: [u8; 16] = *b"session rules\0\0\0";

    /// The same without networks: from wherever anybody asks, it is good.
    #[must_use]
    pub fn from_anywhere(&self) -> Self {
        let free = |rule: &SessionRule| SessionRule { networks: Vec::new(), ..rule.clone() };
        let roles = self.roles.iter().map(|(role, rule)| (*role, free(rule)));
        let roles = roles.filter(|(_, rule)| *rule != SessionRule::default()).collect();
        Self { everyone: free(&self.everyone), roles }
    }

    /// Lets go of what holds for nobody: rules of roles that are no more, and hours of roles that are held to none.
    pub(crate) fn heed(&mut self, roles: &HashMap<RoleId, Role>) {
        self.roles.retain(|id, rule| {
            let Some(role) = roles.get(id) else { return false };
            rule.hours.take_if(|_| is_kept_open(role));
            *rule != SessionRule::default()
        });
    }

    /// Whether whoever has these roles may work from an address.
    #[must_use]
    pub fn allows(&self, roles: &[RoleId], address: IpAddr) -> bool {
        self.of(roles).allows(address)
    }

    /// What holds for whoever has these roles.
    pub(crate) fn of(&self, roles: &[RoleId]) -> Bounds {
        let mut bounds = Bounds::default();
        for rule in std::iter::once(&self.everyone).chain(roles.iter().filter_map(|r| self.roles.get(r))) {
            bounds.idle_ms = shorter(bounds.idle_ms, rule.idle_minutes);
            bounds.absolute_ms = shorter(bounds.absolute_ms, rule.absolute_minutes);
            if !rule.networks.is_empty() {
                bounds.networks.push(rule.networks.clone());
            }
            bounds.hours.extend(rule.hours.clone());
        }
        bounds
    }
}

fn shorter(ms: Option<i64>, minutes: Option<u16>) -> Option<i64> {
    let other = minutes.map(|minutes| i64::from(minutes) * 60_000);
    match (ms, other) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

impl Bounds {
    /// The server's limits, as far as these are not stricter.
    pub(crate) fn within(&self, limits: Limits) -> Limits {
        let strict = |own: i64, asked: Option<i64>| asked.map_or(own, |asked| asked.min(own));
        Limits {
            idle_ms: strict(limits.idle_ms, self.idle_ms),
            absolute_ms: strict(limits.absolute_ms, self.absolute_ms),
            ..limits
        }
    }

    fn allows(&self, address: IpAddr) -> bool {
        self.networks.iter().all(|list| within(list, address))
    }

    /// Whether the limits of sessions differ from the server's.
    pub(crate) const fn has_limits(&self) -> bool {
        self.idle_ms.is_some() || self.absolute_ms.is_some()
    }
}

fn within(networks: &[IpNet], address: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(&address))
}

impl Directory {
    /// Whether a user may work from an address, with a token that is held to these networks if it is held to any.
    #[must_use]
    pub fn allows(&self, user: UserId, token: &[IpNet], address: IpAddr) -> bool {
        let bounds = self.users.get(&user).map(|user| &user.bounds);
        (token.is_empty() || within(token, address)) && bounds.is_none_or(|bounds| bounds.allows(address))
    }

    /// Whether a user may work at this time.
    #[must_use]
    pub fn works_at(&self, user: UserId, now: Time) -> bool {
        self.users.get(&user).is_none_or(|user| user.bounds.hours.iter().all(|hours| hours.allows(now)))
    }

    /// That the hours of a user's roles keep the user from working at this time, and until when, if they do.
    #[must_use]
    pub fn rest(&self, user: UserId, now: Time) -> Option<Rest> {
        Rest::at(&self.users.get(&user)?.bounds.hours, now)
    }

    /// When the hours of a user's roles will keep the user from working, who may work at this time.
    #[must_use]
    pub fn work_ends(&self, user: UserId, now: Time) -> Option<WorkEnds> {
        WorkEnds::after(&self.users.get(&user)?.bounds.hours, now)
    }

    /// What a user is told who may not work from an address, with a token that is held to these networks if it is
    /// held to any. Whoever could change that also hears of the way
    /// out where nobody can work any more.
    #[must_use]
    pub fn wrong_network(&self, user: UserId, token: &[IpNet], address: IpAddr) -> Text {
        if !token.is_empty() && !within(token, address) {
            return Text::new(
                format!(
                    "Ten token działa tylko z sieci, które podano przy jego tworzeniu, a {address} do nich nie należy. Użyj go z takiej sieci albo utwórz nowy."
                ),
                format!(
                    "This token is good only from the networks that were given when it was made, and {address} is in none of them. Use it from one of those, or make another."
                ),
            );
        }
        let mut text = Text::new(
            format!(
                "Z tej sieci ({address}) nie można tu pracować. Połącz się z sieci dozwolonej przez administratora."
            ),
            format!(
                "Nobody may work here from this network ({address}). Connect from one that an administrator allowed."
            ),
        );
        if self.entitled(Thing::Roles, Verb::Manage).contains(&user) {
            text.pl += " Jeśli żaden administrator nie może pracować, ograniczenia zniesie na serwerze polecenie: klucznik user networks clear";
            text.en += " If no administrator can work, this lifts the restrictions on the server: klucznik user networks clear";
        }
        text
    }
}

impl Identity {
    /// Puts into a batch that users are told that networks do not matter any more.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn tell_of_any_network(&self, batch: &mut Batch, users: &[UserId]) -> Result<()> {
        let (docs, event) = told::any_network(&self.0.source(), users)?;
        batch.docs.extend(docs);
        batch.more_events.push(event);
        Ok(())
    }
}

impl SessionRulesInput {
    /// The rules, if they make sense.
    ///
    /// # Errors
    /// Invalid, field by field.
    pub fn check(&self) -> Result<SessionRules> {
        let mut issues = Vec::new();
        let everyone = self.everyone.check("everyone", &mut issues);
        if self.everyone.hours.is_some() {
            issues.push(not_for_administrators("everyone"));
        }
        let checked = |(role, rule): (&RoleId, &SessionRuleInput)| {
            (*role, rule.check(&format!("roles.{role}"), &mut issues))
        };
        let roles = self.roles.iter().map(checked).filter(|(_, rule)| *rule != SessionRule::default());
        let rules = SessionRules { everyone, roles: roles.collect() };
        if issues.is_empty() { Ok(rules) } else { Err(Fault::fields(issues)) }
    }
}

impl SessionRuleInput {
    fn check(&self, at: &str, issues: &mut Vec<FieldIssue>) -> SessionRule {
        let mut minutes = |name: &str, given: Option<u16>, bounds: RangeInclusive<u16>| {
            if given.is_some_and(|given| !bounds.contains(&given)) {
                let (least, most) = bounds.into_inner();
                let reason = Text::new(
                    format!("Od {least} do {most} minut."),
                    format!("From {least} to {most} minutes."),
                );
                issues.push(wrong(format!("{at}.{name}"), "out-of-range", reason, &least.to_string()));
            }
            given
        };
        SessionRule {
            idle_minutes: minutes("idle_minutes", self.idle_minutes, IDLE_MINUTES),
            absolute_minutes: minutes("absolute_minutes", self.absolute_minutes, ABSOLUTE_MINUTES),
            networks: networks(&format!("{at}.networks"), &self.networks, issues),
            hours: self.hours.as_ref().and_then(|hours| hours.check(&format!("{at}.hours"), issues)),
        }
    }
}

pub(crate) fn wrong(field: String, code: &str, reason: Text, example: &str) -> FieldIssue {
    FieldIssue { field, code: code.to_owned(), reason, example: Some(example.to_owned()) }
}

/// Networks of IPv4 written as of IPv6 (RFC 4291, section 2.5.5.2) are those of IPv4: clients' addresses are.
fn plain(network: IpNet) -> IpNet {
    let IpNet::V6(net) = network else { return network };
    let short = net.prefix_len().checked_sub(96);
    let mapped = net.addr().to_ipv4_mapped().zip(short);
    mapped.and_then(|(addr, length)| IpNet::new(addr.into(), length).ok()).unwrap_or(network)
}

/// Networks as they are typed: `10.0.0.0/8`, `2001:db8::/32`, or one address.
pub(crate) fn networks(field: &str, typed: &[String], issues: &mut Vec<FieldIssue>) -> Vec<IpNet> {
    let mut refuse = |code: &str, reason| issues.push(wrong(field.to_owned(), code, reason, "192.0.2.0/24"));
    if typed.len() > NETWORKS {
        refuse("too-many", Text::of("Najwyżej 100 sieci.", "At most 100 networks."));
        return Vec::new();
    }
    let parse = |text: &String| {
        let text = text.trim();
        let one = || text.parse::<IpAddr>().ok().map(IpNet::from);
        text.parse::<IpNet>().ok().or_else(one).map(|network| plain(network.trunc()))
    };
    match typed.iter().map(parse).collect::<Option<Vec<_>>>() {
        Some(mut networks) => {
            networks.sort_unstable();
            networks.dedup();
            networks
        }
        None => {
            refuse(
                "not-a-network",
                Text::of(
                    "Podaj adres albo sieć z długością prefiksu.",
                    "Give an address, or a network with the length of its prefix.",
                ),
            );
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;

    fn rule(idle: Option<u16>, absolute: Option<u16>, networks: &[&str]) -> SessionRule {
        let networks = networks.iter().map(|n| n.parse().expect("a network")).collect();
        SessionRule { idle_minutes: idle, absolute_minutes: absolute, networks, hours: None }
    }

    fn allows(bounds: &Bounds, address: &str) -> bool {
        bounds.allows(address.parse().expect("an address"))
    }

    #[test]
    fn a_network_of_ipv4_is_one_however_it_is_written() {
        let mut issues = Vec::new();
        let typed =
            ["::ffff:192.0.2.7", "::ffff:10.0.0.0/104", "10.1.2.3/8", "2001:db8::1/32"].map(String::from);
        let read = networks("networks", &typed, &mut issues);
        let read: Vec<String> = read.iter().map(ToString::to_string).collect();
        assert_eq!(
            (read, issues.len()),
            (vec!["10.0.0.0/8".into(), "192.0.2.7/32".into(), "2001:db8::/32".into()], 0)
        );
    }

    #[test]
    fn the_strictest_of_all_roles_holds_and_none_is_longer_than_the_servers() {
        let [one, two] = [Id::from_bytes([1; 16]), Id::from_bytes([2; 16])];
        let rules = SessionRules {
            everyone: rule(Some(1_440), None, &[]),
            roles: [
                (one, rule(Some(20), Some(600), &["10.0.0.0/8"])),
                (two, rule(Some(10), Some(10_080), &["10.1.0.0/16", "2001:db8::/32"])),
            ]
            .into(),
        };
        let server = Limits::default();
        assert_eq!(rules.of(&[]).within(server), server, "no rule makes it longer");
        let both = rules.of(&[one, two]);
        let limits = both.within(server);
        assert_eq!((limits.idle_ms, limits.absolute_ms), (10 * 60_000, 600 * 60_000));
        assert!(allows(&both, "10.1.2.3"));
        assert!(!allows(&both, "10.2.0.1") && !allows(&both, "2001:db8::1"), "in one of each list");
        assert!(allows(&rules.of(&[two]), "2001:db8::1") && allows(&rules.of(&[]), "198.51.100.1"));
    }

    #[test]
    fn what_holds_for_nobody_is_let_go_of() {
        let [seller, porter, gone] = [1, 2, 3].map(|n| RoleId::from_bytes([n; 16]));
        let role = |id, things: &[(Thing, Verb)]| Role {
            id,
            name: "r".into(),
            label: Text::same("r"),
            built_in: false,
            entities: BTreeMap::new(),
            denials: BTreeMap::new(),
            things: things.iter().copied().collect(),
        };
        let spans = r#"{"spans":[{"days":[1],"from":"08:00","until":"16:00"}]}"#;
        let hours = serde_json::from_str::<HoursInput>(spans).expect("a shape").check("", &mut Vec::new());
        let timed = SessionRule { hours, ..rule(Some(20), None, &[]) };
        let untimed = rule(Some(20), None, &[]);
        let only = SessionRule { idle_minutes: None, ..timed.clone() };
        for (manages, kept) in
            [(Thing::Users, untimed.clone()), (Thing::Roles, untimed), (Thing::Teams, timed.clone())]
        {
            let roles =
                [(seller, role(seller, &[])), (porter, role(porter, &[(manages, Verb::Manage)]))].into();
            let all = [(seller, timed.clone()), (porter, timed.clone()), (gone, timed.clone())];
            let mut rules = SessionRules { everyone: rule(None, Some(60), &[]), roles: all.into() };
            rules.heed(&roles);
            assert_eq!(rules.roles, [(seller, timed.clone()), (porter, kept)].into(), "{manages:?}");
            assert_eq!(rules.everyone, rule(None, Some(60), &[]));
        }
        let roles = [(porter, role(porter, &[(Thing::Users, Verb::Manage)]))].into();
        let mut rules = SessionRules { roles: [(porter, only)].into(), ..SessionRules::default() };
        rules.heed(&roles);
        assert_eq!(rules, SessionRules::default(), "an empty rule is none");
    }

    #[test]
    fn what_is_typed_is_checked() {
        let input = |text: &str| serde_json::from_str::<SessionRulesInput>(text).expect("a shape");
        let good = input(
            r#"{"everyone":{"idle_minutes":5,"networks":["192.0.2.77/24"," 198.51.100.1 ","192.0.2.0/24"]},"roles":{}}"#,
        );
        let rules = good.check().expect("good");
        assert_eq!(rules.everyone, rule(Some(5), None, &["192.0.2.0/24", "198.51.100.1/32"]));
        let role = RoleId::from_bytes([1; 16]);
        for wrong in
            [r#"{"idle_minutes":4}"#, r#"{"absolute_minutes":10081}"#, r#"{"networks":["192.0.2.0/33"]}"#]
        {
            let fault = input(&format!(r#"{{"everyone":{{}},"roles":{{"{role}":{wrong}}}}}"#))
                .check()
                .expect_err("refused");
            assert!(fault.issues[0].field.starts_with(&format!("roles.{role}.")), "{fault:?}");
        }
        let many = vec!["192.0.2.1".to_owned(); 101];
        let mut issues = Vec::new();
        assert!(networks("networks", &many, &mut issues).is_empty() && issues[0].code == "too-many");
    }
}
