"""Suggestions box (建议箱): made by name or anonymously, answered privately or for all to read."""
