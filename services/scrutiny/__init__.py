"""The second registrar of secret ballots (监票组)."""
