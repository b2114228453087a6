//! `klucznik demo`

mod build;

use crate::commands::serve;
use crate::context::{Code, Context, Outcome};
use crate::open;
use crate::settings::{KeyArgs, Settings, StoreArgs, absolute};
use clap::Args;
use kernel::{Fault, FaultKind, Result, Text, Time};
use sample::{Sample, Sizes};
use serde::{Deserialize, Serialize};
use serde_json::json;
use server::{Config, Layout, Running, StoreConfig};
use std::fs;
use std::path::Path;

/// The password of every user of a demonstration. Printed on purpose: the people in it are invented.
const PASSWORD: &str = "mokry-parasol-w-tramwaju";
/// The file that marks a folder as a demonstration.
const MARK: &str = "demo.json";
/// When the sample is seen from, so that it is the same every time: 2026-11-23T08:00:00Z.
const AS_OF: &str = "2026-11-23T08:00:00Z";

/// Never put real people into a demonstration: its passwords are known.
#[derive(Args)]
pub struct Demo {
    /// The same seed, sizes and time give the same records [default: 1]
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// When the sample is seen from (RFC 3339) [default: 2026-11-23T08:00:00Z]
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// People [default: 2000]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(..=10_000_000))]
    people: Option<u64>,
    /// Companies [default: 600]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(..=8_000_000))]
    companies: Option<u64>,
    /// Leads [default: 300]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(..=10_000_000))]
    leads: Option<u64>,
    /// Deals [default: 900]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(..=10_000_000))]
    deals: Option<u64>,
    /// Activities [default: 4000]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(..=20_000_000))]
    activities: Option<u64>,
    /// Notes [default: 1500]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(..=10_000_000))]
    notes: Option<u64>,
    /// Users, if there are more than 3 teams [default: 15]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..=1_000))]
    users: Option<u64>,
    /// Sales teams; more than 3 have numbered users [default: 3]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..=200))]
    teams: Option<u64>,
    /// Only make it, do not serve it
    #[arg(long)]
    no_serve: bool,
    #[command(flatten)]
    settings: Settings,
    #[command(flatten)]
    store: StoreArgs,
}

/// What a demonstration was made with; lies in its folder.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Made {
    seed: u64,
    as_of: String,
    people: u64,
    companies: u64,
    leads: u64,
    deals: u64,
    activities: u64,
    notes: u64,
    users: u64,
    teams: u64,
}

impl Made {
    /// What is asked for; what is not said is as `before`.
    fn wanted(args: &Demo, before: Option<&Self>) -> Self {
        let demo = Sizes::demo();
        let default = Self {
            seed: 1,
            as_of: AS_OF.to_owned(),
            people: demo.people,
            companies: demo.companies,
            leads: demo.leads,
            deals: demo.deals,
            activities: demo.activities,
            notes: demo.notes,
            users: demo.users as u64,
            teams: demo.teams as u64,
        };
        let base = before.cloned().unwrap_or(default);
        Self {
            seed: args.seed.unwrap_or(base.seed),
            as_of: args.as_of.clone().unwrap_or(base.as_of),
            people: args.people.unwrap_or(base.people),
            companies: args.companies.unwrap_or(base.companies),
            leads: args.leads.unwrap_or(base.leads),
            deals: args.deals.unwrap_or(base.deals),
            activities: args.activities.unwrap_or(base.activities),
            notes: args.notes.unwrap_or(base.notes),
            users: args.users.unwrap_or(base.users),
            teams: args.teams.unwrap_or(base.teams),
        }
    }

    fn sample(&self) -> Result<Sample> {
        let now = Time::parse(&self.as_of).ok_or_else(|| {
            Fault::invalid(Text::new(
                format!("--as-of: to nie jest czas RFC 3339 (przykład: {AS_OF})."),
                format!("--as-of: this is no RFC 3339 time (example: {AS_OF})."),
            ))
        })?;
        let count = |n: u64| usize::try_from(n).map_err(Fault::bug);
        let sizes = Sizes {
            people: self.people,
            companies: self.companies,
            leads: self.leads,
            deals: self.deals,
            activities: self.activities,
            notes: self.notes,
            users: count(self.users)?,
            teams: count(self.teams)?,
        };
        Ok(Sample::new(self.seed, now, sizes))
    }
}

pub async fn run(context: &Context, args: Demo) -> Outcome {
    let dir = absolute(context.dir_or("demo-data"))?;
    let before = read_mark(&dir)?;
    let made = Made::wanted(&args, before.as_ref());
    let sample = made.sample()?;
    let telemetry = context.follow(&args.settings.telemetry(Config::load(&dir)?.telemetry)?)?;
    match &before {
        None => {
            let store = args.store.apply(StoreConfig::default())?;
            build::build(context, &dir, &made, &sample, store).await?;
        }
        Some(before) if *before == made => {}
        Some(_) => return Err(other_demo(&dir).into()),
    }
    if args.no_serve {
        print_users(context, &sample, None)?;
        return Ok(Code::Done);
    }
    let layout = Layout::new(&dir);
    let config: Config = args.settings.apply(open::config(&layout, &KeyArgs::of_store(args.store))?)?;
    let running = serve::start(context, &layout, config).await?.followed_by(telemetry);
    let stop = serve::Stop::listen()?;
    print_users(context, &sample, Some(&running))?;
    stop.wait(context, running).await?;
    Ok(Code::Done)
}

/// What the demonstration in `dir` was made with; nothing if the folder is free for one.
fn read_mark(dir: &Path) -> Result<Option<Made>> {
    match fs::read(dir.join(MARK)) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|_| not_a_demo(dir)),
        Err(_) if fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) => Err(not_a_demo(dir)),
        Err(_) => Ok(None),
    }
}

fn not_a_demo(dir: &Path) -> Fault {
    let dir = dir.display();
    Fault::new(
        FaultKind::Conflict,
        Text::new(
            format!("Folder {dir} nie jest pusty i nie zawiera demonstracji. Wskaż inny: --dir."),
            format!("The folder {dir} is not empty and holds no demonstration. Name another: --dir."),
        ),
    )
}

fn other_demo(dir: &Path) -> Fault {
    let dir = dir.display();
    Fault::new(
        FaultKind::Conflict,
        Text::new(
            format!(
                "Demonstracja w {dir} ma inne rozmiary, ziarno albo czas. Usuń ten folder albo wskaż inny: --dir."
            ),
            format!(
                "The demonstration in {dir} has other sizes, another seed or time. Delete that folder, or name another: --dir."
            ),
        ),
    )
}

/// Addresses, log-ins and passwords.
fn print_users(context: &Context, sample: &Sample, running: Option<&Running>) -> Result<()> {
    let ui = &context.ui;
    let url = running.map(serve::url);
    if ui.json {
        let users: Vec<_> = sample
            .users()
            .iter()
            .map(|u| json!({ "login": u.login, "password": PASSWORD, "name": u.name, "roles": u.roles, "team": sample.teams()[u.team].name }))
            .collect();
        return ui.answer(&json!({ "url": url, "listen": running.map(Running::address), "users": users }));
    }
    for user in sample.users() {
        ui.line(&format!(
            "  {:<22} {PASSWORD}  {} ({}, {})",
            user.login,
            user.name,
            user.roles.join(", "),
            sample.teams()[user.team].name
        ));
    }
    let Some(url) = url else { return Ok(()) };
    let authority = Layout::new(absolute(context.dir_or("demo-data"))?).tls().join("ca.pem");
    let authority = authority.display();
    ui.say(&Text::new(
        format!("Dane są zmyślone. Nie wprowadzaj tu prawdziwych osób: hasła są znane.\n\nKlucznik działa. Otwórz w przeglądarce: {url}\nAPI (po zalogowaniu): {url}/api/v1/openapi.json\nUrząd certyfikacji: {authority}\nCtrl-C zatrzymuje."),
        format!("All of it is invented. Put no real people in: the passwords are known.\n\nKlucznik serves. Open in a browser: {url}\nThe API, once signed in: {url}/api/v1/openapi.json\nCertificate authority: {authority}\nCtrl-C stops it."),
    ));
    Ok(())
}
