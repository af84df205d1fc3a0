"""Subjects of the gateway itself: accounts, the own home, operations."""
