"""Copies of governance's dated rules."""
