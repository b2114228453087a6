//! `klucznik init`

use crate::context::{Code, Context, Outcome};
use crate::open::{PASSPHRASE, PASSPHRASE_FLAG, credentials};
use crate::secrets;
use crate::settings::{KeyArgs, Settings, absolute};
use clap::Args;
use identity::{Need, RequirementInput};
use kernel::{Result, Text};
use serde_json::json;
use server::{Config, FirstUser, Instance, KeySource, Layout, New, StoreConfig};
use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use vault::RootKey;

/// Asks for what is not given and has no safe default. Passwords are asked, or read from a file.
#[derive(Args)]
pub struct Init {
    /// Name of the organisation
    #[arg(long, env = "KLUCZNIK_ORGANISATION", value_name = "NAME")]
    organisation: Option<String>,
    /// Username of the first administrator, such as anna.nowak
    #[arg(long, env = "KLUCZNIK_ADMIN_LOGIN", value_name = "LOGIN")]
    admin_login: Option<String>,
    /// First name and surname of the first administrator
    #[arg(long, env = "KLUCZNIK_ADMIN_NAME", value_name = "NAME")]
    admin_name: Option<String>,
    /// E-mail address of the first administrator
    #[arg(long, env = "KLUCZNIK_ADMIN_EMAIL", value_name = "EMAIL")]
    admin_email: Option<String>,
    /// File whose first line is the password of the first administrator [default: asked]
    #[arg(long, env = "KLUCZNIK_PASSWORD_FILE", value_name = "FILE")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    key: KeyArgs,
    #[command(flatten)]
    settings: Settings,
}

pub async fn run(context: &Context, args: Init) -> Outcome {
    let dir = absolute(context.dir())?;
    let key = args.key.source()?.unwrap_or_default();
    let store = args.key.store.apply(StoreConfig::default())?;
    let config = Config { key: key.clone(), store, ..args.settings.apply(Config::default())? };
    let own_authority = config.certificate.is_none();
    let ask = |given: Option<String>, pl, en, flag| match given {
        Some(text) => Ok(text),
        None => context.ui.ask(&Text::of(pl, en), flag),
    };
    let organisation =
        ask(args.organisation, "Nazwa organizacji", "Name of the organisation", "--organisation")?;
    let admin = FirstUser {
        login: ask(args.admin_login, "Login administratora", "Administrator's username", "--admin-login")?,
        name: ask(args.admin_name, "Imię i nazwisko administratora", "Administrator's name", "--admin-name")?,
        email: ask(args.admin_email, "E-mail administratora", "Administrator's e-mail", "--admin-email")?,
        lang: context.ui.lang,
        password: secrets::new(
            &context.ui,
            &Text::of("Hasło administratora", "Administrator's password"),
            args.password_file.as_deref(),
            "--password-file",
        )?,
    };
    let login = admin.login.clone();
    let address = format!(
        "https://{}:{}",
        config.hosts.first().map_or("localhost", String::as_str),
        config.listen.port()
    );
    let cost = config.passwords.cost()?;
    let new = New { organisation, admin, config, cost, factors: factors() };
    let maker = Maker { context, source: &key, wrote: Cell::new(None) };
    let made = Instance::create(
        &dir,
        new,
        |layout| maker.make(layout),
        context.clock.clone(),
        context.random.clone(),
    )
    .await;
    if let Err(fault) = made {
        // A key that nothing was sealed with is of no use, and would be in the way of the next try.
        if let Some(path) = maker.wrote.take() {
            let _ = fs::remove_file(path);
        }
        return Err(fault.into());
    }
    report(context, &dir, &login, &key, own_authority, &address)?;
    Ok(Code::Done)
}

/// Days that everybody has to add a factor.
const GRACE_DAYS: u8 = 7;

/// More than one factor to enter (OWASP ASVS 5.0, 6.3.3), until administrators ask for something else.
fn factors() -> RequirementInput {
    RequirementInput { everyone: Need::Any, grace_days: GRACE_DAYS, ..RequirementInput::default() }
}

/// Makes the root key, or takes the one that is there.
struct Maker<'a> {
    context: &'a Context,
    source: &'a KeySource,
    /// A file outside the folder that was made.
    wrote: Cell<Option<PathBuf>>,
}

impl Maker<'_> {
    fn make(&self, layout: &Layout) -> Result<RootKey> {
        let random = &*self.context.random;
        match self.source {
            KeySource::Default {} => RootKey::create_file(&layout.root_key(), random),
            KeySource::File { path } => {
                let key = RootKey::create_file(path, random)?;
                self.wrote.set(Some(path.clone()));
                Ok(key)
            }
            KeySource::Passphrase { file } => {
                let text = secrets::new(&self.context.ui, &PASSPHRASE, file.as_deref(), PASSPHRASE_FLAG)?;
                RootKey::new_passphrase(&text, random)
            }
            KeySource::Credential { name } => RootKey::from_credential(&credentials()?, name),
        }
    }
}

fn report(
    context: &Context,
    dir: &Path,
    login: &str,
    key: &KeySource,
    own_authority: bool,
    address: &str,
) -> Result<()> {
    let (ui, layout) = (&context.ui, Layout::new(dir));
    let authority = layout.tls().join("ca.pem");
    if ui.json {
        return ui.answer(&json!({
            "dir": dir,
            "administrator": login,
            "address": address,
            "authority": own_authority.then_some(&authority),
            "root_key": match key {
                KeySource::Default {} => Some(layout.root_key()),
                KeySource::File { path } => Some(path.clone()),
                KeySource::Passphrase { .. } | KeySource::Credential { .. } => None,
            },
        }));
    }
    let shown = dir.display();
    ui.say(&Text::new(
        format!("Instancja jest gotowa: {shown}\nAdministrator: {login}\n\nCo dalej:"),
        format!("The instance is ready: {shown}\nAdministrator: {login}\n\nWhat to do next:"),
    ));
    ui.say(&key_advice(&layout, key));
    if own_authority {
        let pem = authority.display();
        ui.say(&Text::new(
            format!("- Na komputerach, które będą się łączyć, dodaj do zaufanych urząd certyfikacji: {pem}"),
            format!("- Let the machines that will connect trust this certificate authority: {pem}"),
        ));
    }
    ui.say(&Text::new(
        format!("- Uruchom serwer: klucznik serve --dir {shown}\n  Adres: {address}"),
        format!("- Start the server: klucznik serve --dir {shown}\n  Address: {address}"),
    ));
    ui.say(&Text::new(
        format!(
            "- Po pierwszym zalogowaniu dodaj klucz dostępu albo aplikację z kodami, i kody odzyskiwania: każdy ma na to {GRACE_DAYS} dni. Inną regułę ustawisz w Administracji."
        ),
        format!(
            "- After signing in for the first time add a passkey or an application with codes, and recovery codes: everybody has {GRACE_DAYS} days for it. Administration is where to ask for something else."
        ),
    ));
    Ok(())
}

fn key_advice(layout: &Layout, key: &KeySource) -> Text {
    match key {
        KeySource::Default {} => {
            let path = layout.root_key();
            let path = path.display();
            Text::new(
                format!(
                    "- Skopiuj klucz główny w bezpieczne miejsce poza tym dyskiem: {path}\n  Bez niego danych nie da się odczytać; kto ma dysk z kluczem, odczyta wszystko."
                ),
                format!(
                    "- Copy the root key to a safe place off this disk: {path}\n  Without it the data cannot be read; who has the disk with the key can read all."
                ),
            )
        }
        KeySource::File { path } => Text::new(
            format!(
                "- Zachowaj kopię klucza głównego: {}\n  Bez niego danych nie da się odczytać.",
                path.display()
            ),
            format!(
                "- Keep a copy of the root key: {}\n  Without it the data cannot be read.",
                path.display()
            ),
        ),
        KeySource::Passphrase { .. } => Text::of(
            "- Zapamiętaj hasło klucza głównego: bez niego danych nie da się odczytać.",
            "- Remember the passphrase of the root key: without it the data cannot be read.",
        ),
        KeySource::Credential { .. } => Text::of(
            "- Zachowaj kopię klucza z poświadczenia: bez niego danych nie da się odczytać.",
            "- Keep a copy of the credential's key: without it the data cannot be read.",
        ),
    }
}
