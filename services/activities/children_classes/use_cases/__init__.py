"""Use cases of children's classes."""
