//! Links by which somebody without a session does one thing: whoever has the secret of one is taken for the user
//! that it was made for. A user has one of a kind at most. Of the secret only a keyed hash is kept.

use crate::directory::Profile;
use crate::seal::{bare_doc, open_doc, put_doc};
use crate::session::new_secret;
use crate::users::User;
use kernel::{Fault, FaultKind, Random, Result, RoleId, TeamId, Text, Time, UserId};
use serde::{Deserialize, Serialize};
use store::{Doc, DocKind, DocWrite, Store};
use vault::Vault;
use zeroize::Zeroizing;

/// Characters of a secret: 256 random bits in base64url.
const SECRET: usize = 43;

/// What a link is good for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A first password.
    Invitation,
    /// Another password.
    Reset,
    /// That mail reaches a user at an address, which is the user's from then on.
    Email,
    /// That an address is to be the user's, or is not to be it, or to stay it: for whoever reads mail at the one before.
    EmailRefusal,
}

impl Purpose {
    /// A stable name in snake case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
            Self::Email => "email",
            Self::EmailRefusal => "email_refusal",
        }
    }

    /// Whether whoever has such a link may choose a password.
    #[must_use]
    pub const fn sets_password(self) -> bool {
        matches!(self, Self::Invitation | Self::Reset)
    }
}

/// The content of a link's document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkDoc {
    /// What it is good for.
    pub purpose: Purpose,
    /// For which user.
    pub user: UserId,
    /// Made when.
    pub made_at: Time,
    /// Good until.
    pub ends_at: Time,
    /// Whether it was mailed: then whoever uses it reads mail at the user's address.
    pub mailed: bool,
    /// As the user was when it was made: with another password, address, team or other roles it is good no more.
    pub email: String,
    /// When the password had been set.
    pub password_at: Option<Time>,
    /// The roles.
    pub roles: Vec<RoleId>,
    /// The team.
    pub team: TeamId,
    /// The address that it is about, if it is about one.
    pub other: Option<String>,
    /// Whether mail had reached the user at the present address: otherwise whoever reads there may be a stranger.
    pub confirmed: bool,
    /// How many of its kind the user was sent before it without using one.
    pub unused: u32,
}

impl LinkDoc {
    /// A link for this user.
    #[must_use]
    pub fn of(user: &User, purpose: Purpose, mailed: bool, (made_at, ends_at): (Time, Time)) -> Self {
        let doc = &user.doc;
        Self {
            purpose,
            user: doc.id,
            made_at,
            ends_at,
            mailed,
            email: doc.email.clone(),
            password_at: doc.password_at,
            roles: doc.roles.clone(),
            team: doc.team,
            other: None,
            confirmed: false,
            unused: 0,
        }
    }

    /// Whether it is good at this time for the user as the user is now.
    #[must_use]
    pub fn is_good(&self, user: &User, now: Time) -> bool {
        // Whoever changed an address without being its user may have changed the password, too.
        let same = self.purpose == Purpose::EmailRefusal || self.password_at == user.doc.password_at;
        same && self.seems_good(&Profile::from(user.clone()), now)
    }

    /// As [`LinkDoc::is_good`], as far as lists know: an invitation is good if this says so.
    #[must_use]
    pub fn seems_good(&self, user: &Profile, now: Time) -> bool {
        let same = self.email == user.email;
        let unchanged = same && self.roles == user.roles && self.team == user.team;
        let fits = match self.purpose {
            Purpose::Invitation => unchanged && !user.has_password && user.may_act(now),
            Purpose::Reset => unchanged && user.has_password && user.may_act(now),
            Purpose::Email => same && user.may_act(now),
            Purpose::EmailRefusal => same || self.other.as_ref() == Some(&user.email),
        };
        fits && self.user == user.id && now < self.ends_at
    }
}

/// A link with what its removal needs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// Content.
    pub doc: LinkDoc,
    version: u64,
    id: [u8; 16],
    key: Option<[u8; 32]>,
}

impl Link {
    /// Opens a link's document.
    ///
    /// # Errors
    /// Corrupt if it was altered or moved.
    pub fn open(vault: &Vault, doc: &Doc) -> Result<Self> {
        let content: LinkDoc = open_doc(vault, doc)?;
        if doc.id != link_id(vault, content.purpose, content.user) {
            return Err(Fault::corrupt(format!("link {}: columns and content differ", hex::encode(doc.id))));
        }
        Ok(Self { doc: content, version: doc.version, id: doc.id, key: doc.key })
    }

    /// Takes it away: stale if it was used or replaced meanwhile.
    #[must_use]
    pub const fn removal(&self) -> DocWrite {
        DocWrite::Remove(DocKind::Link, self.id, self.version)
    }

    /// The same link, good for another while.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn until(&self, vault: &Vault, now: Time, ends_at: Time) -> Result<DocWrite> {
        let content = LinkDoc { ends_at, ..self.doc.clone() };
        let mut doc = bare_doc(DocKind::Link, self.id, self.version + 1, now, Some(content.user));
        doc.key = self.key;
        put_doc(vault, doc, &content)
    }
}

/// The id of a user's link of this kind.
#[must_use]
pub fn link_id(vault: &Vault, purpose: Purpose, user: UserId) -> [u8; 16] {
    let mac = vault.mac("link-id", &[user.bytes(), purpose.name().as_bytes()].concat());
    let mut id = [0; 16];
    id.copy_from_slice(&mac[..16]);
    id
}

/// Makes a link, in place of the one of its kind that has this version, if there is one. The secret is nowhere else.
///
/// # Errors
/// Those of sealing.
pub fn make_link(
    vault: &Vault,
    random: &dyn Random,
    content: &LinkDoc,
    version: u64,
) -> Result<(Zeroizing<String>, DocWrite)> {
    let (secret, _) = new_secret("", random);
    let id = link_id(vault, content.purpose, content.user);
    let mut doc = bare_doc(DocKind::Link, id, version + 1, content.made_at, Some(content.user));
    doc.key = Some(vault.mac("link", secret.as_bytes()));
    Ok((secret, put_doc(vault, doc, content)?))
}

/// The link with this secret, whether or not it is still good.
///
/// # Errors
/// Not found; storage.
pub async fn find_link(store: &Store, vault: &Vault, secret: &str) -> Result<Link> {
    if secret.len() != SECRET {
        return Err(no_link());
    }
    let doc = store.doc_by_key(DocKind::Link, vault.mac("link", secret.as_bytes())).await?;
    Link::open(vault, &doc.ok_or_else(no_link)?)
}

/// One answer for links that never were, were used, ran out, were withdrawn, or are of somebody suspended.
pub const fn no_link() -> Fault {
    let text = Text::of(
        "Ten odsyłacz nie działa: został już użyty, stracił ważność albo go wycofano. Poproś o nowy.",
        "This link does not work: it was used, it has run out, or it was withdrawn. Ask for a new one.",
    );
    Fault::new(FaultKind::NotFound, text)
}

/// The content of the document that says where mail reached a user.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AddressDoc {
    user: UserId,
    email: String,
    at: Time,
}

/// Notes that mail reached this user at the present address.
///
/// # Errors
/// Storage's, and those of sealing.
pub async fn confirm_address(store: &Store, vault: &Vault, user: &User, now: Time) -> Result<DocWrite> {
    let id = *user.doc.id.bytes();
    let version = store.doc(DocKind::Address, id).await?.map_or(0, |doc| doc.version);
    let content = AddressDoc { user: user.doc.id, email: user.doc.email.clone(), at: now };
    put_doc(vault, bare_doc(DocKind::Address, id, version + 1, now, Some(user.doc.id)), &content)
}

/// Whether mail reached this user at the present address.
///
/// # Errors
/// Storage's.
pub async fn has_confirmed(store: &Store, vault: &Vault, user: &User) -> Result<bool> {
    let Some(doc) = store.doc(DocKind::Address, *user.doc.id.bytes()).await? else { return Ok(false) };
    let content: AddressDoc = open_doc(vault, &doc)?;
    Ok(content.user == user.doc.id && content.email == user.doc.email)
}
