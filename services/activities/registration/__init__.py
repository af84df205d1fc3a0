"""报名 Registrations, seats, waiting list and refusals."""
