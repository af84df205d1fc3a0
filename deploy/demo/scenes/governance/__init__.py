"""Scenes in governance."""
