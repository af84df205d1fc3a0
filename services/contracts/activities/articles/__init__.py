"""Contracts of articles: categories, writing and publishing, what readers see."""
