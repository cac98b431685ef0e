//! What could be promised next. The likeliest stands first: one key takes it.

use super::questions::{Offer, Takes};
use super::retry::{Retry, Stretch, Try, propose};
use super::wizard::WizardContext;
use super::{CallResult, CloseReason, Means, WrongKind};
use crate::error::Result;
use crate::promises::business_time::Target;
use crate::time::Millis;

/// More than anyone compares while the next person waits.
const MOST: usize = 3;
const NEXT_DAY: Target = Target::Days(1);
const IN_A_WEEK: Target = Target::Days(5);
/// Who asks to be rung later today means later than this.
const LATER_TODAY: Target = Target::Hours(2);

/// What came of the call, as far as it was said.
pub(super) struct CameOfIt {
    pub result: CallResult,
    pub wrong: Option<WrongKind>,
    pub has_new_number: bool,
    /// Besides the one that was wrong.
    pub other_numbers: usize,
}

/// Proposals with their times, then the ways to close at one key.
pub(super) fn offers(context: &WizardContext<'_>, call: &CameOfIt) -> Result<Vec<Offer>> {
    let mut list = List { context, offers: Vec::new() };
    let mut close = None;
    match call.result {
        CallResult::Spoke => {
            list.after_a_conversation()?;
            close = Some(CloseReason::Answered);
        }
        CallResult::NotNow => list.another_time()?,
        CallResult::DoNotCall => {
            if context.may_write {
                list.within("Write to them instead", Means::Write, NEXT_DAY)?;
            }
        }
        CallResult::WrongNumber | CallResult::OutOfService => {
            list.repair(call)?;
            close = Some(CloseReason::Unreachable).filter(|_| call.wrong != Some(WrongKind::Misdialled));
        }
        CallResult::LeftWithSomeone
        | CallResult::NotThere
        | CallResult::VoicemailLeft
        | CallResult::NoAnswer
        | CallResult::Busy => match list.retry(call.result)? {
            Some(Retry::Ring { from, due, .. }) if context.may_ring => {
                list.promise("Ring again", Means::Ring, Some(from), due);
            }
            _ => {
                list.other_ways()?;
                close = Some(CloseReason::Unreachable);
            }
        },
    }
    let mut offers = list.offers;
    offers.truncate(MOST);
    for (index, offer) in offers.iter_mut().enumerate() {
        offer.id = format!("proposal_{}", index + 1);
    }
    offers.extend(close.map(Offer::close));
    Ok(offers)
}

struct List<'a> {
    context: &'a WizardContext<'a>,
    offers: Vec<Offer>,
}

impl List<'_> {
    fn promise(&mut self, what: &str, means: Means, from: Option<Millis>, due: Millis) {
        let from = from.filter(|from| *from > self.context.now);
        self.offers.push(Offer {
            id: String::new(),
            what: Some(what.into()),
            takes: Takes::Promise { means, from, due },
        });
    }

    fn within(&mut self, what: &str, means: Means, target: Target) -> Result<()> {
        let due = self.context.ringing.calendar.due(self.context.now, target)?;
        self.promise(what, means, None, due);
        Ok(())
    }

    /// As soon as they can be rung: to the end of that day.
    fn soon(&mut self, what: &str) -> Result<()> {
        let WizardContext { ringing, now, .. } = *self.context;
        if !self.context.may_ring {
            return Ok(());
        }
        if let Some(Stretch { from, until, .. }) = ringing.first(now)? {
            let day = from.in_zone(ringing.calendar.zone()).date_naive();
            self.promise(what, Means::Ring, Some(from), ringing.calendar.closing_of(day).unwrap_or(until));
        }
        Ok(())
    }

    fn after_a_conversation(&mut self) -> Result<()> {
        let steps = self.context.steps;
        for step in steps.iter().filter(|step| self.context.may_ring || step.means != Means::Ring) {
            self.within(&step.what, step.means, step.within)?;
        }
        if !self.offers.is_empty() {
            return Ok(());
        }
        if self.context.may_write {
            self.within("Send what we spoke about", Means::Write, NEXT_DAY)?;
        } else {
            self.within("Do what we spoke about", Means::Do, NEXT_DAY)?;
        }
        if self.context.may_ring {
            self.within("Ring to ask how it went", Means::Ring, IN_A_WEEK)?;
        }
        Ok(())
    }

    /// They asked for it: tomorrow at another time of day, later today, next week.
    fn another_time(&mut self) -> Result<()> {
        const WHAT: &str = "Ring again";
        let WizardContext { ringing, now, may_ring, .. } = *self.context;
        if !may_ring {
            return self.other_ways();
        }
        if let Some(Stretch { from, until, .. }) = ringing.next_day(now)? {
            self.promise(WHAT, Means::Ring, Some(from), until);
        }
        let zone = ringing.calendar.zone();
        let day = |at: Millis| at.in_zone(zone).date_naive();
        let later = ringing.first(ringing.calendar.due(now, LATER_TODAY)?)?;
        if let Some(Stretch { from, until, .. }) = later.filter(|later| day(later.from) == day(now)) {
            self.promise(WHAT, Means::Ring, Some(from), ringing.calendar.closing_of(day(from)).unwrap_or(until));
        }
        self.within(WHAT, Means::Ring, IN_A_WEEK)
    }

    fn retry(&self, result: CallResult) -> Result<Option<Retry>> {
        let WizardContext { rules, tries, began, now, ringing, .. } = *self.context;
        let mut tries = tries.to_vec();
        tries.push(Try { result, at: began });
        propose(rules, &tries, now, &ringing)
    }

    /// Not by telephone.
    fn other_ways(&mut self) -> Result<()> {
        if self.context.may_write {
            self.within("Write instead", Means::Write, NEXT_DAY)
        } else {
            self.within("Find another way to reach them", Means::Do, NEXT_DAY)
        }
    }

    /// First what mends it.
    fn repair(&mut self, call: &CameOfIt) -> Result<()> {
        if call.wrong == Some(WrongKind::Misdialled) {
            self.soon("Ring the right number")?;
        } else if call.has_new_number {
            self.soon("Ring the new number")?;
        }
        if call.wrong != Some(WrongKind::Misdialled) && !call.has_new_number {
            self.within("Find the right number", Means::Do, NEXT_DAY)?;
            if self.context.may_write {
                self.within("Write, and ask for the right number", Means::Write, NEXT_DAY)?;
            }
        }
        if call.other_numbers > 0 {
            self.soon("Ring their other number")?;
        }
        if self.offers.is_empty() {
            self.other_ways()?;
        }
        Ok(())
    }
}
