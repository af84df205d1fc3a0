"""场地 Places of the union and their bookings."""
