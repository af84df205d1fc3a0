"""Use cases of the members' copy."""
