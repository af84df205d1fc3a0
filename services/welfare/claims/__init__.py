"""What the funds answer to welfare's claims, handed to the subject that made the claim."""
