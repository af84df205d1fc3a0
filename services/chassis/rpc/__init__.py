"""Calls between services: client, execution, call context, deadlines, idempotency keys."""
