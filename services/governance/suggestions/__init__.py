"""Suggestions box (建议箱): suggestions by name or without, answered by the union or a unit, for one or for all."""
