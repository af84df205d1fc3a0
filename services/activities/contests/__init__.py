"""比赛 Judged contests of activities."""
