"""Contracts of the year's plan: requests, operations, events."""
