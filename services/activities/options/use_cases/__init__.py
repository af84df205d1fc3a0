"""Use cases of options: reading the form of an activity, setting it."""
