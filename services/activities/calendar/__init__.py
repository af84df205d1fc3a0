"""日历 What the union holds, where, when and for whom."""
