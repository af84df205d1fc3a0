"""Ballots: rolls, votes and results."""
