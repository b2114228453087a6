//! Roles that one person is not to hold together: pairs, decided by administrators (separation of duties).

use crate::Directory;
use access::role_ids::{ADMINISTRATOR, AUDITOR, DPO};
use kernel::{Fault, FieldIssue, Result, RoleId, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Pairs at most.
const PAIRS: usize = 200;

/// Two roles that one person is not to hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConflictPair {
    /// The two; the lesser id first.
    pub roles: [RoleId; 2],
    /// Whether giving both is refused. Otherwise it is told of.
    pub refuse: bool,
}

/// What administrators decided: one document for the organisation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleConflicts {
    /// The pairs.
    pub pairs: Vec<ConflictPair>,
}

impl Default for RoleConflicts {
    /// Whoever may change rights neither checks them nor watches over the protection of data. It is told of and not
    /// refused: in a small organisation one person may have to be both.
    fn default() -> Self {
        let pair = |a: RoleId, b: RoleId| ConflictPair { roles: [a.min(b), a.max(b)], refuse: false };
        Self { pairs: vec![pair(ADMINISTRATOR, DPO), pair(ADMINISTRATOR, AUDITOR)] }
    }
}

impl RoleConflicts {
    /// Id of the one document.
    pub const ID: [u8; 16] = *b"role-conflicts\0\0";

    /// As it is to be: each pair once, its roles in order.
    ///
    /// # Errors
    /// Invalid: a role beside itself, a pair named twice, a role that is not there, too many.
    pub fn checked(mut self, directory: &Directory) -> Result<Self> {
        let mut known = BTreeSet::new();
        let mut issues = Vec::new();
        for (at, pair) in self.pairs.iter_mut().enumerate() {
            pair.roles.sort_unstable();
            let [a, b] = pair.roles;
            let (code, reason) = if pair.roles.iter().any(|role| !directory.policy.roles.contains_key(role)) {
                ("unknown-role", Text::of("Nie ma takiej roli.", "There is no such role."))
            } else if a == b {
                ("same-role", Text::of("Wskaż dwie różne role.", "Name two different roles."))
            } else if !known.insert([a, b]) {
                ("repeated", Text::of("Ta para już jest na liście.", "This pair is in the list already."))
            } else {
                continue;
            };
            issues.push(issue(&format!("pairs.{at}"), code, reason));
        }
        if self.pairs.len() > PAIRS {
            let reason = Text::of("Par może być najwyżej 200.", "There may be 200 pairs at most.");
            issues = vec![issue("pairs", "too-many", reason)];
        }
        if issues.is_empty() { Ok(self) } else { Err(Fault::fields(issues)) }
    }

    /// The pairs of which both roles are among these.
    pub fn among<'a>(&'a self, roles: &'a [RoleId]) -> impl Iterator<Item = &'a ConflictPair> {
        self.pairs.iter().filter(|pair| pair.roles.iter().all(|role| roles.contains(role)))
    }

    /// The first pair that is refused among these roles and was not among those before.
    fn refused(&self, before: &[RoleId], after: &[RoleId]) -> Option<ConflictPair> {
        let new = |pair: &&ConflictPair| pair.refuse && !pair.roles.iter().all(|role| before.contains(role));
        self.among(after).find(new).copied()
    }
}

impl Directory {
    /// Whether somebody who had these roles may be given those. Whoever holds both of a pair already keeps them: a change
    /// of something else is not held up by it.
    ///
    /// # Errors
    /// Invalid, with the names of both roles.
    pub fn check_together(&self, before: &[RoleId], after: &[RoleId]) -> Result<()> {
        let Some(pair) = self.role_conflicts.refused(before, after) else { return Ok(()) };
        let label = |role| self.policy.roles.get(role).map(|role| role.label.clone());
        let [a, b] = pair.roles.each_ref().map(|role| label(role).unwrap_or_else(|| Text::of("?", "?")));
        let reason = Text::new(
            format!(
                "Jedna osoba nie może mieć ról „{}” i „{}”: tak ustalono w Administracji → Ustalenia. Odbierz jedną z nich albo nadaj tę rolę komuś innemu.",
                a.pl, b.pl
            ),
            format!(
                "One person must not hold the roles “{}” and “{}”: so it was decided under Administration → Findings. Take one of them away, or give the role to somebody else.",
                a.en, b.en
            ),
        );
        Err(Fault::fields(vec![issue("roles", "conflicting-roles", reason)]))
    }

    /// The pairs that are told of and not refused, of which somebody who had these roles would hold both by those.
    #[must_use]
    pub fn told_together(&self, before: &[RoleId], after: &[RoleId]) -> Vec<[RoleId; 2]> {
        let had = |pair: &ConflictPair| pair.roles.iter().all(|role| before.contains(role));
        let pairs = self.role_conflicts.among(after).filter(|pair| !pair.refuse && !had(pair));
        pairs.map(|pair| pair.roles).collect()
    }

    /// Those of `more` that may be added to the roles `held` without both of a pair that is refused, for somebody who had
    /// the roles `had`: of such a pair the one that was had stays.
    #[must_use]
    pub fn without_conflicts(&self, had: &[RoleId], held: &[RoleId], more: &[RoleId]) -> Vec<RoleId> {
        let mut all = held.to_vec();
        let mut kept = Vec::new();
        let (first, others): (Vec<&RoleId>, Vec<&RoleId>) = more.iter().partition(|role| had.contains(role));
        for role in first.into_iter().chain(others) {
            all.push(*role);
            if self.role_conflicts.refused(had, &all).is_some() {
                let _ = all.pop();
            } else {
                kept.push(*role);
            }
        }
        kept
    }
}

fn issue(field: &str, code: &str, reason: Text) -> FieldIssue {
    FieldIssue { field: field.into(), code: code.into(), reason, example: None }
}
