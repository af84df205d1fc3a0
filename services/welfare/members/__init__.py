"""The copy of members with unit and standing, updated by membership's events."""
