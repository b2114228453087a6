//! What people are told of grants: that something was shared with them, that it goes on, ended or is about to end. No
//! notification says what a record is called: it names its kind, and links to it where its reader sees it.

use crate::Engine;
use access::{Grant, Grantee, Over};
use identity::{NoticeDoc, NoticeGrant, bare_doc, once_id, open_doc, put_doc};
use kernel::{Result, Text, Time, UserId};
use ledger::Act;
use serde_json::json;
use std::collections::HashMap;
use store::{Batch, Doc, DocKind, DocWrite};

/// How long what was told of ends and not read is told again with what is new.
const JOINED_MS: i64 = 7 * 24 * 3_600_000;

/// One of those who are told that some grants end soon.
pub(crate) struct EndSide<'g> {
    /// Who.
    pub to: UserId,
    /// Under which code.
    pub code: &'static str,
    /// Whether that one gave them, or has them.
    pub gave: bool,
    /// Which.
    pub grants: Vec<&'g Grant>,
}

/// What is told as soon as it happens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum GrantTold {
    /// It was given.
    Given,
    /// It was renewed.
    Renewed,
    /// Somebody ended it before its time.
    Ended,
}

impl GrantTold {
    const fn code(self) -> &'static str {
        match self {
            Self::Given => "grant-given",
            Self::Renewed => "grant-renewed",
            Self::Ended => "grant-ended",
        }
    }

    /// Title and text, if there is one grant to tell of.
    fn of_one(self, kind: &Text, by: &str, role: &Text, span: &Text) -> (Text, Text) {
        let (title, what) = match self {
            Self::Given => (
                Text::of("Udostępniono Ci rekord", "A record was shared with you"),
                Text::new(format!("{by} udostępnia Ci rekord"), format!("{by} shares a record with you")),
            ),
            Self::Renewed => (
                Text::of("Przedłużono udostępnienie", "A grant was renewed"),
                Text::new(
                    format!("{by} przedłuża udostępnienie rekordu"),
                    format!("{by} goes on sharing a record with you"),
                ),
            ),
            Self::Ended => {
                let body = Text::new(
                    format!("{by} kończy to udostępnienie przed czasem."),
                    format!("{by} ended this grant before its time."),
                );
                let title = Text::of("Zakończono udostępnienie", "A grant was ended");
                if kind.pl.is_empty() {
                    let body = Text::new(
                        format!("{by} kończy to zastępstwo przed czasem."),
                        format!("{by} ended this cover before its time."),
                    );
                    return (Text::of("Zakończono zastępstwo", "Cover was ended"), body);
                }
                return (of_kind(&title, kind), body);
            }
        };
        let body = Text::new(
            format!("{}. Rola: {}. Czas: {}.", what.pl, role.pl, span.pl),
            format!("{}. Role: {}. Time: {}.", what.en, role.en, span.en),
        );
        (of_kind(&title, kind), body)
    }

    /// Title and text, if there are many to tell of that are one act.
    fn of_many(self, count: u64, by: &str, role: &Text, span: &Text) -> (Text, Text) {
        if self == Self::Ended {
            let body = Text::new(
                format!("{by} kończy przed czasem udostępnienia rekordów, w liczbie: {count}."),
                format!("{by} ended grants of records before their time, how many: {count}."),
            );
            return (Text::of("Zakończono udostępnienia", "Grants were ended"), body);
        }
        let what = Text::new(
            format!("{by} udostępnia Ci rekordy, w liczbie: {count}. Rola: {}. Czas: {}.", role.pl, span.pl),
            format!("{by} shares {count} records with you. Role: {}. Time: {}.", role.en, span.en),
        );
        (Text::of("Udostępniono Ci rekordy", "Records were shared with you"), in_list(&what))
    }

    /// Title and text, if several were told of that were not read.
    fn of_several(self, by: &str, last: &Text) -> (Text, Text) {
        let (title, what) = match self {
            Self::Given => (
                Text::of("Nowe udostępnienia dla Ciebie", "New grants for you"),
                Text::new(
                    format!("{by}: więcej niż jedno nowe udostępnienie dla Ciebie, ostatnie {}.", last.pl),
                    format!("{by} gave you more than one new grant, the last one {}.", last.en),
                ),
            ),
            Self::Renewed => (
                Text::of("Przedłużono udostępnienia", "Grants were renewed"),
                Text::new(
                    format!("{by} przedłuża udostępnienia więcej niż raz, ostatnie {}.", last.pl),
                    format!("{by} renewed grants more than once, the last one {}.", last.en),
                ),
            ),
            Self::Ended => (
                Text::of("Zakończono udostępnienia", "Grants were ended"),
                Text::new(
                    format!("{by} kończy przed czasem więcej niż jedno udostępnienie."),
                    format!("{by} ended more than one grant before its time."),
                ),
            ),
        };
        // What was ended is in no list any more.
        (title, if self == Self::Ended { what } else { in_list(&what) })
    }
}

fn of_kind(title: &Text, kind: &Text) -> Text {
    if kind.pl.is_empty() {
        return title.clone();
    }
    Text::new(format!("{}: {}", title.pl, kind.pl), format!("{}: {}", title.en, kind.en))
}

fn in_list(what: &Text) -> Text {
    Text::new(
        format!("{} Wszystkie są na stronie „Udostępnione”.", what.pl),
        format!("{} All of them are on the page “Shared”.", what.en),
    )
}

impl Engine {
    /// Puts into the batch that those are told whom a change of a grant by somebody concerns: who has it, and of its end
    /// who gave it. Of a partner all its users are told. Of a team nobody is: its members have it in their list. What the same person did before and was
    /// not read yet is told together with it, so that nobody's notifications are drowned.
    pub(crate) async fn tell_of_grant(
        &self,
        batch: &mut Batch,
        told: GrantTold,
        grant: &Grant,
        by: UserId,
    ) -> Result<()> {
        self.tell_of_grants(batch, told, (grant, 1), by).await
    }

    /// The same of so many grants like this one, which are one act: it is told once.
    pub(crate) async fn tell_of_grants(
        &self,
        batch: &mut Batch,
        told: GrantTold,
        (grant, count): (&Grant, u64),
        by: UserId,
    ) -> Result<()> {
        let mut users = self.told_of_it(grant.to);
        if told == GrantTold::Ended {
            let away = if let Over::OwnedBy(away) = grant.over { Some(away) } else { None };
            users.extend([Some(grant.by), away].into_iter().flatten());
            users.sort_unstable();
            users.dedup();
        }
        users.retain(|user| *user != by && self.may_act(*user));
        if users.is_empty() {
            return Ok(());
        }
        let id = |user: &UserId| once_id(&self.0.vault, *user, told.code(), &by.to_string());
        let before = self.told_before(users.iter().map(id).collect()).await?;
        for user in &users {
            let id = id(user);
            batch.docs.push(self.grant_notice((*user, id, before.get(&id)), told, (grant, count), by)?);
        }
        let mut event = self.system_event(Act::NoticeCreate);
        self.set_detail(
            &mut event,
            &json!({ "code": told.code(), "count": users.len(), "grant": (count == 1).then_some(grant.id), "to": users }),
        )?;
        batch.more_events.push(event);
        Ok(())
    }

    /// Whose it is to be told that something was shared with them.
    pub(crate) fn told_of_it(&self, to: Grantee) -> Vec<UserId> {
        match to {
            Grantee::User(user) => vec![user],
            Grantee::Partner(partner) => self.users_of(partner),
            Grantee::Team(_) => Vec::new(),
        }
    }

    /// What was told before under these ids: however many there are, they are asked for at once.
    async fn told_before(&self, ids: Vec<[u8; 16]>) -> Result<HashMap<[u8; 16], Doc>> {
        let found = self.0.store.docs_by_id(DocKind::Notice, ids).await?;
        Ok(found.into_iter().map(|doc| (doc.id, doc)).collect())
    }

    /// One to somebody, in place of what was told before under the same id.
    fn grant_notice(
        &self,
        (to, id, before): (UserId, [u8; 16], Option<&Doc>),
        told: GrantTold,
        (grant, count): (&Grant, u64),
        by: UserId,
    ) -> Result<DocWrite> {
        let (vault, now) = (&self.0.vault, self.now());
        let (mut version, mut unread) = (1, false);
        if let Some(before) = before {
            version = before.version + 1;
            unread = open_doc::<NoticeDoc>(vault, before)?.read_at.is_none();
        }
        let name = self.giver_name(to, by);
        let (title, body) = if unread {
            told.of_several(&name, &self.span(grant, now))
        } else if count > 1 {
            told.of_many(count, &name, &self.role_of(grant), &self.span(grant, now))
        } else {
            let (title, body) =
                told.of_one(&self.kind_of(grant), &name, &self.role_of(grant), &self.span(grant, now));
            // Whoever gave it is told for whom it was.
            if to == grant.by { (title, self.with_whom(&body, grant)) } else { (title, body) }
        };
        let grant = (!unread && count == 1).then(|| about(grant));
        let notice = NoticeDoc { grant, ..NoticeDoc::new(told.code(), title, body, now) };
        put_doc(vault, bare_doc(DocKind::Notice, id, version, now, Some(to)), &notice)
    }

    /// That grants end soon, to some sides of them. It is told together with what was told within the last days and was
    /// not read yet.
    pub(crate) async fn notices_of_ends(&self, sides: &[EndSide<'_>]) -> Result<Vec<DocWrite>> {
        let id = |side: &EndSide<'_>| {
            once_id(&self.0.vault, side.to, side.code, if side.gave { "gave" } else { "has" })
        };
        let before = self.told_before(sides.iter().map(id).collect()).await?;
        let told = sides.iter().map(|side| {
            let id = id(side);
            self.notice_of_ends(side, id, before.get(&id)).transpose()
        });
        told.flatten().collect()
    }

    fn notice_of_ends(
        &self,
        side: &EndSide<'_>,
        id: [u8; 16],
        before: Option<&Doc>,
    ) -> Result<Option<DocWrite>> {
        let EndSide { to, code, gave, ref grants } = *side;
        let Some(first) = grants.first() else { return Ok(None) };
        let (vault, now) = (&self.0.vault, self.now());
        let (mut version, mut joins) = (1, false);
        if let Some(before) = before {
            version = before.version + 1;
            let before: NoticeDoc = open_doc(vault, before)?;
            joins = before.read_at.is_none() && now < before.at.plus_ms(JOINED_MS);
        }
        let one = grants.len() == 1 && !joins;
        let (title, body) = if one {
            self.text_of_end(to, gave, first)
        } else {
            let what = Text::of(
                "Wkrótce kończy się więcej niż jedno udostępnienie.",
                "More than one grant ends soon.",
            );
            (Text::of("Kończą się udostępnienia", "Grants end soon"), in_list(&what))
        };
        let grant = one.then(|| about(first));
        let notice = NoticeDoc { grant, ..NoticeDoc::new(code, title, body, now) };
        put_doc(vault, bare_doc(DocKind::Notice, id, version, now, Some(to)), &notice).map(Some)
    }

    /// Who did something to a grant, as `to` is told it: nobody of a partner learns who works here.
    pub(crate) fn giver_name(&self, to: UserId, by: UserId) -> String {
        let guest = self.policy().members.get(&to).is_some_and(|member| member.partner.is_some());
        if guest { self.directory().organisation.clone() } else { self.user_name(by).name }
    }

    fn text_of_end(&self, to: UserId, gave: bool, grant: &Grant) -> (Text, Text) {
        let until = grant.until.map_or_else(Text::default, |at| self.moment(at));
        if grant.record().is_none() {
            let another = if gave {
                (" Jeśli ma trwać dłużej, ustanów nowe.", " If it is to go on, set up another.")
            } else {
                ("", "")
            };
            let body = Text::new(
                format!("Kończy się {}.{}", until.pl, another.0),
                format!("It ends on {}.{}", until.en, another.1),
            );
            return (Text::of("Kończy się zastępstwo", "Cover ends soon"), body);
        }
        let body = if gave {
            let whom = self.whom(grant);
            Text::new(
                format!(
                    "Udostępnienie dla: {whom} kończy się {}. Jeśli ma trwać dłużej, przedłuż je.",
                    until.pl
                ),
                format!("The grant for {whom} ends on {}. If it is to go on, renew it.", until.en),
            )
        } else {
            let by = self.giver_name(to, grant.by);
            Text::new(
                format!(
                    "Kończy się {}. Jeśli potrzebujesz rekordu dłużej, poproś o przedłużenie; udostępnia go {by}.",
                    until.pl
                ),
                format!("It ends on {}. If you need the record for longer, ask {by} to renew it.", until.en),
            )
        };
        (of_kind(&Text::of("Kończy się udostępnienie", "A grant ends soon"), &self.kind_of(grant)), body)
    }

    /// For whom it is, by name.
    fn whom(&self, grant: &Grant) -> String {
        match grant.to {
            Grantee::User(user) => self.user_name(user).name,
            Grantee::Team(team) => self.team_name(team).name,
            Grantee::Partner(partner) => self.partner_name(partner).name,
        }
    }

    fn with_whom(&self, body: &Text, grant: &Grant) -> Text {
        let whom = self.whom(grant);
        Text::new(format!("{} Było dla: {whom}.", body.pl), format!("{} It was for {whom}.", body.en))
    }

    /// What records of the kind that is granted are called.
    fn kind_of(&self, grant: &Grant) -> Text {
        let policy = self.policy();
        let entity = grant.record().and_then(|(code, _)| policy.catalog.by_code(code));
        entity.map_or_else(Text::default, |entity| entity.label.clone())
    }

    /// From when, if that is yet to come, and until when.
    fn span(&self, grant: &Grant, now: Time) -> Text {
        let until = grant.until.map_or_else(
            || Text::of("bez końca", "without end"),
            |until| {
                let at = self.moment(until);
                Text::new(format!("do {}", at.pl), format!("until {}", at.en))
            },
        );
        if grant.from <= now {
            return until;
        }
        let from = self.moment(grant.from);
        Text::new(format!("od {} {}", from.pl, until.pl), format!("from {} {}", from.en, until.en))
    }

    fn role_of(&self, grant: &Grant) -> Text {
        self.policy().roles.get(&grant.role).map_or_else(Text::default, |role| role.label.clone())
    }
}

const fn about(grant: &Grant) -> NoticeGrant {
    NoticeGrant { id: grant.id, record: grant.record() }
}
