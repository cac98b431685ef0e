mod business_time; // when a promise falls due, against a wall-clock oracle
mod ledger; // open, then exactly one of kept, renegotiated, released: it adds up
mod reminders; // once, in time, never at night
