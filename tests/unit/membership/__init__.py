"""Rules of membership, without database or broker."""
