"""Use cases: load, decide by the rules, save, record the event, in the caller's transaction."""
