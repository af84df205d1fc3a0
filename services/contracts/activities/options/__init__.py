"""Contracts of what one chooses when registering: options, the quotas they share, companions."""
