"""What can be done with the calendar: reading and organising, one module each."""
