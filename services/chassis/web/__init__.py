"""Serving HTTP inside a nameko container."""
