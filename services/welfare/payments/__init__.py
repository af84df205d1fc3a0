"""Payments and reservations out of the union's funds, for all subjects of welfare."""
