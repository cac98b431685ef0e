mod letters;
mod setting;
