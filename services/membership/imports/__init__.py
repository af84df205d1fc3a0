"""Roster import: members from a table in a file, after a dry run."""
