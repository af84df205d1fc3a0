"""Use cases of families: adding and erasing by members, reading by officers for a purpose."""
