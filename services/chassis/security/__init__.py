"""Principals, signed codes and the encryption of personal values."""
