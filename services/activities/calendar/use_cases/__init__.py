"""Use cases of the calendar: reading, organising, and following changes of units."""
