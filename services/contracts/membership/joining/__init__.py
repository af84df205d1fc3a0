"""Contracts of joining: applications, review, approval, files."""
