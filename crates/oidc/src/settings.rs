//! What an operator says of a provider.

use kernel::{Fault, Result, Text};
use reqwest::Url;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Characters of a name.
const NAME: std::ops::RangeInclusive<usize> = 1..=40;
/// Characters of what people read on the button.
const LABEL: usize = 60;
/// Scopes that are not known to give more than is read of the answer; others only if they are named.
const SCOPES: [&str; 2] = ["profile", "email"];

/// What it means that a token does not have the claim that names groups.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoGroups {
    /// Nobody knows: roles stay as they are.
    #[default]
    Keep,
    /// The user is in none, as Keycloak 22 and later means it.
    None,
}

impl NoGroups {
    /// Whether it means that the user is in none.
    #[must_use]
    pub const fn means_none(self) -> bool {
        matches!(self, Self::None)
    }
}

/// A provider.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// A short name, for addresses and the ledger: lower-case letters, digits and hyphens.
    pub name: String,
    /// What people read on the button.
    pub label: String,
    /// The issuer, exactly as the provider writes it: `https://…`, or `http://…` on this machine.
    pub issuer: String,
    /// What this server is called there.
    pub client_id: String,
    /// A file whose first line is the client's secret, closed to others; none for a public client.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// Authorities (PEM) that its certificate may come from, beside those of the machine.
    #[serde(default)]
    pub root_certificates: Option<PathBuf>,
    /// What is asked for beside `openid`; `profile` and `email` if absent.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    /// The claim that names the user's groups.
    #[serde(default = "groups")]
    pub groups_claim: String,
    /// What it means that a token does not speak of groups.
    #[serde(default)]
    pub no_groups: NoGroups,
    /// Roles by group, both by name.
    #[serde(default)]
    pub roles: BTreeMap<String, Vec<String>>,
    /// The name of the team of users that are made when they first sign in; nobody is made if absent.
    #[serde(default)]
    pub create_users_in: Option<String>,
    /// They are made only with an address in one of these domains; whatever the address is, if there are none.
    #[serde(default)]
    pub create_users_domains: Vec<String>,
    /// They are made only if they are in one of these groups there; in whichever, if there are none.
    #[serde(default)]
    pub create_users_groups: Vec<String>,
    /// Whether an address is taken also where the provider does not say whether it made sure of it. Never where it says
    /// that it did not.
    #[serde(default)]
    pub trust_email: bool,
    /// Whether it holds browsers to PKCE with S256 although it does not say so where it says what it can do. Never where it
    /// says that it does not.
    #[serde(default)]
    pub trust_pkce: bool,
    /// Values of `acr` that count as a second factor.
    #[serde(default)]
    pub factor_acr: Vec<String>,
    /// Values of `amr` (RFC 8176) of which one counts as a second factor.
    #[serde(default)]
    pub factor_amr: Vec<String>,
}

fn scopes() -> Vec<String> {
    SCOPES.map(str::to_owned).to_vec()
}

fn groups() -> String {
    "groups".to_owned()
}

impl Settings {
    /// The address under which the provider tells about itself.
    pub(crate) fn discovery(&self) -> String {
        format!("{}/.well-known/openid-configuration", self.issuer.trim_end_matches('/'))
    }

    /// Whether an address of the provider's is one that is asked: encrypted, unless all of it is this machine.
    pub(crate) fn allows(&self, address: &str) -> bool {
        let Ok(url) = Url::parse(address) else { return false };
        let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        plain && url.has_host() && (url.scheme() == "https" || (self.is_local() && is_clear_here(&url)))
    }

    /// Whether the provider is on this machine, and spoken to in clear.
    pub(crate) fn is_local(&self) -> bool {
        Url::parse(&self.issuer).is_ok_and(|issuer| is_clear_here(&issuer))
    }

    /// Whether all of it can be used.
    ///
    /// # Errors
    /// Invalid, with what is wrong.
    pub fn check(&self) -> Result<()> {
        let wrong = |what: &str, pl: &str, en: &str| {
            Err(Fault::invalid(Text::new(
                format!("[[sign_on.providers]] {:?}, {what}: {pl}", self.name),
                format!("[[sign_on.providers]] {:?}, {what}: {en}", self.name),
            )))
        };
        let named = NAME.contains(&self.name.len())
            && self.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !named {
            return wrong(
                "name",
                "od 1 do 40 małych liter bez znaków diakrytycznych, cyfr i łączników",
                "1 to 40 lower-case ASCII letters, digits and hyphens",
            );
        }
        if self.label.trim().is_empty()
            || self.label.chars().count() > LABEL
            || self.label.contains(char::is_control)
        {
            return wrong("label", "od 1 do 60 znaków", "1 to 60 characters");
        }
        if !self.allows(&self.issuer) || self.issuer.contains('?') {
            return wrong(
                "issuer",
                "adres https://…, a na tym komputerze także http://…",
                "an https://… address, on this machine http://… too",
            );
        }
        if self.client_id.is_empty() || self.client_id.len() > 255 {
            return wrong("client_id", "od 1 do 255 znaków", "1 to 255 characters");
        }
        let token =
            |s: &String| !s.is_empty() && s.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\');
        if self.scopes.len() > 20 || !self.scopes.iter().all(token) {
            return wrong("scopes", "najwyżej 20 nazw zakresów", "at most 20 names of scopes");
        }
        if self.roles.len() > 1_000 {
            return wrong("roles", "najwyżej 1000 grup", "at most 1,000 groups");
        }
        self.check_making().or_else(|(what, pl, en)| wrong(what, pl, en))
    }

    /// Whether it is said well of whom users are made.
    fn check_making(&self) -> std::result::Result<(), (&'static str, &'static str, &'static str)> {
        let limited = !self.create_users_domains.is_empty() || !self.create_users_groups.is_empty();
        if self.create_users_in.is_some() != limited {
            return Err((
                "create_users_in",
                "razem z create_users_domains albo create_users_groups: inaczej każde konto u dostawcy tworzyłoby użytkownika",
                "together with create_users_domains or create_users_groups: otherwise every account at the provider would make a user",
            ));
        }
        let domain = |d: &String| {
            d.len() <= 255
                && d.contains('.')
                && !d.starts_with('.')
                && d.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
        };
        if self.create_users_domains.len() > 100 || !self.create_users_domains.iter().all(domain) {
            return Err((
                "create_users_domains",
                "najwyżej 100 domen, takich jak firma.example, bez @",
                "at most 100 domains such as firma.example, without @",
            ));
        }
        if self.create_users_groups.len() > 100 || self.create_users_groups.iter().any(String::is_empty) {
            return Err(("create_users_groups", "najwyżej 100 nazw grup", "at most 100 names of groups"));
        }
        Ok(())
    }

    /// Whether an address lies in a domain whose users are made.
    #[must_use]
    pub fn takes_domain(&self, email: &str) -> bool {
        let domain = email.rsplit_once('@').map(|(_, domain)| domain);
        let same = |d: &String| domain.is_some_and(|domain| domain.eq_ignore_ascii_case(d));
        self.create_users_domains.is_empty() || self.create_users_domains.iter().any(same)
    }
}

fn is_clear_here(url: &Url) -> bool {
    matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) && url.scheme() == "http"
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub fn settings() -> Settings {
        Settings {
            name: "firma".into(),
            label: "Konto Firma".into(),
            issuer: "https://login.firma.example".into(),
            client_id: "klucznik".into(),
            client_secret_file: None,
            root_certificates: None,
            scopes: scopes(),
            groups_claim: groups(),
            no_groups: NoGroups::Keep,
            roles: BTreeMap::new(),
            create_users_in: None,
            create_users_domains: Vec::new(),
            create_users_groups: Vec::new(),
            trust_email: false,
            trust_pkce: false,
            factor_acr: vec!["gold".into()],
            factor_amr: vec!["mfa".into()],
        }
    }

    #[test]
    fn users_are_made_of_some_and_not_of_all() {
        let with = |change: fn(&mut Settings)| {
            let mut s = settings();
            s.create_users_in = Some("Sprzedaż".into());
            change(&mut s);
            s.check().is_ok()
        };
        assert!(!with(|_| ()), "of everybody at the provider");
        assert!(with(|s| s.create_users_domains = vec!["firma.example".into()]));
        assert!(with(|s| s.create_users_groups = vec!["pracownicy".into()]));
        assert!(
            !with(|s| (s.create_users_in, s.create_users_groups) = (None, vec!["x".into()])),
            "in no team"
        );
        for wrong in ["", "firma", "@firma.example", ".example", "firma.example/x", "*.example"] {
            let s = Settings { create_users_domains: vec![wrong.into()], ..settings() };
            assert!(Settings { create_users_in: Some("A".into()), ..s }.check().is_err(), "{wrong}");
        }
        let s = Settings { create_users_domains: vec!["Firma.example".into()], ..settings() };
        assert!(s.takes_domain("anna@firma.EXAMPLE"));
        for other in [
            "anna@evil-firma.example",
            "anna@firma.example.evil.example",
            "anna@sub.firma.example",
            "firma.example",
            "anna@firma.example@evil.example",
        ] {
            assert!(!s.takes_domain(other), "{other}");
        }
    }

    #[test]
    fn only_encrypted_addresses_unless_all_is_here() {
        let mut there = settings();
        assert!(there.check().is_ok());
        for no in [
            "http://login.firma.example/x",
            "http://127.0.0.1/x",
            "https://a@b.example",
            "ftp://b.example",
            "x",
        ] {
            assert!(!there.allows(no), "{no}");
        }
        there.issuer = "http://127.0.0.1:5556/dex".into();
        assert!(there.check().is_ok() && there.allows("http://127.0.0.1:5556/dex/token"));
        assert!(!there.allows("http://login.firma.example/token"));
        for issuer in ["http://login.firma.example", "https://login.firma.example/?a=b", "login"] {
            assert!(Settings { issuer: issuer.into(), ..settings() }.check().is_err(), "{issuer}");
        }
    }
}
