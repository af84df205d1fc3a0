"""From one unit to another, to another union, from another union."""
