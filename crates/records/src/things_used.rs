//! Which right over a thing of administration an event says was used. Where the same act is done with what is one's own,
//! the event is given the number of the thing if the right was needed; where it cannot be, it counts as used.

use access::{Thing, Verb};
use identity::number_of;
use ledger::{Act, Event};

/// Numbers from here on are of administrative documents.
pub(crate) const ADMINISTRATIVE: u16 = 60_000;

/// An event of an act that everybody does with what is one's own, and that needed a right over a thing here.
pub(crate) fn over(thing: Thing, event: Event) -> Event {
    Event { entity: number_of(thing), ..event }
}

/// The rights over things that an event says were used, or may have been.
#[must_use]
pub fn used_over_things(event: &Event) -> Vec<(Thing, Verb)> {
    if let Some(verb) = by_number(event.act)
        && event.entity >= ADMINISTRATIVE
    {
        let thing = Thing::ALL.into_iter().find(|thing| number_of(*thing) == event.entity);
        return thing.map(|thing| (thing, verb)).into_iter().collect();
    }
    match event.act {
        // It was asked who sees a record, and why.
        Act::AccessExplain if event.entity > 0 => vec![(Thing::Users, Verb::Read)],
        act => by_act(act).to_vec(),
    }
}

/// What is done to a thing by an act that everybody does with what is one's own: the number tells the two apart.
const fn by_number(act: Act) -> Option<Verb> {
    Some(match act {
        Act::AdminRead
        | Act::LedgerRead
        | Act::AccessExplain
        | Act::SessionList
        | Act::FactorList
        | Act::SignOnList
        | Act::GrantList
        | Act::CoverRead => Verb::Read,
        Act::PolicyPreview
        | Act::PasswordChange
        | Act::SessionEnd
        | Act::TokenRevoke
        | Act::SignOnLink
        | Act::SignOnUnlink
        | Act::CoverCreate
        | Act::EmailLost
        | Act::NoticeCreate
        | Act::JobStart => Verb::Manage,
        _ => return None,
    })
}

/// What an act may have needed that came without a number, before there were any.
pub(crate) fn untold(act: Act) -> impl Iterator<Item = (Thing, Verb)> {
    let things: &[Thing] = match act {
        Act::AdminRead => &[Thing::Users, Thing::Teams, Thing::Roles, Thing::Fields, Thing::Ledger],
        Act::LedgerRead => &[Thing::Ledger],
        Act::GrantList => &[Thing::Users, Thing::Ledger],
        Act::PolicyPreview => &[Thing::Users, Thing::Roles],
        Act::SessionList | Act::SessionEnd | Act::TokenRevoke => &[Thing::Sessions],
        Act::JobStart => &[Thing::System],
        act if by_number(act).is_some() => &[Thing::Users],
        _ => &[],
    };
    let verb = by_number(act).unwrap_or(Verb::Read);
    things.iter().map(move |thing| (*thing, verb))
}

/// The rights that an act needs, or may need, by itself.
const fn by_act(act: Act) -> &'static [(Thing, Verb)] {
    match act {
        Act::AccessReviewCreate
        | Act::AccessReviewCancel
        | Act::AccessReviewReplace
        | Act::UserCreate
        | Act::UserUpdate
        | Act::InvitationCreate
        | Act::InvitationWithdraw
        | Act::EmailAgree
        | Act::EmailDecline
        | Act::FactorResetAsk
        | Act::FactorReset
        | Act::FactorResetWithdraw
        | Act::ServiceCreate
        | Act::ServiceUpdate
        | Act::ServiceHandOver
        | Act::PartnerCreate
        | Act::PartnerUpdate
        // Others' too; and records are handed over by such an act.
        | Act::GrantEnd
        | Act::RecordBulk => &[(Thing::Users, Verb::Manage)],
        // Reviewers, and users of partners, read what is theirs besides.
        Act::AccessReviewRead | Act::AccessReviewReport | Act::RegistrationRead => {
            &[(Thing::Users, Verb::Read), (Thing::Ledger, Verb::Read)]
        }
        Act::FindingsRead => &[(Thing::Users, Verb::Read)],
        Act::TeamCreate | Act::TeamUpdate => &[(Thing::Teams, Verb::Manage)],
        Act::RoleCreate
        | Act::RoleUpdate
        | Act::RoleDelete
        | Act::RoleRollBack
        | Act::RoleConflicts
        | Act::RoleImport
        | Act::ApprovalRules
        | Act::SessionRules
        | Act::FactorRequire => &[(Thing::Roles, Verb::Manage)],
        Act::RoleHistory | Act::RoleExport => &[(Thing::Roles, Verb::Read)],
        // What is asked for, or decided on, may be a change of rights.
        Act::ApprovalAsk | Act::ApprovalApprove | Act::ApprovalDecline => {
            &[(Thing::Users, Verb::Manage), (Thing::Roles, Verb::Manage)]
        }
        Act::FieldCreate => &[(Thing::Fields, Verb::Manage)],
        Act::KeysRotate => &[(Thing::Keys, Verb::Manage)],
        Act::KeysStatus => &[(Thing::Keys, Verb::Read)],
        Act::IndexRebuild | Act::JobRetry | Act::JobDiscard => &[(Thing::System, Verb::Manage)],
        Act::SystemRead => &[(Thing::System, Verb::Read)],
        Act::LedgerProof | Act::LedgerVerify | Act::SubjectHistory | Act::DisclosureRead => {
            &[(Thing::Ledger, Verb::Read)]
        }
        _ => &[],
    }
}
