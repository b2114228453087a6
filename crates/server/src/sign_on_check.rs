//! Whether single sign-on can work as it is set up: for the start of the server, and for whoever looks at an instance
//! from outside.

use crate::config::Config;
use crate::sign_on::{PAGE, SignOnConfig, client_secret};
use access::{Thing, Verb};
use identity::Directory;
use kernel::{Result, Text, Time};
use oidc::{Provider, Settings};
use records::Engine;

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

/// That nobody who manages users can sign in.
pub const NOBODY: Text = Text::of(
    "Nikt, kto zarządza użytkownikami, nie może się zalogować: nie ma hasła ani klucza dostępu, które się liczą, ani konta u dostawcy z ustawień.",
    "Nobody who manages users can sign in: there is no password or passkey that counts, and no account at a provider of the settings.",
);

/// What mends [`NOBODY`].
#[must_use]
pub fn help(config: &SignOnConfig, directory: &Directory, now: Time) -> Text {
    let able = directory.holders(Thing::Users, Verb::Manage, now);
    let login = able.iter().find_map(|id| directory.users.get(id)).map(|user| user.login.as_str());
    let (first_pl, first_en) = if config.only {
        (
            "Ustaw only = false w [sign_on], a potem nadaj hasło",
            "Set only = false under [sign_on], and then give a password",
        )
    } else {
        ("Nadaj hasło", "Give a password")
    };
    match login {
        Some(login) => Text::new(
            format!(
                "{first_pl}: klucznik user password {login}. Albo przywróć dostawcę w [[sign_on.providers]]."
            ),
            format!(
                "{first_en}: klucznik user password {login}. Or bring the provider back to [[sign_on.providers]]."
            ),
        ),
        None => Text::of(
            "Nikt nie ma takiej roli. Przywróć zawieszoną osobę (klucznik user activate LOGIN) albo dodaj nową: klucznik user create --role administrator.",
            "Nobody has such a role. Bring back somebody who was suspended (klucznik user activate USERNAME), or make somebody: klucznik user create --role administrator.",
        ),
    }
}

/// Says in the log that nobody who manages users can sign in, if it is so. It keeps nobody else from working.
///
/// # Errors
/// Storage's.
pub async fn warn_of_nobody(config: &SignOnConfig, engine: &Engine) -> Result<()> {
    if !engine.somebody_manages().await? {
        let help = help(config, &engine.directory(), engine.now());
        tracing::warn!("{} {}", NOBODY.en, help.en);
    }
    Ok(())
}

/// Says in the log what the settings name and is not there. It keeps nobody from working: roles and teams can be renamed
/// at any time, and whom it concerns is refused, or keeps the roles that were there.
pub fn warn(config: &SignOnConfig, directory: &Directory) {
    for text in missing(config, directory) {
        tracing::warn!("[[sign_on.providers]] {}", text.en);
    }
}
