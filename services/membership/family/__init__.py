"""Members' families."""
