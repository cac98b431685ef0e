mod business_time; // when a promise falls due, against a wall-clock oracle
