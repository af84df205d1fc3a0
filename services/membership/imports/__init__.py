"""Roster import: from a table in a file to members, with a dry run between."""
