//! Whether single sign-on can work as it is set up: for the start of the server, and for whoever looks at an instance
//! from outside.

use crate::config::Config;
use crate::sign_on::{PAGE, SignOnConfig, client_secret};
use identity::Directory;
use kernel::{Result, Text, Time};
use oidc::{Provider, Settings};

/// Whether the secret of a client can be read, and by its owner alone.
///
/// # Errors
/// Invalid, with what to do.
pub fn secret(settings: &Settings) -> Result<()> {
    client_secret(settings).map(drop)
}

/// Whether a provider answers, as the one that the settings say, and with keys.
///
/// # Errors
/// What is wrong, in a few seconds.
pub async fn reach(config: &Config, settings: &Settings, now: Time) -> Result<()> {
    let page = format!("{}{PAGE}/{}", config.address()?, settings.name);
    let provider = Provider::new(settings.clone(), None, page)?;
    provider.reach(now).await.map_err(|refused| refused.fault(&settings.label))
}

/// Teams and roles that the settings name and that do not exist, a line for each.
#[must_use]
pub fn missing(config: &SignOnConfig, directory: &Directory) -> Vec<Text> {
    let policy = &directory.policy;
    let mut found = Vec::new();
    for provider in &config.providers {
        let name = &provider.name;
        if let Some(team) = &provider.create_users_in
            && !policy.teams.values().any(|t| t.name == *team)
        {
            found.push(Text::new(
                format!("{name}, create_users_in: nie ma zespołu „{team}”"),
                format!("{name}, create_users_in: there is no team “{team}”"),
            ));
        }
        for (group, roles) in &provider.roles {
            for role in roles.iter().filter(|role| !policy.roles.values().any(|r| r.name == **role)) {
                found.push(Text::new(
                    format!("{name}, roles, {group}: nie ma roli „{role}”"),
                    format!("{name}, roles, {group}: there is no role “{role}”"),
                ));
            }
        }
    }
    found
}

/// Says in the log what the settings name and is not there. It keeps nobody from working: roles and teams can be renamed
/// at any time, and whom it concerns is refused, or keeps the roles that were there.
pub fn warn(config: &SignOnConfig, directory: &Directory) {
    for text in missing(config, directory) {
        tracing::warn!("[[sign_on.providers]] {}", text.en);
    }
}
