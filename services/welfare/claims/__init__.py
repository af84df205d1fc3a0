"""Answers of the funds to welfare's claims, passed to the subject that made the claim."""
