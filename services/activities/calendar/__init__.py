"""日历 The union's activities: what, where, when and for whom."""
