"""Use cases of tournaments: settings, teams, drawing, results, standings."""
