"""Contracts of ending and restoring memberships."""
