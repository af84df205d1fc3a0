"""What is done with honours: copied from awards, typed in, read."""
