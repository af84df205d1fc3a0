"""Contracts of ratings: rounds of anonymous grade sheets, their tokens, sheets, results."""
