"""What is done with records; `roster` and `admission` are for the other subjects."""
