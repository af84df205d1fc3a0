"""Scenes in activities."""
