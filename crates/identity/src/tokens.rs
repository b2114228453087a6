//! Bearer tokens.

use crate::Identity;
use crate::service::by_session;
use crate::session::{Detail, NewSession, Session, new_secret, seal_row};
use crate::sign_on::Origin;
use access::{Actor, TokenScope};
use ipnet::IpNet;
use kernel::{Fault, FaultKind, FieldIssue, Result, Text, Time, UserId};
use ledger::{Act, Outcome, Who};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use store::{Batch, SessionKind, SessionRow, SessionWrite};

/// Begins every token, so that one that was published by mistake is recognised.
pub const TOKEN_PREFIX: &str = "klk_";
const LABEL_CHARS: usize = 100;
/// Entities named in one scope.
const ENTITIES: usize = 200;

/// A token to be made.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What it is for.
    pub label: String,
    /// What it is limited to; its owner's rights limit it too, at each use.
    pub scope: TokenScope,
    /// It is good from these networks alone, as they are typed; none stands for any.
    #[serde(default)]
    pub networks: Vec<String>,
    /// Ends when.
    pub ends_at: Time,
}

impl Identity {
    /// Makes a bearer token for the caller. The secret is shown this once.
    ///
    /// # Errors
    /// Invalid, field by field; conflict if there are too many; forbidden for a token.
    pub async fn create_token(&self, actor: &Actor, input: NewToken) -> Result<NewSession> {
        self.create_token_of(actor, actor.user, None, None, input).await
    }

    /// Makes a bearer token of a user, which may be a service account that the caller answers for: that is for who
    /// calls this to know. It ends at `last` at the latest. If other servers changed users since `directory`, a hint, it
    /// is stale. The secret is shown this once.
    ///
    /// # Errors
    /// As [`Identity::create_token`].
    pub async fn create_token_of(
        &self,
        actor: &Actor,
        user: UserId,
        last: Option<Time>,
        directory: Option<u64>,
        input: NewToken,
    ) -> Result<NewSession> {
        by_session(actor)?;
        let inner = &self.0;
        let now = inner.clock.now();
        let label = schema::name(&input.label);
        let latest = now.plus_ms(inner.limits.token_ms);
        let networks = check(label.as_ref(), &input, now, last.map_or(latest, |last| last.min(latest)))?;
        let (secret, hash) = new_secret(TOKEN_PREFIX, &*inner.random);
        let detail = Detail {
            label: label.unwrap_or_default(),
            scope: Some(input.scope),
            networks,
            proved_at: now,
            origin: self.factor_of(actor, user),
            ..Detail::default()
        };
        let row = SessionRow {
            hash,
            id: inner.ids.next(&*inner.clock, &*inner.random),
            user,
            kind: SessionKind::Token,
            created_at: now,
            seen_at: now,
            ends_at: input.ends_at,
            sealed: Vec::new(),
        };
        let row = seal_row(&inner.vault, row, &detail)?;
        let session = Arc::new(Session::assemble(&row, detail));
        let _held = inner.writes.lock().await;
        // The session may have been ended while this waited.
        if inner.cache.get(actor.session).is_none_or(|s| s.user != actor.user) {
            return Err(crate::session::unauthenticated());
        }
        let tokens = inner.cache.find(|s| s.user == user && s.kind == SessionKind::Token && self.lives(s));
        if tokens.len() >= inner.limits.tokens {
            return Err(Fault::new(
                FaultKind::Conflict,
                Text::of(
                    "Jest już największa dozwolona liczba tokenów. Unieważnij któryś z nich.",
                    "There already is the maximum number of tokens. Revoke one of them.",
                ),
            ));
        }
        let about = json!({ "token": row.id, "user": user, "ends_at": row.ends_at.rfc3339(), "scope": session.scope, "networks": session.networks });
        let event = inner.source().event(
            Who::User(actor.user),
            actor.session,
            Act::TokenCreate,
            Outcome::Done,
            &about,
        )?;
        let mut batch = Batch::new(event);
        batch.directory = directory;
        batch.sessions.push(SessionWrite::Start(row));
        inner.store.commit(batch).await?;
        inner.cache.put(session.clone());
        Ok(NewSession { secret, session })
    }
}

impl Identity {
    /// The account at a provider whose factor stands for one of the user's own in the session that a token is made in:
    /// the token is as good as that session, for as long as the account is the user's.
    fn factor_of(&self, actor: &Actor, user: UserId) -> Option<Origin> {
        let session = self.0.cache.get(actor.session).filter(|s| s.user == user)?;
        session.origins().find(|origin| self.factor_counts(origin)).cloned()
    }
}

fn check(
    label: std::result::Result<&String, &schema::Reason>,
    input: &NewToken,
    now: Time,
    latest: Time,
) -> Result<Vec<IpNet>> {
    let mut issues = Vec::new();
    let networks = crate::rules::networks("networks", &input.networks, &mut issues);
    let mut wrong = |field: &str, code: &str, reason, example: Option<String>| {
        issues.push(FieldIssue { field: field.into(), code: code.into(), reason, example });
    };
    match label {
        Err(refused) => wrong("label", refused.code, refused.reason.clone(), None),
        Ok(label) if !(1..=LABEL_CHARS).contains(&label.chars().count()) => {
            let reason = Text::of(
                "Nazwij token, w najwyżej 100 znakach.",
                "Name the token, in at most 100 characters.",
            );
            wrong("label", "malformed-label", reason, None);
        }
        Ok(_) => {}
    }
    let names = input.scope.entities.len();
    if (names == 0 && input.scope.things.is_empty()) || names > ENTITIES {
        let reason = Text::of("Podaj, do czego token ma służyć.", "Say what the token is for.");
        wrong("scope", "empty-scope", reason, Some(r#"{"entities":{"person":["read"]}}"#.into()));
    }
    if input.ends_at <= now || input.ends_at > latest {
        let last = latest.rfc3339();
        let reason = Text::new(
            format!("Token musi wygasać, najpóźniej {last}."),
            format!("A token must expire, {last} at the latest."),
        );
        wrong("ends_at", "wrong-end", reason, Some(now.plus_ms(30 * 86_400_000).min(latest).rfc3339()));
    }
    if issues.is_empty() { Ok(networks) } else { Err(Fault::fields(issues)) }
}
