//! On what ground of the law data reach a partner organisation.

use kernel::Text;
use serde::{Deserialize, Serialize};

/// On what ground data are shared with a partner.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The partner processes on the organisation's behalf.
    ProcessingAgreement,
    /// The partner is a sub-processor.
    SubProcessing,
    /// Both decide together what the data are for.
    JointControllers,
    /// The partner decides for itself what the data are for.
    ControllerToController,
}

impl Ground {
    /// All grounds.
    pub const ALL: [Self; 4] = [
        Self::ProcessingAgreement,
        Self::SubProcessing,
        Self::JointControllers,
        Self::ControllerToController,
    ];

    /// Where the law says so.
    #[must_use]
    pub const fn citation(self) -> Text {
        match self {
            Self::ProcessingAgreement => Text::of("art. 28 ust. 3 RODO", "GDPR Art. 28(3)"),
            Self::SubProcessing => Text::of("art. 28 ust. 2 i 4 RODO", "GDPR Art. 28(2) and (4)"),
            Self::JointControllers => Text::of("art. 26 RODO", "GDPR Art. 26"),
            Self::ControllerToController => Text::of("art. 6 ust. 1 RODO", "GDPR Art. 6(1)"),
        }
    }

    /// Whether the law wants its duration written down (Art. 28(3)).
    pub(crate) const fn must_end(self) -> bool {
        matches!(self, Self::ProcessingAgreement | Self::SubProcessing)
    }
}

/// The legal basis of a disclosure to somebody who decides for itself (GDPR Art. 6(1)).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Art. 6(1)(a).
    Consent,
    /// Art. 6(1)(b).
    Contract,
    /// Art. 6(1)(c).
    LegalObligation,
    /// Art. 6(1)(d).
    VitalInterests,
    /// Art. 6(1)(e).
    PublicTask,
    /// Art. 6(1)(f).
    LegitimateInterests,
}
