"""Calls to services on behalf of the signed-in account, batches of concurrent calls, caches and their invalidation."""
