"""Looks at what is protected about a member, over all subjects of welfare."""
