//! A letter as a message (RFC 5322): plain text and the same as simple HTML. Nothing in it is fetched from
//! anywhere, so nobody learns whether or where it was read.

use crate::letter::Told;
use kernel::{Fault, Result, Text, Time};
use lettre::Message;
use lettre::address::Address;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use std::time::{Duration, SystemTime};

/// Bytes of a message at most.
const MESSAGE: usize = 64 << 10;

/// Whom a letter is for, and as which one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Envelope {
    /// Address.
    pub to: String,
    /// What makes its `Message-ID` its own: the same each time that the letter is tried.
    pub id: String,
    /// Written when.
    pub at: Time,
}

/// Whether mail can go to this address. Line breaks and further addresses are none.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.parse::<Address>().is_ok()
}

/// Answers of programs are not wanted (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The message of what is told, from `sender`.
///
/// # Errors
/// Invalid if it is for no address, or too long.
pub fn message(sender: &Mailbox, envelope: &Envelope, told: &Told) -> Result<Message> {
    let address: Address = envelope.to.parse().map_err(|_| {
        Fault::invalid(Text::of(
            "Adres odbiorcy nie jest adresem e-mail.",
            "The recipient's address is no e-mail address.",
        ))
    })?;
    let since = Duration::from_millis(u64::try_from(envelope.at.0).map_err(Fault::bug)?);
    let message = Message::builder()
        .from(sender.clone())
        .to(Mailbox::new(None, address))
        .subject(one_line(&told.subject))
        .date(SystemTime::UNIX_EPOCH + since)
        .message_id(Some(format!("<{}@{}>", envelope.id, sender.email.domain())))
        .header(AutoSubmitted)
        .multipart(parts(&envelope.id, told))
        .map_err(Fault::bug)?;
    if message.formatted().len() > MESSAGE {
        return Err(Fault::bug("a letter is too long"));
    }
    Ok(message)
}

/// What parts a message is no secret, and the same each time.
fn parts(id: &str, told: &Told) -> MultiPart {
    MultiPart::alternative()
        .boundary(format!("part-{id}"))
        .singlepart(SinglePart::plain(plain(told)))
        .singlepart(SinglePart::html(html(told)))
}

fn plain(told: &Told) -> String {
    let mut lines: Vec<&str> = told.before.iter().map(String::as_str).collect();
    lines.extend(told.link.as_deref());
    lines.extend(told.after.iter().map(String::as_str));
    let mut text = lines.join("\n\n");
    text.push('\n');
    text
}

fn html(told: &Told) -> String {
    let mut html = String::from("<!doctype html>\n<meta charset=\"utf-8\">\n");
    let mut paragraph = |inner: &str| {
        html.push_str("<p>");
        html.push_str(inner);
        html.push_str("</p>\n");
    };
    told.before.iter().for_each(|text| paragraph(&escape(text)));
    if let Some(link) = &told.link {
        let link = escape(link);
        paragraph(&format!("<a href=\"{link}\">{link}</a>"));
    }
    told.after.iter().for_each(|text| paragraph(&escape(text)));
    html
}

fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Told {
        Told {
            subject: text.to_owned(),
            before: vec![text.to_owned()],
            link: Some(format!("https://crm.firma.example/#{text}")),
            after: vec![text.to_owned()],
        }
    }

    fn formatted(to: &str, text: &str) -> Result<String> {
        let sender = "Klucznik <crm@firma.example>".parse().expect("an address");
        let envelope = Envelope { to: to.to_owned(), id: "17".to_owned(), at: Time(1_795_420_800_000) };
        let message = message(&sender, &envelope, &told(text))?;
        Ok(String::from_utf8(message.formatted()).expect("ASCII"))
    }

    /// The lines above the first empty one.
    fn headers(message: &str) -> &str {
        message.split("\r\n\r\n").next().expect("headers")
    }

    #[test]
    fn nothing_that_is_told_makes_a_header() {
        let evil = "Hej\r\nBcc: zly@firma.example\r\n\r\n<b>x</b>";
        let message = formatted("anna@firma.example", evil).expect("a message");
        let headers = headers(&message);
        assert!(!headers.lines().any(|line| line.starts_with("Bcc")), "{headers}");
        let html = message.split("text/html").nth(1).expect("a part");
        assert!(!html.contains("<b>") && html.contains("&lt;b&gt;"), "{html}");
        for to in [
            "a@b.example\r\nBcc: c@d.example",
            "a@b.example, c@d.example",
            "a b@c.example",
            "",
            "a@b\n.example",
        ] {
            assert!(!is_address(to) && formatted(to, "x").is_err(), "{to:?}");
        }
    }

    #[test]
    fn a_message_is_the_same_each_time_and_names_its_parts() {
        let message = formatted("anna@firma.example", "Zażółć gęślą jaźń").expect("a message");
        assert_eq!(formatted("anna@firma.example", "Zażółć gęślą jaźń").ok().as_ref(), Some(&message));
        let headers = headers(&message);
        for line in [
            "From: Klucznik <crm@firma.example>",
            "To: anna@firma.example",
            "Message-ID: <17@firma.example>",
            "Date: Mon, 23 Nov 2026 08:00:00 +0000",
            "Auto-Submitted: auto-generated",
        ] {
            assert!(headers.lines().any(|l| l == line), "{line} in {headers}");
        }
        assert!(message.contains("text/plain") && message.contains("text/html"));
        assert!(!message.contains("http-equiv") && !message.contains("<img"), "nothing is fetched");
    }
}
