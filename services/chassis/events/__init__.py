"""Events: the envelope, the outbox and its relay, the inbox and the handlers, retries, reconciliation."""
