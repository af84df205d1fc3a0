"""Contracts of proposals (提案): departments, campaigns, proposals from the draft to the archive."""
