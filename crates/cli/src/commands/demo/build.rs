//! Making a demonstration: an instance, its teams and users, and all the records of a sample.

use super::{MARK, Made, PASSWORD};
use crate::context::Context;
use crate::open;
use crate::ui::Bar;
use identity::{NewUser, RequirementInput, UserChange};
use kernel::{
    Fault, FaultKind, IdSource, Lang, ManualClock, RecordId, Result, SeededRandom, SessionId, TeamId, Text,
    Time, UserId,
};
use records::{Caller, Engine, Loaded, TeamInput};
use sample::{Sample, SampleRecord};
use serde_json::Value;
use server::{Config, FirstUser, Instance, Layout, New, StoreConfig};
use std::fs;
use std::path::{Path, PathBuf};
use vault::RootKey;
use zeroize::Zeroizing;

/// Records loaded in one transaction.
const BATCH: usize = 1_000;
/// Passwords hashed at a time.
const HASHING: usize = 2;

/// Makes the demonstration in `dir`. It appears there when it is whole.
///
/// # Errors
/// As making and opening an instance.
pub async fn build(
    context: &Context,
    dir: &Path,
    made: &Made,
    sample: &Sample,
    store: StoreConfig,
) -> Result<()> {
    let work = unfinished(dir)?;
    let filled = fill(context, &work, made, sample, store).await;
    if let Err(fault) = filled {
        let _ = fs::remove_dir_all(&work);
        return Err(fault);
    }
    // An empty folder of that name is no obstacle; one that is not empty stays, and renaming fails.
    let _ = fs::remove_dir(dir);
    fs::rename(&work, dir).map_err(|e| cannot(dir, &e))
}

/// Where it lies while it is made. What an earlier try left there goes, if it was one.
fn unfinished(dir: &Path) -> Result<PathBuf> {
    let name = dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let work = dir.with_file_name(format!(".{name}.unfinished"));
    if work.join(MARK).exists() {
        fs::remove_dir_all(&work).map_err(|e| cannot(&work, &e))?;
    }
    Ok(work)
}

fn cannot(path: &Path, e: &std::io::Error) -> Fault {
    let text = format!("{}: {e}", path.display());
    Fault::new(FaultKind::Unavailable, Text::same(text))
}

async fn fill(
    context: &Context,
    work: &Path,
    made: &Made,
    sample: &Sample,
    store: StoreConfig,
) -> Result<()> {
    let config = Config { store, ..Config::default() };
    let administrator = administrator(sample)?;
    let user = &sample.users()[administrator];
    let admin = FirstUser {
        login: user.login.clone(),
        name: user.name.clone(),
        email: user.email.clone(),
        lang: user.lang,
        password: Zeroizing::new(PASSWORD.to_owned()),
    };
    let new = New {
        organisation: "Klucznik Demo".to_owned(),
        admin,
        config: config.clone(),
        cost: config.passwords.cost()?,
        factors: RequirementInput::default(),
    };
    let random = context.random.clone();
    let make = move |layout: &Layout| RootKey::create_file(&layout.root_key(), &*random);
    Instance::create(work, new, make, context.clock.clone(), context.random.clone()).await?;
    let mark = serde_json::to_vec_pretty(made).map_err(Fault::bug)?;
    fs::write(work.join(MARK), mark).map_err(|e| cannot(work, &e))?;
    let instance = open::instance(context, &Layout::new(work), config).await?;
    let filled = populate(context, instance.app.engine(), made, sample, administrator).await;
    instance.close().await?;
    filled
}

/// The user whom the instance begins with.
fn administrator(sample: &Sample) -> Result<usize> {
    let found = sample.users().iter().position(|u| u.roles.contains(&"administrator"));
    found.ok_or_else(|| Fault::bug("the sample has no administrator"))
}

async fn populate(
    context: &Context,
    engine: &Engine,
    made: &Made,
    sample: &Sample,
    administrator: usize,
) -> Result<()> {
    let admin = engine.directory().by_login(&sample.users()[administrator].login).map(|u| u.id);
    let admin = admin.ok_or_else(|| Fault::bug("the administrator is missing"))?;
    let teams = make_teams(engine, sample, admin).await?;
    let users = make_users(context, engine, made, sample, &teams, (administrator, admin)).await?;
    let places = Places { teams, users };
    let loads: [(&str, u64, Box<dyn Iterator<Item = SampleRecord> + '_>); 6] = [
        ("company", made.companies, Box::new(sample.companies())),
        ("person", made.people, Box::new(sample.people())),
        ("lead", made.leads, Box::new(sample.leads())),
        ("deal", made.deals, Box::new(sample.deals())),
        ("activity", made.activities, Box::new(sample.activities())),
        ("note", made.notes, Box::new(sample.notes())),
    ];
    let total = loads.iter().map(|(_, n, _)| n).sum();
    let bar = context.ui.bar(&Text::of("Rekordy", "Records"));
    let mut done = 0;
    for (name, _, records) in loads {
        done = load(engine, name, records, &places, &bar, (done, total)).await?;
    }
    Ok(())
}

/// Ids of the sample's teams and users, by their places in the sample.
struct Places {
    teams: Vec<TeamId>,
    users: Vec<UserId>,
}

async fn make_teams(engine: &Engine, sample: &Sample, admin: UserId) -> Result<Vec<TeamId>> {
    let top = engine.policy().teams.keys().min().copied();
    let mut teams: Vec<TeamId> = Vec::with_capacity(sample.teams().len());
    for team in sample.teams() {
        let actor = access::Actor { user: admin, session: SessionId::NIL, token: None, at: engine.now() };
        let caller = Caller::new(actor, Lang::En, engine.policy());
        let parent = team.parent.map_or(top, |at| teams.get(at).copied());
        let made = engine.put_team(&caller, None, TeamInput { name: team.name.clone(), parent }).await?;
        teams.push(made.get().value.id);
    }
    Ok(teams)
}

async fn make_users(
    context: &Context,
    engine: &Engine,
    made: &Made,
    sample: &Sample,
    teams: &[TeamId],
    admin: (usize, UserId),
) -> Result<Vec<UserId>> {
    let bar = context.ui.bar(&Text::of("Użytkownicy", "Users"));
    let total = Some(sample.users().len() as u64);
    // Activities name users, so ids of users follow from the seed too.
    let (ids, random) = (IdSource::new(), SeededRandom::new(made.seed));
    let clock = ManualClock::new(Time::parse(&made.as_of).unwrap_or_default());
    let mut users: Vec<UserId> = sample.users().iter().map(|_| ids.next(&clock, &random)).collect();
    users[admin.0] = admin.1;
    let in_team = UserChange { team: Some(teams[sample.users()[admin.0].team]), ..UserChange::default() };
    engine.operator_update_user(admin.1, in_team).await?;
    let others: Vec<usize> = (0..users.len()).filter(|u| *u != admin.0).collect();
    for (done, few) in others.chunks(HASHING).enumerate() {
        let mut tasks = Vec::with_capacity(HASHING);
        for at in few {
            let user = new_user(engine, &sample.users()[*at], teams)?;
            let (engine, id) = (engine.clone(), users[*at]);
            tasks.push(tokio::spawn(async move { engine.operator_invent_user(id, user, PASSWORD).await }));
        }
        for task in tasks {
            task.await.map_err(Fault::bug)??;
        }
        bar.at((done * HASHING) as u64, total);
    }
    Ok(users)
}

fn new_user(engine: &Engine, user: &sample::User, teams: &[TeamId]) -> Result<NewUser> {
    let roles =
        user.roles.iter().map(|name| crate::commands::user::role(engine, name)).collect::<Result<_>>()?;
    Ok(NewUser {
        login: user.login.clone(),
        name: user.name.clone(),
        email: user.email.clone(),
        lang: user.lang,
        team: teams[user.team],
        roles,
        partner: None,
    })
}

async fn load(
    engine: &Engine,
    name: &str,
    records: impl Iterator<Item = SampleRecord>,
    places: &Places,
    bar: &Bar,
    (mut done, total): (u64, u64),
) -> Result<u64> {
    let policy = engine.policy();
    let entity = policy.catalog.get(name).ok_or_else(|| Fault::bug("entity of the sample"))?;
    let mut records = records.peekable();
    while records.peek().is_some() {
        let batch: Vec<Loaded> = records.by_ref().take(BATCH).map(|r| loaded(r, places)).collect();
        let count = batch.len() as u64;
        engine.load(entity, batch).await?;
        done += count;
        bar.at(done, Some(total));
    }
    Ok(done)
}

fn loaded(record: SampleRecord, places: &Places) -> Loaded {
    let owner = places.users[record.owner];
    let mut input = record.input;
    if record.entity == "activity"
        && let Value::Object(fields) = &mut input
    {
        fields.insert("assignee".to_owned(), Value::String(owner.to_string()));
    }
    Loaded {
        id: record.id,
        owner,
        team: places.teams[record.team],
        parent: record.parent.map(|(_, id): (_, RecordId)| id),
        created_at: record.created,
        updated_at: record.updated,
        input,
    }
}
