"""Contracts of activities: the union's calendar and registrations."""
