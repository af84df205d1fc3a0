"""Contracts of units and posts."""
