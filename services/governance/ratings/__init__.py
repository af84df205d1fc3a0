"""Ratings: rounds of anonymous grade sheets and their results."""
