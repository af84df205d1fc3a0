"""Synchronising with the campus HR system."""
