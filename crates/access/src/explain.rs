//! Why somebody may do something to a record, or may not: all that had a say. What is decided is
//! [`Policy::decide`]'s; this only tells of it.

use crate::gift::{Ask, Gift};
use crate::{Action, Actor, Decision, Facts, Grant, Level, Mask, Member, Over, Policy, Role, Scope};
use kernel::{GrantId, RoleId, Text};
use schema::Entity;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// What is done.
    pub action: Action,
    /// To which record.
    pub facts: &'a Facts,
    /// A field of it, if it is about one.
    pub field: Option<&'a str>,
}

/// What has a say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rule {
    /// Whether the user may do anything at all.
    Standing,
    /// Limits of a token.
    Token,
    /// A denial of a role.
    Denial,
    /// What a role that is held gives.
    Role,
    /// What was granted.
    Grant,
    /// That a role asks more of whoever holds it.
    Condition,
    /// That the processing of a subject's data is restricted.
    Restriction,
    /// That a field is computed from others.
    Field,
}

impl Rule {
    /// Stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standing => "standing",
            Self::Token => "token",
            Self::Denial => "denial",
            Self::Role => "role",
            Self::Grant => "grant",
            Self::Condition => "condition",
            Self::Restriction => "restriction",
            Self::Field => "field",
        }
    }
}

/// What it does to the answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Gives leave.
    Gives,
    /// Takes it, whatever gives it.
    Takes,
    /// Has no say in this.
    Nothing,
}

impl Effect {
    /// Stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gives => "gives",
            Self::Takes => "takes",
            Self::Nothing => "nothing",
        }
    }
}

/// One link of the chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// What has a say.
    pub rule: Rule,
    /// What it says.
    pub effect: Effect,
    /// Of which role.
    pub role: Option<RoleId>,
    /// By which grant.
    pub grant: Option<GrantId>,
    /// How much of the field it shows, where a field is asked for.
    pub level: Option<Level>,
    /// In words.
    pub label: Text,
}

impl Step {
    fn new(rule: Rule, effect: Effect, label: Text) -> Self {
        Self { rule, effect, role: None, grant: None, level: None, label }
    }

    const fn of(mut self, role: &Role) -> Self {
        self.role = Some(role.id);
        self
    }
}

/// The answer and all that had a say in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// Yes or no.
    pub allow: bool,
    /// How much of the field is seen, where one was asked for.
    pub level: Option<Level>,
    /// What had a say.
    pub steps: Vec<Step>,
}

/// How much of a field must be seen to do something to it.
pub(crate) const fn needed(action: Action) -> Level {
    match action {
        Action::Read | Action::Export => Level::Read,
        Action::Create | Action::Update | Action::Import | Action::Merge => Level::Write,
        Action::Delete | Action::Share | Action::Reveal | Action::Erase => Level::Masked,
    }
}

impl Policy {
    /// The level of the field asked for, by whatever lets the action be done.
    pub(crate) fn level_of(&self, asked: Question<'_>) -> Option<Level> {
        let field = asked.field?;
        let entity = self.catalog.by_code(asked.facts.entity)?;
        let gifts = self.admitting(asked, entity);
        Some(Mask::of(entity, |field| gifts.iter().map(|g| g.level_of(field)).max()).level(field))
    }

    fn admitting<'a>(&'a self, asked: Question<'a>, entity: &'a Entity) -> Vec<Gift<'a>> {
        let Some(member) = self.member(asked.actor) else { return Vec::new() };
        let Question { actor, action, facts, .. } = asked;
        let mut gifts = self.gifts(Ask { member, actor, action, entity, near: Some(facts) });
        gifts.retain(|gift| gift.admits(asked.facts));
        gifts
    }

    /// Yes or no: to the action and, if a field is asked for, to doing it to the field.
    #[must_use]
    pub fn answers(&self, asked: Question<'_>) -> bool {
        let Decision { allow, .. } = self.decide(asked.actor, asked.action, asked.facts);
        allow && self.level_of(asked).is_none_or(|level| level >= needed(asked.action))
    }

    /// Yes or no, and all that had a say.
    #[must_use]
    pub fn explain(&self, asked: Question<'_>) -> Explanation {
        let mut steps = vec![self.standing(asked)];
        if let (Some(member), Some(entity)) =
            (self.members.get(&asked.actor.user), self.catalog.by_code(asked.facts.entity))
        {
            steps.push(token(asked, entity));
            let reads = match asked.action {
                Action::Create => self.parent_seen(member, asked.actor, entity, asked.facts),
                _ => self.decide(asked.actor, Action::Read, asked.facts).allow,
            };
            for role in self.roles_of(member) {
                steps.extend(denial(asked, entity, role));
                steps.push(self.by_role(asked, entity, role, reads));
                steps.extend(self.condition(role));
            }
            for grant in self.grants_about(member, asked.facts) {
                steps.push(self.by_grant(asked, entity, grant));
            }
            steps.extend(self.restriction(asked));
            steps.extend(computed(asked, entity));
        }
        let level = self.level_of(asked);
        Explanation { allow: self.answers(asked), level, steps }
    }

    /// Grants for this user that could count for the record, in force or not.
    pub(crate) fn grants_about(&self, member: &Member, facts: &Facts) -> Vec<&Grant> {
        let ids: Vec<_> = [facts.record].into_iter().chain(facts.parent.as_ref().map(|p| p.record)).collect();
        let mut grants = self.grants.near(member, &ids);
        grants.retain(|grant| match grant.over {
            Over::Record(_, id) => id == facts.record,
            Over::Tree(..) => true,
            Over::OwnedBy(user) => {
                user == facts.owner || facts.parent.as_ref().is_some_and(|p| p.owner == user)
            }
        });
        grants
    }

    fn standing(&self, asked: Question<'_>) -> Step {
        let (effect, label) = match self.members.get(&asked.actor.user) {
            None => (Effect::Takes, Text::of("Nie było takiego użytkownika.", "There was no such user.")),
            Some(member) if !member.active => (
                Effect::Takes,
                Text::of(
                    "Konto jest zawieszone, skończyło się albo nie ma opiekuna, który może działać: nie może nic.",
                    "The account is suspended, has ended, or has no owner who may act: it can do nothing.",
                ),
            ),
            Some(member) if !self.stands(member) => (
                Effect::Takes,
                Text::of(
                    "Organizacja partnera jest zawieszona: jej użytkownicy nie mogą nic.",
                    "The partner organisation is suspended: its users can do nothing.",
                ),
            ),
            Some(_) => (Effect::Nothing, Text::of("Konto jest czynne.", "The account is active.")),
        };
        Step::new(Rule::Standing, effect, label)
    }

    /// What a role that is held says: which records it gives, and whether this is one of them, if it may be read at all;
    /// of one that is to be made, what it would hang on.
    fn by_role(&self, asked: Question<'_>, entity: &Entity, role: &Role, reads: bool) -> Step {
        let rights = role.entities.get(&entity.name);
        let scope = rights.and_then(|r| r.scopes.get(&asked.action)).copied().unwrap_or_default();
        let (pl, en) = asked.action.words();
        let (which_pl, which_en) = scope.words();
        let gift = self.admitting(asked, entity).into_iter().find(|gift| gift.is_of(role.id));
        let gives = gift.is_some() && reads;
        let level = gift.as_ref().and_then(|gift| Some(gift.level_of(entity.field(asked.field?)?)));
        let (end_pl, end_en) = match (scope, gives) {
            (Scope::None, _) => ("", ""),
            (_, true) => ("; ten rekord jest wśród nich", "; this record is among them"),
            (_, false) if gift.is_some() && asked.action != Action::Create => {
                ("; ale tego rekordu nie wolno czytać", "; but this record may not be read")
            }
            _ if asked.facts.parent.is_some() && through_parent(asked.action) => (
                "; ale rekordu, do którego ten należy, nie wolno czytać",
                "; but the record that this one belongs to may not be read",
            ),
            _ => ("; tego rekordu wśród nich nie ma", "; this record is not among them"),
        };
        let label = if scope == Scope::None {
            Text::new(
                format!("Rola „{}” nie pozwala na {pl}.", role.label.pl),
                format!("The role “{}” does not allow {en}.", role.label.en),
            )
        } else {
            Text::new(
                format!("Rola „{}” pozwala na {pl} (rekordy: {which_pl}){end_pl}.", role.label.pl),
                format!("The role “{}” allows {en} (records: {which_en}){end_en}.", role.label.en),
            )
        };
        let effect = if gives { Effect::Gives } else { Effect::Nothing };
        Step { level, ..Step::new(Rule::Role, effect, label).of(role) }
    }

    fn condition(&self, role: &Role) -> Option<Step> {
        self.conditioned.contains(&role.id).then(|| {
            let label = Text::new(
                format!(
                    "Kto ma rolę „{}”, musi spełnić warunki (drugi składnik, sieć albo godziny); bez tego nie wejdzie wcale.",
                    role.label.pl
                ),
                format!(
                    "Whoever holds the role “{}” must meet conditions (a second factor, networks or hours), and gets in only then.",
                    role.label.en
                ),
            );
            Step::new(Rule::Condition, Effect::Nothing, label).of(role)
        })
    }

    fn by_grant(&self, asked: Question<'_>, entity: &Entity, grant: &Grant) -> Step {
        let role = self.roles.get(&grant.role);
        let gift = self.admitting(asked, entity).into_iter().find(|gift| gift.is_by(grant.id));
        let level = gift.as_ref().and_then(|gift| Some(gift.level_of(entity.field(asked.field?)?)));
        let gives = gift.is_some();
        let at = asked.actor.at;
        let (pl, en) = if gives {
            ("pozwala na to", "allows it")
        } else if at < grant.from {
            ("jeszcze nie obowiązuje", "is not in force yet")
        } else if !grant.holds_at(at) {
            ("już się skończyło", "has ended")
        } else if !self.members.get(&asked.actor.user).is_none_or(|m| self.agreed(m, grant, at)) {
            (
                "nie działa, bo nie obowiązuje umowa z partnerem",
                "does not count, for no agreement with the partner is in force",
            )
        } else if grant.by == asked.actor.user {
            (
                "nadała ta sama osoba, więc nic jej nie daje",
                "was given by the same person, and gives them nothing",
            )
        } else if self.conditioned.contains(&grant.role) {
            (
                "nic nie daje, bo z tą rolą idą warunki, których trzeba dotrzymać",
                "gives nothing, for conditions go with that role",
            )
        } else if asked.action == Action::Share {
            ("nie pozwala udostępniać dalej", "does not allow passing it on")
        } else {
            ("na to nie pozwala", "does not allow it")
        };
        let name = role.map_or_else(|| Text::of("?", "?"), |role| role.label.clone());
        let label = Text::new(
            format!("Udostępnienie z rolą „{}” {pl}.", name.pl),
            format!("The grant with the role “{}” {en}.", name.en),
        );
        let effect = if gives { Effect::Gives } else { Effect::Nothing };
        Step {
            role: role.map(|r| r.id),
            grant: Some(grant.id),
            level,
            ..Step::new(Rule::Grant, effect, label)
        }
    }

    fn restriction(&self, asked: Question<'_>) -> Option<Step> {
        let freezes = !matches!(asked.action, Action::Read | Action::Erase | Action::Export);
        (freezes && self.restricted.contains(&asked.facts.subject)).then(|| {
            let label = Text::of(
                "Przetwarzanie tych danych jest ograniczone (art. 18 RODO): można je tylko czytać.",
                "Processing of these data is restricted (GDPR Art. 18): they can only be read.",
            );
            Step::new(Rule::Restriction, Effect::Takes, label)
        })
    }
}

/// What is done only to what hangs on a record that may be read itself; all else goes by the record's own owner and team.
const fn through_parent(action: Action) -> bool {
    matches!(action, Action::Read | Action::Export | Action::Create)
}

fn token(asked: Question<'_>, entity: &Entity) -> Step {
    let (effect, label) = match &asked.actor.token {
        None => (
            Effect::Nothing,
            Text::of(
                "Zakresów tokenów tu nie uwzględniono: każdy token ma własny.",
                "Limits of tokens are not counted here: each token has its own.",
            ),
        ),
        Some(scope) if scope.entities.get(&entity.name).is_some_and(|a| a.contains(&asked.action)) => {
            (Effect::Nothing, Text::of("Zakres tokenu to obejmuje.", "The token's scope covers it."))
        }
        Some(_) => (
            Effect::Takes,
            Text::of("Zakres tokenu tego nie obejmuje.", "The token's scope does not cover it."),
        ),
    };
    Step::new(Rule::Token, effect, label)
}

fn denial(asked: Question<'_>, entity: &Entity, role: &Role) -> Option<Step> {
    let denied = role.denials.get(&entity.name)?;
    let action = [asked.action, Action::Read].into_iter().find(|action| denied.contains(action))?;
    let (pl, en) = action.words();
    let label = Text::new(
        format!("Rola „{}” zakazuje: {pl}. Zakaz jest ważniejszy od wszystkiego, co pozwala.", role.label.pl),
        format!("The role “{}” denies {en}. A denial outweighs all that allows.", role.label.en),
    );
    Some(Step::new(Rule::Denial, Effect::Takes, label).of(role))
}

fn computed(asked: Question<'_>, entity: &Entity) -> Option<Step> {
    let sources = schema::sources_of(&entity.name, asked.field?);
    if sources.is_empty() {
        return None;
    }
    let label = Text::of(
        "To pole powstaje z innych pól: widać z niego tyle, ile z tego z nich, które widać najmniej.",
        "This field is computed from others: as much of it is seen as of the one that is seen least.",
    );
    Some(Step::new(Rule::Field, Effect::Nothing, label))
}
