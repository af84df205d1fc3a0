"""What can be done with registrations: registering, moving between seats and waiting list, reading."""
