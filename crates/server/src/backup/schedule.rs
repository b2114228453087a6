//! Backups that the server makes by itself.

use super::{HOUR_MS, Noted, file, made_path, note, noted, retention};
use crate::app::App;
use crate::config::BackupConfig;
use crate::folder::{io_fault, private_dir};
use kernel::{Fault, FaultKind, Result, Time};
use ledger::Who;
use records::BackedUp;
use std::fs;
use std::path::Path;

/// After a failure it is tried again, and told again.
const RETRY_MS: i64 = 15 * 60_000;
/// So often in a row it may be cut off by what passes before that is a failure.
const CUT_OFF: u32 = 10;
const TELL_MS: i64 = 24 * HOUR_MS;
/// A backup that is unfinished for so long never will be.
const ABANDONED_MS: i64 = 24 * HOUR_MS;

/// What is remembered from one look to the next.
#[derive(Debug, Default)]
pub struct Schedule {
    /// When one last failed: for a while after it none is tried.
    failed: Option<Time>,
    /// Tries since the last backup that were cut off by what passes.
    cut_off: u32,
    /// When administrators were last told that it fails.
    told: Option<Time>,
    /// One that is whole and of which other servers could not be told yet.
    untold: Option<BackedUp>,
}

impl Schedule {
    /// Makes a backup if one is due, and removes those that are kept no longer. Administrators are told of a
    /// failure, once a day. Gives whether one was made.
    ///
    /// # Errors
    /// Storage; what keeps a backup from being made is told, and no error here.
    pub async fn look(&mut self, app: &App) -> Result<bool> {
        let now = app.engine().now();
        self.tell_others(app).await?;
        let last = told(app).await?;
        let Some(folder) = app.config().backup.folder.clone().filter(|_| !within(self.failed, RETRY_MS, now))
        else {
            return Ok(false);
        };
        let is_due = |last: Option<(BackedUp, u64)>| {
            due(&folder, &app.config().backup, now, last.map(|(made, _)| made.at))
        };
        if !is_due(last) {
            return Ok(false);
        }
        // Of several servers one is at it. Should it die, its turn ends, and nothing tells of a backup.
        let Some(turn) = app.engine().store().turn().await? else { return Ok(false) };
        let last = told(app).await?;
        let done = if is_due(last) { make(app, &folder).await.map(Some) } else { Ok(None) };
        let done = match done {
            Ok(Some(made)) => {
                *self = Self { untold: Some(made), ..Self::default() };
                // It is made all the same: the next look tells of it.
                if let Err(fault) = self.tell_others(app).await {
                    tracing::warn!(%fault, "other servers do not know yet of a backup that was made");
                }
                Ok(true)
            }
            Ok(None) => Ok(false),
            Err(fault) => self.failed(app, &fault, now).await.map(|()| false),
        };
        drop(turn);
        done
    }

    /// Tells the other servers of what was made here, unless they know of a newer one.
    async fn tell_others(&mut self, app: &App) -> Result<()> {
        let Some(made) = self.untold.filter(|_| app.engine().store().is_shared()) else { return Ok(()) };
        let last = app.engine().last_backup().await?;
        if last.is_none_or(|(last, _)| last.at < made.at) {
            match app.engine().note_backup(&made, last.map_or(0, |(_, version)| version)).await {
                // Its turn was lost with its connection, and another made one too.
                Err(fault) if fault.kind == FaultKind::Stale => {}
                done => done?,
            }
        }
        self.untold = None;
        Ok(())
    }

    async fn failed(&mut self, app: &App, fault: &Fault, now: Time) -> Result<()> {
        tracing::error!(%fault, "no backup was made");
        // What was stopped for an erasure, or by a busy database, is begun anew with the next look.
        if fault.retry_after_s.is_some() && self.cut_off < CUT_OFF {
            self.cut_off += 1;
            return Ok(());
        }
        self.failed = Some(now);
        if within(self.told, TELL_MS, now) {
            return Ok(());
        }
        app.engine().tell_of_failed_backup(fault).await?;
        self.told = Some(now);
        Ok(())
    }
}

/// Whether something happened so shortly before; not if it was later, by a clock that was wrong then.
fn within(then: Option<Time>, ms: i64, now: Time) -> bool {
    then.is_some_and(|then| (0..ms).contains(&now.0.saturating_sub(then.0)))
}

/// What the servers of the database know of the last backup; remembered here too, whichever of them made it. A
/// server that is alone has nobody to ask, and looks into its folder.
async fn told(app: &App) -> Result<Option<(BackedUp, u64)>> {
    if !app.engine().store().is_shared() {
        return Ok(None);
    }
    let last = app.engine().last_backup().await?;
    let path = made_path(app.layout());
    if let Some((made, _)) = last
        && noted(&path).is_none_or(|noted| noted.state_of < made.at)
    {
        note(&path, &Noted { at: made.at, state_of: made.at, events: made.events })?;
    }
    Ok(last)
}

/// Whether the newest is old enough, be it in the folder or another server's, `told`. One from the future, of a clock
/// that was wrong, is not asked: nothing would be backed up until then.
fn due(folder: &Path, config: &BackupConfig, now: Time, told: Option<Time>) -> bool {
    let every = i64::from(config.every_h.max(1)).saturating_mul(HOUR_MS);
    // One that is not there yet has none; another server may have made one all the same.
    let found = if folder.exists() { file::list(folder) } else { Ok(Vec::new()) };
    match found {
        Ok(times) => {
            let newest = times.into_iter().chain(told).filter(|at| *at <= now).max();
            newest.is_none_or(|newest| now.0.saturating_sub(newest.0) >= every)
        }
        // Making it says what is wrong with the folder.
        Err(_) => true,
    }
}

async fn make(app: &App, folder: &Path) -> Result<BackedUp> {
    let (working, folder) = (app.clone(), folder.to_owned());
    tokio::task::spawn_blocking(move || write(&working, &folder)).await.map_err(Fault::bug)?
}

/// Writes a backup into the folder, and removes those that are kept no longer.
fn write(app: &App, folder: &Path) -> Result<BackedUp> {
    let engine = app.engine();
    let recipients = app.config().backup.recipients()?;
    private_dir(folder)?;
    let path = folder.join(file::name_of(engine.now()));
    let going_on = |_, _| if app.is_ready() { Ok(()) } else { Err(stopping()) };
    let made =
        file::write_whole(&path, |out| engine.back_up(Who::System, &recipients, out, &mut { going_on }))?;
    note(&made_path(app.layout()), &Noted { at: made.at, state_of: made.at, events: made.events })?;
    tracing::info!(records = made.records, events = made.events, "a backup was made");
    let BackupConfig { keep_days, keep_weeks, .. } = app.config().backup;
    let place = |at: Time| folder.join(file::name_of(at));
    let past = file::list(folder)?.into_iter().filter(|at| *at <= made.at).collect();
    let old = retention::surplus(past, keep_days, keep_weeks).into_iter().map(place);
    // A server that was ended by force left what it had begun.
    let mut left = file::list_unfinished(folder)?;
    left.retain(|(at, _)| made.at.0 - at.0 >= ABANDONED_MS);
    for path in old.chain(left.into_iter().map(|(_, path)| path)) {
        fs::remove_file(&path).map_err(|e| io_fault(&path, &e))?;
    }
    Ok(made)
}

/// The server stops meanwhile.
pub const fn stopping() -> Fault {
    Fault::new(
        FaultKind::Unavailable,
        kernel::Text::of(
            "Serwer jest zatrzymywany; kopii nie dokończono.",
            "The server is being stopped; the backup was not finished.",
        ),
    )
    .retry_after_s(60)
}
