"""The members' records."""
