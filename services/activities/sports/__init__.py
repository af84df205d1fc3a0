"""赛事 Tournaments of activities."""
