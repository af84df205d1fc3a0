"""Membership cards: their signed addresses, and the public check of these. No tables."""
