mod business_time; // when a promise falls due, against a wall-clock oracle
mod calling_hours; // when a person may be rung, by their own clock
mod ledger; // open, then exactly one of kept, renegotiated, released: it adds up
mod reminders; // once, in time, never at night
mod their_time; // what we promise, by their clock
mod today; // people, not tasks, and why
mod typed_date; // "next tue after 3"
