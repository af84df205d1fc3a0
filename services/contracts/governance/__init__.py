"""Contracts of governance: the year's plan, the union's funds, awards and dated rules."""
