mod book; // made, opened, locked, refused, restored
mod bulk; // many rows and many keys at once
mod engines; // every statement prepares on SQLite and on PostgreSQL
mod older; // a book that an older Wellmet left
mod undo; // the journal answers for every row
