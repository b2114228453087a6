//! The relay of mail: whether it can be reached, speaks TLS with the right certificate, and lets us log in.

use super::Patient;
use super::finding::Finding;
use kernel::Text;
use server::Config;

const CHECK: &str = "mail";

pub async fn check(patient: &Patient<'_>) -> Finding {
    let Some(config) = &patient.config else {
        let why = Text::of("Potrzebne są ustawienia.", "It needs the settings.");
        return Finding::skipped(CHECK, why, None);
    };
    let relay = match config.address().and_then(|_| config.relay()) {
        Ok(Some(relay)) => relay,
        Ok(None) => {
            let text = Text::of(
                "Poczta nie wychodzi: odsyłacze pokazuje się temu, kto zaprasza.",
                "No mail leaves: links are shown to whoever invites.",
            );
            return Finding::ok(CHECK, text);
        }
        Err(fault) => return Finding::failed(CHECK, &fault, mend()),
    };
    match relay.check().await {
        Ok(()) => Finding::ok(
            CHECK,
            Text::of("Serwer poczty odpowiada i wpuszcza.", "The mail server answers and lets us in."),
        ),
        Err(fault) => Finding::failed(CHECK, &fault, mend()),
    }
}

fn mend() -> Text {
    let file = Config::FILE;
    Text::new(
        format!(
            "Sprawdź [mail] w {file}: relay, port, tls, user i password_file. Próba: klucznik mail test ADRES"
        ),
        format!(
            "Check [mail] in {file}: relay, port, tls, user and password_file. To try: klucznik mail test ADDRESS"
        ),
    )
}
