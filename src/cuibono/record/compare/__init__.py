"""Claims held against counts of events, without taking silence for evidence."""
