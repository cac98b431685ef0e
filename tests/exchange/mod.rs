mod cards; // contacts, out and in
mod closures_ics; // closures from calendar files
mod demo; // the sample association
mod export; // lists taken out
mod fuzz; // any bytes at all, read as a list
mod import; // brought in, again, mended, stopped and taken back
mod layouts; // what other programs export, with what has to come of it
mod own_fields; // the association's own fields, out and in
mod preflight; // what an import would do, which is what it then does
mod promises_ics;
mod read; // rows out of files of any size and any program, or why not
mod recognise; // which column is what
mod rejects; // what could not be brought in, back and in again
mod sources; // workbooks and contacts, odd ones among them
mod tables; // what stands in their cells
