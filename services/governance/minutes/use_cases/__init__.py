"""Saving and reading revisions."""
