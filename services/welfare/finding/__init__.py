"""Finding what welfare offers and works on: campaigns, rounds, drives, plans, purchases, requests."""
