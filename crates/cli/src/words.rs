//! Acts of the ledger in words.

use kernel::Text;
use ledger::Act::{
    self, AccessApprove, AccessAsk, AccessDecline, AccessLapse, AccessRequests, AccessReviewCancel,
    AccessReviewClear, AccessReviewConfirm, AccessReviewCreate, AccessReviewEnd, AccessReviewLapse,
    AccessReviewRead, AccessReviewRemind, AccessReviewReplace, AccessReviewReport, AccessReviewWithdraw,
    AccessRoute, ApprovalApprove, ApprovalAsk, ApprovalDecline, ApprovalLapse, ApprovalPreview, ApprovalRead,
    ApprovalRules, ApprovalVoid, ApprovalWithdraw, CoverCreate, CoverRead, DisclosureRead, EmailAgree,
    EmailAsk, EmailConfirm, EmailDecline, EmailLost, EmailRefuse, EmergencyUse, FactorAdd, FactorBegin,
    FactorCodes, FactorList, FactorRemove, FactorRename, FactorRequire, FactorReset, FactorResetAsk,
    FactorResetWithdraw, FindingsRead, GrantClear, GrantCreate, GrantEnd, GrantList, GrantRenew,
    InvitationCreate, InvitationWithdraw, JobCancel, JobDiscard, JobEnd, JobFile, JobForget, JobRead,
    JobRetry, JobStart, LinkRefused, LinkUse, MailSend, PartnerCreate, PartnerUpdate, PolicyPreview,
    RegistrationClose, RegistrationCreate, RegistrationRead, RegistrationRefuse, ResetAsk, ResetSend,
    RightsUsed, RoleConflicts, RoleCreate, RoleDelete, RoleExport, RoleHistory, RoleImport, RoleRollBack,
    RoleUpdate, ServiceCreate, ServiceEnd, ServiceHandOver, ServiceUpdate, SessionElsewhere, SessionRenew,
    SessionReplay, SessionRules, SessionStepUp, SignOnEnd, SignOnLink, SignOnList, SignOnRefuse,
    SignOnReturn, SignOnRoles, SignOnUnlink, SignOnWays, UserLeave,
};

/// What was done, in words.
#[allow(clippy::too_many_lines, reason = "a list of all acts")]
pub const fn act(act: Act) -> Text {
    match act {
        Act::InstanceInit => Text::of("utworzono instancję", "the instance was made"),
        Act::InstanceStart => Text::of("uruchomiono program", "the program started"),
        Act::InstanceContract => Text::of("usunięto stare części bazy", "old tables were removed"),
        Act::InstanceStop => Text::of("zatrzymano program", "the program stopped"),
        Act::RecordRead => Text::of("otwarto rekord", "a record was opened"),
        Act::RecordList => Text::of("przejrzano listę rekordów", "records were listed or searched"),
        Act::RecordCount => Text::of("policzono rekordy", "records were counted"),
        Act::RecordCreate => Text::of("utworzono rekord", "a record was made"),
        Act::RecordUpdate => Text::of("zmieniono rekord", "a record was changed"),
        Act::RecordDelete => Text::of("przeniesiono rekord do kosza", "a record went into the bin"),
        Act::RecordRestore => Text::of("przywrócono rekord z kosza", "a record came back from the bin"),
        Act::LeadConvert => Text::of(
            "przekształcono leada w osobę, firmę i szansę",
            "a lead became a person, a company and a deal",
        ),
        Act::FieldReveal => Text::of("odsłonięto zamaskowaną wartość", "a masked value was shown in clear"),
        Act::RecordHistory => Text::of("obejrzano historię rekordu", "a record's history was looked at"),
        Act::RecordImport => Text::of("zaimportowano rekordy z pliku", "records were imported from a file"),
        Act::ImportUndo => Text::of("cofnięto import", "an import was undone"),
        Act::RecordExport => Text::of("wyeksportowano rekordy do pliku", "records were exported to a file"),
        Act::SubjectErase => {
            Text::of("trwale usunięto dane osoby lub firmy", "a person or company was erased")
        }
        Act::SubjectHistory => {
            Text::of("obejrzano historię osoby lub firmy", "a subject's history was looked at")
        }
        Act::RecordBulk => Text::of("zmieniono wiele rekordów", "many records were changed"),
        Act::BulkUndo => Text::of("cofnięto zmianę wielu rekordów", "a change to many records was undone"),
        Act::DuplicateCheck => Text::of("szukano duplikatów", "duplicates were looked for"),
        Act::RecordSearch => Text::of("szukano rekordów", "records were searched"),
        Act::AccessExplain => Text::of("zapytano, kto co widzi", "it was asked who sees what"),
        Act::AccessRefused => Text::of("próba przekroczenia uprawnień", "an attempt outside one's rights"),
        Act::SessionStart => Text::of("zalogowano się", "signed in"),
        Act::SessionEnd => Text::of("zakończono sesję", "a session ended"),
        Act::LoginRefused => Text::of("odmówiono logowania", "sign-in was refused"),
        Act::LoginLocked => {
            Text::of("zablokowano logowanie po błędnych próbach", "sign-in was locked after failures")
        }
        Act::TokenCreate => Text::of("utworzono token", "a bearer token was made"),
        Act::TokenRevoke => Text::of("unieważniono token", "a bearer token was revoked"),
        Act::SessionList => Text::of("obejrzano sesje użytkownika", "sessions of a user were looked at"),
        Act::PasswordChange => Text::of("zmieniono hasło", "a password was changed"),
        SessionStepUp | SessionRenew | SessionReplay | SessionRules | SessionElsewhere => of_sessions(act),
        FactorBegin | FactorAdd | FactorRemove | FactorRename | FactorCodes | FactorList | FactorRequire
        | FactorResetAsk | FactorReset | FactorResetWithdraw => of_factors(act),
        Act::UserCreate => Text::of("utworzono użytkownika", "a user was made"),
        Act::UserUpdate => Text::of("zmieniono użytkownika", "a user was changed"),
        RoleCreate | RoleUpdate | RoleDelete | RoleHistory | RoleRollBack | RoleExport | RoleImport
        | PolicyPreview | RoleConflicts | FindingsRead | RightsUsed => of_roles(act),
        Act::TeamCreate => Text::of("utworzono zespół", "a team was made"),
        Act::TeamUpdate => Text::of("zmieniono zespół", "a team was changed"),
        Act::FieldCreate => Text::of("dodano pole", "a custom field was added"),
        Act::AdminRead => {
            Text::of("obejrzano ustawienia lub użytkowników", "users or settings were looked at")
        }
        GrantCreate | GrantEnd | GrantRenew | GrantClear | GrantList | AccessAsk | AccessRoute
        | AccessRequests | AccessApprove | AccessDecline | AccessLapse | CoverCreate | CoverRead
        | PartnerCreate | PartnerUpdate | DisclosureRead | RegistrationCreate | RegistrationRefuse
        | RegistrationRead | RegistrationClose => of_sharing(act),
        ApprovalAsk | ApprovalApprove | ApprovalDecline | ApprovalWithdraw | ApprovalLapse | ApprovalRead
        | ApprovalRules | ApprovalPreview | ApprovalVoid => of_approvals(act),
        AccessReviewCreate | AccessReviewRead | AccessReviewConfirm | AccessReviewWithdraw
        | AccessReviewLapse | AccessReviewRemind | AccessReviewEnd | AccessReviewCancel
        | AccessReviewReplace | AccessReviewReport | AccessReviewClear => of_reviews(act),
        Act::NoticeCreate => Text::of("utworzono powiadomienie", "a notification was made"),
        Act::NoticeRead => Text::of("obejrzano powiadomienia", "notifications were looked at"),
        Act::LedgerRead | Act::LedgerProof | Act::LedgerVerify => of_ledger(act),
        Act::KeysRotate => Text::of("wymieniono klucze", "keys were rotated"),
        Act::KeysStatus => Text::of("obejrzano stan kluczy", "the state of keys was looked at"),
        Act::IndexRebuild => Text::of("odbudowano indeks", "the index was rebuilt"),
        JobRead | JobCancel | JobFile | JobStart | JobEnd | JobRetry | JobDiscard | JobForget => of_jobs(act),
        Act::PreferencesUpdate => Text::of("zmieniono preferencje", "preferences were changed"),
        Act::ViewCreate | Act::ViewUpdate | Act::ViewDelete => of_views(act),
        Act::SessionStream => Text::of("otwarto aktualizacje na żywo", "live updates were opened"),
        Act::SystemRead => Text::of("obejrzano stan systemu", "the state of the system was looked at"),
        Act::KeysExport => Text::of("wykonano kopię kluczy", "the keys were copied"),
        Act::BackupMake => Text::of("wykonano kopię zapasową", "a backup was made"),
        Act::BackupFinish => Text::of("dokończono kopię zapasową", "a backup was finished"),
        Act::BackupRestore => Text::of("przywrócono dane z kopii zapasowej", "data came from a backup"),
        InvitationCreate | InvitationWithdraw | LinkUse | LinkRefused | ResetAsk | ResetSend | MailSend
        | EmailAgree | EmailAsk | EmailConfirm | EmailDecline | EmailLost | EmailRefuse | UserLeave => {
            of_letters(act)
        }
        ServiceCreate | ServiceUpdate | ServiceHandOver | ServiceEnd => of_programs(act),
        SignOnReturn | SignOnRefuse | SignOnLink | SignOnUnlink | SignOnRoles | SignOnEnd | SignOnList
        | SignOnWays | EmergencyUse => of_sign_on(act),
    }
}

/// Acts on the ledger itself.
const fn of_ledger(act: Act) -> Text {
    match act {
        Act::LedgerRead => Text::of("obejrzano dziennik", "the ledger was looked at"),
        Act::LedgerProof => Text::of("utworzono dowód", "a proof was made"),
        _ => Text::of("sprawdzono dziennik", "the ledger was verified"),
    }
}

/// Acts of roles.
const fn of_roles(act: Act) -> Text {
    match act {
        Act::RoleCreate => Text::of("utworzono rolę", "a role was made"),
        Act::RoleUpdate => Text::of("zmieniono rolę", "a role was changed"),
        Act::RoleDelete => Text::of("usunięto rolę", "a role was removed"),
        Act::RoleHistory => Text::of("przejrzano wersje roli", "versions of a role were looked at"),
        Act::RoleRollBack => {
            Text::of("przywrócono wcześniejszą wersję roli", "an earlier version of a role was restored")
        }
        Act::RoleExport => Text::of("zapisano role do pliku", "roles were exported"),
        Act::RoleImport => {
            Text::of("wczytano lub sprawdzono plik ról", "a file of roles was imported or looked into")
        }
        Act::RoleConflicts => {
            Text::of("ustalono role wykluczające się", "it was decided which roles do not go together")
        }
        Act::FindingsRead => {
            Text::of("przejrzano ustalenia o uprawnieniach", "findings about rights were looked at")
        }
        Act::RightsUsed => {
            Text::of("zapisano, z jakich uprawnień korzystano", "it was noted which rights were used")
        }
        _ => Text::of(
            "sprawdzono, kogo dotyczy zmiana uprawnień",
            "it was asked whom a change of rights concerns",
        ),
    }
}

/// Acts of access reviews.
const fn of_reviews(act: Act) -> Text {
    match act {
        Act::AccessReviewCreate => Text::of("rozpoczęto przegląd uprawnień", "an access review began"),
        Act::AccessReviewRead => Text::of("obejrzano przegląd uprawnień", "an access review was looked at"),
        Act::AccessReviewConfirm => {
            Text::of("potwierdzono uprawnienia w przeglądzie", "rights were confirmed in a review")
        }
        Act::AccessReviewWithdraw => {
            Text::of("odebrano uprawnienia w przeglądzie", "rights were withdrawn in a review")
        }
        Act::AccessReviewLapse => {
            Text::of("zakończono niepotwierdzone uprawnienia", "rights that nobody confirmed ended")
        }
        Act::AccessReviewRemind => {
            Text::of("przypomniano o przeglądzie uprawnień", "reviewers were reminded of an access review")
        }
        Act::AccessReviewEnd => Text::of("zakończono przegląd uprawnień", "an access review ended"),
        Act::AccessReviewCancel => Text::of("anulowano przegląd uprawnień", "an access review was cancelled"),
        Act::AccessReviewReplace => Text::of(
            "zmieniono osobę sprawdzającą w przeglądzie",
            "another reviewer was put in the place of one",
        ),
        Act::AccessReviewReport => {
            Text::of("obejrzano raport z przeglądu uprawnień", "the report of an access review was looked at")
        }
        _ => Text::of("usunięto dawny przegląd uprawnień", "an old access review was cleared away"),
    }
}

/// Acts of approvals by a second person.
const fn of_approvals(act: Act) -> Text {
    match act {
        Act::ApprovalAsk => {
            Text::of("poproszono o zgodę drugiej osoby", "a second person's approval was asked for")
        }
        Act::ApprovalApprove => Text::of("druga osoba wyraziła zgodę", "a second person approved"),
        Act::ApprovalDecline => Text::of("druga osoba odmówiła zgody", "a second person declined"),
        Act::ApprovalWithdraw => Text::of("wycofano prośbę o zgodę", "a request for approval was withdrawn"),
        Act::ApprovalLapse => {
            Text::of("prośba o zgodę zakończyła się sama", "a request for approval ended by itself")
        }
        Act::ApprovalRead => Text::of("obejrzano prośby o zgodę", "requests for approval were looked at"),
        Act::ApprovalRules => Text::of("zmieniono zasady zgód", "the rules of approval were changed"),
        Act::ApprovalPreview => Text::of(
            "obejrzano podgląd czynności na wielu rekordach",
            "a preview of an act on many records was looked at",
        ),
        _ => Text::of("zgody nie dało się już wykonać", "what was approved could not be done any more"),
    }
}

/// Acts of sharing.
const fn of_sharing(act: Act) -> Text {
    match act {
        Act::GrantCreate => Text::of("udostępniono rekord", "a record was shared"),
        Act::GrantEnd => Text::of("zakończono udostępnienie rekordu", "sharing of a record was ended"),
        Act::AccessAsk => Text::of("poproszono o dostęp do rekordu", "access to a record was asked for"),
        Act::AccessRoute => {
            Text::of("przekazano prośbę o dostęp", "a request for access came before those who decide")
        }
        Act::AccessRequests => Text::of("obejrzano prośby o dostęp", "requests for access were looked at"),
        Act::AccessApprove => Text::of("udzielono dostępu na prośbę", "a request for access was granted"),
        Act::AccessDecline => Text::of("odmówiono dostępu", "a request for access was declined"),
        Act::AccessLapse => Text::of("prośba o dostęp wygasła", "a request for access ended by itself"),
        Act::CoverRead => Text::of("obejrzano zastępstwa", "cover was looked at"),
        Act::GrantRenew => Text::of("przedłużono udostępnienie rekordu", "sharing of a record was renewed"),
        Act::GrantClear => Text::of("usunięto dawne udostępnienia", "old grants were cleared away"),
        Act::GrantList => Text::of("przejrzano własne udostępnienia", "one's own grants were looked at"),
        Act::PartnerCreate => Text::of("wpisano partnera", "a partner organisation was entered"),
        Act::PartnerUpdate => Text::of(
            "zmieniono partnera albo umowę z nim",
            "a partner organisation or an agreement with it was changed",
        ),
        Act::DisclosureRead => {
            Text::of("sprawdzono, co ujawniono partnerom", "it was looked at what was disclosed to partners")
        }
        Act::RegistrationCreate => Text::of("partner zgłosił szansę", "a partner registered a deal"),
        Act::RegistrationRefuse => {
            Text::of("odmówiono przyjęcia zgłoszenia szansy", "a deal could not be registered")
        }
        Act::RegistrationRead => {
            Text::of("przejrzano zgłoszenia szans", "deals that a partner registered were looked at")
        }
        Act::RegistrationClose => Text::of(
            "zamknięto zgłaszanie szans po odejściu opiekuna",
            "registration of deals was closed after its caretaker had left",
        ),
        _ => Text::of("ustanowiono zastępstwo", "cover for an absence was set up"),
    }
}

/// Acts of background jobs.
const fn of_jobs(act: Act) -> Text {
    match act {
        Act::JobRead => Text::of("obejrzano własne zadania w tle", "own background jobs were looked at"),
        Act::JobCancel => Text::of("przerwano zadanie w tle", "a background job was stopped"),
        Act::JobFile => Text::of("pobrano plik zadania w tle", "the file of a background job was downloaded"),
        Act::JobStart => Text::of("uruchomiono zadanie w tle", "a background job was started"),
        Act::JobEnd => {
            Text::of("zakończono podejście do zadania w tle", "an attempt at a background job ended")
        }
        Act::JobRetry => Text::of("ponowiono zadanie w tle", "a background job was retried"),
        Act::JobDiscard => Text::of("odrzucono zadanie w tle", "a background job was discarded"),
        _ => Text::of(
            "usunięto plik lub raport zadania w tle",
            "a file or report of a background job was removed",
        ),
    }
}

/// Acts of second factors.
const fn of_factors(act: Act) -> Text {
    match act {
        Act::FactorAdd => Text::of("dodano składnik logowania", "a factor was added"),
        Act::FactorRemove => Text::of("usunięto składnik logowania", "a factor was removed"),
        Act::FactorRename => Text::of("zmieniono nazwę składnika logowania", "a factor was renamed"),
        Act::FactorCodes => Text::of("utworzono nowe kody odzyskiwania", "new recovery codes were made"),
        Act::FactorList => Text::of("obejrzano składniki logowania", "factors were looked at"),
        Act::FactorRequire => {
            Text::of("zmieniono wymagania składników logowania", "it was decided who must have which factor")
        }
        Act::FactorResetAsk => Text::of(
            "poproszono o odebranie składników logowania",
            "it was asked to take somebody's factors away",
        ),
        Act::FactorReset => Text::of("odebrano składniki logowania", "somebody's factors were taken away"),
        Act::FactorResetWithdraw => Text::of(
            "wycofano prośbę o odebranie składników logowania",
            "that somebody's factors be taken away was withdrawn",
        ),
        _ => Text::of("zaczęto potwierdzanie składnikiem logowania", "something was begun with a factor"),
    }
}

/// Acts of sessions that go on.
const fn of_sessions(act: Act) -> Text {
    match act {
        Act::SessionStepUp => Text::of("ponownie potwierdzono tożsamość", "a user confirmed to be there"),
        Act::SessionRules => Text::of("ustalono zasady sesji", "the rules of sessions were decided"),
        SessionElsewhere => {
            Text::of("użyto sesji w innej przeglądarce", "a session was used in another browser")
        }
        Act::SessionRenew => Text::of("sesja dostała nowy sekret", "a session got another secret"),
        _ => Text::of(
            "okazano dawny sekret sesji, więc ją zakończono",
            "an old secret of a session was shown, which ended it",
        ),
    }
}

const fn of_views(act: Act) -> Text {
    match act {
        Act::ViewCreate => Text::of("zapisano widok", "a view was saved"),
        Act::ViewUpdate => Text::of("zmieniono zapisany widok", "a saved view was changed"),
        _ => Text::of("usunięto zapisany widok", "a saved view was removed"),
    }
}

/// Acts of letters and links, and of leaving.
const fn of_letters(act: Act) -> Text {
    match act {
        Act::InvitationCreate => Text::of("zaproszono użytkownika", "a user was invited"),
        Act::InvitationWithdraw => Text::of("wycofano zaproszenie", "an invitation was withdrawn"),
        Act::LinkUse => Text::of("użyto odsyłacza", "a link was used"),
        Act::LinkRefused => Text::of("odrzucono odsyłacz", "a link was refused"),
        Act::ResetAsk => Text::of("poproszono o nowe hasło", "a new password was asked for"),
        Act::ResetSend => {
            Text::of("utworzono odsyłacz do nowego hasła", "a link for a new password was made")
        }
        Act::UserLeave => {
            Text::of("użytkownik odszedł w ustalonym terminie", "a user left at the date that was set")
        }
        Act::EmailAsk => Text::of("poproszono o adres e-mail", "an e-mail address was asked for"),
        Act::EmailConfirm => Text::of("potwierdzono adres e-mail", "an e-mail address was confirmed"),
        Act::EmailRefuse => Text::of("odrzucono adres e-mail", "an e-mail address was refused"),
        Act::EmailLost => {
            Text::of("zgłoszono utratę adresu e-mail", "an e-mail address was said to be out of reach")
        }
        Act::EmailAgree => Text::of(
            "zgodzono się na zmianę adresu e-mail bez potwierdzenia z dotychczasowego",
            "a change of an e-mail address was agreed to without the one before",
        ),
        Act::EmailDecline => {
            Text::of("zakończono zmianę adresu e-mail", "a change of an e-mail address was ended")
        }
        _ => Text::of("przekazano list serwerowi poczty", "a letter was handed to the mail server"),
    }
}

const fn of_programs(act: Act) -> Text {
    match act {
        ServiceCreate => Text::of("utworzono konto usługowe", "a service account was made"),
        ServiceUpdate => Text::of("zmieniono konto usługowe", "a service account was changed"),
        ServiceHandOver => Text::of("przekazano konto usługowe", "a service account was handed over"),
        _ => Text::of("zakończono konto usługowe", "a service account ended"),
    }
}

/// Acts of single sign-on.
const fn of_sign_on(act: Act) -> Text {
    match act {
        Act::SignOnReturn => {
            Text::of("ktoś wrócił od dostawcy logowania", "somebody came back from a sign-in provider")
        }
        Act::SignOnRefuse => {
            Text::of("odrzucono logowanie przez dostawcę", "a sign-in through a provider was refused")
        }
        Act::SignOnLink => Text::of(
            "połączono konto u dostawcy z użytkownikiem",
            "an account at a provider was linked to a user",
        ),
        Act::SignOnUnlink => Text::of(
            "odłączono konto u dostawcy od użytkownika",
            "an account at a provider was taken from a user",
        ),
        Act::SignOnWays => Text::of(
            "według ustawień loguje się inaczej niż przedtem",
            "by the settings people sign in otherwise than before",
        ),
        Act::SignOnRoles => Text::of(
            "grupy u dostawcy zmieniły albo zostawiły role",
            "groups at a provider changed a user's roles, or left them",
        ),
        Act::SignOnEnd => Text::of(
            "sesje zakończył dostawca albo zmiana ustawień logowania",
            "sessions were ended by a provider, or by other settings of signing in",
        ),
        Act::SignOnList => Text::of(
            "obejrzano dostawców logowania lub konta u nich",
            "sign-in providers or accounts there were looked at",
        ),
        _ => Text::of("użyto konta awaryjnego", "the emergency account was used"),
    }
}
