mod closures_ics; // closures from calendar files
mod demo; // the sample association
mod export; // lists taken out
mod import; // brought in, again, mended, stopped and taken back
mod read; // rows out of files of any size and any program, or why not
mod recognise; // which column is what
