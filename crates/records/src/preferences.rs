//! How one user wants the interface: a document of that user alone.

use crate::prepare::issue;
use crate::{Caller, Engine, Masked, Released, Versioned};
use identity::{UserChange, bare_doc, open_doc, put_doc};
use kernel::{Fault, FaultKind, Lang, RecordId, Result, Text, UserId};
use ledger::Act;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use store::{Batch, DocKind};

/// Columns of one list.
const COLUMNS: usize = 100;
/// Characters of a column's name.
const COLUMN_CHARS: usize = 60;
/// A deal counts as idle after so many days, unless the user wants otherwise.
const IDLE_DAYS: u16 = 14;

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// As the machine is set.
    Auto,
}

/// How close rows stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// Many on a page.
    Compact,
    /// As designed.
    Default,
    /// Large.
    Comfortable,
}

/// How one user wants the interface; what is absent is left to it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Preferences {
    /// Language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// Theme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
    /// Density.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub density: Option<Density>,
    /// Whether single keys are shortcuts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortcuts: Option<bool>,
    /// Columns of lists, by entity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<BTreeMap<String, Vec<String>>>,
    /// Days after which a deal counts as idle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idle_days: Option<u16>,
}

/// The document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Kept {
    preferences: Preferences,
    /// The saved view that a list opens with, by entity.
    pub(crate) default_views: BTreeMap<String, RecordId>,
}

impl Engine {
    /// The caller's preferences; version 0 before there are any.
    ///
    /// # Errors
    /// Forbidden for a token; storage.
    pub async fn preferences(&self, caller: &Caller) -> Result<Released<Versioned<Preferences>>> {
        self.not_by_token(caller).await?;
        let (kept, version) = self.kept_preferences(caller.actor.user).await?;
        let value = self.shown(caller.actor.user, kept.preferences);
        let receipt = self.receipt(self.event(caller, Act::AdminRead)).await?;
        Ok(Masked::new(Versioned { value, version }).release(&receipt))
    }

    /// Replaces the caller's preferences. A language becomes that of the user as well.
    ///
    /// # Errors
    /// Forbidden for a token; invalid; stale.
    pub async fn put_preferences(
        &self,
        caller: &Caller,
        version: Option<u64>,
        input: Preferences,
    ) -> Result<Released<Versioned<Preferences>>> {
        self.not_by_token(caller).await?;
        check(&caller.policy.catalog, &input)?;
        let user = caller.actor.user;
        let lang = input.lang;
        // First what can be refused as stale: the language does not change without it.
        let replace = |kept: &mut Kept| kept.preferences = input.clone();
        let (kept, version, receipt) = self.change_kept(caller, version, replace).await?;
        let speaks = self.directory().users.get(&user).map(|u| u.lang);
        if lang.is_some() && lang != speaks {
            let change = UserChange { lang, ..UserChange::default() };
            let _changed = self
                .change_user((self.event(caller, Act::UserUpdate), None), user, None, change, false)
                .await?;
        }
        let value = self.shown(user, kept.preferences);
        Ok(Masked::new(Versioned { value, version }).release(&receipt))
    }

    /// Changes the caller's document. Gives it, its version now, and the receipt.
    ///
    /// # Errors
    /// Stale if `version` is given and no longer current.
    pub(crate) async fn change_kept(
        &self,
        caller: &Caller,
        version: Option<u64>,
        change: impl Fn(&mut Kept),
    ) -> Result<(Kept, u64, ledger::Receipt)> {
        loop {
            let (mut kept, present) = self.kept_preferences(caller.actor.user).await?;
            if version.is_some_and(|known| known != present) {
                return Err(Fault::stale());
            }
            change(&mut kept);
            match self.keep_preferences(caller, present, &kept).await {
                // Whoever named no version wants this to stand, whatever another page wrote just before.
                Err(fault) if version.is_none() && fault.kind == FaultKind::Stale => {}
                done => return Ok((kept, present + 1, done?)),
            }
        }
    }

    fn shown(&self, user: UserId, mut preferences: Preferences) -> Preferences {
        // An administrator may have changed it since.
        let speaks = self.directory().users.get(&user).map(|u| u.lang);
        preferences.lang = preferences.lang.and(speaks);
        preferences.idle_days.get_or_insert(IDLE_DAYS);
        preferences
    }

    pub(crate) async fn kept_preferences(&self, user: UserId) -> Result<(Kept, u64)> {
        match self.0.store.doc(DocKind::Preferences, *user.bytes()).await? {
            Some(doc) => Ok((open_doc(&self.0.vault, &doc)?, doc.version)),
            None => Ok((Kept::default(), 0)),
        }
    }

    async fn keep_preferences(&self, caller: &Caller, present: u64, kept: &Kept) -> Result<ledger::Receipt> {
        let user = caller.actor.user;
        let mut event = self.event(caller, Act::PreferencesUpdate);
        self.set_detail(&mut event, &json!({ "user": user }))?;
        let mut batch = Batch::new(event);
        let doc = bare_doc(DocKind::Preferences, *user.bytes(), present + 1, self.now(), Some(user));
        batch.docs.push(put_doc(&self.0.vault, doc, kept)?);
        match self.0.store.commit(batch).await {
            // The first of all, and another one was faster.
            Err(fault) if fault.kind == FaultKind::Conflict => Err(Fault::stale()),
            done => Ok(done?.receipt),
        }
    }
}

fn check(catalog: &schema::Catalog, input: &Preferences) -> Result<()> {
    if input.idle_days.is_some_and(|days| !(1..=365).contains(&days)) {
        return Err(issue("idle_days", "out-of-range", Text::of("Od 1 do 365 dni.", "From 1 to 365 days.")));
    }
    for (entity, columns) in input.columns.iter().flatten() {
        let shaped = |name: &String| {
            (1..=COLUMN_CHARS).contains(&name.len())
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b))
        };
        if catalog.get(entity).is_none() || columns.len() > COLUMNS || !columns.iter().all(shaped) {
            return Err(issue(
                "columns",
                "malformed",
                Text::new(
                    format!(
                        "Kolumny według encji, najwyżej {COLUMNS} nazw po najwyżej {COLUMN_CHARS} znaków."
                    ),
                    format!(
                        "Columns by entity, at most {COLUMNS} names of at most {COLUMN_CHARS} characters."
                    ),
                ),
            ));
        }
    }
    Ok(())
}
