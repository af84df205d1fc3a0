"""Use cases of honours: copying from awards, entering, reading."""
