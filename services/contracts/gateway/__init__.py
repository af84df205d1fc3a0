"""Contracts of the gateway's own HTTP operations: signing in, the signed-in account, views built from events."""
