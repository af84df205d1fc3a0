"""Places of the union (教工之家, 场地): hours, slots, bookings, blocks, arrival and absence."""
