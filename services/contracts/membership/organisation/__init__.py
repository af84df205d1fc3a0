"""What membership promises about units and posts."""
