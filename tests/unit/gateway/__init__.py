"""The gateway alone: HTTP in, a fake in place of the services, SQLite for its own database."""
