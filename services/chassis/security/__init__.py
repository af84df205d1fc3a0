"""Principals and the encryption of personal values."""
