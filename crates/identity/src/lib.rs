//! Who is there: users, passwords, sessions, bearer tokens and failed attempts. Everything readable is
//! sealed before it reaches the store; secrets are kept as hashes alone.
//!
//! What a user may do is no affair of this crate: it loads the policy ([`Directory`]) and says who
//! acts ([`access::Actor`]).

mod access_requests;
mod access_reviews;
mod again;
mod alert;
mod alone;
mod approvals;
mod attempts;
mod browsers;
mod cache;
mod changed;
mod common;
mod conflicts;
mod device;
mod directory;
mod directory_checks;
mod email_change;
mod event;
mod factor;
mod grants;
mod grounds;
mod hours;
mod last_use;
mod leaving_date;
mod links;
mod login;
mod networks;
mod notice;
mod other_browser;
mod own_password;
mod partners;
mod passwords;
mod place;
mod profile;
mod registrations;
mod renew;
mod rests;
mod rights_use;
mod rotate;
mod rules;
mod seal;
mod service;
mod service_accounts;
mod session;
mod sign_on;
mod stand_in;
mod strange;
mod text;
mod tokens;
mod users;
mod versions;
mod way_in;
mod ways;
mod ways_before;
mod weak;

pub use access_requests::{AccessQuestion, AccessRequest, AccessState};
pub use access_reviews::{
    AccessReview, PartHead, REVIEW_PART, ReviewCounts, ReviewItem, ReviewOver, ReviewPart, ReviewState,
    Right, RightState, RoleCalled, WhyKept,
};
pub use alert::{ALERT, Alert, job_head};
pub use alone::DoneAlone;
pub use approvals::{ActKind, Approval, ApprovalRules, ApprovalState, NewApproval};
pub use attempts::{Known, LOCK_AFTER, LOCK_MAX_MS, LOCK_MS};
pub use browsers::BROWSER_MS;
pub use changed::Changed;
pub use common::CommonPasswords;
pub use conflicts::{ConflictPair, RoleConflicts};
pub use device::{Device, Whence};
pub use directory::{Directory, FieldDoc, Organisation, Profile};
pub use email_change::{EmailChange, EmailChangeDoc, OldAddress, Second, email_change, put_email_change};
pub use factor::{
    Begun, CEREMONY_MS, FRESH_MS, FactorCount, FactorId, FactorKind, FactorReset, FactorState, FactorView,
    FactorsHeld, Need, NewTotp, Passkeys, Proof, Requirement, RequirementInput, SignIn, Site,
};
pub use grants::{GrantDoc, GrantEnd, load_grants};
pub use grounds::{Basis, Ground};
pub use hours::{Hours, HoursInput, Rest, WorkEnds};
pub use last_use::SessionView;
pub use links::{
    Link, LinkDoc, Purpose, confirm_address, find_link, has_confirmed, link_id, make_link, no_link,
};
pub use login::Client;
pub use notice::{NoticeDoc, NoticeGrant, once_id, tell_once};
pub use own_password::PRODUCT;
pub use partners::{
    AgreementDoc, AgreementEnd, AgreementInput, Contact, NewPartner, PartnerChange, PartnerDoc,
};
pub use passwords::{Cost, Hasher, PasswordHash, QUEUE, SLOTS};
pub use place::{Place, Places};
pub use registrations::{RegistrationDoc, RegistrationInput, RegistrationRules, RegistrationTurn};
pub use rights_use::{Day, RightsUse, UsedUpTo, number_of};
pub use rules::{SessionRule, SessionRules, SessionRulesInput, is_kept_open, not_for_administrators};
pub use seal::{bare_doc, open_doc, put_doc};
pub use service::{Identity, Parts};
pub use service_accounts::{
    NewServiceAccount, Owner, ServiceAccountChange, ServiceDoc, create_service_account,
    hand_over_service_account, update_service_account,
};
pub use session::{Authenticated, Limits, NewSession, Session};
pub use sign_on::{Account, AccountDoc, AccountKind, Origin, SignOn, account_id, find_account, put_account};
pub use tokens::{NewToken, TOKEN_PREFIX};
pub use users::{
    NewUser, ROLES, User, UserChange, UserDoc, check_new_user, create_user, fold_login, give_password,
    give_way_in, load_user, login_key, update_user,
};
pub use versions::{
    Before, By, Membership, VersionDoc, begin_versions, keep_versions, kept_since, role_version,
};
pub use way_in::{ACCOUNTS, Way};
pub use ways::{Strength, Ways};
pub use ways_before::{put_ways, ways_before};
pub use weak::weaknesses;
