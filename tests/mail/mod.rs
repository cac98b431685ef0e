mod letters;
mod outbox;
mod setting;
