"""The congress."""
