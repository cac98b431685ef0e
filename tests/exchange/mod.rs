mod closures_ics; // closures from calendar files
