"""What membership promises: organisation, joining, record."""
