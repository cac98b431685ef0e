mod script; // scripts: text, checks, the merge, the run
mod spoken; // dates and spans as one says them
