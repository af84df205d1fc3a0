"""What is done with applications; `queue` is for the other subjects."""
