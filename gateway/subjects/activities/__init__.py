"""Subjects of activities."""
