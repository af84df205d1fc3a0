"""The dated rules welfare decides by: loading a shipped set, what may be given, and what is missing."""
