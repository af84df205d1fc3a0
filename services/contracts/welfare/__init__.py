"""What welfare promises: visits, birthday care, entitlements, and the dated rules they are decided by."""
