"""Use cases of facts: answering, and the log."""
