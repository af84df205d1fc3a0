"""What is done with proposals: writing, seconding, reviewing, handling, replying, rating, reading."""
