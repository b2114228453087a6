//! Connections: to where, how secured, and with which limits.

use super::fault::{fault, refused};
use super::listen::announce;
use super::tls::Tls;
use super::write::JOBS_CHANNEL;
use crate::hint::Newest;
use crate::options::PostgresOptions;
use crate::refusal;
use deadpool_postgres::{ClientWrapper, Connect};
use kernel::{Fault, Result};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinHandle};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{AsyncMessage, Client, Config, Error};

/// Set on every connection. A server that lost us in a transaction takes it back after two seconds and
/// lets go of its locks, and whoever waits for them waits a little longer than that. Each query has an index to go
/// by, and goes by it: a plan is kept for long, and must not walk through a table because that was small, or not yet
/// counted, when the plan was made.
const LIMITS: &str = "SET synchronous_commit = on; SET lock_timeout = '5s'; SET statement_timeout = '60s'; \
    SET idle_in_transaction_session_timeout = '2s'; SET client_min_messages = warning; \
    SET enable_seqscan = off; SET jit = off;";

/// The threads on which connections live, whoever uses them. Stopped without waiting.
pub struct Driver(Option<Runtime>);

impl Driver {
    /// # Errors
    /// Internal if the machine gives no thread.
    pub fn start() -> Result<Self> {
        let mut builder = Builder::new_multi_thread();
        let runtime = builder.worker_threads(1).thread_name("store-postgres").enable_all().build();
        runtime.map(Some).map(Self).map_err(|e| Fault::bug(format!("no thread: {e}")))
    }

    fn handle(&self) -> Result<Handle> {
        self.0.as_ref().map(|runtime| runtime.handle().clone()).ok_or_else(refusal::closed)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Makes connections. Clones make the same.
#[derive(Clone)]
pub struct Connector {
    config: Config,
    tls: Tls,
    handle: Handle,
    /// More to be set on each connection.
    more: &'static str,
    /// Keeps the connections alive.
    _driver: Arc<Driver>,
}

impl Connector {
    /// # Errors
    /// Invalid if the address is none.
    pub fn new(options: &PostgresOptions) -> Result<Self> {
        let driver = Arc::new(Driver::start()?);
        Ok(Self {
            config: config(options)?,
            tls: Tls::new(options.root_certificates.as_deref())?,
            handle: driver.handle()?,
            more: "",
            _driver: driver,
        })
    }

    /// One whose connections are set as given, besides what all are.
    pub fn with(&self, more: &'static str) -> Self {
        Self { more, ..self.clone() }
    }

    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// A connection of its own.
    ///
    /// # Errors
    /// Unavailable if there is none to be had.
    pub async fn connect(&self) -> Result<ClientWrapper> {
        let (client, task) = self.open(None).await.map_err(|e| fault(&e))?;
        Ok(ClientWrapper::new(client, task))
    }

    /// The first connection of whoever begins to work: what no waiting mends is told to whoever set it.
    ///
    /// # Errors
    /// Invalid if the server does not let this role into this database; unavailable if there is none to be had.
    pub async fn reach(&self) -> Result<ClientWrapper> {
        let opened = self.open(None).await;
        let (client, task) = opened.map_err(|e| refused(&e, &self.config).unwrap_or_else(|| fault(&e)))?;
        Ok(ClientWrapper::new(client, task))
    }

    /// A connection of its own, and what is announced on channels that it listens to, until it ends.
    ///
    /// # Errors
    /// As [`Connector::connect`].
    pub async fn listening(
        &self,
        bell: watch::Sender<()>,
    ) -> Result<(ClientWrapper, watch::Receiver<Newest>)> {
        let (to, heard) = watch::channel(Newest::default());
        let (client, task) = self.open(Some((to, bell))).await.map_err(|e| fault(&e))?;
        Ok((ClientWrapper::new(client, task), heard))
    }

    /// Runs something on the connections' own threads.
    pub fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
        self.handle.spawn(work).abort_handle()
    }

    async fn open(
        &self,
        to: Option<(watch::Sender<Newest>, watch::Sender<()>)>,
    ) -> std::result::Result<(Client, JoinHandle<()>), Error> {
        // The socket belongs to our own threads, so that it outlives the caller's.
        let mut connecting = pin!(self.config.connect(self.tls.clone()));
        let connected = poll_fn(|context| {
            let _within = self.handle.enter();
            connecting.as_mut().poll(context)
        });
        let (client, mut connection) = connected.await?;
        let task = self.handle.spawn(async move {
            while let Some(message) = poll_fn(|context| connection.poll_message(context)).await {
                match (message, &to) {
                    (Ok(AsyncMessage::Notification(said)), Some((_, bell)))
                        if said.channel() == JOBS_CHANNEL =>
                    {
                        bell.send_replace(());
                    }
                    (Ok(AsyncMessage::Notification(said)), Some((to, _))) => {
                        Newest::parse(said.payload()).into_iter().for_each(|newest| announce(to, newest));
                    }
                    (Ok(_), _) => {}
                    (Err(e), _) => {
                        tracing::info!(error = %fault(&e), "a connection to the database ended");
                        break;
                    }
                }
            }
        });
        client.batch_execute(LIMITS).await?;
        client.batch_execute(self.more).await?;
        Ok((client, task))
    }
}

impl Connect for Connector {
    fn connect(
        &self,
        _: &Config,
    ) -> Pin<Box<dyn Future<Output = std::result::Result<(Client, JoinHandle<()>), Error>> + Send + '_>> {
        Box::pin(self.open(None))
    }
}

/// Reads an address, as libpq's `postgresql://…` or `host=… dbname=…`. TLS is spoken to everything that is
/// not this machine, whatever the address says of it.
fn config(options: &PostgresOptions) -> Result<Config> {
    let text = options.address.replace("sslmode=verify-full", "sslmode=require");
    let mut config: Config = text.parse().map_err(|_| refusal::no_address())?;
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err(refusal::no_address());
    }
    if config.get_password().is_some() {
        return Err(refusal::password_in_address());
    }
    if let Some(password) = &options.password {
        config.password(password.as_bytes());
    }
    config.ssl_mode(if is_local(&config) { SslMode::Disable } else { SslMode::Require });
    config.application_name("klucznik");
    config.connect_timeout(Duration::from_secs(5));
    config.keepalives(true);
    config.keepalives_idle(Duration::from_secs(5));
    config.keepalives_interval(Duration::from_secs(2));
    config.keepalives_retries(3);
    config.tcp_user_timeout(Duration::from_secs(10));
    Ok(config)
}

fn is_local(config: &Config) -> bool {
    let host = |host: &Host| match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    };
    config.get_hosts().iter().all(host) && config.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> Result<Config> {
        config(&PostgresOptions::new(address))
    }

    #[test]
    fn only_this_machine_is_spoken_to_in_clear() {
        for (address, mode) in [
            ("postgresql:///crm?host=/run/postgresql", SslMode::Disable),
            ("host=/run/postgresql dbname=crm", SslMode::Disable),
            ("postgresql://localhost/crm", SslMode::Disable),
            ("postgresql://127.0.0.1/crm", SslMode::Disable),
            ("host=localhost hostaddr=192.0.2.1", SslMode::Require),
            ("postgresql://db.example/crm?sslmode=disable", SslMode::Require),
            ("postgresql://db.example/crm?sslmode=prefer", SslMode::Require),
            ("postgresql://db.example/crm?sslmode=verify-full", SslMode::Require),
            ("postgresql://127.0.0.1,db.example/crm", SslMode::Require),
            ("postgresql://localhost.example/crm", SslMode::Require),
        ] {
            assert_eq!(of(address).unwrap().get_ssl_mode(), mode, "{address}");
        }
        for wrong in [
            "",
            "dbname=crm",
            "postgresql://h?unknown=1",
            "postgresql://klucznik:secret@localhost/crm",
            "host=localhost password=secret",
        ] {
            assert_eq!(of(wrong).err().map(|f| f.kind), Some(kernel::FaultKind::Invalid), "{wrong}");
        }
    }
}
