"""What can be done with dismissal notices."""
