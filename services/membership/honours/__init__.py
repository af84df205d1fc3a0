"""Honours on the members' records."""
