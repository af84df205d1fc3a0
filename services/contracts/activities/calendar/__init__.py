"""Contracts of the calendar: shapes, operations, events."""
