"""Contracts of the dues: bases, charges, collecting, files, events."""
