"""Calls between services: asking, answering, the context that travels, deadlines, idempotency keys."""
