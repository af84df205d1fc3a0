"""Data of persons, shared by joining and record: canonical forms, checks, search keys. It has no tables."""
