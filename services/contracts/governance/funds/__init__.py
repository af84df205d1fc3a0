"""Contracts of the funds: entries, budget, bookkeeping, vocabulary, events."""
