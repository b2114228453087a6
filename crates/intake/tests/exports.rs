//! Exports of other products, with their headings, and rows as input for records.

use intake::{Mapping, Options, Parsed, Problem, Rows, Target, open_bytes, parse_any, read_rows};
use proptest::prelude::*;
use schema::Entity;

fn entity(name: &str) -> Entity {
    schema::builtin().into_iter().find(|e| e.name == name).unwrap()
}

fn rows<'a>(bytes: &[u8], entity: &'a Entity, pairs: &[&str]) -> (Mapping, Rows<'a>) {
    let source = open_bytes(bytes.to_vec(), "plik", &Options::default()).unwrap();
    let mapping = Mapping::guess(entity, source.headings()).with(entity, pairs).unwrap();
    let rows = read_rows(source, entity, &mapping);
    (mapping, rows)
}

/// Reads all rows, which must be good, and checks which columns were not recognised.
fn all(bytes: &[u8], entity: &Entity, unused: &[&str]) -> Vec<Parsed> {
    let (mapping, rows) = rows(bytes, entity, &[]);
    assert_eq!(mapping.unused().collect::<Vec<_>>(), unused);
    rows.map(|r| match r {
        Ok(row) => row,
        Err(Problem::Row(issues)) => {
            panic!("{:?}", issues.iter().map(|i| i.public(kernel::Lang::En)).collect::<Vec<_>>())
        }
        Err(Problem::File(fault)) => panic!("{fault}"),
    })
    .collect()
}

fn has(row: &Parsed, field: &str, value: &str) {
    let got = row.content.get(field).map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
    assert_eq!(got.as_deref(), Some(value), "{field}");
}

fn zaneta(row: &Parsed) {
    has(row, "first_name", "Żaneta");
    has(row, "last_name", "Świątek");
    has(row, "phone", "+48225550101");
    has(row, "mobile", "+48601555101");
    assert_eq!(row.refs, [("company".to_owned(), "Przykładowa Sp. z o.o.".to_owned())]);
}

fn address(row: &Parsed) {
    has(row, "job_title", "Dyrektorka zakupów");
    has(row, "street", "ul. Długa 5/7");
    has(row, "city", "Łódź");
    has(row, "postal_code", "90-001");
    has(row, "country", "PL");
}

#[test]
fn hubspot() {
    let people = all(
        include_bytes!("fixtures/hubspot_contacts.csv"),
        &entity("person"),
        &[
            "Record ID",
            "Primary Associated Company ID",
            "Last Activity Date (GMT+2)",
            "Lead Status",
            "Marketing contact status",
            "Create Date (GMT+2)",
        ],
    );
    zaneta(&people[0]);
    address(&people[0]);
    has(&people[0], "email", "zaneta.swiatek@firma.example");
    assert_eq!(people[0].owner.as_deref(), Some("Jan Opiekun"));
    assert_eq!(people[1].line, 3);
}

#[test]
fn pipedrive() {
    let people = all(
        include_bytes!("fixtures/pipedrive_people.csv"),
        &entity("person"),
        &["Person - ID", "Person - Person created"],
    );
    zaneta(&people[0]);
    has(&people[0], "email", "zaneta@firma.example");
    has(&people[0], "email2", "zaneta@dom.example");
    has(&people[0], "tags", r#"["VIP","targi"]"#);
    has(&people[1], "first_name", "Józef Maria");
    assert_eq!(people[1].owner.as_deref(), Some("Jan Opiekun"));
    let deals =
        all(include_bytes!("fixtures/pipedrive_deals.csv"), &entity("deal"), &["Deal - ID", "Deal - Status"]);
    has(&deals[0], "name", "Wdrożenie w Łodzi");
    has(&deals[0], "value", r#"{"amount":"12500.50","currency":"EUR"}"#);
    has(&deals[0], "stage", "offer");
    has(&deals[0], "expected_close", "2026-12-31");
    assert_eq!(deals[0].refs.len(), 2);
}

#[test]
fn salesforce() {
    let people = all(
        include_bytes!("fixtures/salesforce_contacts.csv"),
        &entity("person"),
        &["Salutation", "Mailing State/Province"],
    );
    zaneta(&people[0]);
    address(&people[0]);
    has(&people[0], "source", "website");
    has(&people[0], "birthday", "1990-05-07");
    assert_eq!(people[0].owner.as_deref(), Some("Jan Opiekun"));
}

#[test]
fn google() {
    let people = all(
        include_bytes!("fixtures/google_contacts.csv"),
        &entity("person"),
        &[
            "Middle Name",
            "Phonetic First Name",
            "Phonetic Middle Name",
            "Phonetic Last Name",
            "Name Prefix",
            "Name Suffix",
            "Nickname",
            "File As",
            "Organization Department",
            "Photo",
            "E-mail 1 - Label",
            "E-mail 2 - Label",
            "Phone 1 - Label",
            "Phone 2 - Label",
            "Address 1 - Label",
            "Address 1 - Formatted",
            "Address 1 - PO Box",
            "Address 1 - Region",
            "Address 1 - Extended Address",
            "Website 1 - Label",
            "Website 1 - Value",
        ],
    );
    address(&people[0]);
    has(&people[0], "phone", "+48601555101");
    has(&people[0], "mobile", "+48225550101");
    has(&people[0], "email2", "zaneta@dom.example");
    has(&people[0], "description", "Poznana na targach,\nprosi o kontakt");
    assert_eq!(people[1].line, 6);
}

#[test]
fn outlook_english_and_polish() {
    let people = all(
        include_bytes!("fixtures/outlook_en.csv"),
        &entity("person"),
        &[
            "Title",
            "Middle Name",
            "Suffix",
            "Department",
            "Business Street 2",
            "Business State",
            "Home Street",
            "Home City",
            "Home Postal Code",
            "Business Fax",
            "Anniversary",
            "E-mail Type",
            "E-mail Display Name",
            "Web Page",
        ],
    );
    zaneta(&people[0]);
    address(&people[0]);
    has(&people[0], "email2", "zaneta@dom.example");
    assert!(!people[0].content.contains_key("birthday"));
    assert!(!people[1].content.contains_key("job_title"));
    let people = all(
        include_bytes!("fixtures/outlook_pl.csv"),
        &entity("person"),
        &[
            "Tytuł",
            "Drugie imię",
            "Sufiks",
            "Dział",
            "Województwo (adres służbowy)",
            "Faks służbowy",
            "Typ e-mail",
            "Nazwa wyświetlana e-mail",
        ],
    );
    zaneta(&people[0]);
    address(&people[0]);
    has(&people[0], "birthday", "1990-05-07");
    has(&people[0], "email2", "zaneta@dom.example");
    has(&people[0], "tags", r#"["VIP","Targi"]"#);
}

#[test]
fn raynet() {
    let people = all(include_bytes!("fixtures/raynet_people.csv"), &entity("person"), &["Tytuł przed"]);
    zaneta(&people[0]);
    address(&people[0]);
    has(&people[0], "description", "Woli e-mail");
    assert_eq!(people[0].owner.as_deref(), Some("Jan Opiekun"));
}

#[test]
fn cards_feed_people_companies_and_leads() {
    let card = "BEGIN:VCARD\nVERSION:4.0\nFN:Żaneta Świątek\nORG:Przykładowa Sp. z o.o.\nTEL;TYPE=work:22 555 01 01\n\
        TEL;TYPE=cell:601 555 101\nBDAY:19900507\nNOTE:Targi\nCATEGORIES:VIP,targi\nEND:VCARD\n";
    let people =
        all(card.as_bytes(), &entity("person"), &["N (prefix)", "ORG (unit)", "ADR (region)", "URL"]);
    zaneta(&people[0]);
    has(&people[0], "birthday", "1990-05-07");
    for (name, field) in [("company", "name"), ("lead", "company_name")] {
        let entity = entity(name);
        let (_, mut rows) = rows(card.as_bytes(), &entity, &[]);
        has(&rows.next().unwrap().unwrap(), field, "Przykładowa Sp. z o.o.");
    }
}

#[test]
fn hands_override_guesses_and_mistakes_are_told() {
    let person = entity("person");
    let file = "Imię i nazwisko;Dział;Uwagi;Kto\nŻaneta Świątek;Zakupy;nic;Jan\n".as_bytes();
    let (mapping, mut got) = rows(file, &person, &["Dział=job_title", "uwagi=-", "Kto=owner"]);
    assert_eq!(mapping.columns()[2].1, Target::Skipped);
    assert_eq!(mapping.unused().count(), 0);
    let row = got.next().unwrap().unwrap();
    has(&row, "job_title", "Zakupy");
    assert!(row.owner.as_deref() == Some("Jan") && !row.content.contains_key("description"));

    let source = open_bytes(file.to_vec(), "x", &Options::default()).unwrap();
    let guess = Mapping::guess(&person, source.headings());
    let fault = |pair: &str| guess.clone().with(&person, &[pair]).unwrap_err().message.en.into_owned();
    assert!(fault("Telefon=phone").contains("Dział"), "unknown headings list the headings");
    assert!(fault("Kto=emial").contains("“email”"), "unknown fields suggest the nearest");
    assert!(fault("Kto=sort_name").contains("fills in"));
    assert!(fault("Kto").contains("Heading=field"));
    for wrong in ["#0=phone", "#99=phone"] {
        assert!(fault(wrong).contains("Dział"), "a number that no column has");
    }
}

#[test]
fn a_column_can_be_told_by_its_number() {
    let person = entity("person");
    let file = b"Nazwisko,Kowalska,A\nNowak,ewa@x.example,Zakupy\n";
    let (_, mut got) = rows(file, &person, &["#2=email", "#3=job_title"]);
    let row = got.next().unwrap().unwrap();
    has(&row, "email", "ewa@x.example");
    has(&row, "job_title", "Zakupy");
}

#[test]
fn several_columns_of_one_field() {
    let person = entity("person");
    let file = b"Nazwisko,E-mail,E-mail 2,E-mail,Tagi,Etykiety,A,B\nNowak,a@x.example,b@x.example,c@x.example,\"x,y\",\"y,z\",,drugi\n";
    let (_, mut got) = rows(file, &person, &["A=job_title", "B=job_title"]);
    let row = got.next().unwrap().unwrap();
    has(&row, "job_title", "drugi");
    has(&row, "tags", r#"["x","y","z"]"#);
    has(&row, "email", "a@x.example");
    assert_eq!(row.left_out.len(), 1, "a third address has no place, and that is said");
}

#[test]
fn all_refusals_of_a_row_are_told_with_their_columns() {
    let person = entity("person");
    let file =
        "Imię,Nazwisko,E-mail,PESEL,Urodziny\nJan,,nie-mail,123,31.02.2020\nEwa,Nowak,ewa@x.example,,\n"
            .as_bytes();
    let (_, mut got) = rows(file, &person, &[]);
    let Some(Err(Problem::Row(issues))) = got.next() else { panic!("the row is wrong") };
    let mut columns = issues.iter().map(|i| i.column.clone().unwrap()).collect::<Vec<_>>();
    columns.sort();
    assert_eq!(columns, ["E-mail", "Nazwisko", "PESEL", "Urodziny"]);
    assert!(issues.iter().all(|i| i.line == 2));
    assert!(issues.iter().any(|i| i.value.as_deref() == Some("nie-mail") && i.example.is_some()));
    assert!(!format!("{issues:?}").contains("nie-mail"));
    has(&got.next().unwrap().unwrap(), "last_name", "Nowak");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn anything_can_be_thrown_at_it(
        which in 0..8usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..10),
    ) {
        let files: [&[u8]; 8] = [
            include_bytes!("fixtures/hubspot_contacts.csv"), include_bytes!("fixtures/pipedrive_people.csv"),
            include_bytes!("fixtures/pipedrive_deals.csv"), include_bytes!("fixtures/salesforce_contacts.csv"),
            include_bytes!("fixtures/google_contacts.csv"), include_bytes!("fixtures/outlook_en.csv"),
            include_bytes!("fixtures/outlook_pl.csv"), include_bytes!("fixtures/raynet_people.csv"),
        ];
        let mut bytes = files[which].to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = parse_any(&bytes, "plik.csv");
    }
}
