"""Use cases of secret ballots."""
