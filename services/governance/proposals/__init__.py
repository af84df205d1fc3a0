"""Proposals: departments that handle them, campaigns with their switches, proposals from the draft to the archive."""
