"""What activities promises about the union's calendar: shapes, operations, events."""
