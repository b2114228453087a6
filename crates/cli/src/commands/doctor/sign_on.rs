//! Single sign-on: whether its providers answer and are the ones that were meant, and what it depends on.

use super::Patient;
use super::finding::Finding;
use super::passkeys;
use identity::{Account, Directory, Passkeys, Profile, Ways};
use kernel::{Fault, Lang, Result, Text, Time};
use server::{Config, SignOnConfig, sign_on_check};
use store::{DocKind, Snapshot};
use vault::Vault;

/// Log-in names that a finding names.
pub(super) const NAMED: usize = 10;

/// Checks that need nothing but the settings and the net.
pub async fn checks(patient: &Patient<'_>) -> Vec<Finding> {
    const CHECK: &str = "sign-on";
    let Some(config) = &patient.config else {
        let why = Text::of("Potrzebne są ustawienia.", "It needs the settings.");
        return vec![Finding::skipped(CHECK, why, None)];
    };
    let set = &config.sign_on;
    if let Err(fault) = set.check() {
        return vec![Finding::failed(CHECK, &fault, mend())];
    }
    if set.providers.is_empty() {
        let text = Text::of("Nikt nie loguje się przez dostawcę.", "Nobody signs in through a provider.");
        return vec![Finding::ok(CHECK, text)];
    }
    let mut found = vec![Finding::ok(
        CHECK,
        Text::new(
            format!("Dostawców, przez których można się logować: {}.", set.providers.len()),
            format!("Providers that people can sign in through: {}.", set.providers.len()),
        ),
    )];
    found.push(secrets(set));
    found.push(providers(config, patient.context.clock.now()).await);
    found
}

/// What is wrong with which provider, if with any; otherwise `fine`.
fn of_each(check: &'static str, wrong: &[(&str, Fault)], fine: Text, mend: Text) -> Finding {
    if wrong.is_empty() {
        return Finding::ok(check, fine);
    }
    let tell = |lang: Lang| {
        let one = |(name, fault): &(&str, Fault)| {
            let note = fault.internal.as_deref().map(|n| format!(" [{n}]")).unwrap_or_default();
            format!("{name}: {}{note}", fault.public(lang))
        };
        wrong.iter().map(one).collect::<Vec<_>>().join(" ")
    };
    Finding::error(check, Text::new(tell(Lang::Pl), tell(Lang::En)), mend)
}

fn secrets(set: &SignOnConfig) -> Finding {
    let wrong: Vec<_> = set
        .providers
        .iter()
        .filter_map(|p| sign_on_check::secret(p).err().map(|fault| (p.name.as_str(), fault)))
        .collect();
    let fine = Text::of(
        "Sekrety u dostawców da się odczytać i nie są dostępne dla innych.",
        "The secrets for the providers can be read, and not by others.",
    );
    of_each("sign-on-secret", &wrong, fine, mend())
}

async fn providers(config: &Config, now: Time) -> Finding {
    let mut wrong = Vec::new();
    for provider in &config.sign_on.providers {
        if let Err(fault) = sign_on_check::reach(config, provider, now).await {
            wrong.push((provider.name.as_str(), fault));
        }
    }
    let fine = Text::of(
        "Dostawcy odpowiadają, podają tego samego wystawcę co ustawienia i mają klucze.",
        "The providers answer, name the same issuer as the settings, and have keys.",
    );
    let mend = Text::new(
        format!(
            "Sprawdź, czy dostawca działa i czy ten serwer się z nim łączy; issuer w [[sign_on.providers]] w {} musi być co do znaku taki, jaki podaje dostawca (…/.well-known/openid-configuration).",
            Config::FILE
        ),
        format!(
            "Check whether the provider works and this server reaches it; issuer under [[sign_on.providers]] in {} must be, to the letter, what the provider says (…/.well-known/openid-configuration).",
            Config::FILE
        ),
    );
    of_each("sign-on-provider", &wrong, fine, mend)
}

/// Checks that need the data.
pub fn of_data(config: &Config, view: &Snapshot, vault: &Vault, now: Time) -> Result<Vec<Finding>> {
    let set = &config.sign_on;
    let (Ok(ways), Ok(())) = (set.ways(&config.hosts), set.check()) else { return Ok(Vec::new()) };
    let mut docs = view.docs(DocKind::Field)?;
    for kind in [DocKind::Partner, DocKind::Team, DocKind::Role, DocKind::User] {
        docs.extend(view.docs(kind)?);
    }
    let directory = Directory::of(docs, vault, 1)?;
    let accounts = view.docs(DocKind::Account)?;
    let accounts = accounts.iter().map(|doc| Account::open(vault, doc)).collect::<Result<Vec<_>>>()?;
    let passkeys = Passkeys::of(&view.docs(DocKind::Factor)?, vault)?;
    let some = ways.somebody_manages(&directory, (&passkeys, &accounts), now);
    let mut found = vec![managers(set, &directory, some, now)];
    found.push(passkeys::of_names(&ways, &directory, (&passkeys, &accounts), now));
    if !set.providers.is_empty() {
        found.push(shut_out(&ways, &directory, (&passkeys, &accounts), now));
        found.push(names(set, &directory));
        found.extend(emergency(set, &directory, now));
    }
    Ok(found)
}

fn managers(set: &SignOnConfig, directory: &Directory, some: bool, now: Time) -> Finding {
    const CHECK: &str = "sign-on-managers";
    if some {
        let text = Text::of(
            "Ktoś, kto zarządza użytkownikami, może się zalogować.",
            "Somebody who manages users can sign in.",
        );
        return Finding::ok(CHECK, text);
    }
    Finding::error(CHECK, sign_on_check::NOBODY, sign_on_check::help(set, directory, now))
}

/// Who could sign in by something that does not count, as the settings are, and by nothing else.
fn shut_out(
    ways: &Ways,
    directory: &Directory,
    (passkeys, accounts): (&Passkeys, &[Account]),
    now: Time,
) -> Finding {
    const CHECK: &str = "sign-on-shut-out";
    let has = |user: &Profile| user.has_own_way_in() || accounts.iter().any(|a| a.doc.user == user.id);
    let out = |user: &&Profile| user.may_act(now) && has(user) && !ways.let_in(user, passkeys, accounts);
    let mut logins: Vec<&str> = directory.users.values().filter(out).map(|user| &*user.login).collect();
    logins.sort_unstable();
    if logins.is_empty() {
        let text = Text::of(
            "Nikomu ustawienia nie odbierają jedynego sposobu logowania.",
            "The settings take nobody's only way to sign in.",
        );
        return Finding::ok(CHECK, text);
    }
    let (count, some) = (logins.len(), logins.into_iter().take(NAMED).collect::<Vec<_>>().join(", "));
    Finding::warning(
        CHECK,
        Text::new(
            format!("Przy tych ustawieniach nie mogą się zalogować (kont: {count}): {some}."),
            format!("With these settings these cannot sign in (accounts: {count}): {some}."),
        ),
        Text::of(
            "Połącz im konta u dostawcy albo zaproś ich w Administracji, albo przywróć w [sign_on] to, czym się logowali.",
            "Link accounts at a provider to them, or invite them, in Administration; or bring back under [sign_on] what they signed in by.",
        ),
    )
}

fn names(set: &SignOnConfig, directory: &Directory) -> Finding {
    const CHECK: &str = "sign-on-names";
    let missing = sign_on_check::missing(set, directory);
    if missing.is_empty() {
        let text = Text::of(
            "Zespoły i role, które wymieniają ustawienia dostawców, istnieją.",
            "The teams and roles that the settings of the providers name exist.",
        );
        return Finding::ok(CHECK, text);
    }
    let join = |of: fn(&Text) -> &str| missing.iter().map(of).collect::<Vec<_>>().join("; ");
    Finding::error(CHECK, Text::new(join(|t| &t.pl), join(|t| &t.en)), mend())
}

fn emergency(set: &SignOnConfig, directory: &Directory, now: Time) -> Option<Finding> {
    const CHECK: &str = "sign-on-emergency";
    let login = set.emergency().ok().flatten()?;
    Some(if directory.can_help(&login, now) {
        let text = Text::new(
            format!("Konto awaryjne ({login}) może pomóc, gdy dostawca nie działa."),
            format!("The emergency account ({login}) can help when the provider does not work."),
        );
        Finding::ok(CHECK, text)
    } else {
        Finding::error(
            CHECK,
            Text::new(
                format!(
                    "Konto awaryjne ({login}) nie istnieje, jest zawieszone, ma datę odejścia, nie ma hasła albo nie zarządza użytkownikami: serwer się nie uruchomi."
                ),
                format!(
                    "The emergency account ({login}) does not exist, is suspended, has a date of leaving, has no password or does not manage users: the server does not start."
                ),
            ),
            Text::of(
                "Ustaw [sign_on] only = false, uruchom serwer, popraw to konto w Administracji i dopiero potem ustaw only = true.",
                "Set [sign_on] only = false, start the server, mend that account in Administration, and set only = true again only then.",
            ),
        )
    })
}

fn mend() -> Text {
    let file = Config::FILE;
    Text::new(format!("Popraw [sign_on] w {file}."), format!("Correct [sign_on] in {file}."))
}
