"""What can be done with the filings of units."""
