"""Contracts of recuperation (疗休养): routes, rounds, trips, applications, the draw."""
