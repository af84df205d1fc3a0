"""What can be done with examinations."""
