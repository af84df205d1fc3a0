"""Scenes in welfare."""
