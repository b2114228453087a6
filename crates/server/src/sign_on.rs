//! Single sign-on as the operator set it up.

use crate::config::Config;
use crate::secret;
use identity::{Account, Site, Strength, Ways};
use kernel::{Fault, FaultKind, Result, Text};
use oidc::{Provider, Settings};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Providers at most.
const MOST: usize = 10;
/// The page of the interface that browsers come back to; the name of the provider follows.
pub const PAGE: &str = "/sign-on";
/// Where a provider has browsers come to end sessions, below the address of the interface; its name follows.
pub const FRONT_CHANNEL: &str = "/api/v1/sign-on/front-channel/";
/// Where a provider itself ends sessions; its name follows.
pub const BACK_CHANNEL: &str = "/api/v1/sign-on/back-channel/";

/// Single sign-on.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignOnConfig {
    /// Whether nobody signs in with a password but the emergency account.
    pub only: bool,
    /// The user name of the emergency account.
    pub emergency: Option<String>,
    /// Providers.
    pub providers: Vec<Settings>,
}

impl SignOnConfig {
    /// The one user who signs in with a password; everybody if absent.
    ///
    /// # Errors
    /// Passwords are of no use, and nothing else is there to sign in by.
    pub fn emergency(&self) -> Result<Option<String>> {
        if !self.only {
            return Ok(None);
        }
        match &self.emergency {
            Some(login) if !login.trim().is_empty() && !self.providers.is_empty() => Ok(Some(login.clone())),
            _ => Err(Fault::invalid(Text::of(
                "[sign_on] only = true wymaga dostawcy w [[sign_on.providers]] i emergency = \"login\": konta na wypadek, gdy dostawca nie działa.",
                "[sign_on] only = true needs a provider in [[sign_on.providers]], and emergency = \"username\": an account for when the provider does not work.",
            ))),
        }
    }
}

impl SignOnConfig {
    /// Whether all of it can be used together; no file is looked at.
    ///
    /// # Errors
    /// Invalid, with what is wrong.
    pub fn check(&self) -> Result<()> {
        let all = &self.providers;
        self.emergency()?;
        let twice =
            |i: usize, p: &Settings| all.iter().take(i).any(|q| q.name == p.name || q.issuer == p.issuer);
        if all.len() > MOST || all.iter().enumerate().any(|(i, p)| twice(i, p)) {
            return Err(Fault::invalid(Text::of(
                "[[sign_on.providers]]: najwyżej 10 dostawców, każdy z inną nazwą (name) i innym wystawcą (issuer).",
                "[[sign_on.providers]]: at most 10 providers, each with a name and an issuer of its own.",
            )));
        }
        all.iter().try_for_each(Settings::check)
    }

    /// What users sign in by at a server that is asked under these names.
    ///
    /// # Errors
    /// As [`SignOnConfig::emergency`].
    pub fn ways(&self, hosts: &[String]) -> Result<Ways> {
        let counting = |p: &Settings| {
            (p.issuer.clone(), Strength { acr: p.factor_acr.clone(), amr: p.factor_amr.clone() })
        };
        Ok(Ways {
            emergency: self.emergency()?,
            names: hosts.iter().filter_map(|host| Site::new(host)?.name()).collect(),
            issuers: self.providers.iter().map(|p| p.issuer.clone()).collect(),
            factors: self.providers.iter().map(counting).collect(),
        })
    }
}

/// What of a provider is on a button.
#[derive(Serialize)]
pub struct Shown {
    name: String,
    label: String,
}

impl From<&Provider> for Shown {
    fn from(provider: &Provider) -> Self {
        let settings = provider.settings();
        Self { name: settings.name.clone(), label: settings.label.clone() }
    }
}

/// Providers that users sign in through.
#[derive(Clone, Default)]
pub struct SignOn(Arc<Vec<Provider>>);

impl SignOn {
    /// The providers of the settings; none of them is asked anything yet.
    ///
    /// # Errors
    /// Invalid settings, two of one name or issuer, a secret that cannot be read.
    pub fn open(config: &Config) -> Result<Self> {
        config.sign_on.check()?;
        let page = format!("{}{PAGE}", config.address()?);
        let open = |settings: &Settings| {
            let secret = client_secret(settings).map_err(|fault| of_provider(&settings.name, fault))?;
            Provider::new(settings.clone(), secret, format!("{page}/{}", settings.name))
        };
        Ok(Self(Arc::new(config.sign_on.providers.iter().map(open).collect::<Result<_>>()?)))
    }

    /// All, in the order of the settings.
    #[must_use]
    pub fn all(&self) -> &[Provider] {
        &self.0
    }

    /// Those at which these accounts are.
    #[must_use]
    pub fn of_accounts(&self, accounts: &[Account]) -> Vec<Shown> {
        let has = |p: &&Provider| accounts.iter().any(|a| a.doc.issuer == p.settings().issuer);
        self.0.iter().filter(has).map(Shown::from).collect()
    }

    /// The one of this name.
    ///
    /// # Errors
    /// Not found.
    pub fn named(&self, name: &str) -> Result<&Provider> {
        let found = self.0.iter().find(|p| p.settings().name == name);
        found.ok_or_else(|| {
            let text = Text::of("Nie ma takiego dostawcy logowania.", "There is no such sign-in provider.");
            Fault::new(FaultKind::NotFound, text)
        })
    }
}

/// The secret of the client at a provider, if it has one.
///
/// # Errors
/// Invalid if its file cannot be read, or others can read it.
pub fn client_secret(settings: &Settings) -> Result<Option<Zeroizing<String>>> {
    secret::of_setting("client_secret_file", settings.client_secret_file.as_deref())
}

/// Says of which provider's settings a failure is.
fn of_provider(name: &str, fault: Fault) -> Fault {
    let Text { pl, en } = &fault.message;
    let at = |text: &str| format!("[[sign_on.providers]] {name}, {text}");
    Fault { message: Text::new(at(pl), at(en)), ..fault }
}

/// Where in the interface to go after signing in: a page of ours, whatever somebody put into a link.
#[must_use]
pub fn way_back(asked: Option<&str>) -> String {
    let ours = |to: &&str| {
        to.len() <= 500
            && to.starts_with('/')
            && !to.starts_with("//")
            && !to.starts_with("/api/")
            && to.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
    };
    asked.filter(ours).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_leads_to_no_other_site() {
        for ours in ["/", "/people/1?tab=notes#x", "/deals?filter=a%20b"] {
            assert_eq!(way_back(Some(ours)), ours);
        }
        let long = format!("/{}", "x".repeat(500));
        for other in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
            "people",
            "",
            "/api/v1/people",
            &long,
        ] {
            assert_eq!(way_back(Some(other)), "/", "{other}");
        }
    }

    #[test]
    fn without_passwords_there_is_a_provider_and_an_emergency_account() {
        let config = |text: &str| toml::from_str::<SignOnConfig>(text).expect("settings");
        assert_eq!(config("").emergency().ok(), Some(None));
        assert!(config("only = true").emergency().is_err());
        assert!(config("only = true\nemergency = \"awaria\"").emergency().is_err());
        let whole = "only = true\nemergency = \"awaria\"\n[[providers]]\nname = \"a\"\nlabel = \"A\"\nissuer = \"https://a.example\"\nclient_id = \"k\"\n";
        assert_eq!(config(whole).emergency().ok(), Some(Some("awaria".to_owned())));
        let twice = format!(
            "{whole}[[providers]]\nname = \"a\"\nlabel = \"B\"\nissuer = \"https://b.example\"\nclient_id = \"k\"\n"
        );
        assert!(SignOn::open(&Config { sign_on: config(&twice), ..Config::default() }).is_err());
        assert_eq!(
            SignOn::open(&Config { sign_on: config(whole), ..Config::default() }).map(|s| s.all().len()).ok(),
            Some(1)
        );
    }
}
