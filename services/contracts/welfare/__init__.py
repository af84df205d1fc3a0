"""Contracts of welfare: visits, birthday care, entitlements, and their dated rules."""
