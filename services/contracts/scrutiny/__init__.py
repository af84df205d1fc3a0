"""Contracts of scrutiny: the second registrar of secret ballots (监票组)."""
