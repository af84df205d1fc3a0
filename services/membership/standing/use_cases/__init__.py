"""What is done with standings; `ends` and `changes` are for the other subjects."""
