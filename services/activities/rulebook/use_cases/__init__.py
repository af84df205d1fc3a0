"""Telling which rules are in force."""
