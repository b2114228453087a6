//! What is made by a command is kept as it would be over the API, and told as it will work.

use crate::harness::House;
use crate::sign_on::set;

const CREATE: &str = "user create ewa.nowak --name Ewa --email ewa@firma.example";

/// The organisation's name is that of the first team, by which people are told apart like by any other.
#[test]
fn the_organisation_is_kept_composed_and_with_single_spaces() {
    let house = House::new();
    let typed = [("KLUCZNIK_ORGANISATION", "  Zo\u{301}łw   i  Syn ")];
    let line = "init --admin-login anna.nowak --admin-name Anna --admin-email anna@firma.example --password-file password --reserve-mib 0 --index-cache-mib 8";
    house.run_with(&format!("{line} {}", house.store()), &typed).expect(0);
    let users = house.run("user list").expect(0).out();
    assert!(users.trim_end().ends_with("  Zółw i Syn"), "{users}");
}

/// Where passwords count for the emergency account alone, nobody else is told to choose one.
#[test]
fn a_link_says_what_it_is_good_for() {
    let house = House::new();
    house.init("").expect(0);
    let told = house.run(CREATE).expect(0).out();
    assert!(told.contains("The password is chosen by this link"), "{told}");

    house.secret("oidc", "tajne");
    let section = format!(
        "[sign_on]\nonly = true\nemergency = \"zapas.firma\"\n[[sign_on.providers]]\nname = \"firma\"\nlabel = \"Konto Firma\"\nissuer = \"https://login.firma.example\"\nclient_id = \"klucznik\"\nclient_secret_file = \"{}\"\n",
        house.path("oidc").display()
    );
    set(&house, &section);
    let told = house.run(&CREATE.replace("ewa", "jan")).expect(0).out();
    assert!(!told.contains("chosen by this link") && told.contains("(Konto Firma)"), "{told}");
    assert!(told.contains("https://localhost:8443/link#"), "{told}");
    let told = house.run(&CREATE.replace("ewa.nowak", "zapas.firma")).expect(0).out();
    assert!(told.contains("The password is chosen by this link"), "{told}");
}
