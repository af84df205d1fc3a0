"""Subjects of membership."""
