"""What governance promises about the funds: entries, budget, bookkeeping, vocabulary, events."""
