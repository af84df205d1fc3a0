"""When members retire: the month by law, HR's month and day, the yearly roster, confirming and undoing."""
