"""The dated rules membership decides by: loaded from shipped files, looked up by day."""
