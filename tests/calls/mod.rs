mod outcome; // what came of a call: no end without a next promise or a reason
mod retry; // when to ring again: later, at another time of day, not for ever
mod script; // scripts: text, checks, the merge, the run
mod spoken; // dates and spans as one says them
