//! One act. Its header holds ids, codes and times only; everything readable is in `detail`, which is
//! sealed with the key of the subject (or of the organisation if it is about nobody), so that an
//! erased person's events stay provable and say nothing.

use crate::parts::{Outcome, Touch, Who};
use kernel::{ActId, Id, Kind, RecordId, SessionId, SubjectId, Time};

/// Label of event ids.
#[derive(Debug)]
pub enum EventKind {}
impl Kind for EventKind {
    const NAME: &'static str = "event";
}
/// Id of an event.
pub type EventId = Id<EventKind>;

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $code:literal;)*) => {
        /// What was done. The numbers are part of the format and never reused.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[repr(u16)]
        pub enum Act { $($(#[$doc])* $name = $number),* }

        impl Act {
            /// All acts.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Stable name, such as `record.read`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The act of this number.
            #[must_use]
            pub const fn from_number(number: u16) -> Option<Self> {
                match number { $($number => Some(Self::$name),)* _ => None }
            }
        }
    };
}

acts! {
    /// The instance was made.
    InstanceInit = 1, "instance.init";
    /// The server started.
    InstanceStart = 2, "instance.start";
    /// The server stopped in order.
    InstanceStop = 3, "instance.stop";
    /// What only earlier releases use is taken out of the database.
    InstanceContract = 4, "instance.contract";
    /// One record was opened.
    RecordRead = 10, "record.read";
    /// Records were listed or searched.
    RecordList = 11, "record.list";
    /// Records were counted or added up.
    RecordCount = 12, "record.count";
    /// A record was made.
    RecordCreate = 13, "record.create";
    /// A record was changed.
    RecordUpdate = 14, "record.update";
    /// A record went into the bin.
    RecordDelete = 15, "record.delete";
    /// A record came back from the bin.
    RecordRestore = 16, "record.restore";
    /// A lead became a person, a company and a deal.
    LeadConvert = 17, "lead.convert";
    /// A masked value was shown in clear.
    FieldReveal = 18, "field.reveal";
    /// A record's history was looked at.
    RecordHistory = 19, "record.history";
    /// Records were brought in from a file, or a file was tried or looked into.
    RecordImport = 20, "record.import";
    /// An import was undone.
    ImportUndo = 21, "import.undo";
    /// Records were taken out in a file.
    RecordExport = 22, "record.export";
    /// A subject was erased with its key.
    SubjectErase = 23, "subject.erase";
    /// A subject's history was looked at.
    SubjectHistory = 24, "subject.history";
    /// Duplicates were looked for, or a value turned out to be taken.
    DuplicateCheck = 25, "record.duplicates";
    /// Many records were changed in one act.
    RecordBulk = 26, "record.bulk";
    /// A change to many records was undone.
    BulkUndo = 27, "bulk.undo";
    /// Records of all entities were searched.
    RecordSearch = 28, "record.search";
    /// An attempt outside one's rights.
    AccessRefused = 30, "access.refused";
    /// It was asked who sees what, and why.
    AccessExplain = 31, "access.explain";
    /// Signed in.
    SessionStart = 40, "session.start";
    /// Signed out, or ended by the owner.
    SessionEnd = 41, "session.end";
    /// A sign-in was refused: to whoever tried, a wrong password, an unknown and a suspended user look the same.
    LoginRefused = 42, "login.refused";
    /// Sign-in locked after repeated failures.
    LoginLocked = 43, "login.locked";
    /// A bearer token was made.
    TokenCreate = 44, "token.create";
    /// A bearer token was revoked.
    TokenRevoke = 45, "token.revoke";
    /// Sessions or tokens of a user were looked at.
    SessionList = 46, "session.list";
    /// A password was changed.
    PasswordChange = 47, "password.change";
    /// A user was made.
    UserCreate = 50, "user.create";
    /// A user was changed.
    UserUpdate = 51, "user.update";
    /// A team was made.
    TeamCreate = 52, "team.create";
    /// A team was changed.
    TeamUpdate = 53, "team.update";
    /// A role was made.
    RoleCreate = 54, "role.create";
    /// A role was changed.
    RoleUpdate = 55, "role.update";
    /// A custom field was added.
    FieldCreate = 56, "field.create";
    /// Users, teams, roles, fields, settings, or one's own profile, preferences and views were looked at.
    AdminRead = 57, "admin.read";
    /// A role was removed.
    RoleDelete = 58, "role.delete";
    /// A notification was made.
    NoticeCreate = 59, "notification.create";
    /// Own notifications were looked at or marked.
    NoticeRead = 60, "notification.read";
    /// The ledger was looked at.
    LedgerRead = 70, "ledger.read";
    /// A proof was made.
    LedgerProof = 71, "ledger.proof";
    /// The ledger was verified.
    LedgerVerify = 72, "ledger.verify";
    /// Keys were rotated.
    KeysRotate = 80, "keys.rotate";
    /// The state of keys was looked at.
    KeysStatus = 81, "keys.status";
    /// The index was rebuilt.
    IndexRebuild = 82, "index.rebuild";
    /// The keyring left in a copy of its own.
    KeysExport = 83, "keys.export";
    /// Own jobs were looked at.
    JobRead = 90, "job.read";
    /// A job was stopped.
    JobCancel = 91, "job.cancel";
    /// The file that a job made was taken.
    JobFile = 92, "job.file";
    /// A long work was ordered.
    JobStart = 93, "job.start";
    /// A long work came to its end, failed and is tried again, or was given up.
    JobEnd = 94, "job.end";
    /// One that was given up is to be tried once more.
    JobRetry = 95, "job.retry";
    /// One that was given up was done away with.
    JobDiscard = 96, "job.discard";
    /// A file or a report that a job made was let go of.
    JobForget = 97, "job.forget";
    /// Somebody's wishes for the interface were changed.
    PreferencesUpdate = 100, "preferences.update";
    /// A view was saved.
    ViewCreate = 101, "view.create";
    /// A saved view was changed.
    ViewUpdate = 102, "view.update";
    /// A saved view was removed.
    ViewDelete = 103, "view.delete";
    /// A page of the interface asked to be told of changes.
    SessionStream = 104, "session.stream";
    /// The state of the instance was looked at.
    SystemRead = 105, "system.read";
    /// A user was invited, also anew.
    InvitationCreate = 130, "invitation.create";
    /// An invitation was withdrawn.
    InvitationWithdraw = 131, "invitation.withdraw";
    /// Whoever has a link opened or used it.
    LinkUse = 132, "link.use";
    /// A link that is not good, or not any more.
    LinkRefused = 133, "link.refused";
    /// Somebody forgot a password, or says so.
    ResetAsk = 134, "password.reset_ask";
    /// A link for a new password was made for a user.
    ResetSend = 135, "password.reset_send";
    /// A letter is handed to the mail server.
    MailSend = 136, "mail.send";
    /// A user asked for another e-mail address, or to have the present one confirmed; or took that back.
    EmailAsk = 137, "email.ask";
    /// Mail reached a user at an address, which is the user's from now on.
    EmailConfirm = 138, "email.confirm";
    /// An e-mail address was refused by whoever reads mail at the one before.
    EmailRefuse = 139, "email.refuse";
    /// Somebody said that a user does not read mail at the present address any more.
    EmailLost = 320, "email.lost";
    /// A second person who manages users agreed to a change of address that the present one does not confirm.
    EmailAgree = 321, "email.agree";
    /// Somebody who manages users ended a change of address.
    EmailDecline = 322, "email.decline";
    /// A user's rights ended at the date that was set.
    UserLeave = 150, "user.leave";
    /// A service account was made.
    ServiceCreate = 170, "service_account.create";
    /// A service account was changed.
    ServiceUpdate = 171, "service_account.update";
    /// Somebody else answers for a service account from now on; its tokens ended.
    ServiceHandOver = 172, "service_account.hand_over";
    /// A service account's time, or its owner's, was over.
    ServiceEnd = 173, "service_account.end";
    /// All data left in a backup.
    BackupMake = 110, "backup.make";
    /// All data came from a backup.
    BackupRestore = 111, "backup.restore";
    /// A backup that a server made by itself is whole.
    BackupFinish = 112, "backup.finish";
    /// Something was begun with a factor: signing in, proving anew, or adding one.
    FactorBegin = 120, "factor.begin";
    /// A factor was added.
    FactorAdd = 121, "factor.add";
    /// A factor was removed.
    FactorRemove = 122, "factor.remove";
    /// A factor was given another name.
    FactorRename = 123, "factor.rename";
    /// Recovery codes were made in place of all before.
    FactorCodes = 124, "factor.codes";
    /// Factors were looked at.
    FactorList = 125, "factor.list";
    /// A user proved anew to be there.
    SessionStepUp = 126, "session.step_up";
    /// A session got another secret because its user's rights changed.
    SessionRenew = 140, "session.renew";
    /// A secret that a session had before was shown; the session ended.
    SessionReplay = 141, "session.replay";
    /// A session was used in another browser than it is bound to.
    SessionElsewhere = 180, "session.other_browser";
    /// It was decided how long sessions last, and from where they may be used.
    SessionRules = 142, "session.rules";
    /// It was decided who must have which factor.
    FactorRequire = 127, "factor.require";
    /// It was asked to take somebody's factors away.
    FactorResetAsk = 128, "factor.reset_ask";
    /// Somebody's factors were taken away after a loss.
    FactorReset = 129, "factor.reset";
    /// That was withdrawn or refused.
    FactorResetWithdraw = 119, "factor.reset_withdraw";
    /// Somebody came back from a provider of single sign-on: what was begun is used up.
    SignOnReturn = 160, "sign_on.return";
    /// Nobody was signed in by what a provider of single sign-on answered.
    SignOnRefuse = 161, "sign_on.refuse";
    /// An account at a provider of single sign-on became a user's.
    SignOnLink = 162, "sign_on.link";
    /// It is not the user's any more.
    SignOnUnlink = 163, "sign_on.unlink";
    /// Groups at the provider gave or took roles.
    SignOnRoles = 164, "sign_on.roles";
    /// A provider ended sessions.
    SignOnEnd = 165, "sign_on.end";
    /// Providers, or accounts of users there, were looked at.
    SignOnList = 166, "sign_on.list";
    /// Users sign in by something else than when a server last started: the settings are others.
    SignOnWays = 323, "sign_on.ways";
    /// The emergency account was used.
    EmergencyUse = 167, "session.emergency";
    /// A role on one record was given to a user or a team.
    GrantCreate = 190, "grant.create";
    /// That was ended before its time.
    GrantEnd = 191, "grant.end";
    /// It was given for another while.
    GrantRenew = 192, "grant.renew";
    /// The program cleared grants away: they ended long ago, or the record is gone.
    GrantClear = 193, "grant.clear";
    /// What somebody was given, or gave, was looked at.
    GrantList = 194, "grant.list";
    /// It was asked whom a change of rights would concern.
    PolicyPreview = 230, "policy.preview";
    /// Earlier versions of a role were looked at.
    RoleHistory = 231, "role.history";
    /// A role was made what it was in an earlier version.
    RoleRollBack = 232, "role.roll_back";
    /// All roles left in a file.
    RoleExport = 233, "role.export";
    /// Roles came from a file, or it was looked into.
    RoleImport = 234, "role.import";
    /// Somebody asked for a second person's approval.
    ApprovalAsk = 240, "approval.ask";
    /// A second person approved; what was asked for is done in the name of whoever asked.
    ApprovalApprove = 241, "approval.approve";
    /// A second person declined.
    ApprovalDecline = 242, "approval.decline";
    /// Whoever asked took it back.
    ApprovalWithdraw = 243, "approval.withdraw";
    /// A request ended by itself: nobody decided in time, or whoever asked may not act any more.
    ApprovalLapse = 244, "approval.lapse";
    /// Requests for approval were looked at.
    ApprovalRead = 245, "approval.read";
    /// It was decided what a second person has to approve.
    ApprovalRules = 246, "approval.rules";
    /// It was looked at what an act on many records would do.
    ApprovalPreview = 247, "approval.preview";
    /// A second person approved, and it could not be done any more.
    ApprovalVoid = 248, "approval.void";
    /// It was decided which roles one person is not to hold together.
    RoleConflicts = 250, "role.conflicts";
    /// Findings about rights were looked at.
    FindingsRead = 251, "findings.read";
    /// The program noted what was used of rights, from the ledger.
    RightsUsed = 252, "rights.used";
    /// A campaign in which rights are looked through began.
    AccessReviewCreate = 253, "access_review.create";
    /// Campaigns, or rights in one that are for the caller to decide on, were looked at.
    AccessReviewRead = 254, "access_review.read";
    /// A reviewer confirmed rights.
    AccessReviewConfirm = 255, "access_review.confirm";
    /// A reviewer took rights away.
    AccessReviewWithdraw = 256, "access_review.withdraw";
    /// Rights that nobody confirmed ended by themselves, or were kept because they could not end.
    AccessReviewLapse = 257, "access_review.lapse";
    /// Reviewers were reminded of what they have not decided on.
    AccessReviewRemind = 258, "access_review.remind";
    /// A campaign came to its end.
    AccessReviewEnd = 259, "access_review.end";
    /// A campaign was cancelled: nothing more ends by it.
    AccessReviewCancel = 260, "access_review.cancel";
    /// What became of rights in a campaign was looked at, or left in a file.
    AccessReviewReport = 261, "access_review.report";
    /// Campaigns that were over long ago were cleared away.
    AccessReviewClear = 262, "access_review.clear";
    /// Another reviewer was put in the place of one.
    AccessReviewReplace = 300, "access_review.replace";
    /// Somebody asked for access to a record, be it there or not.
    AccessAsk = 200, "access.ask";
    /// A request for access came before those who can decide on it.
    AccessRoute = 201, "access.route";
    /// Requests for access were looked at.
    AccessRequests = 202, "access.requests";
    /// A request for access was granted.
    AccessApprove = 203, "access.approve";
    /// It was declined.
    AccessDecline = 204, "access.decline";
    /// It ended by itself: nobody decided in time, or whoever asked may not act any more.
    AccessLapse = 205, "access.lapse";
    /// Somebody was given cover for a colleague who is away.
    CoverCreate = 206, "cover.create";
    /// Cover was looked at.
    CoverRead = 207, "cover.read";
    /// A partner organisation was entered.
    PartnerCreate = 210, "partner.create";
    /// A partner organisation was changed, suspended or let in again; an agreement was entered or its end moved.
    PartnerUpdate = 211, "partner.update";
    /// It was looked at what was disclosed to partner organisations.
    DisclosureRead = 212, "disclosure.read";
    /// Somebody of a partner registered a deal: a lead was made and shared with the partner.
    RegistrationCreate = 290, "registration.create";
    /// A deal could not be registered, because of what the house has to see to.
    RegistrationRefuse = 291, "registration.refuse";
    /// Deals that a partner registered were looked at.
    RegistrationRead = 292, "registration.read";
    /// A partner can register no more deals, because whoever answered for them is gone.
    RegistrationClose = 293, "registration.close";
}

/// An act, before and after it is in the tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// Id; binds the sealed detail to this event.
    pub id: EventId,
    /// When.
    pub at: Time,
    /// Who.
    pub who: Who,
    /// In which session or through which token; nil if none.
    pub session: SessionId,
    /// What.
    pub act: Act,
    /// How it ended.
    pub outcome: Outcome,
    /// The entity's number; 0 if none.
    pub entity: u16,
    /// The record it is about; nil if none or many.
    pub record: RecordId,
    /// The subject it is about, whose key seals the detail; nil if none.
    pub subject: SubjectId,
    /// The larger act that it belongs to, such as an import; nil if none.
    pub part_of: ActId,
    /// What it touched. Written rows are added by the store when it commits.
    pub touches: Vec<Touch>,
    /// Sealed detail; may be empty.
    pub detail: Vec<u8>,
}
