"""What is done with families: stated and erased by members, seen by officers for a purpose."""
