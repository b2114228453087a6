//! Passkeys that are bound to names under which the server is not asked any more.

use super::finding::Finding;
use super::sign_on::NAMED;
use identity::{Account, Directory, Passkeys, Profile, Ways};
use kernel::{Text, Time};
use server::Config;
use std::collections::BTreeSet;

/// Who has passkeys of such names, and who of them comes in by nothing else.
pub fn of_names(
    ways: &Ways,
    directory: &Directory,
    (passkeys, accounts): (&Passkeys, &[Account]),
    now: Time,
) -> Finding {
    const CHECK: &str = "passkey-names";
    let others = |user: &Profile| passkeys.names(user.id).iter().filter(|name| !ways.serves(name));
    let mut users: Vec<&Profile> =
        directory.users.values().filter(|user| user.may_act(now) && others(user).next().is_some()).collect();
    users.sort_unstable_by(|a, b| a.login.cmp(&b.login));
    if users.is_empty() {
        let text = Text::of(
            "Klucze dostępu są przypisane do nazw z ustawień (hosts).",
            "Passkeys are bound to names of the settings (hosts).",
        );
        return Finding::ok(CHECK, text);
    }
    let names: BTreeSet<&String> = users.iter().flat_map(|user| others(user)).collect();
    let joined = |words: Vec<&str>| words.into_iter().take(NAMED).collect::<Vec<_>>().join(", ");
    let names = joined(names.into_iter().map(String::as_str).collect());
    let out: Vec<&str> = users
        .iter()
        .filter(|user| !ways.let_in(user, passkeys, accounts))
        .map(|user| user.login.as_str())
        .collect();
    let (count, shut) = (users.len(), out.len());
    let (more_pl, more_en) = match out.is_empty() {
        true => (String::new(), String::new()),
        false => {
            let some = joined(out);
            (format!(" ({some})"), format!(" ({some})"))
        }
    };
    let text = Text::new(
        format!(
            "Klucze dostępu do nazw, których nie ma już w hosts ({names}), nie działają. Kont z takimi kluczami: {count}; z nich bez innego sposobu logowania: {shut}{more_pl}."
        ),
        format!(
            "Passkeys of names that are in hosts no more ({names}) do not work. Accounts with such passkeys: {count}; of them without another way to sign in: {shut}{more_en}."
        ),
    );
    let file = Config::FILE;
    let mend = Text::new(
        format!(
            "Przywróć te nazwy w hosts w {file}, albo zaproś te osoby na nowo w Administracji, żeby utworzyły klucze dla obecnej nazwy."
        ),
        format!(
            "Bring these names back to hosts in {file}, or invite these people anew in Administration, to make passkeys for the present name."
        ),
    );
    Finding::warning(CHECK, text, mend)
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;
    use identity::{User, UserDoc};
    use kernel::{Id, Lang, TeamId, UserId};

    fn user(n: u8, login: &str) -> Profile {
        let doc = UserDoc {
            id: Id::from_bytes([n; 16]),
            login: login.to_owned(),
            name: String::new(),
            email: String::new(),
            lang: Lang::Pl,
            team: TeamId::NIL,
            roles: Vec::new(),
            active: true,
            ends_at: None,
            password: None,
            created_at: Time(0),
            password_at: None,
            factors: Default::default(),
            must_enrol: false,
            roles_since: Default::default(),
            given_at: None,
            service: None,
            partner: None,
        };
        Profile::from(User { doc, version: 1 })
    }

    #[test]
    fn it_is_told_who_has_passkeys_of_other_names_and_who_has_nothing_else() {
        let mut directory = Directory::default();
        for (n, login) in [(1, "anna"), (2, "ewa"), (3, "jan")] {
            directory.users.insert(Id::from_bytes([n; 16]), user(n, login));
        }
        let ways = Ways { names: vec!["crm.firma.example".to_owned()], ..Ways::default() };
        let bound = |all: &[(u8, &str)]| -> Passkeys {
            all.iter().map(|(n, name)| (UserId::from_bytes([*n; 16]), (*name).to_owned())).collect()
        };
        let found = |passkeys: &Passkeys| of_names(&ways, &directory, (passkeys, &[]), Time(0));
        let fine = found(&bound(&[(1, "crm.firma.example"), (3, "crm.firma.example")]));
        assert_eq!(fine.state, State::Ok, "{}", fine.what.en);
        // Ewa has one of each; nobody else has another than the old one.
        let all =
            [(1, "stara.example"), (2, "stara.example"), (2, "crm.firma.example"), (3, "crm.firma.example")];
        let told = found(&bound(&all));
        assert_eq!(told.state, State::Warning);
        let said = told.what.en;
        assert!(said.contains("(stara.example)") && said.contains("such passkeys: 2;"), "{said}");
        assert!(said.contains("way to sign in: 1 (anna)."), "{said}");
    }
}
