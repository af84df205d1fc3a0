"""Contracts of the dated rules: keys, operations, events."""
