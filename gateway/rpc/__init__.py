"""Asking services on behalf of who is signed in: calls, batches of concurrent calls, caches and what drops them."""
