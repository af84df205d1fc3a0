"""Use cases of HR's records: receiving, fetching, comparing, applying, ignoring."""
