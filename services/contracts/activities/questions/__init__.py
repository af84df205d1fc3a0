"""Contracts of what an organiser asks those who register, and of their answers."""
