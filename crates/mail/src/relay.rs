//! Handing letters to the relay over SMTP.

use crate::compose::{Envelope, message};
use crate::letter::Told;
use crate::settings::{Settings, Tls};
use kernel::{Fault, FaultKind, Result, Text};
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls as Wire, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{AsyncSmtpTransport, Error};
use lettre::{AsyncTransport, Tokio1Executor};
use std::time::Duration;
use tokio::time::timeout;
use zeroize::Zeroizing;

/// How long the relay may take to be reached, and for one answer.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long one letter may take from beginning to end.
const WHOLE: Duration = Duration::from_secs(60);
/// Answers (RFC 4954 §6) that are about the log-in and not about the letter.
const OF_LOGIN: [u16; 5] = [454, 530, 534, 535, 538];

/// A letter was not taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The relay will not take it, whenever it is asked: the code of its answer.
    ForGood(u16),
    /// It may take it later, or what it said is not known. The note is for the log: it names no recipient.
    ForNow(String),
}

/// The relay. It keeps no connection.
pub struct Relay {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Mailbox,
    name: String,
}

impl Relay {
    /// A relay as it is set; `password` is the first line of the file that the settings name. Nothing is asked of
    /// it yet.
    ///
    /// # Errors
    /// As [`Settings::check`]; the authorities cannot be read.
    pub fn new(settings: &Settings, password: Option<Zeroizing<String>>) -> Result<Self> {
        settings.check()?;
        let sender = settings.mailbox()?;
        // The first in a process sets it; whoever comes later finds it set.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let wire = match settings.tls {
            Tls::Required => Wire::Wrapper(parameters(settings)?),
            Tls::Starttls => Wire::Required(parameters(settings)?),
            Tls::None => Wire::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.relay)
            .port(settings.port())
            .tls(wire)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(sender.email.domain().to_owned()));
        if let (Some(user), Some(password)) = (&settings.user, password) {
            builder = builder.credentials(Credentials::new(user.clone(), password.as_str().to_owned()));
        }
        let name = format!("{}:{}", settings.relay, settings.port());
        Ok(Self { transport: builder.build(), sender, name })
    }

    /// Hands a letter over. It was taken once this returns without a refusal; after one for now it may have been.
    ///
    /// # Errors
    /// For good or for now.
    pub async fn send(&self, envelope: &Envelope, told: &Told) -> std::result::Result<(), Refusal> {
        let message = message(&self.sender, envelope, told).map_err(|_| Refusal::ForGood(553))?;
        match timeout(WHOLE, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(refusal(&error)),
            Err(_) => Err(Refusal::ForNow("the relay was too slow".to_owned())),
        }
    }

    /// Reaches the relay, greets it, speaks TLS and logs in as for a letter, and sends none.
    ///
    /// # Errors
    /// Unavailable, with what went wrong in the note.
    pub async fn check(&self) -> Result<()> {
        let note = match timeout(WHOLE, self.transport.test_connection()).await {
            Ok(Ok(true)) => return Ok(()),
            Ok(Ok(false)) => "it hung up".to_owned(),
            Ok(Err(error)) => told_of(&error),
            Err(_) => "it was too slow".to_owned(),
        };
        let text = Text::new(
            format!("Serwer poczty {} nie odpowiada, jak trzeba.", self.name),
            format!("The mail server {} does not answer as it should.", self.name),
        );
        Err(Fault::new(FaultKind::Unavailable, text).internal(note))
    }
}

fn parameters(settings: &Settings) -> Result<TlsParameters> {
    let mut builder = TlsParameters::builder(settings.relay.clone());
    if let Some(path) = &settings.root_certificates {
        let cannot = |note: String| {
            let at = path.display();
            Fault::invalid(Text::new(
                format!("[mail] root_certificates: {at} nie jest plikiem z certyfikatami (PEM)."),
                format!("[mail] root_certificates: {at} is no file with certificates (PEM)."),
            ))
            .internal(note)
        };
        let pem = std::fs::read(path).map_err(|e| cannot(e.to_string()))?;
        let found = Certificate::from_pem(&pem).map_err(|e| cannot(e.to_string()))?;
        builder = builder.certificate_store(CertificateStore::None).add_root_certificate(found);
    }
    builder.build_rustls().map_err(Fault::bug)
}

fn refusal(error: &Error) -> Refusal {
    match error.status().map(u16::from) {
        Some(code) if error.is_permanent() && !OF_LOGIN.contains(&code) => Refusal::ForGood(code),
        _ => Refusal::ForNow(told_of(error)),
    }
}

/// What went wrong, for a log: no words of the relay, which may quote the recipient; its codes do not.
fn told_of(error: &Error) -> String {
    if let Some(code) = error.status() {
        return format!("the answer was {code}");
    }
    let mut cause = std::error::Error::source(error);
    while let Some(at) = cause {
        if let Some(io) = at.downcast_ref::<std::io::Error>() {
            return match io.get_ref() {
                // A certificate that is not trusted, and why: rustls says so, and not the relay.
                Some(inner) if inner.is::<rustls::Error>() => format!("TLS: {inner}"),
                _ => format!("the connection: {}", io.kind()),
            };
        }
        cause = at.source();
    }
    let what = match () {
        () if error.is_timeout() => "the relay was too slow",
        () if error.is_tls() => "TLS cannot be spoken with it",
        () if error.is_response() => "the answer is not one of SMTP",
        () if error.is_transport_shutdown() => "the relay hung up",
        () if error.is_client() => "it does not offer what is needed",
        () => "the connection failed",
    };
    what.to_owned()
}
