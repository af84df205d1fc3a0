"""Subjects of welfare."""
