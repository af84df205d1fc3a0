"""Proposals on real databases."""
