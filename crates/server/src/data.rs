//! Where data and keys of an instance lie, by its settings: made, opened, taken back.

use crate::config::{Config, StoreConfig};
use crate::instance::{Layout, operator_event};
use kernel::{Clock, Fault, IdSource, OrgId, Random, Result, Text};
use ledger::{Act, Checkpoint};
use std::sync::Arc;
use store::{
    Batch, FileOptions, Migration, Options, Place, PostgresKeyring, PostgresOptions, Snapshot, Standing,
    Store,
};
use vault::{RootKey, Vault};

/// Number under which the page key of the database file is kept.
const STORE: &str = "store.db";

/// What was made in databases for an instance that may yet come to nothing.
#[derive(Default)]
pub(crate) struct Made {
    keyring: Option<PostgresOptions>,
    store: Option<PostgresOptions>,
}

impl Made {
    /// New keys in the layout's folder and, if so set, in a database.
    ///
    /// # Errors
    /// Conflict if there are some already; storage.
    pub fn vault(
        &mut self,
        layout: &Layout,
        config: &Config,
        root: &RootKey,
        organisation: OrgId,
        clock: &dyn Clock,
        random: &Arc<dyn Random>,
    ) -> Result<Vault> {
        let (dir, random) = (layout.keys(), Arc::clone(random));
        let StoreConfig::Postgresql(at) = &config.store else {
            return Vault::create(&dir, root, organisation, clock.now(), random);
        };
        let place = at.keyring()?;
        let keyring = PostgresKeyring::create(&place, organisation)?;
        self.keyring = Some(place);
        Vault::create_over(Box::new(keyring), &dir, root, organisation, clock.now(), random)
    }

    /// A new store.
    ///
    /// # Errors
    /// As [`Store::create`].
    pub fn store(&mut self, options: Options) -> Result<Store> {
        let place = options.place.clone();
        let store = Store::create(options)?;
        if let Place::Postgres(at) = place {
            self.store = Some(at);
        }
        Ok(store)
    }

    /// Takes everything out of the databases again; `why` is told to whoever asked, and what is left.
    pub fn take_back(self, why: Fault) -> Fault {
        let store = self.store.as_ref().map_or(Ok(()), Store::remove_from);
        let keyring = self.keyring.as_ref().map_or(Ok(()), PostgresKeyring::remove_from);
        let Err(left) = store.and(keyring) else { return why };
        let text = Text::new(
            format!("{} W bazie danych zostały ślady: utwórz ją na nowo (dropdb, createdb).", why.message.pl),
            format!("{} Traces are left in the database: make it anew (dropdb, createdb).", why.message.en),
        );
        let note = why.internal.as_deref().unwrap_or_default();
        let note = format!("{note}; taking back: {left}");
        Fault { message: text, ..why }.internal(note)
    }
}

/// How the store is opened.
///
/// # Errors
/// A password cannot be read.
pub(crate) fn store_options(
    layout: &Layout,
    vault: &Arc<Vault>,
    config: &Config,
    clock: &Arc<dyn Clock>,
) -> Result<Options> {
    let signing = vault.clone();
    let place = match &config.store {
        StoreConfig::File => Place::File(FileOptions {
            reserve_bytes: u64::from(config.reserve_mib) << 20,
            ..FileOptions::new(layout.store(), vault.page_key(STORE)?)
        }),
        StoreConfig::Postgresql(at) => Place::Postgres(at.data()?),
    };
    Ok(Options::new(
        place,
        layout.checkpoint(),
        Checkpoint::origin_of(vault.organisation()),
        vault.public_key(),
        Arc::new(move |message| signing.sign(message)),
        clock.clone(),
    ))
}

/// Opens the keys of the instance in `layout`; `read_only` for reading beside a server.
///
/// # Errors
/// As [`Vault::open_existing`] and [`Vault::open_over`].
pub fn open_vault(
    layout: &Layout,
    config: &Config,
    root: &RootKey,
    random: Arc<dyn Random>,
    read_only: bool,
) -> Result<Vault> {
    let dir = layout.keys();
    match (&config.store, read_only) {
        (StoreConfig::File, false) => Vault::open_existing(&dir, root, random),
        (StoreConfig::File, true) => Vault::open_read_only(&dir, root, random),
        (StoreConfig::Postgresql(at), read_only) => {
            let keyring = Box::new(PostgresKeyring::open(&at.keyring()?)?);
            let open = if read_only { Vault::read_over } else { Vault::open_over };
            open(keyring, &dir, root, random)
        }
    }
}

/// Looks at the format of an instance's tables, or brings them on. That something is taken away is in the ledger
/// before it goes.
///
/// # Errors
/// As [`open_vault`] and [`Store::migrate`].
pub async fn migrate(
    layout: &Layout,
    root: &RootKey,
    config: &Config,
    (clock, random): (Arc<dyn Clock>, Arc<dyn Random>),
    what: Migration,
) -> Result<Standing> {
    let vault = Arc::new(open_vault(layout, config, root, random.clone(), true)?);
    let options = store_options(layout, &vault, config, &clock)?;
    let place = options.place.clone();
    let step = async |what| {
        let place = place.clone();
        tokio::task::spawn_blocking(move || Store::migrate(&place, what)).await.map_err(Fault::bug)?
    };
    if what != Migration::Contract {
        return step(what).await;
    }
    let found = step(Migration::Look).await?.found;
    let store = Store::open(options)?;
    let alone = store.alone().await?;
    store
        .commit(Batch::new(operator_event(Act::InstanceContract, &IdSource::new(), &*clock, &*random)))
        .await?;
    drop(alone);
    store.close().await?;
    drop(store);
    Ok(Standing { found, ..step(what).await? })
}

/// The data of the instance in `layout` as they are now, without any server.
///
/// # Errors
/// As [`Snapshot::open_copy`] and [`Snapshot::open_database`].
pub fn snapshot(layout: &Layout, config: &Config, vault: &Vault) -> Result<Snapshot> {
    match &config.store {
        StoreConfig::File => Snapshot::open_copy(&layout.store(), &vault.page_key(STORE)?),
        StoreConfig::Postgresql(at) => Snapshot::open_database(&at.data()?),
    }
}
