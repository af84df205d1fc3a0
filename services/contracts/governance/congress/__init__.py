"""Contracts of the congress: terms, bodies, seats, delegates, delegations, sessions."""
