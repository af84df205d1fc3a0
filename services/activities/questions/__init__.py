"""What organisers ask those who register, and the answers."""
