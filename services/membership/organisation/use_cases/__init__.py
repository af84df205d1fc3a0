"""What is done with units and posts; `directory` is for the other subjects."""
