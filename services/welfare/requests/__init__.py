"""Requests of members: types as data, requests handled in steps, counselling by appointment."""
