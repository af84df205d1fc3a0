"""What is done with the members' copy: keeping it, inviting, reading."""
