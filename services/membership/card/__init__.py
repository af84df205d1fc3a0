"""Membership cards: their signed addresses, and what these tell a stranger. No table of its own."""
