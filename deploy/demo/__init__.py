"""A synthetic union for trying Gonghui: all people in it are fictitious, and the same seed makes the same union."""
