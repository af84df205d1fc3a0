"""Running the services as processes: command line, runners, demo union, documents. Nothing else imports it."""
