//! The retry rules of the association, as `team::standards` keeps them: in order before they are kept.

use super::outcome::{CallResult, RetryRule, check_retry_rules};
use crate::error::{Error, Result};
use crate::promises::business_time::Target;
use crate::store::{Db, Edit};
use crate::team::standards::{self, RetryRuleRow};

/// What a new book begins with.
pub fn defaults() -> Vec<RetryRule> {
    use CallResult::{Busy, LeftWithSomeone, NoAnswer, VoicemailLeft};
    [
        (NoAnswer, 1, Target::Hours(3)),
        (NoAnswer, 2, Target::Days(1)),
        (NoAnswer, 3, Target::Days(3)),
        (Busy, 1, Target::Minutes(30)),
        (Busy, 2, Target::Hours(3)),
        (Busy, 3, Target::Days(1)),
        (VoicemailLeft, 1, Target::Days(2)),
        (VoicemailLeft, 2, Target::Days(5)),
        (LeftWithSomeone, 1, Target::Days(1)),
        (LeftWithSomeone, 2, Target::Days(3)),
    ]
    .map(|(result, attempt, target)| RetryRule { result, attempt, target })
    .into()
}

/// A rule for a result that this Wellmet does not know is a newer one's, and passed over.
pub async fn all(db: &mut Db) -> Result<Vec<RetryRule>> {
    let rows = standards::retry_rules(db).await?;
    Ok(rows.into_iter().filter_map(|row| read(&row).ok()).collect())
}

pub async fn save(edit: &mut Edit, rules: &[RetryRule]) -> Result<()> {
    check_retry_rules(rules)?;
    let row = |rule: &RetryRule| RetryRuleRow {
        result: rule.result.as_str().into(),
        attempt: rule.attempt,
        target: rule.target,
    };
    standards::save_retry_rules(edit, &rules.iter().map(row).collect::<Vec<_>>()).await
}

/// As Settings sends them.
pub async fn save_rows(edit: &mut Edit, rows: &[RetryRuleRow]) -> Result<()> {
    save(edit, &rows.iter().map(read).collect::<Result<Vec<_>>>()?).await
}

fn read(row: &RetryRuleRow) -> Result<RetryRule> {
    let result = CallResult::parse(&row.result)
        .ok_or_else(|| Error::invalid(format!("A call does not end in “{}”. Take that rule out.", row.result)))?;
    Ok(RetryRule { result, attempt: row.attempt, target: row.target })
}
