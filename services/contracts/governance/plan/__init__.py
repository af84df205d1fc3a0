"""What governance promises about the year's plan: requests, operations, events."""
