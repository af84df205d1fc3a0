"""Scenes in membership."""
