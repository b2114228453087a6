//! Links for whoever has no session. The secret stands behind `#`, which browsers keep to themselves: it reaches no
//! log and no `Referer`.

use crate::config::Config;
use kernel::Result;
use records::Invited;
use serde::Serialize;

/// The page of links under `address`, with this secret.
pub fn link(address: &str, secret: &str) -> String {
    format!("{address}/link#{secret}")
}

/// An invitation as its maker sees it.
#[derive(Serialize)]
pub struct Invitation {
    ends_at: String,
    /// Whether it was mailed.
    mailed: bool,
    /// The link if it was not, shown this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

impl Invitation {
    /// With a link that leads where the settings say, whatever the request's `Host` was.
    ///
    /// # Errors
    /// As [`Config::address`].
    pub fn of(Invited { ends_at, secret }: Invited, config: &Config) -> Result<Self> {
        let address = config.address()?;
        let link = secret.map(|secret| link(&address, &secret));
        Ok(Self { ends_at, mailed: link.is_none(), link })
    }

    /// Until when it is good (RFC 3339).
    #[must_use]
    pub fn ends_at(&self) -> &str {
        &self.ends_at
    }

    /// The link, if it was not mailed.
    #[must_use]
    pub fn link(&self) -> Option<&str> {
        self.link.as_deref()
    }
}
