"""Contracts of registrations: operations, events."""
