"""Use cases of the members' copy: updating, inviting, reading."""
