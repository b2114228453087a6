//! Finding the root key, and opening an instance.

use crate::context::{Context, Failure};
use crate::secrets;
use crate::settings::KeyArgs;
use access::Actor;
use identity::Profile;
use kernel::{Fault, FaultKind, Result, SessionId, Text};
use records::{Caller, Engine};
use server::{Config, Instance, KeySource, Layout};
use std::env;
use std::path::{Path, PathBuf};
use vault::{RootKey, RootSource, root_source};

/// The question for a passphrase.
pub const PASSPHRASE: Text = Text::of("Hasło klucza głównego", "Passphrase of the root key");
/// The flag that answers it.
pub const PASSPHRASE_FLAG: &str = "--passphrase-file";

/// The folder of systemd's credentials (systemd.exec(5)).
///
/// # Errors
/// The program was not started with one.
pub fn credentials() -> Result<PathBuf> {
    env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from).ok_or_else(|| {
        Fault::invalid(Text::of(
            "Brak poświadczeń systemd: uruchom program z jednostki, która ma LoadCredential=.",
            "There are no systemd credentials: start the program from a unit that has LoadCredential=.",
        ))
    })
}

/// The root key of the instance in `layout`.
///
/// # Errors
/// It is missing, unreadable, or open to others.
pub fn root_key(context: &Context, layout: &Layout, source: &KeySource) -> Result<RootKey> {
    root_key_of(context, layout, source, || root_source(&layout.keys()))
}

/// As [`root_key`], of keys that are not in the folder yet: `kept` says where theirs comes from.
///
/// # Errors
/// As [`root_key`].
pub fn root_key_of(
    context: &Context,
    layout: &Layout,
    source: &KeySource,
    kept: impl FnOnce() -> Result<RootSource>,
) -> Result<RootKey> {
    match source {
        KeySource::Default {} => key_file(&layout.root_key()),
        KeySource::File { path } => key_file(path),
        KeySource::Credential { name } => RootKey::from_credential(&credentials()?, name),
        KeySource::Passphrase { file } => {
            let RootSource::Passphrase(with) = kept()? else {
                return Err(Fault::invalid(Text::of(
                    "Klucza głównego tej instancji nie chroni hasło. Popraw [key] w klucznik.toml.",
                    "The root key of this instance is not protected by a passphrase. Correct [key] in klucznik.toml.",
                )));
            };
            let text = secrets::known(&context.ui, &PASSPHRASE, file.as_deref(), PASSPHRASE_FLAG)?;
            RootKey::from_passphrase(&text, with)
        }
    }
}

fn key_file(path: &Path) -> Result<RootKey> {
    RootKey::from_file(path).map_err(|fault| {
        let at = |text: &str| format!("{}: {text}", path.display());
        Fault { message: Text::new(at(&fault.message.pl), at(&fault.message.en)), ..fault }
    })
}

/// The settings of the instance in `layout`, with another source of the root key if one is said.
///
/// # Errors
/// There is no instance; the settings cannot be read.
pub fn config(layout: &Layout, key: &KeyArgs) -> std::result::Result<Config, Failure> {
    if layout.has_broken_restore() {
        return Err(broken_restore(layout).into());
    }
    if !layout.has_instance() {
        let dir = layout.dir.display();
        return Err(Fault::new(FaultKind::NotFound, Text::new(
            format!("W folderze {dir} nie ma instancji. Utwórz ją poleceniem klucznik init albo wskaż inny folder: --dir."),
            format!("There is no instance in {dir}. Make one with klucznik init, or name another folder: --dir."),
        ))
        .into());
    }
    config_of(layout, key)
}

/// Says that a restore into this folder did not come to its end.
pub fn broken_restore(layout: &Layout) -> Fault {
    let dir = layout.dir.display();
    Fault::new(
        FaultKind::Conflict,
        Text::new(
            format!(
                "W folderze {dir} zaczęto przywracać kopię zapasową i nie skończono, albo to jeszcze trwa. Jeśli już nic tego nie robi, powtórz klucznik restore z tym samym --dir: najpierw posprząta po tamtym."
            ),
            format!(
                "In {dir} a restore of a backup was begun and not finished, or still goes on. If nothing is at it any more, run klucznik restore again with the same --dir: it first takes back what that one left."
            ),
        ),
    )
}

/// As [`config`], of a folder that may have no instance yet.
///
/// # Errors
/// The settings cannot be read.
pub fn config_of(layout: &Layout, key: &KeyArgs) -> std::result::Result<Config, Failure> {
    let mut config = Config::load(&layout.dir)?;
    if let Some(source) = key.source()? {
        config.key = source;
    }
    config.store = key.store.apply(config.store)?;
    Ok(config)
}

/// Opens an instance; shows how far the index is.
///
/// # Errors
/// As [`Instance::open`].
pub async fn instance(context: &Context, layout: &Layout, config: Config) -> Result<Instance> {
    let root = root_key(context, layout, &config.key)?;
    let bar = context.ui.bar(&Text::of("Indeks", "Index"));
    let (clock, random) = (context.clock.clone(), context.random.clone());
    let cost = config.passwords.cost()?;
    Instance::open(&layout.dir, &root, config, cost, clock, random, &|done, total| bar.at(done, total)).await
}

/// Opens a stopped instance for a command that works on it. `api` says how the same is done while it is
/// served.
///
/// # Errors
/// As [`Instance::open`].
pub async fn stopped(context: &Context, key: &KeyArgs, api: &str) -> std::result::Result<Instance, Failure> {
    let layout = context.layout();
    let config = config(&layout, key)?;
    instance(context, &layout, config).await.map_err(|fault| served(fault, api).into())
}

/// Says what to do with an instance that another process has open.
pub fn served(mut fault: Fault, api: &str) -> Fault {
    if fault.kind == FaultKind::Conflict {
        let (pl, en) = (&fault.message.pl, &fault.message.en);
        fault.message = Text::new(
            format!("{pl}\nZatrzymaj ją, albo zrób to samo przez API:\n  {api}"),
            format!("{en}\nStop it, or do the same through the API:\n  {api}"),
        );
    }
    fault
}

/// The user of this log-in name.
///
/// # Errors
/// There is none.
pub fn user(engine: &Engine, login: &str) -> Result<Profile> {
    engine.directory().by_login(login).cloned().ok_or_else(|| {
        Fault::new(
            FaultKind::NotFound,
            Text::new(format!("Nie ma użytkownika „{login}”."), format!("There is no user \"{login}\".")),
        )
    })
}

/// A caller who is judged by the rights of this user, without a session.
///
/// # Errors
/// There is no such user, or the user is suspended.
pub fn caller(context: &Context, engine: &Engine, login: &str) -> Result<Caller> {
    let user = user(engine, login)?;
    if !engine.may_act(user.id) {
        return Err(Fault::new(
            FaultKind::Forbidden,
            Text::new(
                format!("Użytkownik „{login}” jest zawieszony."),
                format!("The user \"{login}\" is suspended."),
            ),
        ));
    }
    let actor = Actor { user: user.id, session: SessionId::NIL, token: None, at: engine.now() };
    Ok(Caller::new(actor, context.ui.lang, engine.policy()))
}
