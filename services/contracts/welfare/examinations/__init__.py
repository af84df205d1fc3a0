"""Contracts of examinations (体检): yearly campaigns, packages, hospitals, slots, bookings, coverage. No results."""
