mod brief; // what a caller reads, the timeline, the book's scripts
mod builtin_scripts; // the scripts that come with the app
mod candidates; // someone is ringing us: who it may be
mod confirming; // whom do you mean, and no guessing
mod covered; // ten thousand records, and no way round the question
pub mod desk; // what the tests of calls do on a real book
mod dial; // the number, and the question before it
mod effects; // what answers set, kept with the call
mod filing; // what came of a call, in the book
mod filing_drafts; // a filing that is interrupted, and what it puts right
mod inquiry; // one inquiry, one clock
mod outcome; // what came of a call: no end without a next promise or a reason
mod own_fields; // fields that the association made, in a script
mod qr; // the number as a camera reads it
mod rescue; // this is not who I meant
mod retry; // when to ring again: later, at another time of day, not for ever
mod script; // scripts: text, checks, the merge, the run
mod script_day; // a day that they tell us of
mod script_drafts; // what a director is still writing
mod script_language; // free answers, what answers set, machines, the map
mod script_props; // what holds for any script
mod scripts; // the book's scripts and their versions
mod session; // a call from its beginning to its filing
mod setting; // what the wizard is told of a call, without a book
mod spoken; // dates and spans as one says them
mod times; // when a call was: the timer put right, calls written down after the event

use wellmet_core::calls::outcome::{CallResult, RetryRule};
use wellmet_core::promises::business_time::Target;

/// More attempts than a new book's rules have.
pub fn retry_rules() -> Vec<RetryRule> {
    use CallResult::{Busy, LeftWithSomeone, NoAnswer, VoicemailLeft};
    let rule = |result, attempt, target| RetryRule { result, attempt, target };
    vec![
        rule(NoAnswer, 1, Target::Hours(2)),
        rule(NoAnswer, 2, Target::Days(1)),
        rule(NoAnswer, 3, Target::Days(2)),
        rule(NoAnswer, 4, Target::Days(4)),
        rule(Busy, 1, Target::Minutes(30)),
        rule(Busy, 2, Target::Hours(2)),
        rule(Busy, 3, Target::Days(1)),
        rule(VoicemailLeft, 1, Target::Days(2)),
        rule(VoicemailLeft, 2, Target::Days(4)),
        rule(LeftWithSomeone, 1, Target::Days(1)),
        rule(LeftWithSomeone, 2, Target::Days(3)),
    ]
}
