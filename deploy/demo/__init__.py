"""A synthetic union to try Gonghui with: nobody in it exists, and the same seed makes the same union."""
