"""Use cases of the opening: asking to be told, telling."""
