"""签到与出席 Check-in at activities, desks without network, and lists of who attended."""
