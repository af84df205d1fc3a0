"""The union's profile: its names, colour, emblem and contact, stored once and shown on every page."""
