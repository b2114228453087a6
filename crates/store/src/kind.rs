//! Kinds of administrative documents.

/// What kind of administrative document. The number is part of the format.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u16)]
pub enum DocKind {
    /// A user: profile, password hash, roles.
    User = 60_001,
    /// A team.
    Team = 60_002,
    /// A role.
    Role = 60_003,
    /// A custom field.
    Field = 60_004,
    /// A notification to one user.
    Notice = 60_005,
    /// Failed log-ins under one name.
    Attempts = 60_006,
    /// A run of an import.
    Import = 60_007,
    /// A setting of the organisation.
    Setting = 60_008,
    /// An erasure under way: rows are gone, the key is about to be destroyed.
    Erasure = 60_009,
    /// How often the browsers that are known to be a user's were forgotten, and what the user was told of others.
    Browsers = 60_010,
    /// A change to many records: what it came to, so that it can be undone.
    Bulk = 60_020,
    /// How one user wants the interface.
    Preferences = 60_030,
    /// A saved view of a list.
    View = 60_031,
    /// A link by which somebody without a session does one thing.
    Link = 60_050,
    /// That mail reached a user at an address.
    Address = 60_051,
    /// A second factor of a user.
    Factor = 60_040,
    /// Something that a user began with a factor and has a few minutes to finish.
    Ceremony = 60_041,
    /// Asked for: that somebody's factors end, until a second administrator agrees.
    FactorReset = 60_042,
    /// An account of a user at a provider of single sign-on.
    Account = 60_060,
    /// A role on single records, for a user or a team.
    Grant = 60_070,
    /// What was told of the end of a grant.
    GrantEnd = 60_071,
    /// That somebody asked for access to a record, as whoever asked knows it.
    AccessRequest = 60_073,
    /// A request for access that somebody can decide on.
    AccessQuestion = 60_074,
    /// A partner organisation with its agreements.
    Partner = 60_075,
    /// That a partner registered a deal. Its user is the partner, by which it is found.
    Registration = 60_076,
    /// That somebody asked for a second person's approval of an act on many records.
    Approval = 60_090,
    /// What such a request asks for.
    ApprovalOrder = 60_091,
    /// How much somebody did to many records without approval, over a day.
    DoneAlone = 60_092,
    /// What rights rested on before a change of it.
    PolicyVersion = 60_080,
    /// Since when that is kept.
    PolicySince = 60_081,
    /// What a user used of rights and grants, by day.
    RightsUse = 60_100,
    /// Up to which event of the ledger that was looked for.
    RightsUseAt = 60_101,
    /// A campaign in which rights are looked through.
    AccessReview = 60_110,
    /// Rights of such a campaign, of one reviewer.
    AccessReviewPart = 60_111,
    /// The last registration of a partner, or of a caretaker: each writes it, so that of two at the same moment one waits.
    RegistrationTurn = 60_120,
    /// A change of a user's e-mail address that is under way.
    EmailChange = 60_140,
    /// What users signed in by when a server last started.
    Ways = 60_141,
}

impl DocKind {
    /// All kinds.
    pub(crate) const ALL: [Self; 37] = [
        Self::Approval,
        Self::ApprovalOrder,
        Self::DoneAlone,
        Self::Grant,
        Self::GrantEnd,
        Self::Partner,
        Self::Registration,
        Self::RegistrationTurn,
        Self::AccessRequest,
        Self::AccessQuestion,
        Self::PolicyVersion,
        Self::PolicySince,
        Self::RightsUse,
        Self::RightsUseAt,
        Self::AccessReview,
        Self::AccessReviewPart,
        Self::User,
        Self::Team,
        Self::Role,
        Self::Field,
        Self::Notice,
        Self::Attempts,
        Self::Import,
        Self::Setting,
        Self::Preferences,
        Self::View,
        Self::Erasure,
        Self::Browsers,
        Self::Bulk,
        Self::Link,
        Self::Address,
        Self::Factor,
        Self::Ceremony,
        Self::FactorReset,
        Self::Account,
        Self::EmailChange,
        Self::Ways,
    ];

    pub(crate) fn of_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as i64 == number)
    }
}
