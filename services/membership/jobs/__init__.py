"""Long work of the membership service."""
