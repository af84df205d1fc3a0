"""Tournaments of activities (气排球、乒乓球 and the like): teams, fixtures, results, standings."""
