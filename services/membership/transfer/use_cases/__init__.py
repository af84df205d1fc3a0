"""What is done with transfers; `ending` is for the other subjects."""
