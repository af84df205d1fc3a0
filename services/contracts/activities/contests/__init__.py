"""Judged contests of activities (教学竞赛、大合唱 and the like): settings, entries, judges, sheets, results."""
