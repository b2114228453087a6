//! An instance on disk: made once, opened at every start.

use crate::app::App;
use crate::backup;
use crate::beginning;
use crate::config::Config;
use crate::data::{Made, open_vault, store_options};
use crate::folder::{io_fault as io, lock_folder, private_dir};
use crate::sign_on::SignOn;
use crate::tls;
use identity::{
    Cost, Directory, Hasher, Identity, Limits, Places, RequirementInput, begin_versions, keep_versions,
};
use index::Index;
use kernel::{Clock, Fault, FaultKind, Id, IdSource, Lang, OrgId, Random, Result, SessionId, Text};
use ledger::{Act, Event, Outcome, Who};
use records::{Engine, Parts, Replayed};
use schema::Catalog;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Batch, Store};
use tokio::task::AbortHandle;
use vault::{RootKey, Vault};
use zeroize::Zeroizing;

/// Where everything of an instance lies.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The instance's folder.
    pub dir: PathBuf,
}

impl Layout {
    /// The layout in `dir`.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// The truth: a SQLCipher file, unless it is in a database.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.dir.join("store.db")
    }

    /// Whether a restore into this folder is at work, or was killed.
    #[must_use]
    pub fn has_broken_restore(&self) -> bool {
        self.restore_attempt().exists()
    }

    /// What a restore notes while it is at work.
    #[must_use]
    pub fn restore_attempt(&self) -> PathBuf {
        self.dir.join("restore.attempt")
    }

    /// Whether there is an instance: it has keys, wherever its data lie.
    #[must_use]
    pub fn has_instance(&self) -> bool {
        self.store().exists() || self.keys().join("keys.json").exists()
    }

    /// The index: a SQLCipher file that can be deleted while the server is stopped.
    #[must_use]
    pub fn index(&self) -> PathBuf {
        self.dir.join("index.db")
    }

    /// The folder of the keyring. It belongs into no backup of the data.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.dir.join("keys")
    }

    /// The root key, unless it is kept elsewhere.
    #[must_use]
    pub fn root_key(&self) -> PathBuf {
        self.keys().join("root.key")
    }

    /// The last signed checkpoint of the ledger.
    #[must_use]
    pub fn checkpoint(&self) -> PathBuf {
        self.dir.join("checkpoint")
    }

    /// The folder of the own certificate authority.
    #[must_use]
    pub fn tls(&self) -> PathBuf {
        self.dir.join("tls")
    }
}

/// The first user.
pub struct FirstUser {
    /// Log-in name.
    pub login: String,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Language.
    pub lang: Lang,
    /// Password.
    pub password: Zeroizing<String>,
}

/// What an instance is made with.
pub struct New {
    /// Name of the organisation.
    pub organisation: String,
    /// The first administrator.
    pub admin: FirstUser,
    /// Settings.
    pub config: Config,
    /// Cost of passwords.
    pub cost: Cost,
    /// Factors that are asked for beside the password.
    pub factors: RequirementInput,
}

/// An open instance.
pub struct Instance {
    /// The server's state.
    pub app: App,
    /// What was erased anew, if this was the first opening of a restored state.
    pub replayed: Option<Replayed>,
    /// Follows other servers on the same database.
    following: AbortHandle,
    /// Held as long as the instance is open, so that no second process opens it.
    _lock: File,
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.following.abort();
    }
}

/// Number under which the index's page key is kept.
const INDEX: &str = "index.db";

/// The own certificate names every host, so a given one makes it needless.
pub(crate) fn make_certificate(layout: &Layout, config: &Config, clock: &dyn Clock) -> Result<()> {
    if config.certificate.is_some() {
        return Ok(());
    }
    tls::make_own(&layout.tls(), &config.hosts, clock)
}

impl Instance {
    /// Makes an instance in `dir`, which must not exist or be empty. `make_key` puts the root key where it
    /// is to be and gets the folder for keys. All of it appears at once, or nothing does.
    ///
    /// # Errors
    /// Conflict if the folder is in use; weak password; wrong log-in name.
    pub async fn create(
        dir: &Path,
        new: New,
        make_key: impl FnOnce(&Layout) -> Result<RootKey>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<()> {
        let used = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
        if used {
            return Err(Fault::new(
                FaultKind::Conflict,
                Text::new(
                    format!("Folder {} nie jest pusty. Wskaż inny.", dir.display()),
                    format!("The folder {} is not empty. Name another.", dir.display()),
                ),
            ));
        }
        let name = dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let parent = dir.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let partial = parent.join(format!(".{name}.partial"));
        let _ = fs::remove_dir_all(&partial);
        let layout = Layout::new(&partial);
        let mut made = Made::default();
        let filled = Self::fill(&layout, new, make_key, clock, random, &mut made).await;
        let done = filled.and_then(|()| {
            let _ = fs::remove_dir(dir);
            fs::rename(&partial, dir).map_err(|e| io(dir, &e))
        });
        done.map_err(|fault| {
            let _ = fs::remove_dir_all(&partial);
            made.take_back(fault)
        })
    }

    async fn fill(
        layout: &Layout,
        new: New,
        make_key: impl FnOnce(&Layout) -> Result<RootKey>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        made: &mut Made,
    ) -> Result<()> {
        let wrong = beginning::wrong(&new);
        if !wrong.is_empty() {
            return Err(Fault::fields(wrong));
        }
        private_dir(&layout.dir)?;
        private_dir(&layout.keys())?;
        let root = make_key(layout)?;
        let ids = IdSource::new();
        let organisation: OrgId = ids.next(&*clock, &*random);
        let vault = Arc::new(made.vault(layout, &new.config, &root, organisation, &*clock, &random)?);
        make_certificate(layout, &new.config, &*clock)?;
        new.config.save(&layout.dir)?;
        let store = made.store(store_options(layout, &vault, &new.config, &clock)?)?;
        let hash = Hasher::new(new.cost, vault.clone(), random.clone())?.hash(&new.admin.password).await?;
        let batch = beginning::first_batch(&vault, &ids, &*clock, &*random, &new, hash)?;
        store.commit(batch).await?;
        store.close().await
    }

    /// Opens the instance in `dir`: checks the ledger's end, loads users and roles, finishes erasures that
    /// a crash cut short, and brings the index up to the store.
    ///
    /// # Errors
    /// Conflict if another process has it open; corrupt if the data were altered or rolled back.
    pub async fn open(
        dir: &Path,
        root: &RootKey,
        config: Config,
        cost: Cost,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        progress: records::Progress<'_>,
    ) -> Result<Self> {
        let layout = Layout::new(dir);
        let lock = lock(&layout)?;
        let vault = Arc::new(open_vault(&layout, &config, root, random.clone(), false)?);
        let store = Store::open(store_options(&layout, &vault, &config, &clock)?)?;
        keep_versions(&store, vault.clone())?;
        let directory = Directory::load(&store, &vault, None).await?;
        let index = open_index(&layout, &vault, directory.policy.catalog.clone(), &config)?;
        let limits = Limits {
            idle_ms: i64::from(config.session_idle_s) * 1_000,
            absolute_ms: i64::from(config.session_absolute_s) * 1_000,
            ..Limits::default()
        };
        let sign_on = SignOn::open(&config)?;
        let common = config.passwords.common()?;
        if common.is_empty() {
            tracing::warn!(
                "new passwords are compared to no list: this program was built without a list (make web brings it), and [passwords] names none: list = \"/PATH/passwords.txt\""
            );
        }
        let identity = Identity::open(identity::Parts {
            store: store.clone(),
            vault: vault.clone(),
            clock: clock.clone(),
            random: random.clone(),
            hasher: Hasher::new(cost, vault.clone(), random.clone())?,
            common,
            limits,
            places: places(&config),
            ways: config.sign_on.ways(&config.hosts)?,
            zone: config.time_zone.clone(),
            mails: config.mail.is_some(),
        })
        .await?;
        let parts = Parts { store, index, identity: identity.clone(), vault, clock, random };
        let engine = Engine::new(parts, directory);
        let replayed = match backup::pending(engine.store()).await? {
            Some(restoring) => Some(backup::finish(&engine, &restoring).await?),
            None => None,
        };
        engine.finish_erasures().await?;
        let (applied, last) = (engine.index().applied(), engine.store().last_change().await?);
        // One that is ahead is of data that were there before older ones were restored.
        if (applied == 0 && last > 0) || applied > last {
            engine.rebuild(progress).await?;
        } else {
            engine.catch_up(progress).await?;
        }
        begin_versions(engine.store(), engine.vault(), &engine.system_event(Act::InstanceStart)).await?;
        // Nobody is kept out because a letter cannot be written.
        if let Err(fault) = engine.tell_of_ways().await {
            tracing::warn!(%fault, "users who cannot sign in any more were not written to; it is tried at the next start");
        }
        let following = tokio::spawn(engine.clone().keep_up()).abort_handle();
        let app = App::new(engine, identity, sign_on, config, layout);
        app.set_ready(true);
        Ok(Self { app, replayed, following, _lock: lock })
    }

    /// Closes in order: writes what is pending, then the event.
    ///
    /// # Errors
    /// Storage.
    pub async fn close(self) -> Result<()> {
        let engine = self.app.engine();
        // Each of these is tried, whatever became of the one before.
        let counted = engine.write_attempts(true).await;
        let mut batch = Batch::new(engine.system_event(Act::InstanceStop));
        batch.sessions = self.app.identity().pending_seen();
        let stopped = engine.store().commit(batch).await.map(drop);
        let closed = engine.store().close().await;
        counted.and(stopped).and(closed)
    }
}

/// The table of countries. It only shows something: without it all else works, and nobody is kept from mending it.
fn places(config: &Config) -> Places {
    config.places().unwrap_or_else(|fault| {
        tracing::error!(%fault, "no country is shown beside an address");
        Places::default()
    })
}

fn lock(layout: &Layout) -> Result<File> {
    if !layout.has_instance() {
        return Err(Fault::new(
            FaultKind::NotFound,
            Text::new(
                format!(
                    "W folderze {} nie ma instancji. Utwórz ją poleceniem: klucznik init",
                    layout.dir.display()
                ),
                format!("There is no instance in {}. Make one with: klucznik init", layout.dir.display()),
            ),
        ));
    }
    lock_folder(layout)
}

/// An index that is gone gets a new key: nothing written under the old one can be read again.
fn open_index(layout: &Layout, vault: &Arc<Vault>, catalog: Arc<Catalog>, config: &Config) -> Result<Index> {
    if !layout.index().exists() {
        vault.drop_page_key(INDEX)?;
    }
    let erasures = vault.tombstones()?.len() as u64;
    index::renew_key(&layout.index(), &vault.page_key(INDEX)?, erasures, || {
        vault.drop_page_key(INDEX)?;
        vault.page_key(INDEX)
    })?;
    let keyed = vault.clone();
    let options = index::Options {
        cache_kib: config.index_cache_mib.clamp(2, 4_096) << 10,
        ..index::Options::default()
    };
    Index::open(
        &layout.index(),
        &vault.page_key(INDEX)?,
        catalog,
        Arc::new(move |text| keyed.mac("index", text.as_bytes())),
        options,
    )
}

/// What somebody did with the machine in hand, without an open instance.
pub(crate) fn operator_event(act: Act, ids: &IdSource, clock: &dyn Clock, random: &dyn Random) -> Event {
    Event {
        id: ids.next(clock, random),
        at: clock.now(),
        who: Who::Operator,
        session: SessionId::NIL,
        act,
        outcome: Outcome::Done,
        entity: 0,
        record: Id::NIL,
        subject: Id::NIL,
        part_of: Id::NIL,
        touches: Vec::new(),
        detail: Vec::new(),
    }
}
