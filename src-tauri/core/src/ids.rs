//! Ids: UUIDv7 newtypes, so that a person's id can never be passed where a promise's is meant.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($name:ident),* $(,)?) => {$(
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type, specta::Type,
        )]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            #[allow(clippy::new_without_default)]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    )*};
}

/// Every kind of id, to whoever makes something for each.
macro_rules! all_ids {
    ($each:ident) => {
        $each!(
            BookId,
            PersonId,
            OrganisationId,
            RoleId,
            ReachId,
            ConsentId,
            FactId,
            TagId,
            InquiryId,
            MessageId,
            TouchId,
            PromiseId,
            ReminderId,
            VolunteerId,
            LeaveId,
            ClosureId,
            ScriptId,
            ScriptVersionId,
            ScriptDraftId,
            PlanDraftId,
            CallId,
            ConfirmationId,
            EditId,
            ImportId,
            AddressId,
            NotSameId,
            MergeId,
            MergedRowId,
            SavedViewId,
            SuspectId,
            FieldId,
            FieldOptionId,
            FieldValueId,
            PlanId,
            PlanVersionId,
            PlanRuleId,
            EnrolmentId,
            EnrolmentStepId,
            CapacityId,
            GroupClosureId,
            MailServerId,
            OutgoingMailId,
            CalendarFileId,
        );
    };
}

all_ids!(ids);
pub(crate) use all_ids;
