"""What activities promises: the union's calendar, and who takes part in what."""
