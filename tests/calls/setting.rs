//! What the wizard is told of a call, without a book.

use chrono_tz::Tz;
use wellmet_core::Millis;
use wellmet_core::calls::outcome::{KnownNumber, NextStep, RetryRule, Ringing, Try, WizardContext};
use wellmet_core::ids::ReachId;
use wellmet_core::promises::business_time::{BusinessCalendar, Window};
use wellmet_core::promises::calling_hours::CallingHours;

#[derive(Debug)]
pub struct Setting {
    pub now: Millis,
    pub calendar: BusinessCalendar,
    pub zone: Tz,
    pub known_zone: Option<Tz>,
    pub country: String,
    pub hours: CallingHours,
    pub rules: Vec<RetryRule>,
    pub tries: Vec<Try>,
    pub inbound: bool,
    pub may_ring: bool,
    pub may_write: bool,
    pub numbers: Vec<KnownNumber>,
    pub dialled: bool,
    pub colleagues: Vec<String>,
    pub steps: Vec<NextStep>,
}

pub fn at(text: &str) -> Millis {
    Millis::parse_rfc3339(text).expect("an instant")
}

/// Monday to Friday, 9:00 to 17:00.
pub fn nine_to_five(zone: Tz) -> BusinessCalendar {
    let day = || vec![Window::new(9 * 60, 17 * 60)];
    BusinessCalendar::new(zone, [day(), day(), day(), day(), day(), vec![], vec![]], vec![]).expect("a plain week")
}

pub fn hours(from_minute: u16, to_minute: u16) -> CallingHours {
    CallingHours::new(from_minute, to_minute, [true; 7]).expect("hours")
}

pub fn number(shown: &str) -> KnownNumber {
    KnownNumber { reach: ReachId::new(), shown: shown.into() }
}

impl Setting {
    /// A call to the one number of somebody next door, who may be written to.
    pub fn new(zone: Tz, now: &str) -> Self {
        Self {
            now: at(now),
            calendar: nine_to_five(zone),
            zone,
            known_zone: Some(zone),
            country: "GB".into(),
            hours: hours(9 * 60, 20 * 60),
            rules: super::retry_rules(),
            tries: vec![],
            inbound: false,
            may_ring: true,
            may_write: true,
            numbers: vec![number("••• 016")],
            dialled: true,
            colleagues: vec![],
            steps: vec![],
        }
    }

    pub fn ringing(&self) -> Ringing<'_> {
        Ringing {
            calendar: &self.calendar,
            zone: self.zone,
            known_zone: self.known_zone,
            country: &self.country,
            hours: &self.hours,
        }
    }

    pub fn context(&self) -> WizardContext<'_> {
        WizardContext {
            now: self.now,
            began: self.now,
            ringing: self.ringing(),
            rules: &self.rules,
            tries: &self.tries,
            inbound: self.inbound,
            may_ring: self.may_ring,
            may_write: self.may_write,
            numbers: &self.numbers,
            dialled: self.dialled,
            number_country: "GB",
            colleagues: &self.colleagues,
            steps: &self.steps,
        }
    }
}
