"""Members' rights over their own data, and the end of its time."""
