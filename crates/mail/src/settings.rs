//! Where mail goes.

use kernel::{Fault, Result, Text};
use lettre::message::Mailbox;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use std::path::PathBuf;

/// How the relay is spoken to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// Under TLS from the first byte (RFC 8314), commonly on port 465.
    #[default]
    Required,
    /// TLS after `STARTTLS`; a relay that does not offer it gets nothing. Commonly on port 587.
    Starttls,
    /// In clear: to a relay on this machine alone. Commonly on port 25.
    None,
}

/// The relay, and whom mail comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Name of the relay, which its certificate must bear.
    pub relay: String,
    /// Its port; the usual one of `tls` if absent.
    pub port: Option<u16>,
    /// How it is spoken to.
    #[serde(default)]
    pub tls: Tls,
    /// Whom mail comes from, such as `Klucznik <crm@firma.example>`.
    pub sender: String,
    /// The name to log in with; none if the relay asks for none.
    pub user: Option<String>,
    /// A file whose first line is the password, closed to others, such as a systemd credential.
    pub password_file: Option<PathBuf>,
    /// Authorities (PEM) that the relay's certificate may come from; those of the machine if absent.
    pub root_certificates: Option<PathBuf>,
    /// Letters a minute that one server sends at most.
    #[serde(default = "per_minute")]
    pub per_minute: u32,
}

const fn per_minute() -> u32 {
    60
}

impl Settings {
    /// The port of the relay.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.tls {
            Tls::Required => 465,
            Tls::Starttls => 587,
            Tls::None => 25,
        })
    }

    /// Whether the settings fit together. Nothing is asked of the relay.
    ///
    /// # Errors
    /// Invalid: the sender is no address, the relay would be spoken to in clear over a network, a log-in
    /// without a password or the other way round, no letters a minute.
    pub fn check(&self) -> Result<()> {
        self.mailbox()?;
        if self.tls == Tls::None && !is_local(&self.relay) {
            return Err(wrong(
                "relay",
                "poza tę maszynę poczta wychodzi tylko pod TLS: tls = \"required\" albo \"starttls\"",
                "beyond this machine mail leaves under TLS alone: tls = \"required\" or \"starttls\"",
            ));
        }
        if self.relay.is_empty()
            || !self.relay.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:".contains(&b))
        {
            return Err(wrong("relay", "to nie jest nazwa ani adres", "this is no name and no address"));
        }
        if self.user.is_some() != self.password_file.is_some() {
            return Err(wrong(
                "user",
                "login i plik z hasłem (password_file) podaje się razem",
                "a user and a file with the password (password_file) go together",
            ));
        }
        if self.per_minute == 0 {
            return Err(wrong("per_minute", "co najmniej 1", "at least 1"));
        }
        Ok(())
    }

    /// Whom mail comes from.
    ///
    /// # Errors
    /// Invalid if it is no address.
    pub(crate) fn mailbox(&self) -> Result<Mailbox> {
        self.sender.parse().map_err(|_| {
            wrong(
                "sender",
                "to nie jest adres, jak Klucznik <crm@firma.example>",
                "this is no address such as Klucznik <crm@firma.example>",
            )
        })
    }
}

/// Whether a name is of this machine whatever a server of names says.
fn is_local(relay: &str) -> bool {
    relay == "localhost" || relay.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn wrong(what: &str, pl: &str, en: &str) -> Fault {
    Fault::invalid(Text::new(format!("[mail] {what}: {pl}."), format!("[mail] {what}: {en}.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(relay: &str, tls: Tls) -> Settings {
        Settings {
            relay: relay.to_owned(),
            port: None,
            tls,
            sender: "Klucznik <crm@firma.example>".to_owned(),
            user: None,
            password_file: None,
            root_certificates: None,
            per_minute: 60,
        }
    }

    #[test]
    fn in_clear_mail_goes_nowhere_but_to_this_machine() {
        for local in ["localhost", "127.0.0.1", "127.8.8.8", "::1"] {
            assert!(settings(local, Tls::None).check().is_ok(), "{local}");
        }
        for away in ["smtp.firma.example", "192.0.2.1", "localhost.firma.example", "0.0.0.0", "::"] {
            assert!(settings(away, Tls::None).check().is_err(), "{away}");
            assert!(settings(away, Tls::Required).check().is_ok(), "{away}");
            assert!(settings(away, Tls::Starttls).check().is_ok(), "{away}");
        }
    }

    #[test]
    fn settings_that_do_not_fit_are_refused() {
        let good = settings("smtp.firma.example", Tls::Required);
        assert_eq!((good.port(), settings("a", Tls::Starttls).port()), (465, 587));
        for wrong in [
            Settings { sender: "crm".to_owned(), ..good.clone() },
            Settings { sender: "crm@firma.example\r\nBcc: a@b.example".to_owned(), ..good.clone() },
            Settings { relay: String::new(), ..good.clone() },
            Settings { relay: "smtp.firma.example/x".to_owned(), ..good.clone() },
            Settings { user: Some("crm".to_owned()), ..good.clone() },
            Settings { password_file: Some("/srv/smtp".into()), ..good.clone() },
            Settings { per_minute: 0, ..good },
        ] {
            assert!(wrong.check().is_err(), "{wrong:?}");
        }
    }
}
