//! `klucznik user`

use crate::context::{Code, Context, Outcome};
use crate::settings::KeyArgs;
use crate::ui::Ui;
use crate::{open, secrets};
use clap::{Args, Subcommand};
use identity::{NewUser, Profile, UserChange};
use kernel::{Fault, FaultKind, Lang, Result, RoleId, TeamId, Text};
use records::{Engine, Invite};
use serde::Serialize;
use serde_json::json;
use server::operator::{self, Ask};
use server::{Config, Invitation};
use std::io;
use std::path::{Path, PathBuf};

/// Users, from the machine itself.
#[derive(Args)]
pub struct User {
    #[command(flatten)]
    key: KeyArgs,
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// List all users
    List,
    /// Make a user; shows a link, good once, by which the user chooses a password while the instance is served; where
    /// `[sign_on] only = true`, one by which the user signs in at a provider for the first time
    Create(Create),
    /// Give a user a new password; ends the user's sessions and tokens
    Password {
        /// Username
        login: String,
        #[command(flatten)]
        password: PasswordFrom,
    },
    /// Suspend a user; ends the user's sessions and tokens
    Suspend {
        /// Username
        login: String,
    },
    /// Second factors of users
    Factors {
        #[command(subcommand)]
        act: Factors,
    },
    /// Networks that users may work from
    Networks {
        #[command(subcommand)]
        act: Networks,
    },
    /// Approvals by a second person
    Approvals {
        #[command(subcommand)]
        act: Approvals,
    },
    /// Let a suspended user sign in again
    Activate {
        /// Username
        login: String,
    },
}

#[derive(Subcommand)]
enum Factors {
    /// Take a user's factors away after a loss; ends sessions and tokens, and a new one comes before all else
    Reset {
        /// Username
        login: String,
    },
}

#[derive(Subcommand)]
enum Approvals {
    /// Put the rules of approval back to what they are by default, should nobody be left who could approve a change
    Reset,
}

#[derive(Subcommand)]
enum Networks {
    /// Let everybody work from any network again, should the networks keep administrators out; also while the
    /// instance is served
    Clear,
}

#[derive(Args)]
struct PasswordFrom {
    /// File whose first line is the password [default: asked]
    #[arg(long, env = "KLUCZNIK_PASSWORD_FILE", value_name = "FILE")]
    password_file: Option<PathBuf>,
}

#[derive(Args)]
struct Create {
    /// Username, such as anna.kowalska
    login: String,
    /// First name and surname
    #[arg(long, value_name = "NAME")]
    name: String,
    /// E-mail address
    #[arg(long, value_name = "EMAIL")]
    email: String,
    /// Name of the team [default: the organisation's first]
    #[arg(long, value_name = "NAME")]
    team: Option<String>,
    /// Name of a role, such as seller or administrator; repeatable
    #[arg(long = "role", value_name = "NAME")]
    roles: Vec<String>,
    /// Days for which the link is good, 1 to 14 [default: 3]
    #[arg(long, value_name = "DAYS")]
    days: Option<u32>,
}

/// Who was made, and the link, shown this once.
#[derive(Serialize)]
struct Made {
    #[serde(flatten)]
    user: Profile,
    invitation: Invitation,
}

pub async fn run(context: &Context, args: User) -> Outcome {
    let layout = context.layout();
    if let Act::Networks { act: Networks::Clear } = args.act
        && operator::runs(&layout)
    {
        // Whoever is kept out cannot ask it otherwise.
        let cleared = operator::ask(&layout, Ask::NetworksClear, &[], &mut io::sink(), &|_, _| {})?;
        tell_cleared(&context.ui, cleared)?;
        return Ok(Code::Done);
    }
    // Asked first, so that nothing is open while somebody types.
    let password = match &args.act {
        Act::Password { password, .. } => {
            let question = Text::of("Nowe hasło użytkownika", "New password of the user");
            Some(secrets::new(
                &context.ui,
                &question,
                password.password_file.as_deref().map(Path::new),
                "--password-file",
            )?)
        }
        _ => None,
    };
    let instance = open::stopped(context, &args.key, "GET, POST /api/v1/users, PATCH /api/v1/users/{id}, DELETE /api/v1/users/{id}/password, POST /api/v1/users/{id}/invitation").await?;
    let (engine, config) = (instance.app.engine(), instance.app.config());
    let done = act(context, engine, config, args.act, password.as_deref().map_or("", String::as_str)).await;
    instance.close().await?;
    done?;
    Ok(Code::Done)
}

async fn act(context: &Context, engine: &Engine, config: &Config, act: Act, password: &str) -> Result<()> {
    let ui = &context.ui;
    let (user, text) = match act {
        Act::List => return list(context, engine).await,
        Act::Networks { act: Networks::Clear } => {
            return tell_cleared(ui, engine.operator_clear_networks().await?);
        }
        Act::Approvals { act: Approvals::Reset } => {
            return tell_reset(ui, engine.operator_reset_approvals().await?);
        }
        Act::Create(input) => return create(context, engine, config, input).await,
        Act::Password { login, .. } => {
            let user = open::user(engine, &login)?;
            engine.operator_set_password(user.id, password).await?;
            (user, Text::of("Nowe hasło; sesje zakończono", "New password; sessions ended"))
        }
        Act::Suspend { login } => (
            set_active(engine, &login, false).await?,
            Text::of("Zawieszono; sesje zakończono", "Suspended; sessions ended"),
        ),
        Act::Factors { act: Factors::Reset { login } } => {
            let user = open::user(engine, &login)?;
            let text = match engine.operator_reset_factors(user.id).await? {
                Some(_) => {
                    Text::of("Odebrano składniki; sesje zakończono", "Factors taken away; sessions ended")
                }
                None => NO_WAY,
            };
            (user, text)
        }
        Act::Activate { login } => {
            (set_active(engine, &login, true).await?, Text::of("Przywrócono", "Active again"))
        }
    };
    if ui.json {
        return ui.answer(&user);
    }
    ui.say(&Text::new(format!("{}: {}", text.pl, user.login), format!("{}: {}", text.en, user.login)));
    Ok(())
}

/// Whoever had nothing but the factors that are gone.
const NO_WAY: Text = Text::of(
    "Odebrano składniki; sesje zakończono. Ta osoba nie ma hasła ani konta u dostawcy, które się liczą: nadaj hasło (klucznik user password) albo niech administrator wyśle zaproszenie",
    "Factors taken away; sessions ended. There is neither a password nor an account at a provider that counts: give a password (klucznik user password), or let an administrator send an invitation",
);

fn tell_cleared(ui: &Ui, cleared: bool) -> Result<()> {
    if ui.json {
        return ui.answer(&json!({ "cleared": cleared }));
    }
    ui.say(&if cleared {
        Text::of(
            "Zniesiono ograniczenia: każdy może pracować z dowolnej sieci.",
            "The restrictions are lifted: everybody may work from any network.",
        )
    } else {
        Text::of("Nie było żadnych ograniczeń sieci.", "No network was restricted.")
    });
    Ok(())
}

fn tell_reset(ui: &Ui, reset: bool) -> Result<()> {
    if ui.json {
        return ui.answer(&json!({ "reset": reset }));
    }
    ui.say(&if reset {
        Text::of("Przywrócono domyślne zasady zgód.", "The rules of approval are those by default again.")
    } else {
        Text::of("Zasady zgód są już domyślne.", "The rules of approval are those by default already.")
    });
    Ok(())
}

async fn set_active(engine: &Engine, login: &str, active: bool) -> Result<Profile> {
    let user = open::user(engine, login)?;
    engine.operator_update_user(user.id, UserChange { active: Some(active), ..UserChange::default() }).await
}

async fn list(context: &Context, engine: &Engine) -> Result<()> {
    let users = engine.operator_users().await?;
    if context.ui.json {
        return context.ui.answer(&users);
    }
    let policy = engine.policy();
    for user in users {
        let roles: Vec<&str> =
            user.roles.iter().filter_map(|r| policy.roles.get(r)).map(|r| r.name.as_str()).collect();
        let team = policy.teams.get(&user.team).map(|t| t.name.as_str()).unwrap_or_default();
        let state = match (user.active, user.ends_at, context.ui.lang) {
            (false, _, Lang::Pl) => "  (zawieszony)".to_owned(),
            (false, _, Lang::En) => "  (suspended)".to_owned(),
            (true, None, _) => String::new(),
            (true, Some(end), Lang::Pl) => format!("  (koniec uprawnień: {})", end.rfc3339()),
            (true, Some(end), Lang::En) => format!("  (rights end: {})", end.rfc3339()),
        };
        context.ui.line(&format!(
            "{:<24} {}  [{}]  {}{state}",
            user.login,
            user.name,
            roles.join(", "),
            team
        ));
    }
    Ok(())
}

async fn create(context: &Context, engine: &Engine, config: &Config, input: Create) -> Result<()> {
    let team = team(engine, input.team.as_deref())?;
    let roles = input.roles.iter().map(|name| role(engine, name)).collect::<Result<_>>()?;
    let user = NewUser {
        login: input.login,
        name: input.name,
        email: input.email,
        lang: context.ui.lang,
        team,
        roles,
        partner: None,
    };
    // Before anybody is made: a wrong address would lose the link.
    config.address()?;
    let (user, invited) = engine.operator_invite(user, Invite { days: input.days }).await?;
    let login = user.login.clone();
    let made = Made { user, invitation: Invitation::of(invited, config)? };
    if context.ui.json {
        return context.ui.answer(&made);
    }
    let (until, link) = (made.invitation.ends_at(), made.invitation.link().unwrap_or_default());
    context.ui.say(&what_for(&login, until, engine.password_counts(&login), config));
    context.ui.line(link);
    Ok(())
}

/// What the link of a new user is good for.
fn what_for(login: &str, until: &str, by_password: bool, config: &Config) -> Text {
    if by_password {
        return Text::new(
            format!(
                "Utworzono: {login}. Hasło ustala się tym odsyłaczem, raz, do {until}, gdy serwer działa:"
            ),
            format!(
                "Made: {login}. The password is chosen by this link, once, until {until}, while the server runs:"
            ),
        );
    }
    let labels: Vec<&str> = config.sign_on.providers.iter().map(|provider| &*provider.label).collect();
    let labels = labels.join(", ");
    Text::new(
        format!(
            "Utworzono: {login}. To konto nie ma hasła: tym odsyłaczem łączy się je z kontem u dostawcy ({labels}), raz, do {until}, gdy serwer działa:"
        ),
        format!(
            "Made: {login}. This account has no password: this link connects it with an account at a provider ({labels}), once, until {until}, while the server runs:"
        ),
    )
}

/// The team of this name, or the one that was there first.
pub fn team(engine: &Engine, name: Option<&str>) -> Result<TeamId> {
    let policy = engine.policy();
    let found = match name {
        Some(name) => {
            policy.teams.values().find(|t| schema::fold(&t.name) == schema::fold(name)).map(|t| t.id)
        }
        None => policy.teams.keys().min().copied(),
    };
    let known = policy.teams.values().map(|t| t.name.clone()).collect();
    found.ok_or_else(|| {
        unknown(&Text::of("Nie ma takiego zespołu. Są", "There is no such team. There are"), known)
    })
}

/// The role of this name.
pub fn role(engine: &Engine, name: &str) -> Result<RoleId> {
    let policy = engine.policy();
    let found = policy.roles.values().find(|r| r.name == name).map(|r| r.id);
    let known = policy.roles.values().map(|r| r.name.clone()).collect();
    found.ok_or_else(|| {
        unknown(&Text::of("Nie ma takiej roli. Są", "There is no such role. There are"), known)
    })
}

fn unknown(text: &Text, mut known: Vec<String>) -> Fault {
    known.sort_unstable();
    let known = known.join(", ");
    Fault::new(
        FaultKind::NotFound,
        Text::new(format!("{}: {known}.", text.pl), format!("{}: {known}.", text.en)),
    )
}
