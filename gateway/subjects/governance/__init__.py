"""Subjects of governance."""
