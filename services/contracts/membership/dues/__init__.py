"""What membership promises about dues: bases, charges, collecting, files, events."""
