//! Whether what users are to have is there.

use crate::Directory;
use kernel::{Fault, FieldIssue, PartnerId, Result, RoleId, TeamId, Text};

impl Directory {
    /// Whether team and roles exist.
    ///
    /// # Errors
    /// Invalid, field by field.
    pub fn check(&self, team: TeamId, roles: &[RoleId]) -> Result<()> {
        self.check_place(Some(team), roles)
    }

    /// As [`Directory::check`], of somebody who is of this partner: the partner must be there and not suspended, and
    /// such a user has no team.
    ///
    /// # Errors
    /// Invalid, field by field.
    pub fn check_of(&self, partner: Option<PartnerId>, team: TeamId, roles: &[RoleId]) -> Result<()> {
        let Some(partner) = partner else { return self.check(team, roles) };
        if self.partners.get(&partner).is_none_or(|partner| !partner.active) {
            let reason = Text::of(
                "Nie ma takiego partnera albo jest zawieszony.",
                "There is no such partner, or the partner is suspended.",
            );
            let (field, code) = ("partner".into(), "partner-unknown".into());
            return Err(Fault::fields(vec![FieldIssue { field, code, reason, example: None }]));
        }
        self.check_place(None, roles)
    }

    fn check_place(&self, team: Option<TeamId>, roles: &[RoleId]) -> Result<()> {
        let issue = |field: &str, code: &str, reason| FieldIssue {
            field: field.into(),
            code: code.into(),
            reason,
            example: None,
        };
        let mut issues = Vec::new();
        if team.is_some_and(|team| !self.policy.teams.contains_key(&team)) {
            issues.push(issue(
                "team",
                "unknown-team",
                Text::of("Nie ma takiego zespołu.", "There is no such team."),
            ));
        }
        if !roles.iter().all(|r| self.policy.roles.contains_key(r)) {
            issues.push(issue(
                "roles",
                "unknown-role",
                Text::of("Nie ma takiej roli.", "There is no such role."),
            ));
        }
        if issues.is_empty() { Ok(()) } else { Err(Fault::fields(issues)) }
    }
}
