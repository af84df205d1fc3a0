"""Use cases of the second registrar."""
