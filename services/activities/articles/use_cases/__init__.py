"""Use cases of articles."""
