"""Recuperation (疗休养): routes, rounds of trips, applications, the draw, who goes, settlement."""
