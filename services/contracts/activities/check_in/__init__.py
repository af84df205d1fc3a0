"""签到与出席 Check-in at an activity, and who attended it."""
