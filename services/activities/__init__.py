"""Activities of the union: the calendar, and who takes part. Described in README.md beside this file."""
