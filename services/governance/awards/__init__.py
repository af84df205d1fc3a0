"""Awards granted to members and units."""
