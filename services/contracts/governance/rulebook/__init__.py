"""What governance promises about the dated rules: keys, operations, events."""
