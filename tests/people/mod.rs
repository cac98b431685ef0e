mod duplicates; // who is in the book twice
mod facts; // what matters to a person
mod fields; // what an association keeps besides: held against a model
mod finding; // whoever is meant, and who matters first
mod incoming; // a list, by the row and as a whole
mod list; // whoever fits is in it, once
pub mod merge; // two records become one, and are taken apart
mod names; // what people are called, and who could be mistaken for whom
mod phone; // what is typed as a phone number
mod said_numbers; // numbers in the middle of words
mod tags; // all of one, renamed or taken away
