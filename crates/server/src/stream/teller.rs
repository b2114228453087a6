//! One stream: waits for what changes and tells it, as long as its session lives and by the rights of the
//! moment.

use super::Place;
use crate::app::App;
use access::{Action, Actor};
use axum::response::sse::Event;
use identity::Session;
use kernel::{JobId, RecordId, Time};
use records::{Caller, Glimpse, News, rights_of};
use schema::EntityCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

/// How often it is looked whether the session lives, and every how many of these something is sent.
const CHECK: (Duration, u32) = (Duration::from_secs(3), 5);
/// Between two messages about one job, and about one list.
const PACE: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(1));
/// A client that takes nothing for this long is let go.
const PATIENCE: Duration = Duration::from_secs(30);

/// The stream is over.
struct Over;

/// A record that a page shows.
pub struct Watched {
    /// Number of its entity.
    pub entity: u16,
    /// Its id.
    pub id: RecordId,
    /// As it was last seen.
    pub last: Option<Glimpse>,
}

/// One stream.
pub struct Teller {
    /// The server's state.
    pub app: App,
    /// Who listens, as of the beginning.
    pub caller: Caller,
    /// In which session.
    pub session: Arc<Session>,
    /// From where.
    pub address: IpAddr,
    /// Which records are on the page.
    pub watched: Vec<Watched>,
    /// Where messages go.
    pub out: mpsc::Sender<Event>,
    /// The place it takes.
    pub place: Place,
}

/// What is to be told as soon as it may be.
#[derive(Default)]
struct Pending {
    jobs: BTreeSet<JobId>,
    lists: BTreeSet<u16>,
}

fn pace(period: Duration) -> Interval {
    let mut pace = interval(period);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pace
}

impl Teller {
    /// Tells until the session ends, the client goes or the server stops.
    pub async fn run(mut self) {
        let _over = self.tell().await;
        drop(self.place);
    }

    async fn tell(&mut self) -> Result<(), Over> {
        let engine = self.app.engine().clone();
        let (mut news, mut notices) = (engine.news(), engine.store().notices());
        let (mut jobs, mut closing) = (self.app.jobs().subscribe(), self.app.streams().closing());
        let (mut check, mut job_pace, mut list_pace) = (pace(CHECK.0), pace(PACE.0), pace(PACE.1));
        let (mut pending, mut beats) = (Pending::default(), 0u32);
        let mut rights = self.rights();
        let mut turn = self.next_turn();
        self.send("hello", &json!({ "policy_version": rights })).await?;
        self.look(None).await?;
        loop {
            tokio::select! {
                () = async { let _closed = closing.wait_for(|closes| *closes).await.is_ok(); } => return Err(Over),
                () = self.out.closed() => return Err(Over),
                _ = check.tick() => {
                    beats += 1;
                    let beat = beats.is_multiple_of(CHECK.1);
                    self.lives().await?;
                    // A grant begins or ends by its time: nobody says so.
                    if turn.is_some_and(|turn| turn <= self.app.engine().now()) {
                        turn = self.next_turn();
                        self.compare(&mut rights).await?;
                        pending.lists.extend(self.entities());
                    }
                    if beat { self.put(Event::default().comment("")).await?; }
                }
                said = news.recv() => match said {
                    Ok(News::Rows(rows)) => {
                        pending.lists.extend(rows.iter().map(|(entity, _)| *entity));
                        self.look(Some(&rows)).await?;
                    }
                    Ok(News::Policy) => {
                        turn = self.next_turn();
                        self.compare(&mut rights).await?;
                    }
                    Err(RecvError::Lagged(_)) => {
                        turn = self.next_turn();
                        self.compare(&mut rights).await?;
                        pending.lists.extend(self.entities());
                        self.look(None).await?;
                    }
                    Err(RecvError::Closed) => return Err(Over),
                },
                said = jobs.recv() => match said {
                    Ok((user, id)) if user == self.actor().user => { pending.jobs.insert(id); }
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => {
                        pending.jobs.extend(self.own_jobs().await?);
                    }
                    Err(RecvError::Closed) => return Err(Over),
                },
                said = notices.recv() => match said {
                    Ok(user) if user != self.actor().user => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => self.count_notices().await?,
                    Err(RecvError::Closed) => return Err(Over),
                },
                _ = job_pace.tick(), if !pending.jobs.is_empty() => {
                    self.tell_jobs(std::mem::take(&mut pending.jobs)).await?;
                }
                _ = list_pace.tick(), if !pending.lists.is_empty() => {
                    self.tell_lists(std::mem::take(&mut pending.lists)).await?;
                }
            }
        }
    }

    /// The caller under the policy of this moment.
    fn caller(&self) -> Caller {
        let engine = self.app.engine();
        let actor = Actor { at: engine.now(), ..self.caller.actor.clone() };
        Caller { policy: engine.policy(), actor, ..self.caller.clone() }
    }

    const fn actor(&self) -> &Actor {
        &self.caller.actor
    }

    fn rights(&self) -> u64 {
        rights_of(&self.app.engine().policy(), self.actor().user, self.app.engine().now())
    }

    /// When the next of the caller's grants begins or ends.
    fn next_turn(&self) -> Option<Time> {
        let engine = self.app.engine();
        engine.policy().next_turn(self.actor().user, engine.now())
    }

    fn entities(&self) -> Vec<u16> {
        self.app.engine().policy().catalog.entities().iter().map(|e| e.code.0).collect()
    }

    /// Whether networks, hours and required factors, which may be decided anew at any time, still let the caller work.
    fn may_go_on(&self) -> bool {
        let (engine, user) = (self.app.engine(), self.actor().user);
        let directory = engine.directory();
        directory.allows(user, self.session.networks(), self.address)
            && directory.works_at(user, engine.now())
            && engine.check_enrolled(&self.caller).is_ok()
    }

    /// Says that the session has ended, if it has, on whatever server.
    async fn lives(&self) -> Result<(), Over> {
        let known = async {
            self.app.engine().refresh().await?;
            self.app.identity().look_for_use_of(&self.session).await
        };
        if let Err(fault) = known.await {
            // The page comes back, and is told again what it watches.
            tracing::info!(%fault, "a stream ends");
            return Err(Over);
        }
        if self.app.identity().still(&self.session) && self.app.engine().may_act(self.actor().user) {
            // The page hears why when it comes back, or asks for anything else.
            return if self.may_go_on() { Ok(()) } else { Err(Over) };
        }
        self.put(Event::default().event("session-ended").data("{}")).await?;
        Err(Over)
    }

    async fn send(&self, name: &str, data: &Value) -> Result<(), Over> {
        self.lives().await?;
        self.put(Event::default().event(name).data(data.to_string())).await
    }

    async fn put(&self, event: Event) -> Result<(), Over> {
        match timeout(PATIENCE, self.out.send(event)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Over),
        }
    }

    /// Tells that the caller's rights changed, if they did, and what is lost by it.
    async fn compare(&mut self, rights: &mut u64) -> Result<(), Over> {
        let now = self.rights();
        if *rights != now {
            *rights = now;
            self.send("rights", &json!({ "policy_version": now })).await?;
        }
        self.look(None).await
    }

    /// Looks at the watched records among `rows`, or at all of them, and tells what is new.
    async fn look(&mut self, rows: Option<&[(u16, RecordId)]>) -> Result<(), Over> {
        let caller = self.caller();
        let engine = self.app.engine().clone();
        let (mut events, mut failed) = (Vec::new(), false);
        let mut kept = Vec::with_capacity(self.watched.len());
        for mut record in std::mem::take(&mut self.watched) {
            if rows.is_some_and(|rows| !rows.contains(&(record.entity, record.id))) {
                kept.push(record);
                continue;
            }
            let Some(entity) = caller.policy.catalog.by_code(EntityCode(record.entity)) else { continue };
            match engine.glimpse(&caller, record.entity, record.id).await {
                Ok(Some(now)) => {
                    // What the page shows already is no news.
                    if record.last.is_some_and(|last| last != now) {
                        let by = json!({ "id": now.by, "name": engine.directory().user_name(now.by) });
                        events.push(("record", json!({
                            "entity": entity.name, "id": record.id, "version": now.version, "by": by, "at": now.at.rfc3339(),
                        })));
                    }
                    record.last = Some(now);
                    kept.push(record);
                }
                Ok(None) => events.push(("gone", json!({ "entity": entity.name, "id": record.id }))),
                Err(fault) => {
                    failed = true;
                    tracing::warn!(%fault, "a watched record could not be looked at");
                    kept.push(record);
                }
            }
        }
        self.watched = kept;
        for (name, data) in events {
            self.send(name, &data).await?;
        }
        if failed { Err(Over) } else { Ok(()) }
    }

    async fn count_notices(&self) -> Result<(), Over> {
        match self.app.engine().unread(self.actor().user).await {
            Ok(unread) => self.send("notice", &json!({ "unread": unread })).await,
            Err(fault) => {
                tracing::warn!(%fault, "notices could not be counted");
                Ok(())
            }
        }
    }

    async fn own_jobs(&self) -> Result<Vec<JobId>, Over> {
        self.app.jobs().ids(self.actor()).await.map_err(|fault| {
            tracing::warn!(%fault, "jobs could not be looked for");
            Over
        })
    }

    async fn tell_jobs(&self, jobs: BTreeSet<JobId>) -> Result<(), Over> {
        for id in jobs {
            match self.app.jobs().get(self.actor().user, id).await {
                Ok(Some(job)) => self.send("job", &json!(job)).await?,
                Ok(None) => {}
                Err(fault) => {
                    // The page comes back, and looks at its jobs anew.
                    tracing::warn!(%fault, "how a job goes could not be told");
                    return Err(Over);
                }
            }
        }
        Ok(())
    }

    async fn tell_lists(&self, lists: BTreeSet<u16>) -> Result<(), Over> {
        let caller = self.caller();
        for code in lists {
            let entity = caller.policy.catalog.by_code(EntityCode(code));
            let listed = caller.policy.list(&caller.actor, Action::Read, EntityCode(code)).is_ok();
            if let Some(entity) = entity.filter(|_| listed) {
                self.send("list", &json!({ "entity": entity.name })).await?;
            }
        }
        Ok(())
    }
}
