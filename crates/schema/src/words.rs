//! The words of other programs: headings of their columns and values of their choices. All are
//! squashed: folded, letters and digits only.

/// A field and the squashed headings that mean it, the surest first.
pub(crate) type Aliases = &'static [(&'static str, &'static str)];

const ADDRESS: Aliases = &[
    (
        "street",
        "street streetaddress address businessstreet mailingstreet billingstreet address1street homestreet shippingstreet mailingaddressline1 addressstreet addressstreetnamehousenumber postaladdressstreet ulica adres ulicainumer ulicainrdomu adressluzbowyulica ulicaadressluzbowy ulicasluzbowy adresulica ulice",
    ),
    (
        "city",
        "city town businesscity mailingcity billingcity address1city homecity shippingcity addresscity addresscitytownvillagelocality postaladdresscity miasto miejscowosc adressluzbowymiasto miastoadressluzbowy adresmiasto mesto",
    ),
    (
        "postal_code",
        "postalcode zip zipcode postcode zippostalcode businesspostalcode mailingpostalcode mailingzip mailingzippostalcode billingpostalcode billingzip billingzippostalcode address1postalcode homepostalcode shippingzippostalcode addresspostalcode addresszippostalcode postaladdresszippostalcode kod kodpocztowy adressluzbowykodpocztowy kodpocztowyadressluzbowy adreskodpocztowy psc",
    ),
    (
        "country",
        "country countryregion businesscountryregion businesscountry mailingcountry billingcountry address1country homecountryregion homecountry shippingcountry addresscountry postaladdresscountry kraj krajregion panstwo adressluzbowykraj adressluzbowykrajregion krajregionadressluzbowy adreskraj stat zeme",
    ),
    ("source", "source leadsource contactsource zrodlo zrodlokontaktu zrodlopozyskania"),
    (
        "tags",
        "tags tag labels label groupmembership groups categories category tagi tag etykieta kategorie kategoria grupy stitky",
    ),
    (
        "description",
        "description notes note comments comment about opis uwagi uwaga notatki notatka komentarz komentarze poznamka",
    ),
];

const CONTACT: Aliases = &[
    ("first_name", "firstname givenname forename imie imiona jmeno krestnijmeno"),
    ("last_name", "lastname familyname surname nazwisko prijmeni"),
    (
        "name",
        "fullname displayname contactname personname name imieinazwisko wyswietlananazwa nazwawyswietlana nazwa",
    ),
    (
        "job_title",
        "jobtitle organization1title organizationtitle position function funkcja stanowisko pozice title",
    ),
    (
        "email",
        "email emailaddress email1value email1address emailwork workemail businessemail primaryemail email1 mail adresemail adresemail1 adrespocztyelektronicznej emailsluzbowy email1wartosc wartosc1email",
    ),
    (
        "email2",
        "email2value email2address email2 emailhome homeemail emailother otheremail secondaryemail personalemail adresemail2 emailprywatny emaildodatkowy",
    ),
    (
        "phone",
        "phone phonenumber phone1value businessphone phonework workphone officephone primaryphone telephone telephonenumber phone1 tel tel1 telefon1 telefonsluzbowy telefondopracy numertelefonu nrtelefonu telefonstacjonarny companymainphone otherphone homephone phonehome phoneother telefondomowy",
    ),
    (
        "mobile",
        "mobile mobilephone mobilephonenumber mobilenumber phonemobile cell cellphone telefonkomorkowy komorka telkom numerkomorkowy mobil phone2value phone2 tel2 telefon2 businessphone2 telefonsluzbowy2",
    ),
];

const PERSON: Aliases = &[
    (
        "company",
        "company companyname organization1name organizationname organization account accountname primaryassociatedcompany associatedcompany employer firma nazwafirmy organizacja pracodawca przedsiebiorstwo klient spolecnost firmanazwa",
    ),
    ("birthday", "birthday birthdate dateofbirth dataurodzenia urodziny dataurodzin datumnarozeni"),
    ("pesel", "pesel numerpesel nrpesel"),
    ("linkedin", "linkedin linkedinurl linkedinprofile linkedinprofileurl profillinkedin"),
    ("language", "language preferredlanguage jezyk jazyk"),
];

const COMPANY: Aliases = &[
    (
        "name",
        "name companyname accountname organizationname organization1name organization company account firma nazwafirmy nazwapelna pelnanazwa nazwa klient kontrahent nazwakontrahenta spolecnost nazev",
    ),
    (
        "nip",
        "nip numernip nrnip nipfirmy taxid taxnumber taxidentificationnumber taxidnumber numeridentyfikacjipodatkowej",
    ),
    ("regon", "regon numerregon nrregon"),
    ("krs", "krs numerkrs nrkrs"),
    ("vat_eu", "vateu vatue nipue nipeu vatid vatnumber vatno vat numervat dic"),
    ("email", "email emailaddress email1value email1address emailwork primaryemail email1 mail adresemail"),
    (
        "phone",
        "phone phonenumber phone1value companyphone businessphone mainphone phonework companymainphone telephone phone1 tel tel1 telefon telefon1 numertelefonu nrtelefonu",
    ),
    (
        "website",
        "website websiteurl webpage companydomainname domain domainname website1value url www web homepage strona stronawww adreswww stronasieciweb stronainternetowa witryna",
    ),
    ("industry", "industry branza sektor pkd"),
    ("size", "size companysize wielkosc wielkoscfirmy"),
    (
        "employees",
        "numberofemployees employees employeecount noofemployees liczbapracownikow liczbazatrudnionych zatrudnienie pocetzamestnancu",
    ),
    (
        "parent_company",
        "parentcompany parentaccount parentaccountname parentcompanyname firmanadrzedna spolkamatka jednostkanadrzedna",
    ),
    (
        "bank_account",
        "bankaccount bankaccountnumber iban accountnumberiban numerkonta numerrachunku nrkonta nrrachunku rachunekbankowy kontobankowe",
    ),
];

const LEAD: Aliases = &[
    (
        "company_name",
        "company companyname organization1name organizationname organization account accountname associatedcompany firma nazwafirmy organizacja spolecnost",
    ),
    ("name", "leadtitle topic temat tytul"),
    ("nip", "nip numernip nrnip taxid taxnumber"),
    ("website", "website websiteurl webpage website1value url www web strona stronawww"),
    ("status", "status leadstatus stan leadstate etap"),
    ("rating", "rating ocena priorytet leadrating"),
    (
        "estimated_value",
        "estimatedvalue value leadvalue amount wartosc kwota szacowanawartosc szacowanyprzychod",
    ),
];

const DEAL: Aliases = &[
    (
        "name",
        "name dealname opportunityname businesscasename title dealtitle nazwa tytul temat nazwaszansy nazwatransakcji nazwaszansysprzedazy szansasprzedazy deal opportunity",
    ),
    (
        "company",
        "company companyname associatedcompany primaryassociatedcompany organization organizationname account accountname client firma nazwafirmy klient kontrahent organizacja spolecnost",
    ),
    (
        "person",
        "person contactperson personname contact contactname primarycontact associatedcontact osoba osobakontaktowa kontakt",
    ),
    ("stage", "stage dealstage stagename pipelinestage phase etap faza etapsprzedazy status stav"),
    (
        "value",
        "value amount dealvalue dealamount totalvalue totalamount wartosc kwota wartoscszansy wartosctransakcji",
    ),
    (
        "expected_close",
        "expectedclosedate expectedclose closedate closingdate estimatedclosedate planowanadatazamkniecia przewidywanadatazamkniecia oczekiwanadatazamkniecia datazamkniecia scheduledend",
    ),
    (
        "lost_reason",
        "lostreason closedlostreason losingreason reasonlost powodutraty przyczynautraty powodprzegranej przyczynaprzegranej",
    ),
    ("next_step", "nextstep nastepnykrok kolejnykrok"),
];

const ACTIVITY: Aliases = &[
    ("kind", "type activitytype typ rodzaj"),
    ("title", "subject title name temat tytul nazwa"),
    ("due", "duedate due startdate start activitydate termin data poczatek"),
    ("until", "end enddate until koniec"),
    ("done", "done completed status wykonane zakonczone"),
    ("place", "location place lokalizacja miejsce"),
];

const NOTE: Aliases = &[("body", "body text content note notes notebody tresc tekst notatka opis")];

/// The words with which other programs begin the headings of this entity ("Deal - Value").
pub(crate) const fn prefixes(entity: &str) -> &'static [&'static str] {
    match entity.as_bytes() {
        b"company" => &["organization", "organizacja", "company", "account", "firma"],
        b"person" => &["person", "osoba", "contact", "kontakt"],
        b"lead" => &["lead"],
        b"deal" => &["deal", "opportunity", "szansa", "transakcja"],
        b"activity" => &["activity", "aktywnosc", "zadanie", "task"],
        b"note" => &["note", "notatka"],
        _ => &[],
    }
}

/// The headings of the fields of this entity.
pub(crate) const fn tables(entity: &str) -> [Aliases; 3] {
    match entity.as_bytes() {
        b"company" => [COMPANY, ADDRESS, &[]],
        b"person" => [CONTACT, PERSON, ADDRESS],
        b"lead" => [CONTACT, LEAD, ADDRESS],
        b"deal" => [DEAL, ADDRESS, &[]],
        b"activity" => [ACTIVITY, ADDRESS, &[]],
        b"note" => [NOTE, &[], &[]],
        _ => [&[], &[], &[]],
    }
}

/// Words of other programs for our choices: field, code, squashed words.
const CHOICES: &[(&str, &str, &str)] = &[
    (
        "stage",
        "lead_in",
        "qualified qualification prospecting appointmentscheduled qualifiedtobuy nowa open otwarta kwalifikacja leadin",
    ),
    (
        "stage",
        "contact",
        "contactmade needsanalysis presentationscheduled demoscheduled kontakt analizapotrzeb prezentacja",
    ),
    (
        "stage",
        "offer",
        "proposalmade proposal proposalpricequote valueproposition perceptionanalysis iddecisionmakers decisionmakerboughtin quote oferta wyslanaoferta",
    ),
    (
        "stage",
        "negotiation",
        "negotiationsstarted negotiations negotiationreview contractsent wtrakcienegocjacji umowa",
    ),
    ("stage", "won", "closedwon wygrane wygrany sukces zrealizowana win"),
    ("stage", "lost", "closedlost przegrane przegrany utracona porazka lose"),
    ("status", "new", "open opennotcontacted nowy nowe niekontaktowany"),
    (
        "status",
        "contacted",
        "workingcontacted working inprogress attemptedtocontact connected opendeal wtoku wtrakcie",
    ),
    ("status", "qualified", "closedconverted kwalifikowany"),
    (
        "status",
        "disqualified",
        "unqualified closednotconverted badtiming niezakwalifikowany zdyskwalifikowany",
    ),
    ("source", "website", "web www organicsearch directtraffic webform formularz strona"),
    (
        "source",
        "referral",
        "referrals partnerreferral employeereferral wordofmouth externalreferral rekomendacja zpolecenia",
    ),
    ("source", "phone", "phoneinquiry call telefon"),
    ("source", "email", "emailmarketing mailing newsletter"),
    ("source", "event", "tradeshow conference seminar webinar targi wydarzenie konferencja"),
    ("source", "advert", "advertising advertisement paidsearch googleads adwords displayads"),
    ("source", "social", "socialmedia organicsocial paidsocial facebook linkedin instagram"),
    ("source", "partner", "partners partnerzy"),
    ("source", "prospecting", "coldcall coldemail outbound purchasedlist zimnytelefon prospecting"),
    ("source", "import", "offline offlinesources importdanych"),
    ("source", "other", "othersources othercampaigns inny pozostale"),
    ("priority", "high", "pilne urgent wazne"),
    ("priority", "normal", "medium sredni srednia"),
    ("kind", "call", "phonecall telefon rozmowa"),
    ("kind", "task", "todo deadline"),
];

/// The code that another program's word means in the field of this name.
pub(crate) fn choice_alias(field: &str, squashed: &str) -> Option<&'static str> {
    let found = |(_, _, words): &&(&str, &str, &str)| words.split(' ').any(|w| w == squashed);
    CHOICES.iter().filter(|(f, _, _)| *f == field).find(found).map(|(_, code, _)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::squash;
    use crate::{Field, FieldKind};

    #[test]
    fn tables_are_squashed_and_name_real_fields() {
        let entities = crate::builtin();
        let of = |name: &str| entities.iter().find(|e| e.name == name).unwrap();
        let own: [(&str, Aliases); 7] = [
            ("person", CONTACT),
            ("person", PERSON),
            ("person", ADDRESS),
            ("company", COMPANY),
            ("lead", LEAD),
            ("deal", DEAL),
            ("activity", ACTIVITY),
        ];
        for (entity, table) in own {
            for (field, aliases) in table {
                assert!(of(entity).field(field).is_some(), "{entity}.{field}");
                assert!(aliases.split(' ').all(|a| squash(a) == a && !a.is_empty()), "{field}");
            }
        }
        for (field, code, words) in CHOICES {
            assert!(words.split(' ').all(|w| squash(w) == w), "{words}");
            let known = entities.iter().flat_map(|e| &e.fields).filter(|f| f.name == *field);
            let has = |f: &Field| matches!(&f.kind, FieldKind::Choice { choices } if choices.iter().any(|c| c.code == *code));
            assert!(known.into_iter().any(has), "{field} {code}");
        }
    }

    #[test]
    fn no_heading_means_two_fields_of_one_entity() {
        for entity in crate::builtin() {
            let mut seen = std::collections::HashMap::new();
            for (field, aliases) in tables(&entity.name).iter().flat_map(|t| t.iter()) {
                for alias in aliases.split(' ').filter(|_| entity.field(field).is_some()) {
                    let before = seen.insert(alias, *field).unwrap_or(field);
                    assert_eq!(before, *field, "{} in {}", alias, entity.name);
                }
            }
        }
    }
}
