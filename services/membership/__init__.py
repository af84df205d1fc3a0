"""Membership: the organisation of the union, how one joins it, and the members' records."""
