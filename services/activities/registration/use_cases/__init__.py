"""Use cases of registrations: registering, cancelling, waiting list, reading."""
