"""What activities promises about registrations: operations, events."""
