//! What was tried outside one's rights, and from where. The first few attempts of a kind in a minute are written one by
//! one, the others as one event with their number when the minute is over: nobody fills the ledger by trying.

use crate::beside::seen;
use crate::registrations::Closed;
use crate::{Caller, Engine};
use kernel::{ActId, Fault, FaultKind, RecordId, Result, SessionId, Time, UserId};
use ledger::{Act, Event, Outcome};
use schema::EntityCode;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

/// Where a request comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Origin {
    /// The address.
    pub network: IpAddr,
    /// What the client calls itself.
    pub client: String,
    /// Method and path of the route, without what stands for its parameters.
    pub route: String,
}

/// How long attempts are counted together.
const MINUTE_MS: i64 = 60_000;
/// Attempts of one kind by one session that are written one by one in that time.
const SINGLY: u32 = 10;
/// Records and fields that the event of the others names; it counts the rest.
const NAMED: usize = 50;

/// What was tried.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Kind {
    /// The id of a record that is not there or not to be seen: also as what another one refers to.
    Record,
    /// The id of something else: a job, a notification, a view, a grant, a request.
    Item,
    /// What no role lets be done.
    Right,
    /// Fields that there are not, that may not be seen or may not be written.
    Fields,
    /// What is beyond a token, or beyond what tokens do at all.
    Token,
    /// A route of the house, by somebody of a partner.
    House,
    /// Registering a deal, while that is closed.
    Closed(Closed),
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Item => "item",
            Self::Right => "right",
            Self::Fields => "fields",
            Self::Token => "token",
            Self::House => "house",
            Self::Closed(_) => "closed",
        }
    }

    const fn act(self) -> Act {
        match self {
            Self::Closed(_) => Act::RegistrationRefuse,
            _ => Act::AccessRefused,
        }
    }

    /// What a refusal says that was tried.
    fn of(caller: &Caller, (entity, record): (u16, RecordId), fault: &Fault) -> Self {
        match fault.kind {
            FaultKind::Forbidden if caller.actor.token.is_some() => Self::Token,
            FaultKind::NotFound if entity == 0 && record.is_nil() => Self::Item,
            FaultKind::NotFound => Self::Record,
            // A reference, or what a record is to hang on: the id was looked up, and no right was asked for.
            FaultKind::Invalid if !record.is_nil() => Self::Record,
            _ => Self::Right,
        }
    }
}

/// One attempt.
#[derive(Clone, Debug)]
pub(crate) struct Tried {
    pub kind: Kind,
    pub entity: u16,
    pub record: RecordId,
    pub action: Option<&'static str>,
    pub thing: Option<&'static str>,
    /// Fields of the entity that were named.
    pub fields: BTreeSet<String>,
    /// Names that are of no field.
    pub unknown: usize,
}

impl Tried {
    /// Registering a deal, which is closed.
    pub const fn closed(why: Closed) -> Self {
        Self {
            kind: Kind::Closed(why),
            entity: 0,
            record: RecordId::NIL,
            action: None,
            thing: None,
            fields: BTreeSet::new(),
            unknown: 0,
        }
    }

    pub fn of(caller: &Caller, entity: u16, record: RecordId, fault: &Fault) -> Self {
        let lack = fault.refusal.as_deref().map(|refusal| &refusal.lack);
        let of = caller.policy.catalog.by_code(EntityCode(entity));
        let is_field = |name: &&String| of.is_some_and(|of| of.field(name).is_some());
        let fields: BTreeSet<String> = fault.named().iter().filter(is_field).cloned().collect();
        Self {
            kind: Kind::of(caller, (entity, record), fault),
            entity,
            record,
            action: lack.and_then(|lack| lack.action),
            thing: lack.and_then(|lack| lack.thing),
            unknown: fault.named().iter().filter(|name| !is_field(name)).count(),
            fields,
        }
    }
}

/// Attempts that wait to be written together.
#[derive(Clone, Debug)]
pub(crate) struct Sum {
    caller: Caller,
    kind: Kind,
    /// How many there were.
    count: u32,
    since: Time,
    records: BTreeSet<(u16, RecordId)>,
    fields: BTreeSet<String>,
    unknown: usize,
}

struct Window {
    since: Time,
    times: u32,
    sum: Option<Sum>,
}

/// Who tried what, as part of which larger act.
type Key = (UserId, SessionId, ActId, Kind);

fn key(caller: &Caller, kind: Kind) -> Key {
    (caller.actor.user, caller.actor.session, caller.part_of, kind)
}

/// Attempts of this minute, by who tried what. Each server counts for itself.
#[derive(Default)]
pub(crate) struct Attempts(Mutex<HashMap<Key, Window>>);

impl Attempts {
    /// Whether an attempt is to be written by itself; with those of the minute before, if they were not yet.
    fn note(&self, caller: &Caller, tried: &Tried, now: Time) -> (bool, Option<Sum>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = key(caller, tried.kind);
        let new = || Window { since: now, times: 0, sum: None };
        let window = all.entry(key).or_insert_with(new);
        let due = if is_over(window.since, now) { std::mem::replace(window, new()).sum } else { None };
        window.times = window.times.saturating_add(1);
        if window.times <= SINGLY {
            return (true, due);
        }
        let sum = window.sum.get_or_insert_with(|| Sum {
            caller: caller.clone(),
            kind: tried.kind,
            count: 0,
            since: now,
            records: BTreeSet::new(),
            fields: BTreeSet::new(),
            unknown: 0,
        });
        sum.count = sum.count.saturating_add(1);
        if !tried.record.is_nil() && sum.records.len() < NAMED {
            sum.records.insert((tried.entity, tried.record));
        }
        for name in &tried.fields {
            if sum.fields.len() < NAMED {
                sum.fields.insert(name.clone());
            }
        }
        sum.unknown = sum.unknown.saturating_add(tried.unknown);
        (false, due)
    }

    /// Those whose minute is over, or all; what has nothing to be written is forgotten.
    fn due(&self, now: Time, all: bool) -> Vec<Key> {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let over = |window: &Window| all || is_over(window.since, now);
        windows.retain(|_, window| window.sum.is_some() || !over(window));
        windows.iter().filter(|(_, window)| over(window)).map(|(key, _)| *key).collect()
    }

    /// Takes one of them, unless it was written meanwhile.
    fn take(&self, key: &Key) -> Option<Sum> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key)?.sum
    }

    /// Puts back what could not be written.
    fn keep(&self, sum: Sum) {
        let key = key(&sum.caller, sum.kind);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window = all.entry(key).or_insert_with(|| Window { since: sum.since, times: SINGLY, sum: None });
        let count = sum.count.saturating_add(window.sum.as_ref().map_or(0, |newer| newer.count));
        window.sum = Some(Sum { count, ..sum });
    }
}

/// A clock that was set back begins anew, too.
fn is_over(since: Time, now: Time) -> bool {
    now < since || since.plus_ms(MINUTE_MS) <= now
}

/// Where it came from, as an event tells it.
fn told(kind: Kind, caller: &Caller) -> Value {
    let from = caller.from.as_deref();
    let why = if let Kind::Closed(why) = kind { Some(why) } else { None };
    json!({
        "tried": kind.name(),
        "why": why,
        "partner": why.and_then(|_| caller.partner()),
        "network": from.map(|from| from.network.to_string()),
        "client": from.map(|from| &from.client),
        "route": from.map(|from| &from.route),
        "by_token": caller.actor.token.is_some(),
    })
}

impl Caller {
    /// The same caller, who asks from there.
    #[must_use]
    pub fn with_origin(self, origin: Origin) -> Self {
        Self { from: Some(Arc::new(origin)), noted: Some(Arc::default()), ..self }
    }
}

impl Engine {
    /// Writes an attempt down, or counts it. A ledger that cannot take the event turns the refusal into that failure.
    pub(crate) async fn written_attempt(&self, caller: &Caller, tried: &Tried, fault: Fault) -> Fault {
        if let Some(noted) = &caller.noted {
            noted.store(true, Ordering::Relaxed);
        }
        let (single, due) = self.0.attempts.note(caller, tried, self.now());
        if let Some(sum) = due
            && let Err(storage) = self.write_sum(sum).await
        {
            return storage;
        }
        if !single {
            return fault;
        }
        let (entity, record) = (tried.entity, tried.record);
        let mut event =
            Event { outcome: Outcome::Refused, entity, record, ..self.event(caller, tried.kind.act()) };
        let mut about = told(tried.kind, caller);
        about["action"] = json!(tried.action);
        about["thing"] = json!(tried.thing);
        about["fields"] = json!(tried.fields.iter().take(NAMED).collect::<Vec<_>>());
        about["unknown"] = json!(tried.unknown);
        let written = match self.set_detail(&mut event, &tidy(about)) {
            Ok(()) => self.0.store.record_event(event).await.map(drop),
            Err(sealing) => Err(sealing),
        };
        written.map_or_else(|failure| failure, |()| fault)
    }

    /// Writes down that something was asked for by an id of which there is nothing for the caller, as far as whatever
    /// refused it did not do so. To be called once for each such answer.
    pub async fn refused_id(&self, caller: &Caller, id: RecordId, fault: Fault) -> Fault {
        let noted = caller.noted.as_ref().is_none_or(|noted| noted.load(Ordering::Relaxed));
        if noted {
            return fault;
        }
        self.written_attempt(caller, &Tried::of(caller, 0, id, &fault), fault).await
    }

    async fn write_sum(&self, sum: Sum) -> Result<()> {
        let mut event = Event { outcome: Outcome::Refused, ..self.event(&sum.caller, sum.kind.act()) };
        event.touches = sum.records.iter().map(|(entity, id)| seen(*entity, *id)).collect();
        let mut about = told(sum.kind, &sum.caller);
        about["count"] = json!(sum.count);
        about["since"] = json!(sum.since.rfc3339());
        about["fields"] = json!(sum.fields);
        about["unknown"] = json!(sum.unknown);
        let written = match self.set_detail(&mut event, &tidy(about)) {
            Ok(()) => self.0.store.record_event(event).await.map(drop),
            Err(sealing) => Err(sealing),
        };
        if written.is_err() {
            self.0.attempts.keep(sum);
        }
        written
    }

    /// Writes down what was counted in minutes that are over; before a stop, all of it.
    ///
    /// # Errors
    /// Storage: what could not be written is tried again.
    pub async fn write_attempts(&self, all: bool) -> Result<()> {
        // One after the other: whatever stops this leaves the others where they are.
        for key in self.0.attempts.due(self.now(), all) {
            if let Some(sum) = self.0.attempts.take(&key) {
                self.write_sum(sum).await?;
            }
        }
        Ok(())
    }

    /// Writes down that fields were named which there are not, which may not be seen or may not be written: whichever it
    /// was, it takes the same way. Another failure stays as it is.
    pub async fn refused_fields(&self, caller: &Caller, plural: &str, fault: Fault) -> Fault {
        let within = fault.refusal.as_deref().and_then(|refusal| refusal.within.as_deref());
        let entities = caller.policy.catalog.entities();
        let entity = match within {
            Some(name) => caller.policy.catalog.get(name),
            None => entities.iter().find(|e| e.plural == plural),
        };
        let mut names: BTreeSet<&str> = fault.named().iter().map(String::as_str).collect();
        if names.is_empty() && entity.is_some() {
            names.extend(fault.issues.iter().filter(|i| is_of_rights(&i.code)).map(|i| i.field.as_str()));
        }
        if names.is_empty() {
            return fault;
        }
        // Of which entity they would be may not be known: then they are counted.
        let (fields, others): (Vec<&str>, Vec<&str>) =
            names.into_iter().partition(|name| entity.is_some_and(|entity| entity.field(name).is_some()));
        let EntityCode(code) = entity.map_or(EntityCode(0), |entity| entity.code);
        let tried = Tried {
            fields: fields.into_iter().map(str::to_owned).collect(),
            unknown: others.len(),
            ..Tried::of(caller, code, RecordId::NIL, &fault)
        };
        self.written_attempt(caller, &Tried { kind: Kind::Fields, ..tried }, fault).await
    }
}

/// Whether an issue may be one of rights: what is hidden is told as what there is not.
fn is_of_rights(code: &str) -> bool {
    matches!(code, "unknown-field" | "not-writable")
}

/// Without what says nothing.
fn tidy(mut about: Value) -> Value {
    let empty = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(all) => all.is_empty(),
        Value::Number(n) => n.as_u64() == Some(0),
        _ => false,
    };
    if let Some(map) = about.as_object_mut() {
        map.retain(|_, value| !empty(value));
    }
    about
}

/// Whether the detail of an event says what was tried: that is for those who read the ledger. Whoever tried would learn
/// from it which fields there are, and whoever reads a record from where a colleague asked.
pub(crate) fn is_of_ledger(act: &str, detail: Option<&Value>) -> bool {
    act == Act::AccessRefused.code() && detail.is_some_and(|detail| detail.get("tried").is_some())
}
