"""What is done with places and bookings."""
