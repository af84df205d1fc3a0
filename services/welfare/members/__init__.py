"""A small copy of who is a member of which unit, kept from membership's events."""
